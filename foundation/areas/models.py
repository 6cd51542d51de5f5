"""Administrative units: a code means a unit only together with a period, because decrees reuse codes."""

from django.db import models
from django.db.models import F, Q

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

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = "đơn vị hành chính"
        verbose_name_plural = "đơn vị hành chính"
        ordering = ["code", "valid_from"]
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

    def lives_on(self, day):
        """Whether this unit exists on that day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)

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
