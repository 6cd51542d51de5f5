"""Producers (chủ thể): who they are, where, how to reach them, what they are made of."""

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from accounts.models import OFFICERS, Role, User
from entities.models.duplicates import Duplicates
from entities.models.members import Membership
from entities.models.profiles import picture_path
from entities.models.selections import ProducerSelections
from entities.models.spells import EntityStatus, Spell
from foundation import clock
from foundation.areas.located import Located, LocatedQuerySet, among, reads
from foundation.areas.models import Area
from foundation.areas.models.units import Plain
from foundation.sources.models import Source
from foundation.ui.alphabet import Alphabetical


class EntityKind(models.TextChoices):
    """Legal kind of a producer."""

    COOPERATIVE = "cooperative", "Hợp tác xã"
    COOPERATIVE_GROUP = "cooperative_group", "Tổ hợp tác"
    SME = "sme", "Doanh nghiệp nhỏ và vừa"
    FARM = "farm", "Trang trại"
    HOUSEHOLD = "household", "Hộ sản xuất kinh doanh"
    ASSOCIATION = "association", "Hội, hiệp hội"
    UNKNOWN = "unknown", "Nguồn chưa nêu loại hình"


class Gender(models.TextChoices):
    """As the forms of the programme ask it of a representative; may stay open."""

    FEMALE = "female", "Nữ"
    MALE = "male", "Nam"


def together(*names):
    """All of these are known, or none is."""
    none, every = ({f"{name}__isnull": unknown for name in names} for unknown in (True, False))
    return Q(**none) | Q(**every)


PHONE = RegexValidator(r"^\+?[0-9][0-9 .\-]{7,18}$", "Số điện thoại gồm 8 đến 15 chữ số.")


class EntityQuerySet(ProducerSelections, Duplicates, LocatedQuerySet):
    def visible_to(self, user):
        """A producer's own people; officers and managers those that are, or once were, in their area."""
        own = among("pk", Membership.objects.filter(user=user), "entity")
        return self.filter(own | reads(Entity, user.areas_as(*OFFICERS, Role.MANAGER)))

    def run_by(self, user):
        """Producers for which this person acts."""
        return self.filter(memberships__user=user)

    def owned_by(self, user):
        """Producers whose people this person looks after."""
        return self.filter(memberships__user=user, memberships__role="owner")

    def standing(self):
        """Producers as such: what was merged into another is only history."""
        return self.exclude(status=EntityStatus.MERGED)

    def within(self, area):
        """Producers inside the unit."""
        return self.filter(area__in=Area.objects.within(area))

    def participating_on(self, day=None):
        """Producers that take part on that day (today when not said), by their spells."""
        spells = Spell.objects.participating().on(day or clock.today())
        return self.filter(Exists(spells.filter(entity=OuterRef("pk"))))

    def known_to_public(self):
        """What has a public page: those that take part or once did, not who merely might."""
        return self.exclude(status__in=[EntityStatus.CANDIDATE, EntityStatus.MERGED])

    def for_list(self):
        return self.select_related("area__parent__parent")


