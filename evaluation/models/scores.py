"""Score sheets: one member, one case; saved choice by choice, sealed until the chair opens the case."""

from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery

from entities.models import Entity
from evaluation.laws import criteria_of
from evaluation.models.cases import Case, CaseStatus, counted
from evaluation.models.councils import Council, KnockoutBy, Seat
from evaluation.models.statements import Answer, Statement
from foundation import clock
from foundation.regimes import engine
from foundation.regimes.models import Criterion, Option


class SheetStatus(models.TextChoices):
    """Where a sheet stands."""

    DRAFT = "draft", "Đang chấm"
    HANDED_IN = "handed_in", "Đã nộp phiếu"
    RELEASED = "released", "Thôi chấm"


class Channel(models.TextChoices):
    """How a sheet came into the portal."""

    ELECTRONIC = "electronic", "Điện tử"
    PAPER = "paper", "Phiếu giấy"


class ScoreSheetQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Your own sheet always; the others once the chair has opened the case, for those who work for its council."""
        opened = Q(case__opened_at__isnull=False, case__council__in=Council.objects.worked_by(user))
        return self.filter(Q(pk__in=self.model.objects.of(user).values("pk")) | opened)

    def of(self, user):
        """This person's own sheets; an administrator who looks through a member's eyes never sees a sealed one."""
        own = self.filter(seat__user=user)
        return own.filter(case__opened_at__isnull=False) if user.looked_through_by else own

    def waiting_for(self, user):
        """Sheets that this person still has to hand in."""
        return self.of(user).filter(status=SheetStatus.DRAFT, case__status=CaseStatus.SCORING).for_list()

    def standing(self):
        """Sheets that count: without those of judges who were released or have stood aside."""
        aside = Statement.objects.recusals().about_this()
        return self.exclude(status=SheetStatus.RELEASED).exclude(Exists(aside))

    def handed_in(self):
        """Sheets that were handed in and count."""
        return self.standing().filter(status=SheetStatus.HANDED_IN)

    def with_statement(self):
        """Add ``stated``: what its judge has stated about conflicts of interest, or None."""
        return self.annotate(stated=Subquery(Statement.objects.about_this().values("answer")[:1]))

    def asked_again(self, **more):
        """Sent back to be scored again in the turn that runs, and not in yet."""
        again = {"reopenings__status": "confirmed", "reopenings__turn": F("case__turn") - 1, **more}
        return self.standing().filter(status=SheetStatus.DRAFT, case__status=CaseStatus.SCORING, **again)

    def awaited(self):
        """Asked for again, and the day until which they are waited for has not passed."""
        return self.asked_again(reopenings__due_on__gte=clock.today())

    def with_scores(self):
        """With all that they say: ready for the star engine."""
        scores = Prefetch("scores", Score.objects.select_related("criterion", "option"))
        return self.for_list().with_statement().select_related("opinion").prefetch_related(scores)

    def for_saving(self, user):
        """For one choice: case and sheet locked by one statement, in this order; what keeps this person from scoring
        is told in the same one: ``hindered`` (of the producer, stood aside, no longer on the council), ``stated``.
        """
        own = Entity.objects.run_by(user).filter(pk=OuterRef("case__dossier__product__entity"))
        aside = Statement.objects.recusals().about_this()
        seated = Seat.objects.in_force().filter(pk=OuterRef("seat"))
        told = self.with_statement().annotate(hindered=Exists(own) | Exists(aside) | ~Exists(seated))
        return told.select_related("case__council", "case__dossier__criteria_set__regime").select_for_update(
            of=("case", "self")
        )

    def for_lines(self):
        """With what a line of the own list shows: how many criteria are answered, of how many."""
        given = Score.objects.filter(sheet=OuterRef("pk"))
        asked = Criterion.objects.filter(criteria_set=OuterRef("case__dossier__criteria_set"))
        return (
            self.for_list()
            .annotate(answered=counted(given, "sheet"), asked=counted(asked, "criteria_set"))
            .defer(
                "case__verdict",
                "case__dossier__introduction",
                "case__dossier__criteria_set__content",
                "case__dossier__criteria_set__regime__data",
                "case__dossier__regime__data",
            )
        )

    def for_list(self):
        return self.select_related(
            "seat__user",
            "entered_by",
            "case__council__area__parent__parent",
            "case__dossier__product__entity",
            "case__dossier__product__area__parent__parent",
            "case__dossier__criteria_set__regime",
            "case__dossier__regime",
        )


class ScoreSheet(models.Model):
    """One member's sheet: whose, of what, and where it stands. What it says is in its scores and its opinion.

    The council may know who has handed in: this row is no secret. Scores and opinion are sealed (``evaluation.seal``).
    """

    MOVES = {
        SheetStatus.DRAFT: {SheetStatus.HANDED_IN, SheetStatus.RELEASED},
        SheetStatus.HANDED_IN: {SheetStatus.DRAFT},
        SheetStatus.RELEASED: {SheetStatus.DRAFT},
    }
    PILLS = {SheetStatus.DRAFT: "info", SheetStatus.HANDED_IN: "good", SheetStatus.RELEASED: "neutral"}

    case = models.ForeignKey(Case, models.PROTECT, related_name="sheets")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="sheets")
    status = models.CharField("trạng thái", max_length=10, choices=SheetStatus, default=SheetStatus.DRAFT)
    handed_in_at = models.DateTimeField("nộp lúc", null=True, blank=True)
    channel = models.CharField("cách chấm", max_length=10, choices=Channel, default=Channel.ELECTRONIC)
    entered_by = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người nhập phiếu giấy",
    )

    objects = ScoreSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu chấm"
        verbose_name_plural = "phiếu chấm"
        ordering = ["case", "seat"]
        constraints = [
            models.UniqueConstraint(fields=["case", "seat"], name="sheet_one_per_member"),
            models.CheckConstraint(
                name="sheet_on_paper_names_who_typed",
                condition=Q(channel=Channel.ELECTRONIC, entered_by__isnull=True)
                | Q(channel=Channel.PAPER, entered_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.case} – {self.seat.user}"

    def load_scores(self):
        """Its scores as they stand, read once; what is added to this list is part of the sheet from then on."""
        rows = list(Score.objects.filter(sheet=self).select_related("option"))
        codes = {ask.row.pk: ask.row for ask in criteria_of(self.case.dossier.criteria_set).values()}
        for row in rows:
            row.criterion, row.sheet = codes[row.criterion_id], self
        self._prefetched_objects_cache = {"scores": rows}
        return rows

    @property
    def is_open(self):
        """In its member's hands: may be changed."""
        return self.status == SheetStatus.DRAFT and self.case.status == CaseStatus.SCORING

    @property
    def said(self):
        """What its judge has stated about conflicts of interest, or None; no query for sheets ``with_statement``."""
        if "stated" not in self.__dict__:
            own = Statement.objects.filter(case=self.case_id, seat=self.seat_id)
            self.stated = own.values_list("answer", flat=True).first()
        return self.stated

    @property
    def is_stated(self):
        """Its judge has stated that there is no conflict of interest."""
        return self.said == Answer.NONE

    @property
    def channel_in_words(self):
        """How it came in, and who typed a paper one."""
        typed = f", {self.entered_by} nhập" if self.entered_by else ""
        return f"{self.get_channel_display()}{typed}"

    @property
    def words(self):
        """The member's opinion; while there is none, an empty one that is not saved. Take sheets ``with_scores``."""
        return getattr(self, "opinion", None) or Opinion(sheet=self)

    @property
    def struck(self):
        """What the member would strike the dossier out for: [[code, reason], …]."""
        return self.words.struck

    @property
    def remark(self):
        """What the member says about the dossier as a whole."""
        return self.words.remark

    @property
    def strikes(self):
        """Where this member would strike the dossier out, and why."""
        return dict(self.struck)

    def answers(self):
        """Criterion code → option key, None for no level reached. Take sheets ``with_scores`` first."""
        return {score.criterion.code: score.option and score.option.key for score in self.scores.all()}

    def result(self):
        """Points, total, star and missed gates so far."""
        return engine.score_sheet(self.case.dossier.criteria_set.engine_set(), self.answers())

    def for_engine(self):
        """The sheet as the star engine reads it."""
        return engine.Sheet(self.answers(), tuple(engine.Strike(*row) for row in self.struck))

    def unanswered(self):
        """Codes of criteria to answer before handing in; none for a sheet that strikes out by itself."""
        if self.struck and self.case.council.knockout_by == KnockoutBy.ANY:
            return ()
        return self.result().unanswered


class Score(models.Model):
    """One choice. ``option`` empty means no level reached. ``version`` guards against a stale tab."""

    sheet = models.ForeignKey(ScoreSheet, models.PROTECT, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT)
    option = models.ForeignKey(Option, models.PROTECT, null=True, blank=True)
    note = models.CharField("ghi chú", max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "điểm"
        verbose_name_plural = "điểm"
        constraints = [models.UniqueConstraint(fields=["sheet", "criterion"], name="score_once")]

    def __str__(self):
        return f"{self.sheet_id} {self.criterion_id}"


class Opinion(models.Model):
    """What a sheet says in words. ``struck``: what the member would strike the dossier out for, [[code, reason], …]."""

    sheet = models.OneToOneField(ScoreSheet, models.PROTECT, related_name="opinion")
    struck = models.JSONField("loại hồ sơ vì", default=list, blank=True)
    remark = models.TextField("ý kiến của người đánh giá", max_length=4000, blank=True)

    class Meta:
        verbose_name = "ý kiến trong phiếu"
        verbose_name_plural = "ý kiến trong phiếu"

    def __str__(self):
        return f"{self.sheet_id}"
