"""Administrative units: a code means a unit only together with a period, because decrees reuse codes."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value

from foundation import clock


class AreaKind(models.TextChoices):
    """The level of a unit."""

    PROVINCE = "province", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    COMMUNE = "commune", "Cấp xã"


class Relation(models.TextChoices):
    """How an old unit went over into a new one."""

    SAME = "same", "Giữ nguyên"
    RENAMED = "renamed", "Đổi tên hoặc đổi loại"
    MERGED_FULL = "merged_full", "Nhập toàn bộ"
    MERGED_PARTIAL = "merged_partial", "Nhập một phần"
    WITHDRAWN = "withdrawn", "Thôi tồn tại, nguồn chưa nêu đơn vị nhận"


# In these the unit is the same one before and after.
CONTINUED = frozenset({Relation.SAME, Relation.RENAMED})
WHOLE = CONTINUED | {Relation.MERGED_FULL}


class Plain(Func):
    """Lower case without Vietnamese marks (function vn_norm of the database)."""

    function = "vn_norm"
    output_field = models.TextField()


MOST_WORDS = 8


class AreaQuerySet(models.QuerySet):
    def on(self, day):
        """Units that exist on that day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        )

    def current(self):
        """Units that exist today."""
        return self.on(clock.today())

    def communes(self):
        return self.filter(kind=AreaKind.COMMUNE)

    def districts(self):
        return self.filter(kind=AreaKind.DISTRICT)

    def districts_by_code(self, day):
        """One unit per district code: as it is on that day, or as it was last while districts existed."""
        latest = {}
        for unit in self.districts().order_by("code", F("valid_to").asc(nulls_last=True)):
            if unit.code not in latest or unit.valid_from is None or unit.valid_from <= day:
                latest[unit.code] = unit
        return list(latest.values())

    def provinces(self):
        return self.filter(kind=AreaKind.PROVINCE)

    def within(self, area):
        """The unit itself and everything below it, through at most two steps."""
        return self.filter(Q(pk=area.pk) | Q(parent=area) | Q(parent__parent=area))

    def within_any(self, areas):
        """Everything inside at least one of these units (a queryset or a list)."""
        return self.filter(Q(pk__in=areas) | Q(parent__in=areas) | Q(parent__parent__in=areas))

    def same_as(self, areas):
        """These units, and the same ones under an earlier or a later name."""
        goes_on = Whereabouts.objects.filter(continues=True)
        return self.filter(
            Q(pk__in=areas)
            | Q(pk__in=goes_on.filter(origin__in=areas).values("place"))
            | Q(pk__in=goes_on.filter(place__in=areas).values("origin"))
        )

    def located_in(self, areas, day=None):
        """Units whose records are found inside one of these on that day (today when not said)."""
        return self.filter(pk__in=Whereabouts.objects.on(day or clock.today()).within(areas).values("origin"))

    def read_by(self, areas, day=None):
        """Units whose records are, or once were, inside one of these."""
        return self.filter(
            pk__in=Whereabouts.objects.until(day or clock.today()).within(areas).values("origin")
        )

    def looked_after(self, areas=None, day=None):
        """Units that are no more and whose records wait, inside one of these units (anywhere when not said)."""
        stays = Whereabouts.objects.on(day or clock.today()).pending()
        if areas is not None:
            stays = stays.within(areas)
        return self.filter(pk__in=stays.values("left"))

    def possible_after(self, left):
        """Units to which one record of a unit that is no more may have gone over.

        The stated successors; where no source states any, the communes of the unit at which the records wait.
        """
        day = left.day_of_change
        stated = self.on(day).filter(pk__in=Succession.objects.filter(old=left, day=day).values("new"))
        if stated.exists():
            return stated
        return self.on(day).communes().within(left.place_on(day).unit)

    def found_by(self, text):
        """Units whose code or full name has every typed word, accents or not."""
        found = self
        for word in text.split()[:MOST_WORDS]:
            found = found.filter(Q(plain__contains=Plain(Value(word))) | Q(code=word))
        return found

    def successors_of(self, area):
        """Units that took over all or part of this one."""
        return self.filter(came_from__old=area)

    def predecessors_of(self, area):
        """Units that this one came from, wholly or in part."""
        return self.filter(became__new=area)

    def places_on(self, day):
        """A function for files that state places by code: from the codes of a commune and of a district to a unit.

        It gives the smallest that is stated, else the province. The codes mean the units of that day; an unknown one
        raises KeyError.
        """
        units = {(unit.kind, unit.code): unit for unit in self.on(day)}
        province = next(unit for (kind, _), unit in units.items() if kind == AreaKind.PROVINCE)

        def place(commune="", district=""):
            if commune:
                return units[AreaKind.COMMUNE, commune]
            return units[AreaKind.DISTRICT, district] if district else province

        return place

    def with_parents(self):
        """Ready to be named in full without further queries."""
        return self.select_related("parent__parent")


