"""The cases before councils, from scoring to what follows from the verdict."""

import json

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property

from evaluation import scoring
from evaluation.models.councils import Council, Post, Seat
from evaluation.spread import Spread
from foundation.regimes import engine
from products.models import Dossier


class CaseStatus(models.TextChoices):
    """Where a case stands."""

    SCORING = "scoring", "Đang chấm, phiếu còn niêm phong"
    OPENED = "opened", "Đã mở phiếu, chờ kết luận"
    CONCLUDED = "concluded", "Đã kết luận, chờ xử lý"
    FORWARDED = "forwarded", "Đã chuyển cấp trên"
    SENT_DOWN = "sent_down", "Đã chuyển lại cấp dưới công nhận"
    RECOGNISED = "recognised", "Đã có quyết định công nhận"
    UNRECOGNISED = "unrecognised", "Không đạt hạng được công nhận"
    RETURNED = "returned", "Trả lại chủ thể kèm lý do"


def _counted(rows, by):
    """How many rows there are, as a column that needs no grouping of the outer query."""
    counted = rows.order_by().values(by).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


class CaseQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Cases of the councils that this person knows.

        Besides: what came up from below to a council, for those who work there or are to take it up; and what became
        of a forwarded case, for those who forwarded it, once it is concluded.
        """
        worked, run = Council.objects.worked_by(user), Council.objects.run_by(user)
        return self.filter(
            Q(council__in=Council.objects.known_to(user))
            | Q(went_to__council__in=worked)
            | Q(status=CaseStatus.FORWARDED, council__area__parent__in=run.values("area"))
            | Q(came_from__council__in=worked, verdict__isnull=False)
        )

    def waiting_for(self, user):
        """Cases whose next step is this person's: the chair's, the secretary's or the officer's."""
        chaired, run = Council.objects.seating(user, Post.CHAIR), Council.objects.run_by(user)
        return self.filter(
            Q(
                status=CaseStatus.SCORING,
                council__in=chaired,
                pk__in=Case.objects.ready_to_open().values("pk"),
            )
            | Q(status=CaseStatus.OPENED, council__in=chaired)
            | Q(status=CaseStatus.CONCLUDED, council__in=run)
            | Q(status=CaseStatus.SENT_DOWN, came_from__council__in=run)
            | Q(status=CaseStatus.FORWARDED, went_to=None, council__area__parent__in=run.values("area"))
        )

    def forwarded(self):
        """Forwarded, and taken up by nobody yet."""
        return self.filter(status=CaseStatus.FORWARDED, went_to=None)

    def forwarded_to(self, council):
        """Cases that councils below have forwarded to this one's level and that nobody has taken up."""
        below = self.forwarded().filter(council__area__parent=council.area).for_page()
        return [case for case in below if case.next_step.onward.to_level == council.level]

    def with_progress(self):
        """Add how many sheets are in (``handed_in``), whether the chair's is (``chair_in``), how many ``seats``."""
        sheets = self.model._meta.get_field("sheets").related_model.objects
        given = sheets.filter(case=OuterRef("pk"), handed_in_at__isnull=False)
        seats = Seat.objects.filter(council=OuterRef("council"))
        return self.annotate(
            handed_in=_counted(given, "case"),
            chair_in=_counted(given.filter(seat__post=Post.CHAIR), "case"),
            seats=_counted(seats, "council"),
        )

    def ready_to_open(self):
        """Being scored, with quorum."""
        enough = Q(handed_in__gt=0, quorum__gte=0) & (Q(chair_in=1) | Q(council__chair_required=False))
        counted = self.filter(status=CaseStatus.SCORING).with_progress()
        return counted.annotate(
            quorum=F("handed_in") * 100 - F("seats") * F("council__quorum_percent")
        ).filter(enough)

    def for_list(self):
        """With what a line shows; the long texts of the law and the frozen verdict stay in the database."""
        return self.for_page().defer(
            "verdict",
            "basis",
            "dossier__introduction",
            "dossier__criteria_set__content",
            "dossier__criteria_set__regime__data",
            "dossier__regime__data",
        )

    def for_page(self):
        """With everything that the case's own pages read."""
        return self.select_related(*self.model.PAGE_PATHS)


