"""Turns of scoring: who asks for another one, who agrees, and the sheets as they stood before it."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from evaluation.models.cases import Case
from evaluation.models.councils import PRESIDING, SECRETARIES, Council, Post
from evaluation.models.scores import Channel, ScoreSheet
from foundation import clock
from foundation.regimes import engine
from foundation.regimes.models import Criterion, Option
from foundation.trail.constraints import together

# Whose word is still needed, by the hand of whoever spoke first: two persons, never one. The chair's hand is that of
# whoever presides over the case, the secretary's that of any secretary, scoring or not.
OTHER_HAND = {Post.CHAIR: Post.SECRETARY, Post.SECRETARY: Post.CHAIR}


class ReopeningStatus(models.TextChoices):
    """Where a proposal to score again stands."""

    PROPOSED = "proposed", "Chờ người thứ hai xác nhận"
    CONFIRMED = "confirmed", "Đã cho chấm lại"
    DECLINED = "declined", "Không cho chấm lại"


class ReopeningQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those of the councils for which this person works."""
        return self.filter(case__council__in=Council.objects.worked_by(user))

    def pending(self):
        return self.filter(status=ReopeningStatus.PROPOSED)

    def confirmed(self):
        return self.filter(status=ReopeningStatus.CONFIRMED)

    def waiting_for(self, user):
        """Proposals that need this person's word as the second one."""
        chaired = Case.objects.filter(council__in=Council.objects.seating(user, *PRESIDING))
        heard = Q(proposed_as=Post.SECRETARY, case__in=chaired.presided_by(user).values("pk"))
        heard |= Q(proposed_as=Post.CHAIR, case__council__in=Council.objects.seating(user, *SECRETARIES))
        return self.pending().filter(heard).exclude(proposed_by=user).for_page()

    def for_page(self):
        """With everybody and every sheet that a page names."""
        people = self.select_related("case__council", "case__dossier__product", "proposed_by", "decided_by")
        return people.prefetch_related("sheets__seat__user")


class Reopening(models.Model):
    """A proposal that members score a case again, which a second person confirms: chair and secretary, either first.

    ``turn`` is the turn of scoring that it ends. Once confirmed, the database copies every handed-in sheet as it
    stood (PastSheet) before any of them goes back.
    """

    MOVES = {ReopeningStatus.PROPOSED: {ReopeningStatus.CONFIRMED, ReopeningStatus.DECLINED}}
    PILLS = {
        ReopeningStatus.PROPOSED: "attention",
        ReopeningStatus.CONFIRMED: "good",
        ReopeningStatus.DECLINED: "neutral",
    }

    case = models.ForeignKey(Case, models.PROTECT, related_name="reopenings", verbose_name="phiên đánh giá")
    turn = models.PositiveSmallIntegerField("lượt chấm")
    status = models.CharField(
        "trạng thái", max_length=10, choices=ReopeningStatus, default=ReopeningStatus.PROPOSED
    )
    sheets = models.ManyToManyField(ScoreSheet, related_name="reopenings", verbose_name="phiếu chấm lại")
    reason = models.TextField("lý do", max_length=2000)
    due_on = models.DateField("chấm lại đến hết ngày")
    proposed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="người đề nghị"
    )
    proposed_as = models.CharField("với tư cách", max_length=10, choices=Post)
    proposed_at = models.DateTimeField("đề nghị lúc", default=clock.now)
    decided_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người quyết định",
    )
    decided_at = models.DateTimeField("quyết định lúc", null=True, blank=True)

    objects = ReopeningQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị chấm lại"
        verbose_name_plural = "đề nghị chấm lại"
        ordering = ["case", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(status=ReopeningStatus.PROPOSED),
                name="reopening_one_pending_per_case",
                violation_error_message="Phiên này đang có một đề nghị chấm lại chờ xác nhận.",
            ),
            models.UniqueConstraint(
                fields=["case", "turn"],
                condition=Q(status=ReopeningStatus.CONFIRMED),
                name="reopening_once_per_turn",
            ),
            models.CheckConstraint(
                name="reopening_two_persons",
                condition=~Q(status=ReopeningStatus.CONFIRMED) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="reopening_decision_whole", condition=together("decided_by", "decided_at")
            ),
            models.CheckConstraint(
                name="reopening_decided_by_somebody",
                condition=Q(status=ReopeningStatus.PROPOSED) | Q(decided_at__isnull=False),
            ),
            models.CheckConstraint(
                name="reopening_by_chair_or_secretary", condition=Q(proposed_as__in=list(OTHER_HAND))
            ),
        ]

    def __str__(self):
        return f"{self.case_id} lượt {self.turn}"

    def get_absolute_url(self):
        return reverse("evaluation:spread_desk", args=[self.case.code])

    @property
    def second_hand(self):
        """The post whose word is still needed, in words."""
        return Post(OTHER_HAND[self.proposed_as]).label

    def members(self):
        """Those who are to score again. Take it ``for_page``."""
        return [sheet.seat.user for sheet in self.sheets.all()]


