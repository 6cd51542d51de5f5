"""What dated facts were before they were changed: written by the database alone, so that no way around leaves a gap."""

from django.db import models


class FactChangeQuerySet(models.QuerySet):
    def since(self, moment, *tables):
        """Changes after that moment, the earliest first; only of these tables when some are named."""
        rows = self.filter(at__gt=moment)
        return (rows.filter(table__in=tables) if tables else rows).order_by("at", "pk")


class FactChange(models.Model):
    """One row of a table of facts was written, changed or deleted. ``was`` is the row before; empty: there was none.

    Triggers of the database write this (targets/migrations/0004); the table is append-only. ``at`` is the database's
    clock.
    """

    table = models.CharField("bảng", max_length=40)
    key = models.BigIntegerField("khóa")
    at = models.DateTimeField("lúc")
    was = models.JSONField("trước đó", null=True)

    objects = FactChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "thay đổi số liệu"
        verbose_name_plural = "thay đổi số liệu"
        indexes = [models.Index(fields=["table", "at"], name="fact_change_since")]

    def __str__(self):
        return f"{self.table} {self.key} {self.at:%d/%m/%Y %H:%M}"
