"""Conflict-of-interest statements: each judge's word on each case, before its evidence opens."""

from django.db import models
from django.db.models import OuterRef, Q

from evaluation.models.cases import Case
from evaluation.models.councils import Seat


class Answer(models.TextChoices):
    """What a judge states."""

    NONE = "none", "Không có xung đột lợi ích"
    CONFLICT = "conflict", "Có xung đột lợi ích, từ chối chấm"


class StatementQuerySet(models.QuerySet):
    def recusals(self):
        """Statements by which a judge stands aside."""
        return self.filter(answer=Answer.CONFLICT)

    def about_this(self, *, case="case", seat="seat"):
        """Those of the outer query's case and seat, for Exists and Subquery."""
        return self.filter(case=OuterRef(case), seat=OuterRef(seat))


class Statement(models.Model):
    """What the judge in this seat states about this case. A recusal (``conflict``) is final: the database holds it.

    ``by`` is who entered it: the judge, or whoever presides when the council decides on a recusal.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="statements")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="statements")
    answer = models.CharField("khai báo", max_length=10, choices=Answer)
    reason = models.CharField("lý do từ chối", max_length=1000, blank=True)
    at = models.DateTimeField("lúc")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+", verbose_name="người ghi")

    objects = StatementQuerySet.as_manager()

    class Meta:
        verbose_name = "khai báo xung đột lợi ích"
        verbose_name_plural = "khai báo xung đột lợi ích"
        ordering = ["case", "seat"]
        constraints = [
            models.UniqueConstraint(fields=["case", "seat"], name="statement_once_per_seat"),
            models.CheckConstraint(
                name="statement_recusal_has_a_reason",
                condition=~Q(answer=Answer.CONFLICT) | ~Q(reason=""),
                violation_error_message="Hãy ghi lý do từ chối.",
            ),
        ]

    def __str__(self):
        return f"{self.seat}: {self.get_answer_display()}"
