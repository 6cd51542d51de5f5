"""The trail: one entry for every change of a status and every official act. Append-only, kept so by the database.

An entry holds no free text. Why it was done and from where stand in its ``Detail``, which the law may want erased; the
entry keeps the detail's digest, and every entry hangs in a chain of ``Link`` rows that the database writes at commit.
"""

import datetime as dt
import secrets

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from foundation.trail import canonical, origin
from foundation.trail.keys import PortalKey  # noqa: F401  (a model of this app)


class EntryQuerySet(models.QuerySet):
    def about(self, record):
        """The record's story, oldest first, with the people and the reasons in it."""
        kind = ContentType.objects.get_for_model(record)
        return self.about_key(kind, record.pk).with_detail().order_by("pk")

    def about_key(self, kind, key):
        """Entries about one record, by its kind and key; the record itself may be gone."""
        return self.filter(subject_type=kind, subject_id=key)

    def with_detail(self):
        """With the person, the reason and the place."""
        return self.select_related("by", "detail")

    def with_link(self):
        """With everything that a page of the trail shows."""
        return self.with_detail().select_related("link", "subject_type")

    def newest(self):
        """Newest first."""
        return self.order_by("-pk")

    def since(self, moment, act):
        """Entries of that act from that moment on."""
        return self.filter(at__gte=moment, act=act)

    def as_timeline(self):
        """What pages draw: when, who (with the role of that day), what, why; newest first."""
        return [
            {"when": entry.at, "who": entry.who, "what": entry.act, "note": entry.note}
            for entry in self.with_detail().order_by("-pk")
        ]


class Entry(models.Model):
    """One thing that happened: who (with the role of that day), when (database clock), what, from where to where."""

    at = models.DateTimeField("lúc", db_default=Now(), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="người thực hiện",
    )
    role = models.CharField("vai trò khi đó", max_length=80, blank=True)
    subject_type = models.ForeignKey(ContentType, models.PROTECT)
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    act = models.CharField("việc", max_length=80)
    old = models.CharField("từ", max_length=40, blank=True)
    new = models.CharField("thành", max_length=40, blank=True)
    digest = models.BinaryField("dấu của chi tiết", max_length=32, db_default=b"")

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = "mục nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="entry_subject")]
        constraints = [
            models.CheckConstraint(
                name="entry_texts_hold_no_separator",
                condition=~Q(role__contains=canonical.SEPARATOR)
                & ~Q(act__contains=canonical.SEPARATOR)
                & ~Q(old__contains=canonical.SEPARATOR)
                & ~Q(new__contains=canonical.SEPARATOR),
                violation_error_message="Mục nhật ký chứa ký tự điều khiển.",
            )
        ]

    def __str__(self):
        return f"{self.at:%d/%m/%Y %H:%M} {self.act}"

    @property
    def who(self):
        """The person with the role of that day, or the portal itself."""
        if self.by is None:
            return "Hệ thống"
        return f"{self.by} ({self.role})" if self.role else str(self.by)

    @property
    def kind(self):
        """What kind of record it is about, in Vietnamese."""
        model = self.subject_type.model_class()
        return str(model._meta.verbose_name) if model else self.subject_type.model

    @property
    def story_key(self):
        """The record as addresses name it: kind and key."""
        return f"{self.subject_type.app_label}.{self.subject_type.model}", self.subject_id

    @property
    def step(self):
        """From where to where, in the words of the record's states where it has them."""
        model = self.subject_type.model_class()
        fields = {one.name: one for one in model._meta.concrete_fields} if model else {}
        words = dict(getattr(fields.get("status"), "choices", None) or ())
        return str(words.get(self.old, self.old)), str(words.get(self.new, self.new))

    @property
    def note(self):
        """Why; empty when nothing was said or when it was erased."""
        return self.detail.note if hasattr(self, "detail") else ""


class Detail(models.Model):
    """Why, and from where: what may be personal. It can be erased, and nothing else can be done to it."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, verbose_name="mục nhật ký")
    salt = models.BinaryField("muối", max_length=canonical.SALT_BYTES)
    note = models.TextField("ghi chú", blank=True)
    address = models.CharField("địa chỉ", max_length=45, blank=True)
    agent = models.CharField("trình duyệt", max_length=origin.AGENT_LENGTH, blank=True)
    erased_on = models.DateField("ngày xoá", null=True, blank=True)
    erased_why = models.CharField("lý do xoá", max_length=200, blank=True)

    class Meta:
        verbose_name = "chi tiết của mục nhật ký"
        verbose_name_plural = "chi tiết của nhật ký"
        constraints = [
            models.CheckConstraint(
                name="detail_erased_is_blank",
                condition=Q(erased_on__isnull=True, erased_why="")
                | (Q(erased_on__isnull=False, salt=b"", note="", address="", agent="") & ~Q(erased_why="")),
                violation_error_message="Chi tiết đã xoá thì không còn nội dung và phải nêu lý do.",
            )
        ]

    def __str__(self):
        return f"Chi tiết của mục {self.entry_id}"

    @classmethod
    def sealed(cls, note):
        """A new detail of what is done now, with a salt of its own."""
        place = origin.current()
        return cls(
            salt=secrets.token_bytes(canonical.SALT_BYTES),
            note=canonical.several_lines(note),
            address=canonical.one_line(place.address),
            agent=canonical.one_line(place.agent),
        )

    @property
    def digest(self):
        """What the entry keeps of it."""
        return canonical.detail_digest(bytes(self.salt), self.note, self.address, self.agent)

    @property
    def is_whole(self):
        """What the entry vouches for, or erased as the law wants."""
        return self.erased_on is not None or self.digest == bytes(self.entry.digest)

    @property
    def place(self):
        """From where, on one line."""
        return " · ".join(filter(None, (self.address, self.agent)))


class LinkQuerySet(models.QuerySet):
    def last_of_chain(self):
        """The newest link, or None."""
        return self.order_by("-seq").first()

    def before(self, links):
        """The hash of the link before each of these, by the number it has."""
        numbers = [link.seq - 1 for link in links]
        return {seq: bytes(found) for seq, found in self.filter(seq__in=numbers).values_list("seq", "hash")}


class Link(models.Model):
    """An entry's place in the chain. Written by the database when the entry is committed; nobody else may."""

    seq = models.BigIntegerField("số", primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, verbose_name="mục nhật ký")
    previous = models.BinaryField("dấu trước", max_length=32, unique=True)
    hash = models.BinaryField("dấu", max_length=32)
    version = models.PositiveSmallIntegerField("phiên bản")

    objects = LinkQuerySet.as_manager()

    class Meta:
        verbose_name = "mắt xích của nhật ký"
        verbose_name_plural = "mắt xích của nhật ký"

    def __str__(self):
        return f"Mắt xích {self.seq}"

    @property
    def short_hash(self):
        """Enough of the hash for people to compare."""
        return bytes(self.hash).hex()[:12]

    def expected_hash(self, before):
        """The hash that the entry as it stands gives after the link with the hash ``before``."""
        entry = self.entry
        facts = (entry.role, entry.subject_type_id, entry.subject_id, entry.act, entry.old, entry.new)
        moment = canonical.moment(entry.at.astimezone(dt.UTC))
        front = (self.seq, before.hex(), entry.pk, moment, entry.by_id or "")
        return canonical.link_hash([str(fact) for fact in (*front, *facts, bytes(entry.digest).hex())])
