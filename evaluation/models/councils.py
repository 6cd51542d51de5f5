"""A council with its rules and seats."""

from django.db import models
from django.db.models import F, Q

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
        """Councils on which this person sits (in one of these posts, when any is named)."""
        seats = Seat.objects.filter(user=user)
        return self.filter(pk__in=(seats.filter(post__in=posts) if posts else seats).values("council"))

    def run_by(self, user):
        """Councils whose papers this person keeps: their secretary, and the officers of their very unit.

        A unit that goes on under another name is the same unit; one that was merged is not.
        """
        kept = Q(pk__in=Council.objects.seating(user, Post.SECRETARY))
        for kind, role in OFFICE.items():
            if areas := user.areas_as(role):
                kept |= Q(area__kind=kind, area__in=Area.objects.same_as(areas))
        return self.filter(kept)

    def worked_by(self, user):
        """Councils for which this person scores or keeps the papers."""
        return self.filter(Q(pk__in=Council.objects.seating(user)) | Q(pk__in=Council.objects.run_by(user)))

    def known_to(self, user):
        """Those, and the ones that are or were inside the units that this person leads."""
        known = Q(pk__in=Council.objects.worked_by(user))
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
    rules_source = models.CharField("Quy chế hoạt động", max_length=200)
    quorum_percent = models.PositiveSmallIntegerField("tỷ lệ thành viên tối thiểu (%)")
    chair_required = models.BooleanField("phải có phiếu của chủ tịch")
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
            models.CheckConstraint(name="council_spread_not_negative", condition=Q(spread_limit__gte=0)),
            models.CheckConstraint(
                name="council_runs_forward",
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("decided_on")),
            ),
        ]

    def __str__(self):
        return self.name

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
            ("Mở phiếu khi có", f"ít nhất {self.quorum_percent}% số phiếu"),
            ("Phiếu của Chủ tịch", "bắt buộc có" if self.chair_required else "không bắt buộc"),
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
    def petition_rule(self):
        """How long a producer may lodge a petition, in words."""
        days = self.petition_days
        return "Quy chế chưa ghi thời hạn" if days is None else f"trong {days} ngày kể từ ngày có kết quả"

    def holds(self, user, *posts):
        """Whether this person sits here (in one of these posts, when any is named)."""
        return Council.objects.seating(user, *posts).filter(pk=self.pk).exists()

    def people(self, *posts):
        """Those who sit here (in one of these posts, when any is named)."""
        seats = self.seats.filter(post__in=posts) if posts else self.seats.all()
        return User.objects.filter(pk__in=seats.values("user"))

    def keepers(self):
        """Those who keep its papers, as ``run_by`` asks of one person: its secretary, the officers of its very unit."""
        office = OFFICE.get(self.area.kind)
        officers = User.objects.serving(self.area, office) if office else ()
        return [*self.people(Post.SECRETARY), *officers]

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


class SeatQuerySet(models.QuerySet):
    def of(self, user):
        """This person's own seats."""
        return self.filter(user=user)

    def at_work(self):
        """Seats on councils that may work today."""
        return self.filter(council__in=Council.objects.at_work())


class Seat(models.Model):
    """A person on a council. All posts score."""

    council = models.ForeignKey(Council, models.CASCADE, related_name="seats")
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="seats")
    post = models.CharField("vị trí", max_length=10, choices=Post)

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = "ghế"
        verbose_name_plural = "ghế"
        ordering = ["council", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "user"], name="seat_once_per_person"),
            models.UniqueConstraint(fields=["council"], condition=Q(post=Post.CHAIR), name="seat_one_chair"),
        ]

    def __str__(self):
        return f"{self.user} – {self.get_post_display()}"