class PastSheet(models.Model):
    """A handed-in sheet as it stood at the end of a turn of scoring. Written by the database alone, append-only."""

    reopening = models.ForeignKey(Reopening, models.PROTECT, related_name="past_sheets")
    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="past")
    handed_in_at = models.DateTimeField("nộp lúc")
    channel = models.CharField("cách chấm", max_length=10, choices=Channel)
    entered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    struck = models.JSONField("loại hồ sơ vì", default=list)
    remark = models.TextField("ý kiến", blank=True)

    class Meta:
        verbose_name = "phiếu của lượt trước"
        verbose_name_plural = "phiếu của lượt trước"
        ordering = ["reopening", "sheet"]
        constraints = [models.UniqueConstraint(fields=["reopening", "sheet"], name="past_sheet_once")]

    def __str__(self):
        return f"{self.reopening_id} {self.sheet_id}"

    def answers(self):
        """Criterion code → option key, as the engine reads it. Prefetch ``scores`` with criterion and option."""
        return {row.criterion.code: row.option and row.option.key for row in self.scores.all()}

    def result(self, criteria_set):
        """What the sheet came to then."""
        return engine.score_sheet(criteria_set.engine_set(), self.answers())


class PastScore(models.Model):
    """One choice of a past sheet."""

    past_sheet = models.ForeignKey(PastSheet, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    option = models.ForeignKey(Option, models.PROTECT, null=True, related_name="+")
    note = models.CharField("ghi chú", max_length=1000, blank=True)

    class Meta:
        verbose_name = "điểm của lượt trước"
        verbose_name_plural = "điểm của lượt trước"
        constraints = [models.UniqueConstraint(fields=["past_sheet", "criterion"], name="past_score_once")]

    def __str__(self):
        return f"{self.past_sheet_id} {self.criterion_id}"


class Change(models.TextChoices):
    """What happened to a value."""

    INSERT = "INSERT", "chọn"
    UPDATE = "UPDATE", "đổi"
    DELETE = "DELETE", "bỏ"


class ScoreChange(models.Model):
    """One value that a score has had: written by a trigger at each change, append-only, sealed until the opening.

    ``by`` is who the database was told of (``evaluation.seal``); empty for the owner of the tables.
    """

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="changes")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    option = models.ForeignKey(Option, models.PROTECT, null=True, related_name="+")
    note = models.CharField("ghi chú", max_length=1000, blank=True)
    version = models.PositiveIntegerField("phiên bản")
    turn = models.PositiveSmallIntegerField("lượt chấm")
    act = models.CharField("việc", max_length=6, choices=Change)
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        related_name="+",
        db_constraint=False,
        verbose_name="người ghi",
    )

    class Meta:
        verbose_name = "lần đổi điểm"
        verbose_name_plural = "lần đổi điểm"
        ordering = ["sheet", "pk"]
        indexes = [models.Index(fields=["sheet", "criterion", "id"], name="score_change_in_order")]

    def __str__(self):
        return f"{self.sheet_id} {self.criterion_id} {self.act}"
