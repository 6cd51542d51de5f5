"""What goes beyond this portal: the proposal to the centre, and the result that comes back."""

from django.db import models
from django.db.models import F, Q

from evaluation.models.cases import Case

ALL_OR_NONE = ("came_on", "total", "stars")


class CentralProposal(models.Model):
    """The province proposes a product to the centre for more stars than it may recognise itself.

    ``stars_proposed`` as the regime's rule says. What the centre answers is written once: the day it came, its total
    and stars, and, when the centre recognised them, its decision. The database keeps both parts (migration).
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="proposal", verbose_name="phiên đánh giá")
    number = models.CharField("số văn bản đề nghị", max_length=40)
    day = models.DateField("ngày văn bản đề nghị")
    stars_proposed = models.PositiveSmallIntegerField("hạng sao đề nghị")
    came_on = models.DateField("ngày nhận kết quả", null=True, blank=True)
    total = models.DecimalField(
        "tổng điểm ở Trung ương", max_digits=5, decimal_places=2, null=True, blank=True
    )
    stars = models.PositiveSmallIntegerField("hạng sao ở Trung ương", null=True, blank=True)
    decision_number = models.CharField("số quyết định của Trung ương", max_length=40, blank=True)
    decided_on = models.DateField("ngày quyết định của Trung ương", null=True, blank=True)
    issuer = models.CharField("cơ quan ban hành", max_length=120, blank=True)

    class Meta:
        verbose_name = "đề nghị Trung ương đánh giá"
        verbose_name_plural = "đề nghị Trung ương đánh giá"
        constraints = [
            models.CheckConstraint(
                name="central_result_all_or_none",
                condition=Q(came_on__isnull=True, total__isnull=True, stars__isnull=True)
                | Q(came_on__isnull=False, total__isnull=False, stars__isnull=False),
            ),
            models.CheckConstraint(
                name="central_decision_all_or_none",
                condition=Q(decision_number="", decided_on__isnull=True, issuer="")
                | (
                    Q(decided_on__isnull=False, came_on__isnull=False)
                    & ~Q(decision_number="")
                    & ~Q(issuer="")
                ),
            ),
            models.CheckConstraint(
                name="central_result_after_proposal",
                condition=Q(came_on__isnull=True) | Q(came_on__gte=F("day")),
            ),
            models.CheckConstraint(name="central_total_in_range", condition=Q(total__range=(0, 100))),
            models.CheckConstraint(name="central_stars_in_range", condition=Q(stars__range=(1, 5))),
        ]

    def __str__(self):
        return f"{self.number}: {self.case}"

    @property
    def is_back(self):
        """Whether the centre has answered."""
        return self.came_on is not None

    @property
    def is_recognised(self):
        """Whether the centre recognised its stars by a decision of its own."""
        return self.decided_on is not None
