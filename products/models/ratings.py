"""Stars in force: the decision that gives them, their period, and the certificate."""

import secrets

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import Concat
from django.urls import reverse

from foundation import clock
from foundation.areas.models import Area
from foundation.regimes.models import Regime
from foundation.trail.constraints import together


class Decision(models.Model):
    """A recognition decision: number, day, issuer. The issuer's name stays as it was even when the unit is gone."""

    number = models.CharField("số quyết định", max_length=40)
    day = models.DateField("ngày ký")
    level = models.CharField(
        "cấp", max_length=10, help_text="cấp công nhận theo quy định: district, province, central"
    )
    issuer = models.CharField("cơ quan ban hành", max_length=120)
    area = models.ForeignKey(Area, models.PROTECT, verbose_name="địa bàn")
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    class Meta:
        verbose_name = "quyết định"
        verbose_name_plural = "quyết định"
        constraints = [
            models.UniqueConstraint(
                fields=["number", "day", "issuer"],
                name="decision_once",
                violation_error_message="Số quyết định này đã có.",
            ),
        ]

    def __str__(self):
        return f"{self.number} ngày {self.day:%d/%m/%Y}"


def certified_stars(regime):
    """The numbers of stars that some level of this regime certifies: from 3 up in those in force."""
    return frozenset(stars for level in regime.process.levels for stars in level.recognises)


class RatingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Recognitions of the products that this person may see."""
        products = self.model._meta.get_field("product").related_model.objects.visible_to(user)
        return self.filter(product__in=products)

    def newest(self):
        """Recognitions that no later one of the same product has followed."""
        later = self.model.objects.filter(product=OuterRef("product"), starts_on__gt=OuterRef("starts_on"))
        return self.filter(~Exists(later))

    def certified(self):
        """Ratings with a number of stars that their own regime certifies."""
        counted = Q(pk__in=[])
        for regime in Regime.objects.only("data"):
            counted |= Q(regime=regime, stars__in=certified_stars(regime))
        return self.filter(counted)

    def in_force(self, day=None):
        """Ratings that count on that day (today when not said); the last day counts."""
        day = day or clock.today()
        return self.filter(starts_on__lte=day, ends_on__gte=day).filter(
            Q(revoked_on=None) | Q(revoked_on__gt=day)
        )

    def within(self, area):
        """Ratings of products of the unit."""
        return self.filter(product__area__in=Area.objects.within(area))

    def started(self, after, until):
        """Ratings that began after the first day (not on it) and not after the second."""
        return self.filter(starts_on__gt=after, starts_on__lte=until)

    def with_place_in_register(self):
        """Add ``register``, by which recognitions are put in order for good: the product's code and the first day."""
        day = Func(F("starts_on"), Value("YYYYMMDD"), function="to_char", output_field=models.TextField())
        rows = self.select_related("product__entity", "product__area", "dossier")
        return rows.annotate(
            register=Concat("product__code", Value("-"), day, output_field=models.TextField())
        )

    def for_list(self):
        return self.select_related(
            "product__entity", "product__area__parent__parent", "decision", "certificate"
        )


