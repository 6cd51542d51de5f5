"""The calendar of the yearly cycle: when each step runs, for a year and an area."""

from django.db import models
from django.db.models import F, Q

from entities.models import Entity
from foundation import clock
from foundation.areas.models import Area
from products import cycle
from products.models.potentials import FIRST_YEAR, LAST_YEAR


class CycleStepQuerySet(models.QuerySet):
    def in_force(self, unit, year):
        """For each step that has days the row of the unit, else of the nearest unit above it; in the cycle's order."""
        chain = [up.pk for up in unit.chain]
        rows = self.filter(area__in=chain, year=year).select_related("area")
        nearest = {}
        for row in sorted(rows, key=lambda row: chain.index(row.area_id)):
            nearest.setdefault(row.step, row)
        return [nearest[code] for code in cycle.steps() if code in nearest]

    def filing(self, unit, day):
        """The nearest row for handing in dossiers that runs on that day, else the one of its year; None without one.

        A step may run on into the next year, so the year before is asked too.
        """
        chain = [up.pk for up in unit.chain]
        years = (day.year, day.year - 1)
        rows = self.filter(area__in=chain, year__in=years, step=cycle.filing().code).select_related("area")
        nearest = {}
        for row in sorted(rows, key=lambda row: chain.index(row.area_id)):
            nearest.setdefault(row.year, row)
        running = (row for row in nearest.values() if row.starts_on <= day <= row.ends_on)
        return next(running, nearest.get(day.year))


class CycleStep(models.Model):
    """One step of the cycle in an area and a year, from day to day; officers of the area set it."""

    year = models.PositiveSmallIntegerField("năm")
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name="địa bàn")
    step = models.SlugField("bước", max_length=20)
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày")
    note = models.CharField("ghi chú", max_length=300, blank=True)
    source = models.CharField("căn cứ", max_length=300)
    changed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người đặt"
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = CycleStepQuerySet.as_manager()

    class Meta:
        verbose_name = "bước của chu trình"
        verbose_name_plural = "lịch chu trình"
        constraints = [
            models.UniqueConstraint(fields=["year", "area", "step"], name="cycle_step_once"),
            models.CheckConstraint(
                name="cycle_step_runs_forward",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message="Ngày kết thúc không được trước ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="cycle_year_of_the_programme", condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR)
            ),
        ]

    def __str__(self):
        return self.about.name

    @property
    def about(self):
        """What the data file says of the step."""
        return cycle.steps()[self.step]


def unit_for(user):
    """The unit whose calendar concerns this person: of the role that counts, else of a producer, else the province."""
    for charge in user.standing:
        if charge.area is not None:
            return charge.area.place_on(clock.today()).unit
    if entity := Entity.objects.run_by(user).for_list().order_by("pk").first():
        return entity.place_today.unit
    return Area.objects.provinces().current().order_by("code").first()


def calendar_of(user):
    """The short form for the desk: the unit and where today stands in its cycle; None where no calendar was set."""
    today, unit = clock.today(), unit_for(user)
    rows = CycleStep.objects.in_force(unit, today.year) if unit else []
    if not rows:
        return None
    outlook = cycle.outlook(rows, today)
    filing = next((row for row in outlook.running if row.about.takes), None)
    left = filing and (filing.ends_on - today).days
    return {
        "unit": unit,
        "outlook": outlook,
        "filing": filing,
        "filing_left": left,
        "is_demo": rows[0].is_demo,
    }
