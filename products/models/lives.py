"""What can happen to stars and their certificate after the decision: signed, noticed, extended, revoked."""

import uuid

from django.db import models
from django.db.models import F, Q

from accounts.models import Role
from foundation import clock
from foundation.areas.located import holds, holds_without_district
from foundation.areas.models import AreaKind
from foundation.regimes.models import Regime
from products.models.products import Product
from products.models.ratings import Certificate, Rating


def decision_path(record, name):
    """A random name of ours."""
    return f"{record._meta.model_name}/{uuid.uuid4().hex}.pdf"


class SignedPaper(models.Model):
    """The certificate as the agency signed it, accepted after its signature was checked. ``is_test``: of no value."""

    certificate = models.OneToOneField(Certificate, models.PROTECT, related_name="signed")
    file = models.FileField("tệp", upload_to=decision_path, max_length=120)
    sha256 = models.CharField("mã băm", max_length=64, unique=True)
    signer = models.CharField("người ký", max_length=300)
    authority = models.CharField("nơi cấp chữ ký", max_length=300)
    signed_at = models.DateTimeField("ký lúc (theo chữ ký)", null=True, blank=True)
    is_test = models.BooleanField("chữ ký thử", default=False)
    on = models.DateField("ngày nhận")
    by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, related_name="+", verbose_name="người nhận"
    )

    class Meta:
        verbose_name = "bản ký số"
        verbose_name_plural = "bản ký số"

    def __str__(self):
        return f"{self.certificate}: {self.signer}"


class Extension(models.Model):
    """The certificate holds on while the product is evaluated again; once, so long as the law allows."""

    rating = models.OneToOneField(Rating, models.PROTECT, related_name="extension")
    was_until = models.DateField("trước đó đến hết ngày")
    until = models.DateField("kéo dài đến hết ngày")
    number = models.CharField("số văn bản", max_length=40)
    day = models.DateField("ngày văn bản")
    basis = models.CharField("căn cứ", max_length=600)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="cán bộ")

    class Meta:
        verbose_name = "lần kéo dài"
        verbose_name_plural = "lần kéo dài"
        constraints = [
            models.CheckConstraint(name="extension_runs_forward", condition=Q(until__gt=F("was_until"))),
        ]

    def __str__(self):
        return f"đến hết ngày {self.until:%d/%m/%Y}"


class Revocation(models.Model):
    """The stars are taken back by a decision, on a ground of the law of that day."""

    rating = models.OneToOneField(Rating, models.PROTECT, related_name="revocation")
    regime = models.ForeignKey(Regime, models.PROTECT, verbose_name="quy định")
    ground = models.CharField("mã căn cứ", max_length=40)
    ground_text = models.CharField("căn cứ", max_length=600)
    number = models.CharField("số quyết định", max_length=40)
    day = models.DateField("ngày quyết định")
    note = models.CharField("nội dung", max_length=1000)
    file = models.FileField("quyết định thu hồi", upload_to=decision_path, max_length=120)
    sha256 = models.CharField("mã băm", max_length=64)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="cán bộ")

    class Meta:
        verbose_name = "lần thu hồi"
        verbose_name_plural = "lần thu hồi"

    def __str__(self):
        return f"{self.number} ngày {self.day:%d/%m/%Y}"


class RenewalKind(models.TextChoices):
    """The steps before a certificate ends, in their order."""

    OPENS = "opens", "Bắt đầu nhận hồ sơ đánh giá lại"
    CLOSING = "closing", "Sắp hết hạn nộp hồ sơ đánh giá lại"
    NOTICE = "notice", "Thông báo bằng văn bản"
    ENDED = "ended", "Hết hiệu lực"


def kept_by(user, path=""):
    """Ratings whose papers this person's office keeps, as ``permissions.may_tend`` asks. ``path`` leads to them."""
    product, own = f"{path}product__", Q(**{f"{path}decision__level": AreaKind.DISTRICT})
    areas = user.areas_as(Role.PROVINCE_OFFICER)
    above = holds(Product, user.areas_as(Role.DISTRICT_OFFICER), path=product) | holds_without_district(
        Product, areas, path=product
    )
    return (own & above) | (~own & holds(Product, areas, path=product))


class RenewalStepQuerySet(models.QuerySet):
    def waiting_for(self, user):
        """Written notices that this person's office has still to send."""
        return self.filter(kept_by(user, "rating__"), kind=RenewalKind.NOTICE, number="").filter(
            rating__in=Rating.objects.in_force()
        )

    def for_list(self):
        """With what a line shows."""
        return self.select_related(
            "rating__product__entity", "rating__product__area__parent__parent", "rating__decision"
        )


class RenewalStep(models.Model):
    """A step before the end of one recognition, once. ``number`` and ``sent_on``: the letter that the office sent."""

    rating = models.ForeignKey(Rating, models.PROTECT, related_name="steps")
    kind = models.CharField("bước", max_length=10, choices=RenewalKind)
    due_on = models.DateField("hạn")
    on = models.DateField("ngày báo")
    number = models.CharField("số thông báo", max_length=40, blank=True)
    sent_on = models.DateField("ngày thông báo", null=True, blank=True)

    objects = RenewalStepQuerySet.as_manager()

    class Meta:
        verbose_name = "bước trước khi hết hạn"
        verbose_name_plural = "bước trước khi hết hạn"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rating", "kind"],
                name="renewal_step_once",
                violation_error_message="Bước này của giấy chứng nhận đã được làm.",
            ),
            models.CheckConstraint(
                name="renewal_letter_has_number_and_day",
                condition=Q(number="", sent_on=None) | (~Q(number="") & Q(sent_on__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.rating}"

    def get_absolute_url(self):
        return self.rating.get_absolute_url()

    @property
    def is_late(self):
        """The letter is not out and its last day is over."""
        return self.kind == RenewalKind.NOTICE and not self.number and self.due_on < clock.today()
