"""A council with its rules and seats."""

import uuid
from pathlib import PurePath

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.models import Role, User
from evaluation import scoring
from foundation import clock
from foundation.areas.located import reads
from foundation.areas.models import Area, AreaKind
from foundation.regimes import engine
from foundation.regimes.models import Regime
from foundation.regimes.wording import points_text
from products.models import Dossier, Product

# Who works for the office that a council belongs to, by the kind of its unit.
OFFICE = {AreaKind.DISTRICT: Role.DISTRICT_OFFICER, AreaKind.PROVINCE: Role.PROVINCE_OFFICER}


def scan_path(council, name):
    """A random name of ours, with the ending that the content has."""
    return f"councils/{uuid.uuid4().hex}{PurePath(name).suffix}"


class GatesOn(models.TextChoices):
    """What must reach a criterion's minimum."""

    MEAN = "mean", "Điểm trung bình của hội đồng"
    EACH_SHEET = "each_sheet", "Từng phiếu"


class KnockoutBy(models.TextChoices):
    """How many sheets strike a dossier out."""

    ANY = "any", "Một phiếu là đủ"
    MAJORITY = "majority", "Quá nửa số phiếu"


class CouncilQuerySet(models.QuerySet):
    def seating(self, user, *posts):
        """Councils on which this person sits today (in one of these posts, when any is named)."""
        seats = Seat.objects.in_force().of(user)
        return self.filter(pk__in=(seats.filter(post__in=posts) if posts else seats).values("council"))

    def run_by(self, user):
        """Councils whose papers this person keeps: their secretaries, and the officers of their very unit."""
        kept = Q(pk__in=Council.objects.seating(user, *SECRETARIES))
        return self.filter(kept | Q(pk__in=Council.objects.directed_by(user)))

    def directed_by(self, user):
        """Councils that this person's office sets up, changes and ends: the officers of their very unit.

        A unit that goes on under another name is the same unit; one that was merged is not.
        """
        directed = Q(pk__in=[])
        for kind, role in OFFICE.items():
            if areas := user.areas_as(role):
                directed |= Q(area__kind=kind, area__in=Area.objects.same_as(areas))
        return self.filter(directed)

    def advised_by(self, user):
        """Councils whose advisory team this person is on today."""
        advisers = self.model._meta.get_field("advisers").related_model.objects
        return self.filter(pk__in=advisers.in_force().filter(user=user).values("council"))

    def worked_by(self, user):
        """Councils for which this person scores or keeps the papers."""
        return self.filter(Q(pk__in=Council.objects.seating(user)) | Q(pk__in=Council.objects.run_by(user)))

    def known_to(self, user):
        """Those, the ones that this person advises, and those that are or were inside the units this person leads."""
        known = Q(pk__in=Council.objects.worked_by(user)) | Q(pk__in=Council.objects.advised_by(user))
        if led := user.areas_as(Role.MANAGER, Role.PROVINCE_OFFICER, Role.DEPARTMENT_OFFICER):
            known |= Q(area__in=Area.objects.read_by(led))
        return self.filter(known)

    def at_work(self, day=None):
        """Councils that may work on that day."""
        day = day or clock.today()
        return self.filter(decided_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gte=day))

    def above(self, council, level):
        """Councils at work in the unit above, at that level of the law."""
        return self.at_work().filter(area=council.area.parent_id, level=level).for_list()

    def for_list(self):
        return self.select_related("area__parent__parent")