@dataclass(frozen=True)
class Place:
    """Where a record is found on a day. ``unit`` None: no source states where.

    ``left`` is given while the record waits at ``unit`` to be assigned: the last unit of which we know for sure.
    ``placement`` is what an officer decided for this one record.
    """

    unit: "Area | None"
    left: "Area | None" = None
    placement: Any = None

    @property
    def is_pending(self):
        """Waits to be assigned to a unit."""
        return self.left is not None


class Area(models.Model):
    """A province, district or commune during one period of its life.

    ``valid_from`` empty: since before the reference data begin; ``valid_to`` empty: still in being.
    Source: statistics office lists, see foundation/areas/data/README.md.
    """

    code = models.CharField("mã", max_length=5)
    kind = models.CharField("cấp", max_length=10, choices=AreaKind)
    type_name = models.CharField(
        "loại", max_length=20, help_text="tỉnh, thành phố, thị xã, huyện, phường, thị trấn, xã"
    )
    name = models.CharField("tên", max_length=60)
    full_name = models.CharField("tên đầy đủ", max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    valid_from = models.DateField("từ ngày", null=True, blank=True)
    valid_to = models.DateField("đến ngày", null=True, blank=True)
    plain = models.GeneratedField(
        expression=Plain(F("full_name")), output_field=models.TextField(), db_persist=True
    )

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị hành chính"
        verbose_name_plural = "đơn vị hành chính"
        ordering = ["code", "valid_from"]
        indexes = [GinIndex(fields=["plain"], name="area_plain", opclasses=["gin_trgm_ops"])]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "kind", "valid_from"], name="area_code_period_unique", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="area_period_runs_forward",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
        ]

    def __str__(self):
        return self.full_name

    @property
    def chain(self):
        """This unit, its parent, its parent's parent: smallest first."""
        unit, found = self, []
        while unit is not None:
            found.append(unit)
            unit = unit.parent
        return found

    @property
    def place(self):
        """Named with everything above it: Phường Hoàng Đông, Thị xã Duy Tiên, Tỉnh Hà Nam."""
        return ", ".join(unit.full_name for unit in self.chain)

    @property
    def period(self):
        """When the unit existed, in words; empty for one that always did and still does."""
        if self.valid_from and self.valid_to:
            return f"từ {self.valid_from:%d/%m/%Y} đến {self.valid_to:%d/%m/%Y}"
        if self.valid_from:
            return f"từ {self.valid_from:%d/%m/%Y}"
        return f"đến {self.valid_to:%d/%m/%Y}" if self.valid_to else ""

    @property
    def day_of_change(self):
        """The day of change: the first on which the unit was no more. Only for units that have ended."""
        return self.valid_to + dt.timedelta(days=1)

    @property
    def slug(self):
        """The unit in an address: its code and the day of change, because codes are used again."""
        return f"{self.code}-{self.day_of_change:%Y%m%d}"

    def lives_on(self, day):
        """Whether the unit exists on that day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or self.valid_to >= day)

    def place_on(self, day):
        """Where the unit's records are found on that day; asks the database only when the unit is not alive then."""
        if self.lives_on(day):
            return Place(self)
        stay = self.stays.on(day).select_related("place__parent__parent", "left").first()
        return Place(stay.place, stay.left) if stay else Place(self)

    def contains(self, other):
        """Whether ``other`` is this unit or lies inside it."""
        return other is not None and any(unit.pk == self.pk for unit in other.chain)

    def part(self, kind):
        """The unit of that kind in the chain upward, or None (a commune after 2025 has no district)."""
        return next((unit for unit in self.chain if unit.kind == kind), None)


