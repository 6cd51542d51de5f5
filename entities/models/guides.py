"""Guidance: knowledge pages in versions, with sample files and a checklist that producers tick for themselves."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from entities import topics
from entities.models.entities import Entity
from entities.models.policies import Certainty
from entities.models.visits import stored_as


class GuideQuerySet(models.QuerySet):
    def known_to(self, user):
        """Guidance is for everybody who is signed in."""
        return self.all()

    def for_list(self):
        return self.select_related("current__by").order_by("topic", "title")


class Guide(models.Model):
    """A knowledge page. What it says is the version in force: ``current``, always the latest."""

    code = models.SlugField("mã", max_length=60, unique=True)
    topic = models.CharField("chủ đề", max_length=30)
    title = models.CharField("tên", max_length=160)
    current = models.ForeignKey(
        "GuideVersion", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="bản đang dùng"
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = GuideQuerySet.as_manager()

    class Meta:
        verbose_name = "hướng dẫn"
        verbose_name_plural = "hướng dẫn"

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("entities:guide", args=[self.code])

    @property
    def topic_name(self):
        return topics.named([self.topic])


class GuideVersion(models.Model):
    """What a page said from a moment on. Rows are only added; ``by`` is empty for texts from the files."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="versions", verbose_name="hướng dẫn")
    number = models.PositiveIntegerField("bản số")
    title = models.CharField("tên", max_length=160)
    body = models.TextField("nội dung", max_length=20_000)
    checklist = models.TextField("việc cần làm", max_length=4000, blank=True)
    sources = models.TextField("căn cứ", max_length=2000)
    certainty = models.CharField(
        "mức chắc chắn", max_length=10, choices=Certainty, default=Certainty.RECALLED
    )
    change = models.CharField("thay đổi gì", max_length=300, blank=True)
    by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người viết"
    )
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "bản hướng dẫn"
        verbose_name_plural = "bản hướng dẫn"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["guide", "number"], name="guide_version_once")]

    def __str__(self):
        return f"{self.title}, bản {self.number}"

    @property
    def lines(self):
        """The checklist, one thing to do a line."""
        return list(dict.fromkeys(line.strip()[:300] for line in self.checklist.splitlines() if line.strip()))


class GuideItem(models.Model):
    """One thing to do. It keeps its row, and so its ticks, through versions that say it in the same words."""

    guide = models.ForeignKey(Guide, models.CASCADE, related_name="items", verbose_name="hướng dẫn")
    position = models.PositiveSmallIntegerField("thứ tự", default=0)
    text = models.CharField("việc", max_length=300)
    is_current = models.BooleanField("đang dùng", default=True)

    class Meta:
        verbose_name = "mục kiểm tra"
        verbose_name_plural = "mục kiểm tra"
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["guide", "text"], name="guide_item_once")]

    def __str__(self):
        return self.text


class GuideTick(models.Model):
    """A producer says of itself that this is done."""

    item = models.ForeignKey(GuideItem, models.CASCADE, related_name="ticks", verbose_name="mục kiểm tra")
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="ticks", verbose_name="chủ thể")
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người đánh dấu")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "dấu đã làm"
        verbose_name_plural = "dấu đã làm"
        constraints = [models.UniqueConstraint(fields=["item", "entity"], name="guide_tick_once")]

    def __str__(self):
        return f"{self.entity}: {self.item}"


class GuideSample(models.Model):
    """A sample file that belongs to a page: a form, a label that was made well."""

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    guide = models.ForeignKey(Guide, models.CASCADE, related_name="samples", verbose_name="hướng dẫn")
    title = models.CharField("tên tệp mẫu", max_length=160)
    file = models.FileField("tệp", upload_to=stored_as)
    content_type = models.CharField("loại tệp", max_length=40, editable=False)
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="người tải lên")
    removed_at = models.DateTimeField("gỡ lúc", null=True, blank=True)

    class Meta:
        verbose_name = "tệp mẫu"
        verbose_name_plural = "tệp mẫu"
        ordering = ["pk"]
        indexes = [models.Index(fields=["guide"], name="guide_sample_kept", condition=Q(removed_at=None))]

    def __str__(self):
        return self.title
