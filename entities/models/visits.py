"""Support on the spot: visits planned and held, their photos, and what was agreed."""

import datetime as dt
import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import OFFICERS, Role, User
from entities import topics
from entities.models.entities import Entity
from foundation import clock
from foundation.areas.located import reads
from foundation.trail.constraints import together

SOON = dt.timedelta(days=7)  # a planned visit stands on the desk from so long before its day


def stored_as(record, name):
    """A random name of ours; of the given one only the kind of file is kept."""
    ending = "pdf" if name.lower().endswith(".pdf") else "jpg"
    return f"{record._meta.model_name}/{uuid.uuid4().hex}.{ending}"


def known_through(user, path):
    """A condition on the producer at the end of ``path``: one's own, or of an area that one reads."""
    own = Q(**{f"{path}in": Entity.objects.run_by(user)})
    return own | reads(Entity, user.areas_as(*OFFICERS, Role.MANAGER), path=path)


class VisitStatus(models.TextChoices):
    """Where a visit stands."""

    PLANNED = "planned", "Đã lên lịch"
    HELD = "held", "Đã thực hiện"
    CANCELLED = "cancelled", "Đã hủy"


class FieldVisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """The producer's own people; officers and managers of the producer's area, then and now."""
        return self.filter(known_through(user, "entity__"))

    def waiting_for(self, user):
        """Planned visits of this officer that are near or overdue."""
        near = clock.today() + SOON
        return self.visible_to(user).filter(officer=user, status=VisitStatus.PLANNED, planned_on__lte=near)

    def planned_by(self, user):
        """Visits that this officer is still to hold."""
        return self.filter(officer=user, status=VisitStatus.PLANNED)

    def held_between(self, first, last):
        """Visits held from one day to another, both included; for reports."""
        return self.filter(status=VisitStatus.HELD, held_on__range=(first, last))

    def of_person(self, user):
        """For a person's calendar: as its officer, or as one of the producer's people."""
        mine = Q(officer=user) | Q(entity__in=Entity.objects.run_by(user))
        return self.visible_to(user).filter(mine)

    def for_list(self):
        return self.select_related("entity__area__parent__parent", "officer")


class FieldVisit(models.Model):
    """An officer visits a producer on the spot. Where it happens is where the producer is."""

    Status = VisitStatus
    MOVES = {VisitStatus.PLANNED: {VisitStatus.HELD, VisitStatus.CANCELLED}}
    PILLS = {VisitStatus.PLANNED: "info", VisitStatus.HELD: "good", VisitStatus.CANCELLED: "neutral"}

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="visits", verbose_name="chủ thể")
    officer = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="cán bộ hỗ trợ")
    topics = ArrayField(models.CharField(max_length=30), verbose_name="nội dung hỗ trợ")
    purpose = models.TextField("việc cần làm", max_length=1000, blank=True)
    planned_on = models.DateField("ngày hẹn")
    held_on = models.DateField("ngày thực hiện", null=True, blank=True)
    findings = models.TextField("tình hình tại chỗ", max_length=4000, blank=True)
    status = models.CharField("trạng thái", max_length=10, choices=VisitStatus, default=VisitStatus.PLANNED)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next_visit", verbose_name="lần trước"
    )
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người lập")
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = FieldVisitQuerySet.as_manager()

    class Meta:
        verbose_name = "chuyến hỗ trợ tại thực địa"
        verbose_name_plural = "chuyến hỗ trợ tại thực địa"
        ordering = ["-planned_on", "-pk"]
        indexes = [models.Index(fields=["officer", "status", "planned_on"], name="visit_of_officer")]
        constraints = [
            models.CheckConstraint(
                name="visit_held_has_day_and_findings",
                condition=(Q(status=VisitStatus.HELD, held_on__isnull=False) & ~Q(findings=""))
                | (~Q(status=VisitStatus.HELD) & Q(held_on__isnull=True)),
                violation_error_message="Hãy ghi ngày thực hiện và tình hình tại chỗ.",
            ),
            models.CheckConstraint(
                name="visit_has_a_topic",
                condition=Q(topics__len__gt=0),
                violation_error_message="Hãy chọn ít nhất một nội dung hỗ trợ.",
            ),
        ]

    def __str__(self):
        return f"{self.entity}, {self.day:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("entities:visit", args=[self.code])

    @property
    def day(self):
        """The day it was held, or is planned for."""
        return self.held_on or self.planned_on

    @property
    def topics_in_words(self):
        return topics.named(self.topics)

    @property
    def is_late(self):
        """Its day has passed and nothing was written down."""
        return self.status == VisitStatus.PLANNED and self.planned_on < clock.today()


