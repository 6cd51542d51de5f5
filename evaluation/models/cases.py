"""The cases before councils, from scoring to what follows from the verdict."""

import json

from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.functional import cached_property

from accounts.models import User
from evaluation import scoring
from evaluation.models.councils import PRESIDING, Council, Post, Seat
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


def counted(rows, by):
    """How many rows there are, as a column that needs no grouping of the outer query."""
    counted = rows.order_by().values(by).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted), 0)


def _related(cases, name):
    """All rows of a table that stands above this one."""
    return cases.model._meta.get_field(name).related_model.objects


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
        chaired, run = Council.objects.seating(user, *PRESIDING), Council.objects.run_by(user)
        mine = Case.objects.filter(council__in=chaired).presided_by(user).values("pk")
        return self.filter(
            Q(status=CaseStatus.SCORING, pk__in=Case.objects.filter(pk__in=mine).ready_to_open().values("pk"))
            | Q(status=CaseStatus.OPENED, pk__in=mine)
            | Q(
                status=CaseStatus.OPENED, pk__in=_related(self, "reopenings").waiting_for(user).values("case")
            )
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

    def with_presiding(self):
        """Add ``presiding``: the seat that presides over the case, and its ``presiding_post``.

        That is the chair; where the chair's seat is empty or the chair has stood aside, the first vice chair who has
        not; None when there is nobody.
        """
        aside = _related(self, "statements").recusals()
        aside = aside.filter(seat=OuterRef("pk"), case=OuterRef(OuterRef("pk")))
        seats = Seat.objects.in_force().filter(council=OuterRef("council"), post__in=PRESIDING)
        able = seats.exclude(Exists(aside)).order_by("post", "pk")  # chair before vice
        return self.annotate(
            presiding=Subquery(able.values("pk")[:1]), presiding_post=Subquery(able.values("post")[:1])
        )

    def presided_by(self, user):
        """Cases over which this person presides today."""
        own = Seat.objects.in_force().of(user).filter(post__in=PRESIDING)
        return self.with_presiding().filter(presiding__in=own.values("pk"))

    def with_progress(self):
        """Add how many sheets are in (``handed_in``), whether the presiding post's is (``chair_in``), of how many
        judges (``seats``). Whoever has stood aside or was released counts nowhere; where all members score, one
        without a sheet counts as missing, but not in the place of somebody whose sheet is in.
        """
        sheets, aside = _related(self, "sheets"), _related(self, "statements").recusals()
        standing, here = sheets.standing().filter(case=OuterRef("pk")), {"case": OuterRef(OuterRef("pk"))}
        given = standing.handed_in()
        judges = Seat.objects.in_force().judging().filter(council=OuterRef("council"), replaces=None)
        absent = judges.filter(council__judges_min=None).exclude(
            Exists(sheets.filter(seat=OuterRef("pk"), **here))
            | Exists(aside.filter(seat=OuterRef("pk"), **here))
        )
        return self.with_presiding().annotate(
            handed_in=counted(given, "case"),
            chair_in=counted(given.filter(seat__post=OuterRef("presiding_post")), "case"),
            seats=counted(standing, "case") + counted(absent, "council"),
        )

    def ready_to_open(self):
        """Being scored, with quorum."""
        judged = Q(council__judges_min=None) | Q(handed_in__gte=F("council__judges_min"))
        enough = Q(handed_in__gt=0, quorum__gte=0) & judged
        enough &= Q(chair_in__gte=1) | Q(council__chair_required=False)
        counted = self.filter(status=CaseStatus.SCORING).with_progress()
        return (
            counted.annotate(quorum=F("handed_in") * 100 - F("seats") * F("council__quorum_percent"))
            .filter(enough)
            .exclude(pk__in=_related(self, "sheets").awaited().values("case"))
        )

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
    ``turn`` counts the times it is scored: chair and secretary together begin another one (``Reopening``).
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
    turn = models.PositiveSmallIntegerField("lượt chấm", default=1)
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

    def seat_of(self, user):
        """This person's seat that scores on the case's council, with what it has ``stated`` here; or None."""
        own = Seat.objects.in_force().judging().of(user).filter(council=self.council_id)
        said = self.statements.filter(seat=OuterRef("pk")).values("answer")
        return own.annotate(stated=Subquery(said[:1])).for_list().first()

    @cached_property
    def presiding_seat(self):
        """The seat that presides over this case, or None (``CaseQuerySet.with_presiding``)."""
        found = Case.objects.filter(pk=self.pk).with_presiding()
        return Seat.objects.for_list().filter(pk__in=found.values("presiding")).first()

    def presided_over_by(self):
        """The person who presides over this case, as a queryset of at most one."""
        found = Case.objects.filter(pk=self.pk).with_presiding()
        return User.objects.filter(seats__in=found.values("presiding"))

    def missing_to_open(self):
        """What whoever presides still has to wait for, as sentences."""
        names = ("handed_in", "seats", "chair_in", "presiding_post")
        now, council, gaps = (
            Case.objects.filter(pk=self.pk).with_progress().values(*names).get(),
            self.council,
            [],
        )
        if not scoring.quorum_reached(now["handed_in"], now["seats"], council.quorum_percent):
            gaps.append(
                f"Mới có {now['handed_in']} trên {now['seats']} phiếu, "
                f"Quy chế cần ít nhất {council.quorum_percent}%."
            )
        if council.judges_min and now["handed_in"] < council.judges_min:
            gaps.append(
                f"Mới có {now['handed_in']} phiếu, Quy chế cần ít nhất {council.judges_min} người chấm."
            )
        if council.chair_required and not now["chair_in"]:
            gaps.append(self._chair_gap(now["presiding_post"]))
        if waited := self.sheets.awaited().count():
            gaps.append(
                f"Còn {waited} thành viên được đề nghị chấm lại chưa nộp phiếu và chưa hết hạn chấm lại."
            )
        return gaps

    def _chair_gap(self, post):
        """Whose sheet the Quy chế still asks for."""
        if post is None:
            return "Phiên chưa có người chủ trì: Chủ tịch đã từ chối hoặc thôi, hội đồng cần Phó Chủ tịch."
        return f"Chưa có phiếu của {Post(post).label} hội đồng."
