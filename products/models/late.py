"""Dated exceptions: a single dossier may be handed in after the days of the calendar."""

from django.db import models
from django.db.models import F, Q

from products.models.dossiers import Dossier


class LateAcceptance(models.Model):
    """An officer of the receiving office takes one dossier to the end of ``until``, with a reason."""

    dossier = models.ForeignKey(
        Dossier, models.PROTECT, related_name="late_acceptances", verbose_name="hồ sơ"
    )
    until = models.DateField("nhận đến hết ngày")
    reason = models.CharField("lý do", max_length=1000)
    on = models.DateField("ngày cho phép")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="cán bộ")

    class Meta:
        verbose_name = "lần nhận muộn"
        verbose_name_plural = "lần nhận muộn"
        ordering = ["dossier", "until"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "until"], name="late_acceptance_day_once"),
            models.CheckConstraint(name="late_acceptance_says_why", condition=~Q(reason="")),
            models.CheckConstraint(name="late_acceptance_runs_forward", condition=Q(until__gte=F("on"))),
        ]

    def __str__(self):
        return f"{self.dossier_id} đến {self.until:%d/%m/%Y}"