class Rating(models.Model):
    """Stars of a product from the day of the decision for so many calendar months (regime: certificate_months).

    The period ends with the end of the same day of the month (Bộ luật Dân sự 2015, Điều 148), so ``ends_on`` counts.
    Only products.actions writes this (grant_rating, record_past_ratings). ``total`` and ``dossier`` are empty for
    decisions that were seen without their dossier.
    """

    product = models.ForeignKey(
        "products.Product", models.PROTECT, related_name="ratings", verbose_name="sản phẩm"
    )
    dossier = models.OneToOneField(
        "products.Dossier", models.PROTECT, null=True, blank=True, related_name="rating", verbose_name="hồ sơ"
    )
    regime = models.ForeignKey(Regime, models.PROTECT, verbose_name="quy định")
    stars = models.PositiveSmallIntegerField("hạng sao")
    total = models.DecimalField("tổng điểm", max_digits=7, decimal_places=4, null=True, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="ratings", verbose_name="quyết định")
    year = models.PositiveSmallIntegerField("năm đánh giá")
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến hết ngày")
    revoked_on = models.DateField("thu hồi ngày", null=True, blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = "hạng sao"
        verbose_name_plural = "hạng sao"
        ordering = ["-starts_on", "-pk"]
        indexes = [models.Index(fields=["starts_on", "ends_on"], name="rating_period")]
        constraints = [
            models.CheckConstraint(name="rating_stars_in_range", condition=Q(stars__gte=1, stars__lte=5)),
            models.CheckConstraint(name="rating_runs_forward", condition=Q(ends_on__gte=F("starts_on"))),
            models.UniqueConstraint(fields=["product", "starts_on"], name="rating_once_a_day"),
        ]

    def __str__(self):
        return f"{self.product}: {self.stars} sao"

    def get_absolute_url(self):
        """Where the office and the producer look after it."""
        return reverse("products:rating", args=[self.product.code, self.day_number])

    @property
    def day_number(self):
        """The first day as one number, as addresses say it: 20241001."""
        return int(f"{self.starts_on:%Y%m%d}")

    def state_on(self, day):
        """One word for the public: valid, not_yet, expired or revoked on that day."""
        if self.revoked_on and self.revoked_on <= day:
            return "revoked"
        if day < self.starts_on:
            return "not_yet"
        return "valid" if day <= self.ends_on else "expired"


def certificate_path(certificate, name):
    """A name that only the register knows."""
    return f"certificates/{certificate.token}.pdf"


def new_token():
    """128 random bits: certificates cannot be walked through."""
    return secrets.token_urlsafe(16)


class CertificateQuerySet(models.QuerySet):
    def for_check(self):
        """With all that the register's public page says."""
        return self.select_related(
            "recognition__product__entity",
            "recognition__product__area__parent__parent",
            "recognition__decision",
            "recognition__dossier",
            "recognition__extension",
            "recognition__revocation",
            "replaced_by",
            "signed",
        )


class Certificate(models.Model):
    """The paper of a rating: its number in this portal's register, its public address, the digest of its file.

    ``recognition`` is what it certifies; ``rating`` the same while no other paper of these stars took its place.
    ``facts`` are the words printed on it, ``ends_on`` the last day printed, ``qr`` what its QR code holds.
    """

    recognition = models.ForeignKey(Rating, models.PROTECT, related_name="certificates")
    rating = models.OneToOneField(Rating, models.PROTECT, null=True, blank=True, related_name="certificate")
    number = models.CharField("số vào sổ", max_length=40, unique=True)
    token = models.CharField(max_length=30, unique=True, default=new_token, editable=False)
    issued_on = models.DateField("ngày cấp")
    ends_on = models.DateField("ghi đến hết ngày")
    facts = models.JSONField("nội dung in", default=dict)
    qr = models.TextField("nội dung mã QR")
    file = models.FileField("tệp", upload_to=certificate_path, max_length=120)
    sha256 = models.CharField("mã băm", max_length=64)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    replaced_on = models.DateField("được thay từ ngày", null=True, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "giấy chứng nhận"
        verbose_name_plural = "giấy chứng nhận"
        constraints = [
            models.CheckConstraint(
                name="certificate_in_use_or_replaced",
                condition=Q(rating__isnull=False, rating=F("recognition"))
                | Q(rating=None, replaced_by__isnull=False),
            ),
            models.CheckConstraint(
                name="certificate_replaced_on_a_day", condition=together("replaced_by", "replaced_on")
            ),
        ]

    def __str__(self):
        return self.number

    def get_absolute_url(self):
        return reverse("products:certificate", args=[self.token])

    def state_on(self, day):
        """One word for the public: valid, extended, expired, revoked, replaced or not_yet on that day."""
        rating = self.recognition
        state = rating.state_on(day)
        if state == "revoked":
            return state
        if self.replaced_on and self.replaced_on <= day:
            return "replaced"
        return "extended" if state == "valid" and day > self.ends_on else state
