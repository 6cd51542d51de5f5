"""What is known of a rated product over time: dated facts, yearly returns, versions of its story and photo."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from entities import kinds
from entities.models.facts import Proven, new_code
from products import tracking
from products.models.ideas import photo_path
from products.models.potentials import FIRST_YEAR, LAST_YEAR
from products.models.products import Product


def fact_kinds():
    """The kinds of the data file; a new kind needs no migration."""
    return tracking.fact_kinds()


def return_states():
    """The states of the data file."""
    return tracking.states()


class ProductFactQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Facts about products that this person may see."""
        return self.filter(product__in=Product.objects.visible_to(user))

    def between(self, first, last):
        """What was done from the first day to the last, both included."""
        return self.filter(day__range=(first, last))

    def for_list(self):
        return self.select_related("product__entity", "product__area__parent__parent").order_by("-day", "-pk")


class ProductFact(Proven):
    """On that day the rated product was maintained, strengthened or upgraded; an officer wrote it down."""

    code = models.SlugField("mã", max_length=40, unique=True, default=new_code)
    product = models.ForeignKey(Product, models.PROTECT, related_name="facts", verbose_name="sản phẩm")
    kind = models.CharField("loại", max_length=20, choices=fact_kinds)
    day = models.DateField("ngày")
    note = models.TextField("nội dung", max_length=2000)
    recorded_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người ghi"
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = ProductFactQuerySet.as_manager()

    class Meta:
        verbose_name = "sự kiện của sản phẩm"
        verbose_name_plural = "sự kiện của sản phẩm"
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "kind", "day"],
                name="product_fact_once",
                violation_error_message="Sự kiện này của sản phẩm, ngày này, đã được ghi.",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.day:%d/%m/%Y})"

    def get_absolute_url(self):
        return reverse("products:product_fact", args=[self.code])


class YearlyReturn(models.Model):
    """A producer's figures of a finished year for one product; feeds the ministry's table PTNT_OCOP."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="returns", verbose_name="sản phẩm")
    year = models.PositiveSmallIntegerField("năm")
    output = models.DecimalField("sản lượng", max_digits=14, decimal_places=2)
    unit = models.CharField("đơn vị tính", max_length=40)
    revenue = models.DecimalField("doanh thu (triệu đồng)", max_digits=14, decimal_places=2)
    workers = models.PositiveIntegerField("số lao động")
    channels = models.JSONField("kênh bán hàng", default=list, blank=True)
    state = models.CharField("trạng thái sản xuất", max_length=12, choices=return_states)
    note = models.TextField("ghi chú", max_length=1000, blank=True)
    returned_on = models.DateField("ngày khai")
    returned_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="người khai"
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    class Meta:
        verbose_name = "khai báo hằng năm"
        verbose_name_plural = "khai báo hằng năm"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["product", "year"], name="return_once_per_product_and_year"),
            models.CheckConstraint(
                name="return_of_the_programme",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR, output__gte=0, revenue__gte=0),
                violation_error_message="Sản lượng và doanh thu không được âm.",
            ),
        ]

    def __str__(self):
        return f"{self.product}, {self.year}"

    @property
    def channels_in_words(self):
        """Names of the kinds of channels in one line; a kind that has left the list stays readable."""
        names = dict(kinds.channels())
        return ", ".join(names.get(code, code) for code in self.channels)


class ProductStory(models.Model):
    """One version of a product's story and photo; the newest is what the product shows. None is ever taken away."""

    product = models.ForeignKey(Product, models.CASCADE, related_name="stories", verbose_name="sản phẩm")
    number = models.PositiveSmallIntegerField("bản")
    text = models.TextField("câu chuyện", max_length=6000, blank=True)
    photo = models.ImageField("ảnh", upload_to=photo_path, blank=True)
    day = models.DateField("ngày")
    by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="người viết"
    )
    restores = models.PositiveSmallIntegerField("khôi phục bản", null=True, blank=True)

    class Meta:
        verbose_name = "bản câu chuyện"
        verbose_name_plural = "bản câu chuyện"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["product", "number"], name="story_number_once")]

    def __str__(self):
        return f"bản {self.number}"
