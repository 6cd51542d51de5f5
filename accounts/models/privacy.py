"""What people agreed to, what they ask about their data, copies made for them, and who has left."""

import datetime as dt
import uuid

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery
from django.urls import reverse

from accounts.models.people import Role, User
from accounts.privacy import rules
from foundation import clock
from foundation.jobs.models import Job

BY_MAIL = "thu-dien-tu"  # the purpose, as accounts/data/privacy.yaml names it


class ConsentQuerySet(models.QuerySet):
    def by(self, person):
        """This person's answers, the newest first."""
        return self.filter(person=person).order_by("-pk")

    def in_force(self):
        """Each person's latest answer, unless it was withdrawn."""
        latest = Consent.objects.filter(person=OuterRef("person")).order_by("-pk").values("pk")[:1]
        return self.filter(pk=Subquery(latest), withdrawn_at__isnull=True)

    def agreeing_to(self, purpose):
        """Answers in force that agree to this purpose."""
        return self.in_force().filter(purposes__contains=[purpose])

    def mailable(self, people):
        """Keys of those among these people (by their keys) who agree to be told by mail."""
        return set(self.agreeing_to(BY_MAIL).filter(person__in=people).values_list("person", flat=True))

    def answered(self, person, version):
        """Whether this person has answered that text, whatever the answer."""
        return self.filter(person=person, text_version=version).exists()

    def past(self, day):
        """Answers that need no longer be kept on that day: withdrawn, or of people made anonymous, before it."""
        gone = Q(person__departure__anonymised_at__date__lte=day)
        return self.filter(Q(withdrawn_at__date__lte=day) | gone)

    def grant(self, people, day):
        """Each of these people agrees to everything in the text of that day: how invented people are made ready."""
        if text := rules().text_on(day):
            keys = [purpose.key for purpose in text.purposes]
            self.bulk_create(
                [Consent(person=person, text_version=text.version, purposes=keys) for person in people]
            )


class Consent(models.Model):
    """One answer to one text: the purposes agreed to (none is an answer too). Only ``withdrawn_at`` is ever added."""

    person = models.ForeignKey(User, models.CASCADE, related_name="consents", verbose_name="người dùng")
    text_version = models.CharField("phiên bản văn bản", max_length=20)
    purposes = models.JSONField("mục đích đồng ý", default=list, blank=True)
    at = models.DateTimeField("trả lời lúc", default=clock.now)
    withdrawn_at = models.DateTimeField("rút lại lúc", null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = "lựa chọn đồng ý"
        verbose_name_plural = "lựa chọn đồng ý"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "text_version"],
                condition=Q(withdrawn_at__isnull=True),
                name="consent_one_in_force_per_text",
                violation_error_message="Bạn đã trả lời văn bản này.",
            ),
            models.CheckConstraint(
                name="consent_is_withdrawn_after_it_was_given",
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("at")),
                violation_error_message="Thời điểm rút lại phải sau thời điểm đồng ý.",
            ),
        ]

    def __str__(self):
        return f"{self.text_version}, {self.at:%d/%m/%Y}"

    @property
    def agreed(self):
        """The purposes agreed to, as the rules describe them."""
        known = rules().purposes
        return [known[key] for key in self.purposes if key in known]


class RequestKind(models.TextChoices):
    """What a person asks about their data."""

    ACCESS = "access", "Xem, nhận bản sao"
    CORRECTION = "correction", "Chỉnh sửa"
    DELETION = "deletion", "Xóa"
    WITHDRAWAL = "withdrawal", "Rút lại sự đồng ý"
    RESTRICTION = "restriction", "Hạn chế, phản đối xử lý"


class RequestStatus(models.TextChoices):
    """Where a request stands."""

    RECEIVED = "received", "Chờ trả lời"
    ANSWERED = "answered", "Đã trả lời, chờ thực hiện"
    DONE = "done", "Đã thực hiện"
    REFUSED = "refused", "Từ chối"


OPEN = (RequestStatus.RECEIVED, RequestStatus.ANSWERED)


