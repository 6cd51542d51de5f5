"""Visits of officers to recognised products: what they found, what must be mended, until when, whether it was."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from entities.models.facts import new_code
from foundation import clock
from products.models.products import Product
from products.models.ratings import Rating


class InspectionResult(models.TextChoices):
    """How a visit ended."""

    GOOD = "good", "Còn đạt tiêu chí"
    MEND = "mend", "Phải khắc phục"
    FAILED = "failed", "Không còn đạt, đề nghị thu hồi"


class InspectionQuerySet(models.QuerySet):
    def for_list(self):
        """With what a line shows."""
        return self.select_related("product__entity", "product__area__parent__parent", "rating")


class Inspection(models.Model):
    """One visit after recognition. All but the officer's name is public on the product's page."""

    TONES = {
        InspectionResult.GOOD: "good",
        InspectionResult.MEND: "attention",
        InspectionResult.FAILED: "danger",
    }

    code = models.SlugField("mã", max_length=40, unique=True, default=new_code)
    product = models.ForeignKey(Product, models.PROTECT, related_name="inspections", verbose_name="sản phẩm")
    rating = models.ForeignKey(Rating, models.PROTECT, related_name="inspections", verbose_name="hạng sao")
    day = models.DateField("ngày kiểm tra")
    inspector = models.CharField("đơn vị kiểm tra", max_length=160)
    result = models.CharField("kết quả", max_length=6, choices=InspectionResult)
    findings = models.TextField("nội dung ghi nhận", max_length=4000)
    to_mend = models.TextField("việc phải khắc phục", max_length=2000, blank=True)
    mend_until = models.DateField("khắc phục đến hết ngày", null=True, blank=True)
    mended_on = models.DateField("khắc phục xong ngày", null=True, blank=True)
    mended_how = models.TextField("kết quả khắc phục", max_length=2000, blank=True)
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="người ghi")
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = "lần kiểm tra sau công nhận"
        verbose_name_plural = "lần kiểm tra sau công nhận"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "day", "inspector"],
                name="inspection_once",
                violation_error_message="Đơn vị này đã ghi một lần kiểm tra sản phẩm trong ngày đó.",
            ),
            models.CheckConstraint(
                name="inspection_mends_until",
                condition=Q(result="mend", mend_until__isnull=False, mend_until__gt=F("day")) & ~Q(to_mend="")
                | ~Q(result="mend") & Q(mend_until=None, to_mend="", mended_on=None),
                violation_error_message="Ghi việc phải khắc phục và ngày sau ngày kiểm tra, "
                "chỉ khi kết quả là “Phải khắc phục”.",
            ),
            models.CheckConstraint(
                name="inspection_mended_after", condition=Q(mended_on=None) | Q(mended_on__gte=F("day"))
            ),
        ]

    def __str__(self):
        return f"{self.get_result_display()} ({self.day:%d/%m/%Y})"

    def get_absolute_url(self):
        return reverse("products:inspection", args=[self.code])

    @property
    def tone(self):
        """The colour of the result."""
        return "good" if self.mended_on else self.TONES[self.result]

    @property
    def is_overdue(self):
        """What had to be mended is not, and its day is over."""
        return bool(self.mend_until) and self.mended_on is None and self.mend_until < clock.today()
