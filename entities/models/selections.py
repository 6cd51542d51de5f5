"""Which producers: in a modern channel, strengthened, of a village; asked from the producer's side."""

import datetime as dt

from django.db import models
from django.db.models import Exists, Min, OuterRef, Q
from django.db.models.functions import Least

PARTICIPATING = "participating"


def taken_part(status, since, seen_on, until, trace):
    """Pairs of first and last day out of one spell and the first trace of its producer. No database."""
    if status is None:
        return [(trace, None)] if trace else []
    if status != PARTICIPATING:
        return []
    last = until and until - dt.timedelta(days=1)
    if since is None and trace and trace <= seen_on:
        since = trace
    if since is not None:
        return [(since, last)] if last is None or since <= last else []
    before = (dt.date.min, dt.date.min)
    return [before, (seen_on, last)] if last is None or seen_on <= last else [before]


class ProducerSelections(models.QuerySet):
    """Questions about producers that facts of other modules answer; those are reached from the producer's side."""

    def in_modern_channel(self, day=None):
        """Producers with a modern channel that runs on that day (today when not said)."""
        channels = self._related("channels").open_on(day).modern()
        return self.filter(Exists(channels.filter(entity=OuterRef("pk"))))

    def strengthened_between(self, first, last):
        """Producers with a strengthening from the first day to the last."""
        done = self._related("strengthenings").between(first, last)
        return self.filter(Exists(done.filter(entity=OuterRef("pk"))))

    def stays_until(self, day):
        """(pk, unit, kind, is_demo, first day, last day or None) of every time a producer took part, begun by the day.

        Spells say when. One without a known start begins with the first trace of the producer: an idea sent, stars in
        force; without a trace it counts from the day that vouches for it, and began some day long before, so that the
        producer is new in no year. Who has no spell yet takes part from its first trace.
        """
        trace = Least(Min("ideas__submitted_on"), Min("products__ratings__starts_on"))
        who = ("pk", "area", "kind", "is_demo")
        spell = ("spells__status", "spells__since", "spells__seen_on", "spells__until")
        rows = self.order_by("pk", "spells__pk").values_list(*who, *spell).annotate(trace=trace)
        for *maker, status, since, seen_on, until, traced in rows:
            for first, last in taken_part(status, since, seen_on, until, traced):
                if first <= day:
                    yield *maker, first, last

    def of_village(self, village):
        """Producers that say they belong to the village, or have a product of it in the public catalogue."""
        makers = village.products.public().exclude(entity=None).order_by().values("entity")
        return self.filter(Q(village=village) | Q(pk__in=makers))

    def _related(self, name):
        return self.model._meta.get_field(name).related_model.objects