class SuccessionQuerySet(models.QuerySet):
    def after(self, area):
        """What became of the unit, over at most two days of change, in order; mere continuation is left out."""
        later = Q(old=area) | Q(old__came_from__old=area)
        found = self.filter(later).exclude(relation=Relation.SAME)
        return found.select_related("old", "new__parent__parent").order_by("day", "new__code").distinct()


class Succession(models.Model):
    """What became of a unit on a day of change."""

    old = models.ForeignKey(Area, models.PROTECT, related_name="became", verbose_name="đơn vị cũ")
    new = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="came_from", verbose_name="đơn vị mới"
    )
    day = models.DateField("ngày hiệu lực")
    relation = models.CharField("quan hệ", max_length=20, choices=Relation)
    evidence = models.CharField("căn cứ", max_length=300, blank=True)

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        verbose_name = "kế thừa"
        verbose_name_plural = "kế thừa"
        ordering = ["day", "old__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["old", "new", "day"], name="succession_unique", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="succession_names_the_new_unit_unless_unknown",
                condition=Q(new__isnull=False) | Q(relation=Relation.WITHDRAWN),
                violation_error_message="Phải nêu đơn vị mới, trừ khi nguồn chưa nêu.",
            ),
        ]

    def __str__(self):
        return f"{self.old} → {self.new or 'chưa rõ'}"


class Overlap(Func):
    """Two arrays have something in common; each of them is worked out once for the whole query."""

    template = "(%(expressions)s)"
    arg_joiner = " && "
    arity = 2
    output_field = models.BooleanField()


class WhereaboutsQuerySet(models.QuerySet):
    def on(self, day):
        """Stays that include that day."""
        return self.until(day).filter(Q(last__isnull=True) | Q(last__gte=day))

    def until(self, day):
        """Stays that had begun by that day, and every unit's own."""
        return self.filter(Q(first__isnull=True) | Q(first__lte=day) | Q(origin=F("place")))

    def within(self, areas):
        """Stays inside one of these units, or of the same ones under another name."""
        chain = Func(
            F("place"), F("place__parent"), F("place__parent__parent"), template="ARRAY[%(expressions)s]"
        )
        return self.filter(Overlap(chain, ArraySubquery(Area.objects.same_as(areas).values("pk"))))

    def pending(self):
        """Stays in which records wait to be assigned one by one."""
        return self.filter(left__isnull=False)

    def left(self):
        """For each origin whose records wait: the last unit that is known for sure. Keys, one query."""
        return dict(self.pending().values_list("origin", "left"))


class Whereabouts(models.Model):
    """Where the records of a unit are found from day to day; written by foundation.areas.loading alone.

    ``left`` is set while they wait at ``place``: it is the last unit of which we know for sure. ``continues``: the
    place is the origin itself under another name.
    """

    origin = models.ForeignKey(Area, models.CASCADE, related_name="stays", verbose_name="đơn vị ban đầu")
    place = models.ForeignKey(Area, models.CASCADE, related_name="guests", verbose_name="nơi tìm thấy")
    first = models.DateField("từ ngày", null=True, blank=True)
    last = models.DateField("đến ngày", null=True, blank=True)
    continues = models.BooleanField("vẫn là đơn vị ấy", default=False)
    left = models.ForeignKey(
        Area,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="waiting",
        verbose_name="đơn vị cuối cùng biết chắc",
    )

    objects = WhereaboutsQuerySet.as_manager()

    class Meta:
        verbose_name = "nơi tìm thấy bản ghi"
        verbose_name_plural = "nơi tìm thấy bản ghi"
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "first"], name="whereabouts_one_place_a_day", nulls_distinct=False
            ),
        ]

    def __str__(self):
        return f"{self.origin} → {self.place}"