class Case(models.Model):
    """A dossier before a council. ``verdict`` is frozen when the chair concludes: later law cannot rewrite it.

    ``verdict`` is the engine's Verdict as a dictionary; ``total`` and ``stars`` repeat its result for lists.
    ``basis`` says by hashes what it was made from (``evaluation.proof``); empty for verdicts older than these hashes.
    ``came_from`` is the case of the level below that forwarded it (or of the level above that sent it down).
    """

    MOVES = {
        CaseStatus.SCORING: {CaseStatus.OPENED},
        CaseStatus.OPENED: {CaseStatus.CONCLUDED, CaseStatus.SCORING},
        CaseStatus.CONCLUDED: {
            CaseStatus.FORWARDED,
            CaseStatus.SENT_DOWN,
            CaseStatus.RECOGNISED,
            CaseStatus.UNRECOGNISED,
            CaseStatus.RETURNED,
        },
        CaseStatus.SENT_DOWN: {CaseStatus.RECOGNISED},
    }
    PILLS = {
        CaseStatus.SCORING: "info",
        CaseStatus.OPENED: "info",
        CaseStatus.CONCLUDED: "attention",
        CaseStatus.FORWARDED: "good",
        CaseStatus.SENT_DOWN: "attention",
        CaseStatus.RECOGNISED: "good",
        CaseStatus.UNRECOGNISED: "danger",
        CaseStatus.RETURNED: "attention",
    }

    PAGE_PATHS = (
        "dossier__product__entity",
        "dossier__product__area__parent__parent",
        "dossier__criteria_set__regime",
        "dossier__regime",
        "council__area__parent__parent",
        "came_from__council__area__parent__parent",
        "proposal",
    )

    code = models.SlugField("mã", max_length=30, unique=True)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="cases", verbose_name="hồ sơ")
    council = models.ForeignKey(Council, models.PROTECT, related_name="cases", verbose_name="hội đồng")
    came_from = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="went_to")
    status = models.CharField("trạng thái", max_length=14, choices=CaseStatus, default=CaseStatus.SCORING)
    opened_at = models.DateTimeField("mở phiếu lúc", null=True, blank=True)
    concluded_on = models.DateField("ngày kết luận", null=True, blank=True)
    conclusion = models.TextField("kết luận của chủ tịch", max_length=4000, blank=True)
    verdict = models.JSONField("kết quả", null=True, blank=True)
    total = models.DecimalField("tổng điểm trung bình", max_digits=7, decimal_places=4, null=True, blank=True)
    stars = models.PositiveSmallIntegerField("hạng sao", null=True, blank=True)
    basis = models.TextField("căn cứ của kết quả", blank=True, editable=False)
    basis_sha256 = models.CharField("mã băm của căn cứ", max_length=64, blank=True, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "phiên đánh giá"
        verbose_name_plural = "phiên đánh giá"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(status__in=[CaseStatus.SCORING, CaseStatus.OPENED, CaseStatus.CONCLUDED]),
                name="case_one_live_per_dossier",
                violation_error_message="Hồ sơ này đang ở trước một hội đồng.",
            ),
            models.CheckConstraint(
                name="case_verdict_once_concluded",
                condition=Q(status__in=[CaseStatus.SCORING, CaseStatus.OPENED], verdict__isnull=True)
                | (
                    ~Q(status__in=[CaseStatus.SCORING, CaseStatus.OPENED])
                    & Q(verdict__isnull=False, concluded_on__isnull=False)
                ),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.dossier.product}"

    def get_absolute_url(self):
        return reverse("evaluation:case", args=[self.code])

    @cached_property
    def result(self):
        """The frozen verdict, or None before the conclusion."""
        return engine.Verdict.from_dict(self.verdict) if self.verdict else None

    @property
    def basis_facts(self):
        """What the verdict was made from, as it was written."""
        return json.loads(self.basis)

    @cached_property
    def next_step(self):
        """Where the frozen verdict leads by the regime of the dossier; None before the conclusion.

        Once the centre's result is in and is not recognised there, it leads where the regime says.
        """
        if self.result is None:
            return None
        below, process = self.came_from.council.level if self.came_from else None, self.dossier.regime.process
        step = scoring.next_step(self.result, process, self.council.level, below)
        proposal = getattr(self, "proposal", None)
        if proposal is None or not proposal.is_back:
            return step
        return scoring.after_above(step, proposal.stars, process, self.council.level)

    @property
    def proposed_stars(self):
        """The stars for which the total suffices to propose the product beyond this portal, or None."""
        step = self.next_step
        if step is None or step.onward is None or step.step == scoring.Step.FORWARD:
            return None
        return max(self.dossier.regime.recognised_at(step.onward.to_level))

    @property
    def transfer(self):
        """The papers that the law sends up with this case, where it goes on or may be proposed; else None."""
        onward = self.next_step and self.next_step.onward
        return self.dossier.regime.process.transfer_from(self.council.level) if onward else None

    @property
    def lower_rule(self):
        """The regime's rule that this case follows because it ended lower above; None for all others."""
        process = self.dossier.regime.process
        if self.next_step and self.next_step.step == scoring.Step.SEND_DOWN:
            return process.after_ending_lower(self.came_from.council.level)
        proposal = getattr(self, "proposal", None)
        missed = proposal is not None and proposal.is_back and not proposal.is_recognised
        return process.after_ending_lower(self.council.level) if missed else None

    @property
    def may_go_back(self):
        """Whether the verdict lets the dossier go back to its producer: no stars, or a rule that allows to reassess."""
        rule = self.lower_rule
        return self.next_step.step == scoring.Step.CLOSE or bool(rule and scoring.REASSESS in rule.ways)

    @property
    def recognising_council(self):
        """The council whose office issues the decision: this one, or the one below to which the case was sent."""
        sent = self.status == CaseStatus.SENT_DOWN or (
            self.next_step and self.next_step.step == scoring.Step.SEND_DOWN
        )
        return self.came_from.council if sent else self.council

    def counted_sheets(self):
        """The sheets that were handed in, with their scores, in the order of the seats."""
        return list(self.sheets.handed_in().with_scores().order_by("seat_id"))

    def judge(self, sheets):
        """The engine's verdict on these sheets. Raises engine.RegimeError."""
        rules = self.council.engine_rules
        return engine.judge(
            self.dossier.criteria_set.engine_set(), [sheet.for_engine() for sheet in sheets], rules
        )

    def spread(self, sheets):
        """How far these sheets lie apart, against the council's rule."""
        totals = tuple(sheet.result().total for sheet in sheets)
        council = self.council
        return Spread(totals, council.spread_limit, council.spread_limit_counts, council.rules_source)

    def missing_to_open(self):
        """What the chair still has to wait for, as sentences."""
        council, given = self.council, self.sheets.handed_in()
        handed_in, seats = given.count(), council.seats.count()
        gaps = []
        if not scoring.quorum_reached(handed_in, seats, council.quorum_percent):
            gaps.append(
                f"Mới có {handed_in} trên {seats} phiếu, Quy chế cần ít nhất {council.quorum_percent}%."
            )
        if council.chair_required and not given.filter(seat__post=Post.CHAIR).exists():
            gaps.append("Chưa có phiếu của Chủ tịch hội đồng.")
        return gaps