class VisitPhoto(models.Model):
    """A photo taken on the spot: re-encoded, so without place and camera. The same photo twice is one."""

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    visit = models.ForeignKey(FieldVisit, models.CASCADE, related_name="photos", verbose_name="chuyến hỗ trợ")
    image = models.ImageField("ảnh", upload_to=stored_as)
    sha256 = models.CharField("mã băm", max_length=64, editable=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người tải lên")
    added_at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "ảnh thực địa"
        verbose_name_plural = "ảnh thực địa"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["visit", "sha256"], name="visit_photo_once")]

    def __str__(self):
        return f"Ảnh {self.pk}"


class AgreedActionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Whoever may read the visit."""
        return self.filter(known_through(user, "visit__entity__"))

    def open_on(self, day):
        """Agreed by that day, and not done by its end."""
        return self.filter(Q(done_on__isnull=True) | Q(done_on__gt=day), agreed_on__lte=day)

    def overdue_on(self, day):
        """Open on that day, and due before it."""
        return self.open_on(day).filter(due_on__lt=day)

    def kept_by(self, user):
        """Open actions that this person owns or looks after."""
        return self.filter(Q(owner=user) | Q(keeper=user), done_on=None)

    def waiting_for(self, user):
        """Open ones that this person does, or looks after."""
        producers = Q(owner=None, visit__entity__in=Entity.objects.run_by(user))
        mine = Q(owner=user) | Q(keeper=user) | producers
        return self.visible_to(user).filter(mine, done_on=None)

    def for_list(self):
        """The most urgent first."""
        return self.select_related("visit__entity__area__parent__parent", "owner", "keeper").order_by(
            "due_on", "pk"
        )


class AgreedAction(models.Model):
    """What was agreed on the spot: who does what until when. Without an owner the producer does it.

    ``keeper`` looks after it: the visit's officer, or who took the work over.
    """

    PILLS = {"open": "info", "overdue": "danger", "done": "good"}
    WORDS = {"open": "Đang làm", "overdue": "Quá hạn", "done": "Đã xong"}

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    visit = models.ForeignKey(
        FieldVisit, models.PROTECT, related_name="actions", verbose_name="chuyến hỗ trợ"
    )
    what = models.CharField("việc", max_length=300)
    owner = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="cán bộ làm"
    )
    keeper = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người theo dõi")
    agreed_on = models.DateField("ngày thống nhất")
    due_on = models.DateField("hạn")
    done_on = models.DateField("ngày xong", null=True, blank=True)
    done_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người báo xong"
    )
    done_note = models.CharField("kết quả", max_length=500, blank=True)
    evidence = models.FileField("tệp minh chứng", upload_to=stored_as, blank=True)
    evidence_type = models.CharField("loại tệp", max_length=40, blank=True, editable=False)

    objects = AgreedActionQuerySet.as_manager()

    class Meta:
        verbose_name = "việc đã thống nhất"
        verbose_name_plural = "việc đã thống nhất"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["due_on"], name="action_open", condition=Q(done_on=None))]
        constraints = [
            models.CheckConstraint(
                name="action_due_after_agreed",
                condition=Q(due_on__gte=F("agreed_on")),
                violation_error_message="Hạn không thể trước ngày thống nhất.",
            ),
            models.CheckConstraint(
                name="action_done_after_agreed",
                condition=Q(done_on=None) | Q(done_on__gte=F("agreed_on")),
                violation_error_message="Ngày xong không thể trước ngày thống nhất.",
            ),
            models.CheckConstraint(name="action_done_by_somebody", condition=together("done_on", "done_by")),
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return f"{self.visit.get_absolute_url()}#viec-{self.code}"

    @property
    def status(self):
        """open, overdue or done, as of today."""
        if self.done_on is not None:
            return "done"
        return "overdue" if self.due_on < clock.today() else "open"

    def get_status_display(self):
        return self.WORDS[self.status]

    @property
    def done_by_whom(self):
        """Who does it, in words."""
        return str(self.owner) if self.owner else str(self.visit.entity)