class Entity(Located):
    """A producer taking part. ``area`` is the smallest unit that the source or the producer states.

    ``tax_code_checked`` is false for a code that only the producer itself has typed: among checked codes each stands
    once, and a stranger's typing tells nobody whether a code is known.
    """

    Status = EntityStatus
    MOVES = {
        EntityStatus.CANDIDATE: {EntityStatus.PARTICIPATING, EntityStatus.LEFT, EntityStatus.MERGED},
        EntityStatus.PARTICIPATING: {EntityStatus.PAUSED, EntityStatus.LEFT, EntityStatus.MERGED},
        EntityStatus.PAUSED: {EntityStatus.PARTICIPATING, EntityStatus.LEFT, EntityStatus.MERGED},
        EntityStatus.LEFT: {EntityStatus.PARTICIPATING, EntityStatus.MERGED},
    }
    PILLS = {
        EntityStatus.CANDIDATE: "info",
        EntityStatus.PARTICIPATING: "good",
        EntityStatus.PAUSED: "attention",
        EntityStatus.LEFT: "neutral",
        EntityStatus.MERGED: "neutral",
    }

    code = models.SlugField("mã", max_length=20, unique=True)
    name = models.CharField("tên", max_length=200)
    short_name = models.CharField("tên viết tắt", max_length=80, blank=True)
    plain = models.GeneratedField(
        expression=Plain(F("name")), output_field=models.TextField(), db_persist=True
    )
    alphabet = models.GeneratedField(
        expression=Alphabetical(F("name")), output_field=models.TextField(db_collation="C"), db_persist=True
    )
    kind = models.CharField("loại hình", max_length=20, choices=EntityKind)
    status = models.CharField(
        "tình trạng", max_length=14, choices=EntityStatus, default=EntityStatus.CANDIDATE
    )
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="địa bàn")
    address = models.CharField("địa chỉ", max_length=200, blank=True)
    latitude = models.DecimalField("vĩ độ", max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField("kinh độ", max_digits=8, decimal_places=5, null=True, blank=True)
    tax_code = models.CharField("mã số thuế", max_length=14, blank=True)
    tax_code_checked = models.BooleanField("mã số thuế đã đối chiếu", default=True)
    registration_number = models.CharField("số đăng ký kinh doanh", max_length=40, blank=True)
    registered_on = models.DateField("ngày đăng ký", null=True, blank=True)
    representative = models.CharField("người đại diện theo pháp luật", max_length=120, blank=True)
    representative_title = models.CharField("chức danh người đại diện", max_length=80, blank=True)
    representative_gender = models.CharField(
        "giới tính người đại diện", max_length=6, choices=Gender, blank=True
    )
    representative_ethnicity = models.CharField("dân tộc người đại diện", max_length=40, blank=True)
    phone = models.CharField("điện thoại", max_length=20, blank=True, validators=[PHONE])
    email = models.EmailField("thư điện tử", blank=True)
    website = models.CharField("trang web", max_length=300, blank=True)
    workers = models.PositiveIntegerField("tổng số lao động", null=True, blank=True)
    local_workers = models.PositiveIntegerField("lao động địa phương", null=True, blank=True)
    members_count = models.PositiveIntegerField("số thành viên", null=True, blank=True)
    founded_on = models.DateField("ngày thành lập", null=True, blank=True)
    capital = models.DecimalField("vốn (triệu đồng)", max_digits=14, decimal_places=2, null=True, blank=True)
    village = models.ForeignKey(
        "entities.CraftVillage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="producers",
        verbose_name="làng nghề",
    )
    logo = models.ImageField("biểu trưng", upload_to=picture_path, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", verbose_name="đã gộp vào"
    )
    note = models.TextField("ghi chú", blank=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)
    sources = models.ManyToManyField(Source, blank=True, verbose_name="nguồn")

    objects = EntityQuerySet.as_manager()

    class Meta:
        verbose_name = "chủ thể"
        verbose_name_plural = "chủ thể"
        ordering = ["name"]
        indexes = [
            GinIndex(fields=["plain"], name="entity_plain", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["plain", "id"], name="entity_by_name"),
            models.Index(fields=["alphabet", "id"], name="entity_by_alphabet"),
            models.Index(fields=["tax_code"], name="entity_by_tax_code", condition=~Q(tax_code="")),
            models.Index(fields=["phone"], name="entity_by_phone", condition=~Q(phone="")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["tax_code"],
                condition=Q(tax_code_checked=True) & ~Q(tax_code="") & ~Q(status="merged"),
                name="entity_tax_code_once",
                violation_error_message="Mã số thuế này đã được ghi cho một chủ thể khác.",
            ),
            models.CheckConstraint(
                name="entity_coordinates_together",
                condition=together("latitude", "longitude"),
                violation_error_message="Vĩ độ và kinh độ phải đi cùng nhau.",
            ),
            models.CheckConstraint(
                name="entity_local_workers_among_all",
                condition=Q(local_workers__isnull=True)
                | Q(workers__isnull=False, local_workers__lte=F("workers")),
                violation_error_message="Lao động địa phương không thể nhiều hơn tổng số lao động.",
            ),
            models.CheckConstraint(
                name="entity_merged_names_the_other",
                condition=Q(status="merged", merged_into__isnull=False)
                | (~Q(status="merged") & Q(merged_into__isnull=True)),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("entities:producer", args=[self.code])

    def people(self):
        """Those who act for this producer."""
        return User.objects.filter(memberships__entity=self)

    @property
    def kind_in_words(self):
        return self.get_kind_display()

    @property
    def status_in_words(self):
        return self.get_status_display()

    @property
    def has_public_page(self):
        """As ``known_to_public`` asks."""
        return self.status not in {EntityStatus.CANDIDATE, EntityStatus.MERGED}

    @property
    def is_merged(self):
        """Only history any more; ``merged_into`` goes on."""
        return self.status == EntityStatus.MERGED
