"""What people are told: the notice at the bell, what each person wants by mail, and the letters that go out."""

import datetime as dt
import random
import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse

from accounts.models.people import OFFICERS, Role
from foundation.areas.models import Area
from foundation.trail.constraints import together

BELL_SHOWS = 99  # more than so many unread ones are written 99+


class NoticeGroup(models.TextChoices):
    """What a person chooses mail for."""

    IDEAS = "ideas", "Ý tưởng sản phẩm"
    DOSSIERS = "dossiers", "Hồ sơ và hạng sao"
    EVALUATION = "evaluation", "Đánh giá, phân hạng"
    REPORTS = "reports", "Báo cáo tiến độ"
    PORTAL = "portal", "Vai trò, vận hành cổng"
    SUPPORT = "support", "Hỗ trợ tại thực địa"


class NoticeKind(models.TextChoices):
    """What happened."""

    IDEA_SUBMITTED = "idea_submitted", "Ý tưởng mới gửi"
    IDEA_RETURNED = "idea_returned", "Ý tưởng cần bổ sung"
    IDEA_ACCEPTED = "idea_accepted", "Ý tưởng được chấp nhận"
    IDEA_REJECTED = "idea_rejected", "Ý tưởng không được chấp nhận"
    IDEA_OPINION = "idea_opinion", "Xã cho ý kiến về ý tưởng"
    PLAN_SUBMITTED = "plan_submitted", "Phương án mới gửi"
    PLAN_RETURNED = "plan_returned", "Phương án cần bổ sung"
    PLAN_APPROVED = "plan_approved", "Phương án được đồng ý"
    PRODUCT_RETURN = "product_return", "Nhắc khai báo hằng năm"
    DOSSIER_SUBMITTED = "dossier_submitted", "Hồ sơ mới nộp"
    DOSSIER_RETURNED = "dossier_returned", "Hồ sơ cần bổ sung"
    DOSSIER_ACCEPTED = "dossier_accepted", "Hồ sơ đủ điều kiện"
    DOSSIER_DUE = "dossier_due", "Hồ sơ sắp hết hạn"
    RATING_GRANTED = "rating_granted", "Sản phẩm được công nhận"
    RATING_STEP = "rating_step", "Thời hạn của giấy chứng nhận"
    RATING_REVOKED = "rating_revoked", "Thu hồi hạng sao"
    RATING_INSPECTED = "rating_inspected", "Kiểm tra sau công nhận"
    RATING_PETITION = "rating_petition", "Kiến nghị về kết quả đánh giá"
    CASE_ADMITTED = "case_admitted", "Hồ sơ được đưa ra hội đồng"
    CASE_READY = "case_ready", "Đủ phiếu để mở"
    CASE_OPENED = "case_opened", "Đã mở phiếu"
    CASE_REOPENED = "case_reopened", "Chấm lại"
    CASE_PROPOSED = "case_proposed", "Đề nghị chấm lại"
    CASE_RECUSED = "case_recused", "Thành viên từ chối chấm"
    CASE_PAPER = "case_paper", "Phiếu giấy đã được nhập"
    CASE_CONCLUDED = "case_concluded", "Hội đồng đã kết luận"
    CASE_FORWARDED = "case_forwarded", "Hồ sơ chuyển lên"
    CASE_SENT_DOWN = "case_sent_down", "Kết quả chuyển về"
    REPORT_READY = "report_ready", "Báo cáo đã lập xong"
    REPORT_MONTHLY = "report_monthly", "Báo cáo định kỳ"
    REPORT_SENT = "report_sent", "Cấp dưới gửi báo cáo"
    REPORT_LATE = "report_late", "Báo cáo chậm"
    PRODUCER_SIGNUP = "producer_signup", "Chủ thể tự đăng ký"
    PRODUCER_JUDGED = "producer_judged", "Kết quả đăng ký chủ thể"
    PRODUCER_MERGED = "producer_merged", "Gộp hồ sơ chủ thể"
    PORTAL_ROLE = "portal_role", "Được giao vai trò"
    PORTAL_WORK = "portal_work", "Nhận bàn giao"
    PORTAL_EXPORTS = "portal_exports", "Tải danh sách quá nhiều"
    PORTAL_VOLUME = "portal_volume", "Ổ đĩa sắp đầy"
    VISIT_PLANNED = "visit_planned", "Hẹn ngày hỗ trợ tại thực địa"
    VISIT_HELD = "visit_held", "Có kết quả hỗ trợ tại thực địa"
    VISIT_CANCELLED = "visit_cancelled", "Hủy chuyến hỗ trợ"
    VISIT_ACTION = "visit_action", "Việc cần làm sau hỗ trợ"
    VISIT_DONE = "visit_done", "Việc sau hỗ trợ đã xong"

    @property
    def group(self):
        """The group that the person chose mail for."""
        return GROUP_OF[self.value.split("_")[0]]


