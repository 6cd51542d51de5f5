"""Business plans (phương án, kế hoạch sản xuất kinh doanh): step 3 of the yearly cycle, and how they are done."""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from accounts.models import OFFICERS, Role
from entities.models import Entity
from foundation import clock
from foundation.areas.located import holds, holds_without_district, reads
from products import planning
from products.models.products import Product


class PlanStatus(models.TextChoices):
    """Where a plan stands."""

    DRAFT = "draft", "Đang soạn"
    SUBMITTED = "submitted", "Chờ huyện xem"
    RETURNED = "returned", "Cần bổ sung"
    APPROVED = "approved", "Đang thực hiện"
    FINISHED = "finished", "Đã thực hiện xong"
    STOPPED = "stopped", "Đã dừng"


class BusinessPlanQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A producer's own people; officers and managers what was sent in their area."""
        theirs = reads(Product, user.areas_as(*OFFICERS, Role.MANAGER), path="product__")
        own = Q(product__entity__in=Entity.objects.run_by(user))
        return self.filter(own | (theirs & Q(submitted_on__isnull=False)))

    def waiting_for(self, user):
        """Plans whose next step is this person's: look at what was sent, complete what came back."""
        judged = holds(Product, user.areas_as(Role.DISTRICT_OFFICER), path="product__")
        judged |= holds_without_district(Product, user.areas_as(Role.PROVINCE_OFFICER), path="product__")
        mine = Q(product__entity__in=Entity.objects.run_by(user))
        return self.filter(
            (Q(status=PlanStatus.SUBMITTED) & judged)
            | (mine & Q(status__in=[PlanStatus.DRAFT, PlanStatus.RETURNED]))
        )

    def for_list(self):
        """With what a line shows."""
        return self.select_related("product__entity", "product__area__parent__parent").order_by(
            "-year", "-pk"
        )

    def with_milestones(self, day=None):
        """Add how many milestones there are (``all``), are done, and are overdue on that day (today when not said)."""
        day = day or clock.today()
        late = Q(milestones__done_on=None, milestones__due_on__lt=day)
        return self.annotate(
            all=models.Count("milestones"),
            done=models.Count("milestones", filter=Q(milestones__done_on__isnull=False)),
            late=models.Count("milestones", filter=late),
        )