class Council(models.Model):
    """A council set up by decision, with the local rules of its Quy chế. The rules have no hidden defaults."""

    code = models.SlugField("mã", max_length=30, unique=True)
    name = models.CharField("tên", max_length=160)
    level = models.CharField("cấp", max_length=10, help_text="cấp theo quy định: district, province, central")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="địa bàn")
    issuer = models.CharField(
        "cơ quan công nhận", max_length=120, help_text="ví dụ: Ủy ban nhân dân thị xã Duy Tiên"
    )
    decision_number = models.CharField("quyết định thành lập số", max_length=40)
    decided_on = models.DateField("ngày")
    ended_on = models.DateField("kết thúc ngày", null=True, blank=True)
    scan = models.FileField("bản chụp quyết định", upload_to=scan_path, max_length=120, blank=True)
    scan_type = models.CharField(max_length=40, blank=True, editable=False)
    rules_source = models.CharField("Quy chế hoạt động", max_length=200)
    quorum_percent = models.PositiveSmallIntegerField("tỷ lệ thành viên tối thiểu (%)")
    chair_required = models.BooleanField("phải có phiếu của chủ tịch")
    sitting_required = models.BooleanField("chỉ kết luận tại phiên họp")
    judges_min = models.PositiveSmallIntegerField(
        "số người chấm tối thiểu mỗi hồ sơ",
        null=True,
        blank=True,
        help_text="để trống: mọi thành viên chấm điểm đều chấm mọi hồ sơ",
    )
    spread_limit = models.DecimalField(
        "chênh lệch tối đa giữa các phiếu (điểm)", max_digits=5, decimal_places=2
    )
    spread_limit_counts = models.BooleanField("chênh đúng bằng mức tối đa thì vẫn đạt")
    gates_on = models.CharField("xét mức tối thiểu theo", max_length=12, choices=GatesOn)
    knockout_by = models.CharField("loại hồ sơ khi", max_length=10, choices=KnockoutBy)
    rounding = models.PositiveSmallIntegerField(
        "số chữ số thập phân khi so khung điểm", null=True, blank=True, help_text="để trống: không làm tròn"
    )
    petition_days = models.PositiveSmallIntegerField(
        "thời hạn kiến nghị (ngày)", null=True, blank=True, help_text="để trống: Quy chế chưa ghi"
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = CouncilQuerySet.as_manager()

    class Meta:
        verbose_name = "hội đồng"
        verbose_name_plural = "hội đồng"
        ordering = ["level", "area__code", "-decided_on"]
        constraints = [
            models.CheckConstraint(
                name="council_quorum_is_a_share", condition=Q(quorum_percent__range=(1, 100))
            ),
            models.CheckConstraint(
                name="council_judges_at_least_one",
                condition=Q(judges_min__isnull=True) | Q(judges_min__gte=1),
            ),
            models.CheckConstraint(name="council_spread_not_negative", condition=Q(spread_limit__gte=0)),
            models.CheckConstraint(
                name="council_runs_forward",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("decided_on")),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("evaluation:council", args=[self.code])

    @property
    def engine_rules(self):
        """What the star engine needs of the Quy chế."""
        return engine.Rules(gates_on=self.gates_on, rounding=self.rounding, knockout_by=self.knockout_by)

    @property
    def rules(self):
        """The Quy chế as label and value, for people."""
        limit = points_text(self.spread_limit)
        places = "không làm tròn" if self.rounding is None else f"làm tròn {self.rounding} chữ số thập phân"
        return [
            ("Văn bản", self.rules_source),
            ("Người chấm mỗi hồ sơ", self.judges_rule),
            ("Mở phiếu khi có", f"ít nhất {self.quorum_percent}% số phiếu"),
            ("Phiếu của Chủ tịch", "bắt buộc có" if self.chair_required else "không bắt buộc"),
            ("Phiên họp", self.sitting_rule),
            (
                "Chênh lệch giữa các phiếu",
                f"{'không quá' if self.spread_limit_counts else 'dưới'} {limit} điểm",
            ),
            ("Mức tối thiểu theo sao xét trên", self.get_gates_on_display().lower()),
            ("Loại hồ sơ khi", self.get_knockout_by_display().lower()),
            ("Điểm trung bình khi so khung", places),
            ("Kiến nghị về kết quả", self.petition_rule),
        ]

    @property
    def sitting_rule(self):
        """Whether a conclusion needs a sitting, and who has to be there."""
        if self.sitting_required:
            where = "chỉ kết luận tại phiên họp"
        else:
            where = "kết luận được khi không họp; nếu họp thì phiên họp"
        chair = ", có người chủ trì" if self.chair_required else ""
        return f"{where} có mặt ít nhất {self.quorum_percent}% thành viên{chair}"

    @property
    def judges_rule(self):
        """Who scores a dossier, by the Quy chế."""
        if self.judges_min is None:
            return "mọi thành viên chấm điểm"
        return f"người được phân công, ít nhất {self.judges_min} người"

    @property
    def petition_rule(self):
        """How long a producer may lodge a petition, in words."""
        days = self.petition_days
        return "Quy chế chưa ghi thời hạn" if days is None else f"trong {days} ngày kể từ ngày có kết quả"

    def holds(self, user, *posts):
        """Whether this person sits here (in one of these posts, when any is named)."""
        return Council.objects.seating(user, *posts).filter(pk=self.pk).exists()

    def people(self, *posts):
        """Those who sit here (in one of these posts, when any is named)."""
        seats = self.seats.in_force().filter(post__in=posts) if posts else self.seats.in_force()
        return User.objects.filter(pk__in=seats.values("user"))

    def keepers(self):
        """Those who keep its papers, as ``run_by`` asks of one person: secretaries, officers of its very unit."""
        office = OFFICE.get(self.area.kind)
        officers = User.objects.serving(self.area, office) if office else ()
        return [*self.people(*SECRETARIES), *officers]

    def dossiers(self):
        """Dossiers handed in from what is or was the council's unit, when its level takes dossiers up first."""
        own = [row.pk for row in Regime.objects.all() if scoring.entry_level(row.process) == self.level]
        near = Dossier.objects.filter(
            reads(Product, [self.area_id], path="product__"), submitted_on__isnull=False
        )
        return near.filter(regime__in=own).for_list()

    def admissible_dossiers(self):
        """Those of them that wait for a council."""
        return self.dossiers().ready_for_council()


class Post(models.TextChoices):
    """What a member does on the council."""

    CHAIR = "chair", "Chủ tịch"
    VICE = "vice", "Phó Chủ tịch"
    MEMBER = "member", "Ủy viên"
    SECRETARY = "secretary", "Ủy viên kiêm Thư ký"
    CLERK = "clerk", "Thư ký"
    EXPERT = "expert", "Chuyên gia mời"


PRESIDING = (Post.CHAIR, Post.VICE)  # in this order: the vice chair presides where the chair cannot
SECRETARIES = (Post.SECRETARY, Post.CLERK)


class SeatQuerySet(models.QuerySet):
    def of(self, user):
        """This person's own seats."""
        return self.filter(user=user)

    def at_work(self):
        """Seats in force on councils that may work today."""
        return self.in_force().filter(council__in=Council.objects.at_work())

    def in_force(self, day=None):
        """Seats that count on that day (today when not said)."""
        day = day or clock.today()
        begun = Q(started_on=None) | Q(started_on__lte=day)
        return self.filter(begun, Q(ended_on=None) | Q(ended_on__gt=day))

    def judging(self):
        """Seats that score."""
        return self.filter(scores=True)

    def with_load(self):
        """Add ``load``: how many cases being scored each judge has, those left out from which the judge stood aside."""
        sheets = self.model._meta.get_field("sheets").related_model.objects
        running = sheets.standing().filter(seat=OuterRef("pk"), case__status="scoring").order_by()
        counted = running.values("seat").annotate(count=Count("pk")).values("count")
        return self.for_list().annotate(load=Coalesce(Subquery(counted), 0)).order_by("pk")

    def for_list(self):
        return self.select_related("user", "council", "home__parent")


class Seat(models.Model):
    """A person on a council, with name and post of that day: a later change is a new seat, the old one stays.

    ``started_on`` empty: since the council began. ``ended_on`` is the day on which the seat no longer counts.
    ``employer``, its tax code and ``home`` serve the hints at conflicts of interest only.
    """

    council = models.ForeignKey(Council, models.CASCADE, related_name="seats")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="seats", verbose_name="người")
    post = models.CharField("vị trí", max_length=10, choices=Post)
    scores = models.BooleanField("chấm điểm", default=True)
    name = models.CharField("họ và tên khi được cử", max_length=120, blank=True, editable=False)
    started_on = models.DateField("từ ngày", null=True, blank=True)
    ended_on = models.DateField("thôi từ ngày", null=True, blank=True)
    ended_why = models.CharField("lý do thôi", max_length=200, blank=True)
    basis = models.CharField("căn cứ", max_length=200, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="successor", verbose_name="thay cho"
    )
    employer = models.CharField("cơ quan công tác", max_length=200, blank=True)
    employer_tax_code = models.CharField("mã số thuế cơ quan", max_length=14, blank=True)
    home = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, verbose_name="xã nơi cư trú")

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "ghế"
        verbose_name_plural = "ghế"
        ordering = ["council", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "user"],
                condition=Q(ended_on=None),
                name="seat_once_per_person",
                violation_error_message="Người này đang có ghế trong hội đồng.",
            ),
            models.UniqueConstraint(
                fields=["council"],
                condition=Q(post=Post.CHAIR, ended_on=None),
                name="seat_one_chair",
                violation_error_message="Hội đồng đang có Chủ tịch.",
            ),
            models.CheckConstraint(
                name="seat_runs_forward",
                condition=Q(ended_on=None) | Q(started_on=None) | Q(ended_on__gte=F("started_on")),
                violation_error_message="Ngày thôi không thể trước ngày được cử.",
            ),
        ]

    def __str__(self):
        return f"{self.held_by} – {self.get_post_display()}"

    @property
    def held_by(self):
        """The name of that day."""
        return self.name or self.user.full_name

    def counts_on(self, day):
        """Whether the seat is in force on that day."""
        return (self.started_on is None or self.started_on <= day) and (
            self.ended_on is None or self.ended_on > day
        )
