"""Rounds of correction: what the office found wrong, why, until when."""

from django.db import models
from django.db.models import Q

from products import openings
from products.models.dossiers import Dossier
from products.models.submissions import Submission


class ItemKind(models.TextChoices):
    """What kind of item is to be corrected."""

    FACT = openings.FACT, "Phần đăng ký"
    EVIDENCE = openings.EVIDENCE, "Minh chứng"
    SCORE = openings.SCORE, "Điểm tự chấm"
    PLAN = openings.PLAN, "Phương án, kế hoạch"


class CorrectionRoundQuerySet(models.QuerySet):
    def open(self):
        """Not answered yet."""
        return self.filter(closed_on=None)


class CorrectionRound(models.Model):
    """One return of a dossier. Until it is answered only its items are open.

    ``returned_from`` is the status to which the answer goes back; ``base`` what was judged, ``answer`` what came.
    """

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="rounds", verbose_name="hồ sơ")
    number = models.PositiveSmallIntegerField("đợt")
    returned_from = models.CharField("trả lại từ", max_length=20)
    note = models.TextField("nội dung chung", max_length=2000, blank=True)
    opened_on = models.DateField("ngày trả")
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="cán bộ")
    due_on = models.DateField("hạn bổ sung")
    base = models.ForeignKey(Submission, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.OneToOneField(
        Submission, models.PROTECT, null=True, blank=True, related_name="answered_round"
    )
    closed_on = models.DateField("ngày nộp lại", null=True, blank=True)

    objects = CorrectionRoundQuerySet.as_manager()

    class Meta:
        verbose_name = "đợt bổ sung"
        verbose_name_plural = "đợt bổ sung"
        ordering = ["dossier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["dossier"],
                condition=Q(closed_on=None),
                name="round_one_open_per_dossier",
                violation_error_message="Hồ sơ này đang có một đợt bổ sung chưa xong.",
            ),
            models.CheckConstraint(
                name="round_due_after_opening", condition=Q(due_on__gte=models.F("opened_on"))
            ),
        ]

    def __str__(self):
        return f"Đợt bổ sung {self.number} của hồ sơ {self.dossier_id}"


class CorrectionItem(models.Model):
    """One item that is wrong: a fact by its column, a kind of evidence, a criterion of the self-score, or the plan."""

    round = models.ForeignKey(CorrectionRound, models.CASCADE, related_name="items")
    kind = models.CharField("loại", max_length=10, choices=ItemKind)
    key = models.CharField("mục", max_length=60)
    label = models.CharField("tên mục", max_length=200)
    why = models.CharField("lý do", max_length=1000)

    class Meta:
        verbose_name = "mục cần bổ sung"
        verbose_name_plural = "mục cần bổ sung"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "kind", "key"], name="correction_item_once"),
            models.CheckConstraint(name="correction_item_says_why", condition=~Q(why="")),
        ]

    def __str__(self):
        return f"{self.label}: {self.why}"