class BusinessPlan(models.Model):
    """The plan of a product for a year."""

    Status = PlanStatus
    MOVES = {
        PlanStatus.DRAFT: {PlanStatus.SUBMITTED, PlanStatus.STOPPED},
        PlanStatus.SUBMITTED: {PlanStatus.RETURNED, PlanStatus.APPROVED},
        PlanStatus.RETURNED: {PlanStatus.SUBMITTED, PlanStatus.STOPPED},
        PlanStatus.APPROVED: {PlanStatus.FINISHED, PlanStatus.STOPPED},
    }
    PILLS = {
        PlanStatus.DRAFT: "neutral",
        PlanStatus.SUBMITTED: "info",
        PlanStatus.RETURNED: "attention",
        PlanStatus.APPROVED: "good",
        PlanStatus.FINISHED: "good",
        PlanStatus.STOPPED: "neutral",
    }

    code = models.SlugField("mã phương án", max_length=20, unique=True)
    product = models.ForeignKey(Product, models.PROTECT, related_name="plans", verbose_name="sản phẩm")
    year = models.PositiveSmallIntegerField("năm")
    status = models.CharField("trạng thái", max_length=10, choices=PlanStatus, default=PlanStatus.DRAFT)
    submitted_on = models.DateField("ngày gửi", null=True, blank=True)
    approved_on = models.DateField("ngày đồng ý", null=True, blank=True)
    created_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="người lập"
    )
    is_demo = models.BooleanField("dữ liệu trình diễn", default=False)

    objects = BusinessPlanQuerySet.as_manager()

    class Meta:
        verbose_name = "phương án"
        verbose_name_plural = "phương án"
        ordering = ["-year", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["product", "year"],
                condition=~Q(status=PlanStatus.STOPPED),
                name="plan_once_per_product_and_year",
                violation_error_message="Sản phẩm này đã có phương án cho năm nay.",
            ),
            models.CheckConstraint(
                name="plan_sent_has_a_day",
                condition=Q(status__in=[PlanStatus.DRAFT, PlanStatus.STOPPED])
                | Q(submitted_on__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_carried_out_was_approved",
                condition=~Q(status__in=[PlanStatus.APPROVED, PlanStatus.FINISHED])
                | Q(approved_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.product}"

    def get_absolute_url(self):
        return reverse("products:plan", args=[self.code])

    @property
    def area(self):
        """The unit that was written with the product."""
        return self.product.area

    @property
    def is_with_producer(self):
        """In the hands of the producer's people."""
        return self.status in {PlanStatus.DRAFT, PlanStatus.RETURNED}

    @property
    def is_carried_out(self):
        """Milestones are being reached."""
        return self.status == PlanStatus.APPROVED

    def totals(self):
        """The sums of the finance table, always from its lines."""
        return planning.totals((line.kind, line.amount) for line in self.lines.all())

    def missing(self):
        """What the plan lacks before it may be sent, one phrase each."""
        written = set(self.parts.values_list("section", flat=True))
        found = [
            f"phần “{row.title}”"
            for row in planning.sections().values()
            if row.required and row.code not in written
        ]
        found += self.totals().troubles()
        return found if self.milestones.exists() else [*found, "ít nhất một mốc thực hiện"]


class PlanPart(models.Model):
    """What the plan says under one of its sections. ``version`` counts the saves: a second tab is told."""

    plan = models.ForeignKey(BusinessPlan, models.CASCADE, related_name="parts", verbose_name="phương án")
    section = models.SlugField("phần", max_length=20)
    text = models.TextField("nội dung", max_length=6000)
    version = models.PositiveIntegerField("lần lưu", default=1)

    class Meta:
        verbose_name = "phần của phương án"
        verbose_name_plural = "phần của phương án"
        constraints = [
            models.UniqueConstraint(fields=["plan", "section"], name="plan_part_once"),
            models.CheckConstraint(name="plan_part_says_something", condition=~Q(text="")),
        ]

    def __str__(self):
        return self.section


class FinanceLine(models.Model):
    """One line of the finance table: so many units at so many đồng."""

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(BusinessPlan, models.CASCADE, related_name="lines", verbose_name="phương án")
    kind = models.SlugField("khoản", max_length=12)
    name = models.CharField("nội dung", max_length=160)
    unit = models.CharField("đơn vị tính", max_length=40, blank=True)
    quantity = models.DecimalField("số lượng", max_digits=12, decimal_places=2)
    price = models.DecimalField("đơn giá (đồng)", max_digits=14, decimal_places=0)

    class Meta:
        verbose_name = "dòng tài chính"
        verbose_name_plural = "dòng tài chính"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="finance_line_above_zero",
                condition=Q(quantity__gt=0, price__gt=0),
                violation_error_message="Số lượng và đơn giá phải lớn hơn 0.",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def amount(self):
        """đồng."""
        return planning.amount(Decimal(self.quantity), Decimal(self.price))


class PlanMilestone(models.Model):
    """Something the plan reaches by a day; while the plan is carried out, when it was reached and how."""

    code = models.UUIDField("mã", default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(
        BusinessPlan, models.CASCADE, related_name="milestones", verbose_name="phương án"
    )
    title = models.CharField("việc", max_length=200)
    due_on = models.DateField("hạn")
    done_on = models.DateField("ngày xong", null=True, blank=True)
    note = models.TextField("kết quả", max_length=1000, blank=True)

    class Meta:
        verbose_name = "mốc thực hiện"
        verbose_name_plural = "mốc thực hiện"
        ordering = ["due_on", "pk"]
        indexes = [models.Index(F("due_on"), name="milestone_open_by_day", condition=Q(done_on=None))]

    def __str__(self):
        return self.title

    @property
    def is_late(self):
        """Not reached on its day."""
        return self.done_on is None and self.due_on < clock.today()
