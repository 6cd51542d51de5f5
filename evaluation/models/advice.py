"""Scores of the advisory team (tổ tư vấn): shown beside the members' after the opening, counted in nothing."""

import hashlib

from django.db import models
from django.db.models import Prefetch

from evaluation.models.cases import Case, CaseStatus
from evaluation.models.councils import Council
from evaluation.models.scores import SheetStatus
from foundation.regimes import engine
from foundation.regimes.models import Criterion, Option


class AdvisorySheetQuerySet(models.QuerySet):
    def known_to(self, user):
        """One's own; all of them once the chair has opened the case, for those who work for its council."""
        opened = models.Q(case__opened_at__isnull=False, case__council__in=Council.objects.worked_by(user))
        return self.filter(models.Q(pk__in=self.model.objects.of(user).values("pk")) | opened)

    def of(self, user):
        """This person's own sheets; whoever looks through these eyes sees opened ones alone."""
        own = self.filter(user=user)
        return own.filter(case__opened_at__isnull=False) if user.looked_through_by else own

    def waiting_for(self, user):
        """Sheets that this adviser may still fill in."""
        return (
            self.of(user)
            .filter(status=SheetStatus.DRAFT, case__status=CaseStatus.SCORING)
            .select_related("case__council__area", "case__dossier__product")
        )

    def handed_in(self):
        return self.filter(status=SheetStatus.HANDED_IN)

    def lay_before(self, case, people):
        """A sheet for each of these advisers of the case's council."""
        rows = [self.model(case=case, user=user) for user in people]
        return self.bulk_create(rows, ignore_conflicts=True)

    def with_scores(self):
        """With all that they say: ready for the star engine."""
        scores = Prefetch("scores", AdvisoryScore.objects.select_related("criterion", "option"))
        return self.select_related(
            "user", "case__council", "case__dossier__product", "case__dossier__criteria_set__regime"
        ).prefetch_related(scores)


class AdvisorySheet(models.Model):
    """One adviser's sheet on one case: keyed by the case's council and the person. It never counts.

    The scores are sealed like the members' own (``evaluation.seal``).
    """

    MOVES = {
        SheetStatus.DRAFT: {SheetStatus.HANDED_IN, SheetStatus.RELEASED},
        SheetStatus.RELEASED: {SheetStatus.DRAFT},
    }
    PILLS = {SheetStatus.DRAFT: "info", SheetStatus.HANDED_IN: "good", SheetStatus.RELEASED: "neutral"}
    STATUSES = tuple((value, SheetStatus(value).label) for value in PILLS)

    case = models.ForeignKey(Case, models.PROTECT, related_name="advisory_sheets")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="advisory_sheets")
    status = models.CharField("trạng thái", max_length=10, choices=STATUSES, default=SheetStatus.DRAFT)
    handed_in_at = models.DateTimeField("nộp lúc", null=True, blank=True)

    objects = AdvisorySheetQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu của tổ tư vấn"
        verbose_name_plural = "phiếu của tổ tư vấn"
        ordering = ["case", "pk"]
        constraints = [models.UniqueConstraint(fields=["case", "user"], name="advisory_sheet_once")]

    def __str__(self):
        return f"{self.case_id} – {self.user}"

    @property
    def is_open(self):
        """In its adviser's hands: may be changed."""
        return self.status == SheetStatus.DRAFT and self.case.status == CaseStatus.SCORING

    @property
    def mark(self):
        """What the sheet holds, in a word: another one after every change. Take sheets ``with_scores``."""
        held = sorted((row.criterion_id, row.option_id or 0, row.version) for row in self.scores.all())
        return hashlib.sha256(repr(held).encode()).hexdigest()[:16]

    def answers(self):
        """Criterion code → option key, None for no level reached. Take sheets ``with_scores`` first."""
        return {score.criterion.code: score.option and score.option.key for score in self.scores.all()}

    def result(self):
        """Points, total and star so far."""
        return engine.score_sheet(self.case.dossier.criteria_set.engine_set(), self.answers())


class AdvisoryScore(models.Model):
    """One choice of an adviser. ``option`` empty means no level reached. ``version`` guards against a stale tab."""

    sheet = models.ForeignKey(AdvisorySheet, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    option = models.ForeignKey(Option, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField("ghi chú", max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "điểm của tổ tư vấn"
        verbose_name_plural = "điểm của tổ tư vấn"
        constraints = [models.UniqueConstraint(fields=["sheet", "criterion"], name="advisory_score_once")]

    def __str__(self):
        return f"{self.sheet_id} {self.criterion_id}"
