"""A registered product idea: step 2 of the yearly cycle (Quyết định 919/QĐ-TTg)."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import OFFICERS, Role
from entities.models import Entity
from foundation.areas.located import Located, LocatedQuerySet, holds, holds_without_district, reads
from foundation.areas.models import Area
from foundation.regimes.models import CriteriaSet
from products.models.potentials import PotentialProduct


class IdeaKind(models.TextChoices):
    """Whether the product exists already."""

    NEW = "new", "Sản phẩm mới"
    EXISTING = "existing", "Sản phẩm đã có"


class IdeaStatus(models.TextChoices):
    """Where an idea stands."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Chờ huyện xem xét"
    RETURNED = "returned", "Cần bổ sung"
    ACCEPTED = "accepted", "Đã chấp nhận"
    REJECTED = "rejected", "Không chấp nhận"
    WITHDRAWN = "withdrawn", "Đã rút"


class IdeaQuerySet(LocatedQuerySet):
    def visible_to(self, user):
        """A producer's own people and whoever keeps it; officers and managers what was sent in their area."""
        theirs = reads(Idea, user.areas_as(*OFFICERS, Role.MANAGER))
        own = Q(entity__in=Entity.objects.run_by(user)) | Q(keeper=user)
        return self.filter(own | (theirs & ~Q(status=IdeaStatus.DRAFT)))

    def waiting_for(self, user):
        """Ideas whose next step is this person's: say or judge what was sent, complete what came back."""
        judged = holds(Idea, user.areas_as(Role.DISTRICT_OFFICER)) | holds_without_district(
            Idea, user.areas_as(Role.PROVINCE_OFFICER)
        )
        heard = holds(Idea, user.areas_as(Role.COMMUNE_OFFICER)) & Q(opinion=None)
        mine = Q(entity__in=Entity.objects.run_by(user)) | Q(keeper=user)
        return self.filter(
            (Q(status=IdeaStatus.SUBMITTED) & (judged | heard))
            | (mine & Q(status__in=[IdeaStatus.RETURNED, IdeaStatus.DRAFT]))
        )

    def kept_by(self, user):
        """Ideas that this person looks after: who wrote them, or who took them over."""
        return self.filter(keeper=user)

    def in_hand(self):
        """Not sent yet, or sent back."""
        return self.filter(status__in=[IdeaStatus.DRAFT, IdeaStatus.RETURNED])

    def assignable(self):
        """A draft stays with its author, who chooses the commune anew."""
        return self.exclude(status=IdeaStatus.DRAFT)

    def for_list(self):
        """With what a line and a page show; the set's long text stays in the database."""
        return self.select_related(
            "entity", "area__parent__parent", "criteria_set", "potential", "opinion__by"
        ).defer("criteria_set__content")


def photo_path(record, name):
    """A random name of ours; the given one is never used."""
    return f"{record._meta.model_name}/{uuid.uuid4().hex}.jpg"


class Idea(Located):
    """A registered idea: which producer, which commune, which of the 26 sets, what it is."""

    Status = IdeaStatus
    MOVES = {
        IdeaStatus.DRAFT: {IdeaStatus.SUBMITTED, IdeaStatus.WITHDRAWN},
        IdeaStatus.SUBMITTED: {IdeaStatus.ACCEPTED, IdeaStatus.RETURNED, IdeaStatus.REJECTED},
        IdeaStatus.RETURNED: {IdeaStatus.SUBMITTED, IdeaStatus.WITHDRAWN},
    }
    PILLS = {
        IdeaStatus.DRAFT: "neutral",
        IdeaStatus.SUBMITTED: "info",
        IdeaStatus.RETURNED: "attention",
        IdeaStatus.ACCEPTED: "good",
        IdeaStatus.REJECTED: "danger",
        IdeaStatus.WITHDRAWN: "neutral",
    }

    code = models.SlugField("mã ý tưởng", max_length=20, unique=True)
    name = models.CharField("tên sản phẩm", max_length=160)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="ideas", verbose_name="chủ thể")
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="xã, phường, thị trấn")
    kind = models.CharField("loại", max_length=10, choices=IdeaKind)
    criteria_set = models.ForeignKey(CriteriaSet, models.PROTECT, verbose_name="bộ sản phẩm")
    description = models.TextField("mô tả", max_length=4000)
    potential = models.ForeignKey(
        PotentialProduct,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="ideas",
        verbose_name="từ danh sách tiềm năng",
    )
    photo = models.ImageField("ảnh sản phẩm", upload_to=photo_path, blank=True)
    status = models.CharField("trạng thái", max_length=12, choices=IdeaStatus, default=IdeaStatus.DRAFT)
    submitted_on = models.DateField("ngày gửi", null=True, blank=True)
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="người lập"
    )
    keeper = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        related_name="+",
        verbose_name="người phụ trách",
        help_text="người lập, hoặc người nhận bàn giao",
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        verbose_name = "ý tưởng"
        verbose_name_plural = "ý tưởng"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "name"],
                condition=~Q(status__in=[IdeaStatus.WITHDRAWN, IdeaStatus.REJECTED]),
                name="idea_once_per_producer",
                violation_error_message="Chủ thể này đã có ý tưởng cùng tên. Hãy mở ý tưởng đó hoặc đặt tên khác.",
            ),
            models.CheckConstraint(
                name="idea_sent_has_a_day",
                condition=Q(status__in=[IdeaStatus.DRAFT, IdeaStatus.WITHDRAWN])
                | Q(submitted_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"

    def get_absolute_url(self):
        return reverse("products:idea", args=[self.code])

    @property
    def is_with_author(self):
        """In the hands of the producer or of the officer who keeps it."""
        return self.status in {IdeaStatus.DRAFT, IdeaStatus.RETURNED}


class IdeaOpinion(models.Model):
    """What the commune says of an idea that waits for the district; the trail keeps what it said before."""

    idea = models.OneToOneField(Idea, models.CASCADE, related_name="opinion", verbose_name="ý tưởng")
    agreed = models.BooleanField("xã đồng ý")
    text = models.TextField("ý kiến", max_length=2000)
    given_on = models.DateField("ngày")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="cán bộ xã")

    class Meta:
        verbose_name = "ý kiến của xã"
        verbose_name_plural = "ý kiến của xã"

    def __str__(self):
        return "Đồng ý" if self.agreed else "Không đồng ý"
