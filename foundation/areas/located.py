"""Records that stand in a unit: where they are found on a day, through every succession and placement.

``reads`` and ``holds`` are conditions, to be combined with others; ``path`` leads from the filtered model to the
located one (``"product__"``). Their subqueries are small and stand as arrays, so that an index on the unit serves.
"""

from collections import Counter
from dataclasses import replace

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, F, Func, Q

from foundation import clock
from foundation.areas.models import AreaKind, Place, Placement, Whereabouts


class Among(Func):
    """``column = ANY(array)``: unlike IN, it uses an index also when it stands inside OR."""

    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    arity = 2
    output_field = models.BooleanField()


def among(column, rows, listed):
    """The column is one of what these rows list; they are read once for the whole query."""
    return Q(Among(F(column), ArraySubquery(rows.values(listed))))


def nothing(path):
    """A condition that no row meets."""
    return Q(**{f"{path}pk__in": []})


def reads(model, areas, day=None, path=""):
    """Who may know: records that are inside one of these units on that day, or were at any time before."""
    if not areas:
        return nothing(path)
    day = day or clock.today()
    stays = Whereabouts.objects.until(day).within(areas)
    placed = Placement.objects.of(model).in_force(day).filter(unit__in=stays.values("origin"))
    return among(f"{path}area", stays, "origin") | among(f"{path}pk", placed, "subject_id")


def holds(model, areas, day=None, path=""):
    """Who acts: records found inside one of these units on that day, those that wait there included."""
    if not areas:
        return nothing(path)
    day = day or clock.today()
    return found(model, Whereabouts.objects.on(day).within(areas), day, path)


def holds_without_district(model, areas, day=None, path=""):
    """Like ``holds``, for those of these units' records that stand under no district."""
    if not areas:
        return nothing(path)
    day = day or clock.today()
    stays = Whereabouts.objects.on(day).within(areas).exclude(place__kind=AreaKind.DISTRICT)
    return found(model, stays.exclude(place__parent__kind=AreaKind.DISTRICT), day, path)


def found(model, stays, day, path=""):
    """Records whose placement, or else whose own unit, has one of these stays."""
    placed = Placement.objects.of(model).in_force(day)
    here = placed.filter(unit__in=stays.values("origin"))
    by_unit = among(f"{path}area", stays, "origin") & ~among(f"{path}pk", placed, "subject_id")
    return by_unit | among(f"{path}pk", here, "subject_id")


class LocatedQuerySet(models.QuerySet):
    """Rows with an ``area``: the unit that was true when they were written, and stays written."""

    def located_in(self, areas, day=None):
        """Records found inside one of these units on that day, pending ones where they wait."""
        return self.filter(holds(self.model, areas, day))

    def read_by(self, areas, day=None):
        """Records that are, or once were, inside one of these units."""
        return self.filter(reads(self.model, areas, day))

    def pending_on(self, day=None):
        """Records that wait to be assigned to a unit on that day."""
        day = day or clock.today()
        return self.filter(found(self.model, Whereabouts.objects.on(day).pending(), day))

    def pending_from(self, unit, day=None):
        """Those of them of which this unit is the last that we know for sure."""
        day = day or clock.today()
        return self.filter(found(self.model, Whereabouts.objects.on(day).pending().filter(left=unit), day))

    def count_pending(self, day=None, left=None):
        """How many records wait, by the key of the last unit that we know for sure.

        ``left``: Whereabouts.objects.on(day).left(), when the caller has it already.
        """
        day, counts = day or clock.today(), Counter()
        stays = Whereabouts.objects.on(day).pending()
        left = stays.left() if left is None else left
        placed = Placement.objects.of(self.model).in_force(day)
        by_unit = self.filter(among("area", stays, "origin") & ~among("pk", placed, "subject_id"))
        again = placed.filter(unit__in=stays.values("origin"), subject_id__in=self.values("pk"))
        for rows, unit in ((by_unit, "area"), (again, "unit")):
            for pk, count in rows.order_by().values_list(unit).annotate(Count("pk")):
                counts[left[pk]] += count
        return counts

    def placed_from(self, unit, day=None):
        """Records that an officer assigned after this unit was no more, as it stands on that day."""
        decided = Placement.objects.of(self.model).in_force(day or clock.today()).filter(left=unit)
        return self.filter(among("pk", decided, "subject_id"))

    def after(self, unit, codes, day=None):
        """Of the records with these codes those that wait after this unit was no more, or were assigned after it."""
        day = day or clock.today()
        stays = Whereabouts.objects.on(day).pending().filter(left=unit)
        decided = Placement.objects.of(self.model).in_force(day).filter(left=unit)
        after = found(self.model, stays, day) | among("pk", decided, "subject_id")
        return self.filter(after, code__in=codes).select_related("area").order_by("pk")

    def assignable(self):
        """Records that an officer may assign to a unit; a model leaves out what is nobody's business yet."""
        return self


class Located(models.Model):
    """A record with an ``area``."""

    class Meta:
        abstract = True

    def place_on(self, day):
        """Where the record is found on that day; costs no query while its own unit is alive."""
        if self.area is None or self.area.lives_on(day):
            return Place(self.area)
        decided = Placement.objects.about(self).filter(since__lte=day)
        placement = decided.select_related("unit__parent__parent", "by").first()
        place = (placement.unit if placement else self.area).place_on(day)
        return replace(place, placement=placement)

    @property
    def place_today(self):
        """Where the record is found today."""
        return self.place_on(clock.today())


def located_models():
    """Every model of located records, by its word."""
    return {model._meta.model_name: model for model in apps.get_models() if issubclass(model, Located)}