GROUP_OF = {
    "idea": NoticeGroup.IDEAS,
    "plan": NoticeGroup.IDEAS,
    "product": NoticeGroup.DOSSIERS,
    "dossier": NoticeGroup.DOSSIERS,
    "rating": NoticeGroup.DOSSIERS,
    "case": NoticeGroup.EVALUATION,
    "report": NoticeGroup.REPORTS,
    "producer": NoticeGroup.PORTAL,
    "portal": NoticeGroup.PORTAL,
    "visit": NoticeGroup.SUPPORT,
}


class MailWish(models.TextChoices):
    """When mail goes out besides the bell."""

    AT_ONCE = "at_once", "Gửi ngay"
    DAILY = "daily", "Gộp một thư mỗi ngày"
    NONE = "none", "Không gửi thư"


# For whoever has chosen nothing: what waits for a person comes at once, what is merely worth reading once a day.
USUAL_WISH = {
    NoticeGroup.IDEAS: MailWish.AT_ONCE,
    NoticeGroup.DOSSIERS: MailWish.AT_ONCE,
    NoticeGroup.EVALUATION: MailWish.AT_ONCE,
    NoticeGroup.REPORTS: MailWish.DAILY,
    NoticeGroup.PORTAL: MailWish.AT_ONCE,
    NoticeGroup.SUPPORT: MailWish.AT_ONCE,
}


class NoticeSettingQuerySet(models.QuerySet):
    def wishes(self, people):
        """A function from a person's id and a group to the MailWish in force. One query for all of them."""
        rows = self.filter(person__in=people).values_list("person_id", "group", "mail")
        chosen = {(person, group): MailWish(mail) for person, group, mail in rows}
        return lambda person, group: chosen.get((person, group), USUAL_WISH[group])


class NoticeSetting(models.Model):
    """One person's choice for one group. The bell always rings."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_settings")
    group = models.CharField("nhóm thông báo", max_length=12, choices=NoticeGroup)
    mail = models.CharField("thư điện tử", max_length=8, choices=MailWish)

    objects = NoticeSettingQuerySet.as_manager()

    class Meta:
        verbose_name = "cài đặt thông báo"
        verbose_name_plural = "cài đặt thông báo"
        constraints = [models.UniqueConstraint(fields=["person", "group"], name="notice_setting_once")]

    def __str__(self):
        return f"{self.get_group_display()}: {self.get_mail_display()}"


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Everybody's own, nobody else's."""
        return self.filter(person=user)

    def unread(self):
        return self.filter(read_at=None)

    def of_group(self, group):
        """Notices of one group of kinds."""
        return self.filter(kind__in=[kind for kind in NoticeKind if kind.group == group])

    def about(self, record):
        """Notices on that record."""
        kind = ContentType.objects.get_for_model(record)
        return self.filter(subject_type=kind, subject_id=record.pk)

    def unsent(self):
        """Unread ones that are in no letter, of people whom mail can reach."""
        reachable = self.unread().filter(letter=None, digest=None, person__is_active=True)
        return reachable.exclude(person__email="")

    def for_list(self):
        """Newest first."""
        return self.order_by("-created_at", "-pk")

    def bell(self):
        """How many are unread, never counted beyond what the bell shows: a number, or 99+."""
        count = self.unread()[: BELL_SHOWS + 1].count()
        return count if count <= BELL_SHOWS else f"{BELL_SHOWS}+"