def new_code():
    """yc-3f2a91bc: nothing can be read from it."""
    return f"yc-{uuid.uuid4().hex[:12]}"


class DataRequestQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A person's own requests; administrators see all."""
        return self.all() if user.has_role(Role.ADMINISTRATOR) else self.filter(person=user)

    def open(self):
        """Not carried out and not refused."""
        return self.filter(status__in=OPEN)

    def overdue(self):
        """Requests whose running time limit has passed."""
        now = clock.now()
        return self.filter(
            Q(status=RequestStatus.RECEIVED, answer_due_at__lt=now) | Q(status__in=OPEN, done_due_at__lt=now)
        )

    def waiting_for(self, user):
        """Open requests of others, for administrators; the most urgent first."""
        if not user.has_role(Role.ADMINISTRATOR):
            return self.none()
        return self.open().exclude(person=user)

    def for_list(self):
        return self.select_related("person", "handled_by").order_by("done_due_at", "pk")

    def past(self, day):
        """Closed requests received so long ago that they need no longer be kept on that day."""
        return self.exclude(status__in=OPEN).filter(received_at__date__lte=day)

    def of(self, person):
        """This person's own, the newest first."""
        return self.filter(person=person).order_by("-received_at", "-pk")


class DataRequest(models.Model):
    """What a person asks for, and its clock. The law of the day of receipt fixes both due times."""

    MOVES = {
        RequestStatus.RECEIVED: {RequestStatus.ANSWERED, RequestStatus.DONE, RequestStatus.REFUSED},
        RequestStatus.ANSWERED: {RequestStatus.DONE, RequestStatus.REFUSED},
    }
    PILLS = {
        RequestStatus.RECEIVED: "attention",
        RequestStatus.ANSWERED: "info",
        RequestStatus.DONE: "good",
        RequestStatus.REFUSED: "neutral",
    }
    ERASED = "Nội dung đã xóa cùng tài khoản."

    code = models.SlugField("mã", max_length=20, unique=True, default=new_code, editable=False)
    person = models.ForeignKey(
        User, models.PROTECT, related_name="data_requests", verbose_name="người yêu cầu"
    )
    kind = models.CharField("loại yêu cầu", max_length=12, choices=RequestKind)
    what = models.TextField("nội dung", max_length=2000)
    status = models.CharField(
        "trạng thái", max_length=10, choices=RequestStatus, default=RequestStatus.RECEIVED
    )
    law = models.CharField("luật áp dụng", max_length=20)
    received_at = models.DateTimeField("nhận lúc", default=clock.now)
    answer_due_at = models.DateTimeField("hạn trả lời")
    done_due_at = models.DateTimeField("hạn thực hiện")
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)
    done_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    answer = models.TextField("trả lời", max_length=2000, blank=True)
    reason = models.TextField("lý do từ chối", max_length=2000, blank=True)
    handled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người xử lý"
    )

    objects = DataRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "yêu cầu về dữ liệu cá nhân"
        verbose_name_plural = "yêu cầu về dữ liệu cá nhân"
        indexes = [
            models.Index(fields=["done_due_at"], name="data_request_open", condition=Q(status__in=OPEN))
        ]
        constraints = [
            models.CheckConstraint(
                name="data_request_due_after_receipt",
                condition=Q(answer_due_at__gt=F("received_at")) & Q(done_due_at__gte=F("answer_due_at")),
                violation_error_message="Hạn xử lý phải sau lúc nhận yêu cầu.",
            ),
            models.CheckConstraint(
                name="data_request_refused_with_a_reason",
                condition=~Q(status=RequestStatus.REFUSED) | ~Q(reason=""),
                violation_error_message="Hãy nêu lý do từ chối.",
            ),
            models.CheckConstraint(
                name="data_request_closed_has_a_time",
                condition=Q(status__in=OPEN, done_at__isnull=True)
                | ~Q(status__in=OPEN) & Q(done_at__isnull=False),
                violation_error_message="Yêu cầu đã kết thúc phải có thời điểm kết thúc.",
            ),
            models.CheckConstraint(
                name="data_request_not_handled_by_its_person",
                condition=Q(handled_by__isnull=True) | ~Q(handled_by=F("person")),
                violation_error_message="Người yêu cầu không tự xử lý yêu cầu của mình.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.code})"

    def get_absolute_url(self):
        return reverse("accounts:data_request", args=[self.code])

    @property
    def is_open(self):
        """Not carried out and not refused."""
        return self.status in OPEN

    @property
    def due_at(self):
        """The next time limit that runs, or None once it is closed."""
        if not self.is_open:
            return None
        return self.answer_due_at if self.status == RequestStatus.RECEIVED else self.done_due_at

    @property
    def is_overdue(self):
        """The running time limit has passed."""
        return self.due_at is not None and clock.now() > self.due_at


class DataExport(models.Model):
    """A copy of a person's data, made by a job for that person alone and kept for a few days."""

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(User, models.CASCADE, related_name="data_exports", verbose_name="người dùng")
    job = models.OneToOneField(Job, models.PROTECT, related_name="+", verbose_name="việc")
    file = models.FileField("tệp", max_length=200)
    created_at = models.DateTimeField("lập lúc", default=clock.now)
    expires_at = models.DateTimeField("hết hạn lúc")

    class Meta:
        verbose_name = "tệp dữ liệu của tôi"
        verbose_name_plural = "tệp dữ liệu của tôi"
        constraints = [
            models.CheckConstraint(
                name="data_export_expires_after_it_was_made", condition=Q(expires_at__gt=F("created_at"))
            )
        ]

    def __str__(self):
        return f"Dữ liệu của tôi, {self.created_at:%d/%m/%Y}"

    def get_absolute_url(self):
        return reverse("accounts:my_data_file", args=[self.code])

    @property
    def has_expired(self):
        return clock.now() >= self.expires_at


class DepartureQuerySet(models.QuerySet):
    def anonymous(self):
        """People whose accounts bear no name any more."""
        return self.filter(anonymised_at__isnull=False)

    def due(self, day):
        """People who left so long ago that their accounts are made anonymous, and are not yet."""
        span = rules().retention["account"].span
        return self.filter(
            anonymised_at__isnull=True,
            left_on__lte=clock.add_months(day, -span.count),
            person__is_active=False,
        )


class Departure(models.Model):
    """Since when a person no longer uses the portal, and when the account was made anonymous."""

    person = models.OneToOneField(User, models.CASCADE, related_name="departure", verbose_name="người dùng")
    left_on = models.DateField("ngừng sử dụng từ ngày")
    anonymised_at = models.DateTimeField("ẩn danh lúc", null=True, blank=True)

    objects = DepartureQuerySet.as_manager()

    class Meta:
        verbose_name = "ngừng sử dụng"
        verbose_name_plural = "ngừng sử dụng"

    def __str__(self):
        return f"{self.person}, {self.left_on:%d/%m/%Y}"


class OfficialNameQuerySet(models.QuerySet):
    def past(self, day):
        """Names whose time on official acts is over."""
        return self.filter(kept_until__lt=day)

    def written(self, person):
        """The name for documents of official acts: the frozen one once the account is anonymous, else the account's."""
        kept = self.filter(person=person).first()
        return kept.full_name if kept else person.full_name


class OfficialName(models.Model):
    """The name under which a person did official acts, kept for those documents when the account is anonymous."""

    person = models.OneToOneField(
        User, models.CASCADE, related_name="official_name", verbose_name="người dùng"
    )
    full_name = models.CharField("họ và tên trên văn bản", max_length=120)
    title = models.CharField("chức vụ khi đó", max_length=160, blank=True)
    kept_until = models.DateField("giữ đến ngày")

    objects = OfficialNameQuerySet.as_manager()

    class Meta:
        verbose_name = "tên trên văn bản công vụ"
        verbose_name_plural = "tên trên văn bản công vụ"

    def __str__(self):
        return self.full_name


def expiry_of_exports(moment):
    """When a copy made at this moment is taken away."""
    return moment + dt.timedelta(days=rules().retention["export"].span.count)
