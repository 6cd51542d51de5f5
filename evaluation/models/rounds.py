"""Rounds of a council, their sittings, the agenda of each and who was there."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse

from evaluation.models.cases import Case
from evaluation.models.councils import Council, Seat
from foundation import clock


class RoundQuerySet(models.QuerySet):
    def on(self, day=None):
        """Rounds that run on that day (today when not said)."""
        day = day or clock.today()
        return self.filter(opens_on__lte=day, closes_on__gte=day)


class Round(models.Model):
    """An evaluation round: dossiers are scored from ``opens_on`` to ``scoring_until``, concluded by ``closes_on``.

    Rounds of one council share no day, and every sitting lies inside its round: the database holds both.
    """

    council = models.ForeignKey(Council, models.PROTECT, related_name="rounds", verbose_name="hội đồng")
    number = models.PositiveSmallIntegerField("đợt")
    opens_on = models.DateField("chấm từ ngày")
    scoring_until = models.DateField("chấm đến hết ngày")
    closes_on = models.DateField("kết luận đến hết ngày")

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt đánh giá"
        verbose_name_plural = "đợt đánh giá"
        ordering = ["council", "-opens_on"]
        constraints = [
            models.UniqueConstraint(fields=["council", "number"], name="council_round_number_once"),
            models.CheckConstraint(
                name="council_round_dates_in_order",
                condition=Q(opens_on__lte=F("scoring_until"), scoring_until__lte=F("closes_on")),
                violation_error_message=(
                    "Các ngày của đợt phải theo thứ tự: bắt đầu chấm, hết hạn chấm, hết hạn kết luận."
                ),
            ),
            ExclusionConstraint(
                name="council_round_shares_no_day",
                expressions=[
                    ("council", RangeOperators.EQUAL),
                    (
                        Func(
                            F("opens_on"), F("closes_on"), Value("[]"),
                            function="daterange", output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message="Đợt này trùng ngày với một đợt khác của hội đồng.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"Đợt {self.number}, {self.opens_on:%d/%m/%Y} – {self.closes_on:%d/%m/%Y}"


class SittingStatus(models.TextChoices):
    """Where a sitting stands."""

    PLANNED = "planned", "Đã lên lịch"
    OPEN = "open", "Đang họp"
    CLOSED = "closed", "Đã bế mạc"
    CANCELLED = "cancelled", "Đã hủy"


class SittingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Sittings of the councils that this person knows."""
        return self.filter(round__council__in=Council.objects.known_to(user))

    def for_list(self):
        return self.select_related("round__council__area__parent__parent")


class Sitting(models.Model):
    """A meeting of the council in a round. Once closed, its attendance cannot be changed: the database holds it."""

    MOVES = {
        SittingStatus.PLANNED: {SittingStatus.OPEN, SittingStatus.CANCELLED},
        SittingStatus.OPEN: {SittingStatus.CLOSED},
    }
    PILLS = {
        SittingStatus.PLANNED: "info",
        SittingStatus.OPEN: "attention",
        SittingStatus.CLOSED: "good",
        SittingStatus.CANCELLED: "neutral",
    }

    code = models.SlugField("mã", max_length=30, unique=True)
    round = models.ForeignKey(Round, models.PROTECT, related_name="sittings", verbose_name="đợt")
    day = models.DateField("ngày họp")
    begins_at = models.TimeField("bắt đầu lúc")
    place = models.CharField("địa điểm", max_length=200)
    status = models.CharField(
        "trạng thái", max_length=10, choices=SittingStatus, default=SittingStatus.PLANNED
    )
    cases = models.ManyToManyField(Case, through="AgendaItem", related_name="sittings")

    objects = SittingQuerySet.as_manager()

    class Meta:
        verbose_name = "phiên họp"
        verbose_name_plural = "phiên họp"
        ordering = ["-day", "-begins_at", "-pk"]

    def __str__(self):
        return f"Phiên họp {self.day:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("evaluation:sitting", args=[self.code])

    @property
    def council(self):
        """Whose sitting this is."""
        return self.round.council


class AgendaItem(models.Model):
    """A case on the agenda of a sitting, in its order, and who presents it there."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="agenda")
    case = models.ForeignKey(Case, models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField("thứ tự")
    presenter = models.CharField("người trình bày", max_length=120, blank=True)
    presentation = models.CharField("nội dung, hình thức trình bày", max_length=300, blank=True)

    class Meta:
        verbose_name = "mục chương trình"
        verbose_name_plural = "chương trình"
        ordering = ["sitting", "position"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "case"], name="agenda_case_once"),
            models.UniqueConstraint(
                fields=["sitting", "position"],
                name="agenda_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]

    def __str__(self):
        return f"{self.position}. {self.case}"


class Attendance(models.Model):
    """Whether the member in this seat was at the sitting; ``excuse``: why somebody with leave was not."""

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendance")
    present = models.BooleanField("có mặt")
    excuse = models.CharField("lý do vắng", max_length=200, blank=True)

    class Meta:
        verbose_name = "điểm danh"
        verbose_name_plural = "điểm danh"
        ordering = ["sitting", "seat"]
        constraints = [
            models.UniqueConstraint(fields=["sitting", "seat"], name="attendance_once_per_seat"),
            models.CheckConstraint(
                name="attendance_excuse_of_the_absent", condition=Q(present=False) | Q(excuse="")
            ),
        ]

    def __str__(self):
        return f"{self.seat}: {'có mặt' if self.present else 'vắng'}"
