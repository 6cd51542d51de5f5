"""Which producers: in a modern channel, strengthened, of a village; asked from the producer's side."""

from django.db import models
from django.db.models import Exists, Min, OuterRef
from django.db.models.functions import Least


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

        A producer takes part from its first idea sent or first stars in force. This is the one place where targets
        learn who takes part; a table of dated stays takes its body over.
        """
        first = Least(Min("ideas__submitted_on"), Min("products__ratings__starts_on"))
        rows = self.annotate(first=first).filter(first__lte=day).order_by("pk")
        for pk, area, kind, is_demo, since in rows.values_list("pk", "area", "kind", "is_demo", "first"):
            yield pk, area, kind, is_demo, since, None

    def of_village(self, village):
        """Producers with a product of the village that the public catalogue shows."""
        makers = village.products.public().exclude(entity=None).order_by().values("entity")
        return self.filter(pk__in=makers)

    def _related(self, name):
        return self.model._meta.get_field(name).related_model.objects
