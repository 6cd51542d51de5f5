"""Support policies and what producers received of them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import User
from entities.models.entities import Entity, EntityKind
from entities.models.visits import known_through
from foundation import clock
from foundation.areas.models import Area


class PolicyKind(models.TextChoices):
    """What a policy helps with."""

    CREDIT = "credit", "Tín dụng"
    SCIENCE = "science", "Khoa học và công nghệ"
    VALUE_CHAIN = "value_chain", "Liên kết chuỗi giá trị"
    TRAINING = "training", "Đào tạo nghề"
    PROMOTION = "promotion", "Xúc tiến thương mại"
    INVESTMENT = "investment", "Đầu tư, hạ tầng"
    TRADES = "trades", "Ngành nghề, làng nghề"
    OTHER = "other", "Hỗ trợ khác"


class Certainty(models.TextChoices):
    """How sure we are of what is written down."""

    SEEN = "seen", "Đã đối chiếu với nguồn"
    RECALLED = "recalled", "Chưa đối chiếu với văn bản gốc"


class SupportPolicyQuerySet(models.QuerySet):
    def known_to(self, user):
        """Policies are no secret of anybody: every signed-in person may read them."""
        return self.all()

    def in_force(self, day):
        """Policies that can be applied for on that day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), start__lte=day)

    def fitting(self, entity, *, stars=0, day=None):
        """Policies in force for which this producer qualifies by kind, place and best rating."""
        unit = entity.place_on(day or clock.today()).unit
        here = [above.pk for above in unit.chain] if unit else []
        kind = Q(producer_kinds=[]) | Q(producer_kinds__contains=[entity.kind])
        place = Q(areas=None) | Q(areas__in=here)
        rows = self.in_force(day or clock.today()).filter(kind, place, stars_min__lte=stars)
        return rows.distinct().order_by("kind", "title")

    def not_used_by(self, entity):
        """Policies of which this producer has received nothing."""
        return self.exclude(pk__in=SupportGrant.objects.filter(entity=entity).values("policy"))

    def for_list(self):
        return self.prefetch_related("areas")


class SupportPolicy(models.Model):
    """A policy from which producers may get support. Empty kinds and areas mean all of them.

    Rows that no person has revised follow the file; ``revised_by`` says that an officer keeps this one.
    """

    code = models.SlugField("mã", max_length=60, unique=True)
    title = models.CharField("tên chính sách", max_length=250)
    kind = models.CharField("loại hỗ trợ", max_length=12, choices=PolicyKind)
    document = models.CharField("văn bản", max_length=200)
    document_on = models.DateField("ngày văn bản", null=True, blank=True)
    link = models.URLField("địa chỉ văn bản hoặc nguồn", max_length=400, blank=True)
    certainty = models.CharField(
        "mức chắc chắn", max_length=10, choices=Certainty, default=Certainty.RECALLED
    )
    producer_kinds = ArrayField(
        models.CharField(max_length=20, choices=EntityKind),
        verbose_name="loại hình được hỗ trợ",
        default=list,
        blank=True,
    )
    areas = models.ManyToManyField(Area, blank=True, related_name="+", verbose_name="địa bàn áp dụng")
    stars_min = models.PositiveSmallIntegerField("hạng sao thấp nhất", default=0)
    who = models.TextField("điều kiện khác", max_length=2000, blank=True)
    what = models.TextField("nội dung hỗ trợ", max_length=4000)
    how = models.TextField("cách đề nghị", max_length=4000, blank=True)
    start = models.DateField("từ ngày")
    until = models.DateField("đến ngày", null=True, blank=True)
    revised_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người cập nhật"
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = SupportPolicyQuerySet.as_manager()

    class Meta:
        verbose_name = "chính sách hỗ trợ"
        verbose_name_plural = "chính sách hỗ trợ"
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                name="policy_runs_forward",
                condition=Q(until__isnull=True) | Q(until__gte=F("start")),
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="policy_stars_up_to_five",
                condition=Q(stars_min__in=[0, 3, 4, 5]),
                violation_error_message="Hạng sao thấp nhất là 3, 4 hoặc 5; để 0 khi không yêu cầu.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("entities:policy", args=[self.code])

    @property
    def kinds_in_words(self):
        """The kinds of producer that qualify."""
        return ", ".join(str(EntityKind(kind).label) for kind in self.producer_kinds) or "Mọi loại hình"

    @property
    def is_in_force(self):
        """Can be applied for today."""
        day = clock.today()
        return self.start <= day and (self.until is None or self.until >= day)


class SupportGrantQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The producer's own people; officers and managers of the producer's area, then and now."""
        return self.filter(known_through(user, "entity__"))

    def for_list(self):
        return self.select_related("entity__area__parent__parent", "policy").order_by("-granted_on", "-pk")


class SupportGrant(models.Model):
    """Support that a producer received: by which policy, how many đồng, when, by which decision."""

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="grants", verbose_name="chủ thể")
    policy = models.ForeignKey(
        SupportPolicy, models.PROTECT, related_name="grants", verbose_name="chính sách"
    )
    amount = models.PositiveBigIntegerField("số tiền (đồng)")
    granted_on = models.DateField("ngày nhận")
    decision_number = models.CharField("số quyết định", max_length=60, blank=True)
    note = models.CharField("ghi chú", max_length=500, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người ghi")
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = SupportGrantQuerySet.as_manager()

    class Meta:
        verbose_name = "hỗ trợ đã nhận"
        verbose_name_plural = "hỗ trợ đã nhận"
        constraints = [
            models.CheckConstraint(
                name="grant_is_something",
                condition=Q(amount__gt=0),
                violation_error_message="Số tiền phải lớn hơn 0.",
            ),
            models.UniqueConstraint(
                fields=["entity", "policy", "decision_number"],
                condition=~Q(decision_number=""),
                name="grant_once_by_decision",
                violation_error_message="Khoản hỗ trợ theo quyết định này đã được ghi.",
            ),
        ]

    def __str__(self):
        return f"{self.entity}: {self.policy}"

    def get_absolute_url(self):
        return self.policy.get_absolute_url()