class Notice(models.Model):
    """One thing told to one person: one row, one mail at most, per kind, record and day.

    When it happens again that day the same row is unread again. ``created_at`` and ``read_at`` are real time.
    """

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField("loại", max_length=20, choices=NoticeKind)
    subject_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    subject_id = models.BigIntegerField()
    subject = GenericForeignKey("subject_type", "subject_id")
    day = models.DateField("ngày")
    text = models.CharField("nội dung", max_length=300)
    url = models.CharField("trang", max_length=300)
    created_at = models.DateTimeField("lúc", db_default=Now(), editable=False)
    read_at = models.DateTimeField("đọc lúc", null=True, blank=True)
    digest = models.ForeignKey(
        "Letter", models.SET_NULL, null=True, blank=True, related_name="gathered", verbose_name="thư tổng hợp"
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "thông báo"
        verbose_name_plural = "thông báo"
        indexes = [
            models.Index(fields=["person"], name="notice_unread", condition=Q(read_at=None)),
            models.Index(fields=["person", "-created_at", "-id"], name="notice_newest"),
            models.Index(fields=["read_at"], name="notice_read", condition=Q(read_at__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "subject_type", "subject_id", "day"], name="notice_once_a_day"
            ),
            models.CheckConstraint(
                name="notice_stays_in_the_portal", condition=Q(url__regex=r"^/([^/\\]|$)")
            ),
        ]

    def __str__(self):
        return self.text


class LetterKind(models.TextChoices):
    """Why a letter is written."""

    NOTICE = "notice", "Thông báo"
    DIGEST = "digest", "Thư tổng hợp trong ngày"
    INVITATION = "invitation", "Thư mời"
    PASSWORD = "password", "Đặt lại mật khẩu"
    CONFIRMATION = "confirmation", "Xác nhận địa chỉ thư"
    ACCOUNT = "account", "Thay đổi ở tài khoản"
    TRAIL_HEAD = "trail_head", "Chữ ký nhật ký"


# Their text opens a door: nobody but the addressee reads it, and it is forgotten once the letter is out.
SECRET_KINDS = frozenset({LetterKind.INVITATION, LetterKind.PASSWORD, LetterKind.CONFIRMATION})


class LetterStatus(models.TextChoices):
    """Where a letter stands."""

    WAITING = "waiting", "Chờ gửi"
    SENT = "sent", "Đã gửi"
    GIVEN_UP = "given_up", "Không gửi được"
    DROPPED = "dropped", "Không gửi nữa"


class LetterQuerySet(models.QuerySet):
    def visible_to(self, user):
        """One's own; officers those about records of their area; administrators all."""
        if user.has_role(Role.ADMINISTRATOR):
            return self.all()
        areas = Area.objects.read_by(user.areas_as(*OFFICERS))
        return self.filter(Q(person=user) | Q(area__in=areas))

    def waiting(self):
        return self.filter(status=LetterStatus.WAITING)

    def due(self):
        """Waiting, and their next try has come (database clock), the longest due first."""
        return self.waiting().filter(next_try_at__lte=Now()).order_by("next_try_at", "pk")

    def for_list(self):
        """Newest first; what is written in them stays in the database."""
        return self.select_related("person", "area").defer("body").order_by("-pk")


class Letter(models.Model):
    """A letter in the outbox. It is a row before it is a mail; all times are real time.

    ``message_id`` is stored before the first try, so a repetition after a crash is recognisably the same mail.
    ``next_try_at`` is pushed forward when a worker takes the letter: until then no other one touches it.
    """

    Status = LetterStatus
    MAX_ATTEMPTS = 8
    FIRST_PAUSE, LONGEST_PAUSE = dt.timedelta(minutes=1), dt.timedelta(hours=6)
    MOVES = {
        LetterStatus.WAITING: {LetterStatus.SENT, LetterStatus.GIVEN_UP, LetterStatus.DROPPED},
        LetterStatus.GIVEN_UP: {LetterStatus.WAITING},
    }
    PILLS = {
        LetterStatus.WAITING: "info",
        LetterStatus.SENT: "good",
        LetterStatus.GIVEN_UP: "danger",
        LetterStatus.DROPPED: "neutral",
    }

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    key = models.CharField("khóa", max_length=200, unique=True, help_text="mỗi khóa chỉ có một thư")
    kind = models.CharField("loại", max_length=12, choices=LetterKind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name="người nhận",
    )
    to = models.EmailField("địa chỉ nhận")
    subject = models.CharField("tiêu đề", max_length=300)
    body = models.TextField("nội dung", blank=True)
    notice = models.OneToOneField(
        Notice, models.SET_NULL, null=True, blank=True, related_name="letter", verbose_name="thông báo"
    )
    record_type = models.ForeignKey(ContentType, models.CASCADE, null=True, blank=True, related_name="+")
    record_id = models.BigIntegerField(null=True, blank=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, verbose_name="địa bàn")
    message_id = models.CharField("mã thư", max_length=200, blank=True)
    status = models.CharField("trạng thái", max_length=10, choices=LetterStatus, default=LetterStatus.WAITING)
    attempts = models.PositiveSmallIntegerField("số lần gửi", default=0)
    next_try_at = models.DateTimeField("gửi từ lúc", db_default=Now())
    sent_at = models.DateTimeField("gửi lúc", null=True, blank=True)
    last_error = models.CharField("lý do", max_length=300, blank=True)
    created_at = models.DateTimeField("viết lúc", db_default=Now(), editable=False)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = "thư"
        verbose_name_plural = "thư"
        indexes = [
            models.Index(fields=["next_try_at"], name="letter_due", condition=Q(status="waiting")),
            models.Index(fields=["area", "-id"], name="letter_by_area"),
        ]
        constraints = [
            models.CheckConstraint(name="letter_tries_are_capped", condition=Q(attempts__lte=8)),
            models.CheckConstraint(
                name="letter_head_is_one_line",
                condition=~Q(subject__regex=r"[\r\n]") & ~Q(to__regex=r"[\s,;]"),
                violation_error_message="Tiêu đề và địa chỉ thư phải nằm trên một dòng.",
            ),
            models.CheckConstraint(
                name="letter_sent_has_id_and_time",
                condition=~Q(status="sent") | (Q(sent_at__isnull=False) & ~Q(message_id="")),
            ),
            models.CheckConstraint(
                name="letter_record_is_whole", condition=together("record_type", "record_id")
            ),
        ]

    def __str__(self):
        return self.subject

    def get_absolute_url(self):
        return reverse("accounts:letter", args=[self.code])

    @property
    def is_secret(self):
        """Whether only the addressee may read it."""
        return self.kind in SECRET_KINDS

    @property
    def is_tried_out(self):
        """Whether no further try is left."""
        return self.attempts >= self.MAX_ATTEMPTS

    def pause(self):
        """How long until the next try: four times the one before, capped, give or take a quarter."""
        longest = min(self.FIRST_PAUSE * 4 ** max(self.attempts - 1, 0), self.LONGEST_PAUSE)
        return longest * random.uniform(0.75, 1.25)
