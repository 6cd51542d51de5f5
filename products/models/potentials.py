"""A product that a commune finds promising: its screening list of a year, from which ideas grow."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import OFFICERS, Role
from entities.models import Entity
from foundation.areas.located import Located, LocatedQuerySet, reads
from foundation.areas.models import Area
from foundation.regimes.models import CriteriaSet

FIRST_YEAR, LAST_YEAR = 2018, 2100  # the programme began in 2018 (Quyết định 490/QĐ-TTg)


class PotentialStatus(models.TextChoices):
    """What became of it."""

    PROPOSED = "proposed", "Đề xuất"
    TAKEN_UP = "taken_up", "Đã lập ý tưởng"
    DROPPED = "dropped", "Không đưa vào"


class PotentialQuerySet(LocatedQuerySet):
    def visible_to(self, user):
        """Officers and managers those of their area; a producer's own people what is said of the producer."""
        theirs = reads(PotentialProduct, user.areas_as(*OFFICERS, Role.MANAGER))
        return self.filter(Q(entity__in=Entity.objects.run_by(user)) | theirs)

    def for_list(self):
        """With what a line and a page show; the set's long text stays in the database."""
        return self.select_related("entity", "area__parent__parent", "criteria_set").defer(
            "criteria_set__content"
        )


class PotentialProduct(Located):
    """One line of a commune's screening list: what, whose, what is strong about it, what it lacks.

    The producer is one that the portal knows (``entity``), or a name alone.
    """

    Status = PotentialStatus
    MOVES = {
        PotentialStatus.PROPOSED: {PotentialStatus.TAKEN_UP, PotentialStatus.DROPPED},
        PotentialStatus.TAKEN_UP: {PotentialStatus.PROPOSED},
        PotentialStatus.DROPPED: {PotentialStatus.PROPOSED},
    }
    PILLS = {
        PotentialStatus.PROPOSED: "info",
        PotentialStatus.TAKEN_UP: "good",
        PotentialStatus.DROPPED: "neutral",
    }

    code = models.SlugField("mã", max_length=20, unique=True)
    year = models.PositiveSmallIntegerField("năm")
    name = models.CharField("tên sản phẩm", max_length=160)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="xã, phường, thị trấn")
    entity = models.ForeignKey(
        Entity, models.PROTECT, null=True, blank=True, related_name="potentials", verbose_name="chủ thể"
    )
    producer_name = models.CharField("tên người sản xuất", max_length=200, blank=True)
    criteria_set = models.ForeignKey(
        CriteriaSet, models.PROTECT, null=True, blank=True, verbose_name="bộ sản phẩm"
    )
    strengths = models.TextField("điểm mạnh", max_length=2000)
    gaps = models.TextField("còn thiếu", max_length=2000, blank=True)
    status = models.CharField(
        "trạng thái", max_length=10, choices=PotentialStatus, default=PotentialStatus.PROPOSED
    )
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="người lập"
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = PotentialQuerySet.as_manager()

    class Meta:
        verbose_name = "sản phẩm tiềm năng"
        verbose_name_plural = "sản phẩm tiềm năng"
        ordering = ["-year", "-pk"]
        indexes = [models.Index(fields=["year", "status"], name="potential_by_year")]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "year", "name"],
                name="potential_once_per_commune_and_year",
                violation_error_message="Danh sách năm này của xã đã có sản phẩm cùng tên.",
            ),
            models.CheckConstraint(
                name="potential_names_its_producer",
                condition=Q(entity__isnull=False) | ~Q(producer_name=""),
                violation_error_message="Hãy chọn chủ thể hoặc ghi tên người sản xuất.",
            ),
            models.CheckConstraint(
                name="potential_year_of_the_programme",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message=f"Năm phải từ {FIRST_YEAR} đến {LAST_YEAR}.",
            ),
        ]

    def __str__(self):
        return f"{self.name} ({self.year})"

    def get_absolute_url(self):
        return reverse("products:potential", args=[self.code])

    @property
    def producer(self):
        """Whose it is, in words."""
        return self.entity.name if self.entity else self.producer_name
