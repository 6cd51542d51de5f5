"""What offices note when they take a dossier in: slip, samples, the commune's assessment; and reminders."""

from django.db import models
from django.db.models import Q

from foundation.areas.models import AreaKind
from products.models.dossiers import Dossier
from products.models.submissions import Submission


class Receipt(models.Model):
    """One office's block of the registration slip, with the samples that were handed over there."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="receipts", verbose_name="hồ sơ")
    level = models.CharField("cấp", max_length=10, choices=AreaKind)
    number = models.PositiveIntegerField("số thứ tự")
    received_on = models.DateField("ngày nhận")
    received_by = models.ForeignKey(
        "accounts.User", models.PROTECT, related_name="+", verbose_name="người tiếp nhận"
    )
    samples = models.PositiveSmallIntegerField("số mẫu đã nhận", default=0)

    class Meta:
        verbose_name = "ô tiếp nhận"
        verbose_name_plural = "ô tiếp nhận"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier", "level"],
                name="receipt_once_per_level",
                violation_error_message="Cấp này đã ghi tiếp nhận hồ sơ.",
            ),
            models.CheckConstraint(name="receipt_number_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self):
        return f"{self.get_level_display()} {self.number}"


class CommuneAssessment(models.Model):
    """The commune's form on what was handed in: one text for each finding that the regime names, and its proposal."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="assessments", verbose_name="hồ sơ")
    submission = models.OneToOneField(Submission, models.PROTECT, related_name="assessment")
    findings = models.JSONField("nội dung đánh giá")
    proposal = models.TextField("đề nghị", max_length=2000)
    on = models.DateField("ngày lập")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="người lập")

    class Meta:
        verbose_name = "đánh giá của xã"
        verbose_name_plural = "đánh giá của xã"
        ordering = ["pk"]

    def __str__(self):
        return f"Đánh giá của xã, hồ sơ {self.dossier_id}"


class Reminder(models.Model):
    """A person was reminded of a deadline; once for each."""

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="reminders")
    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    due_on = models.DateField("hạn")

    class Meta:
        verbose_name = "lời nhắc hạn"
        verbose_name_plural = "lời nhắc hạn"
        constraints = [
            models.UniqueConstraint(fields=["dossier", "person", "due_on"], name="reminded_once"),
        ]

    def __str__(self):
        return f"{self.dossier_id} {self.due_on}"
