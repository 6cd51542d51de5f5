"""Running numbers without gaps."""

from django.db import models, transaction


class SerialManager(models.Manager):
    """Hands out the next number."""

    @transaction.atomic
    def take(self, name):
        """The next number of the series, from 1; taken back when the caller's transaction fails, so no gaps."""
        self.get_or_create(name=name)
        serial = self.select_for_update().get(name=name)
        serial.last += 1
        serial.save(update_fields=["last"])
        return serial.last


class Serial(models.Model):
    """The last number used in a series."""

    name = models.CharField("dãy số", max_length=80, primary_key=True)
    last = models.PositiveIntegerField("số cuối", default=0)

    objects = SerialManager()

    class Meta:
        verbose_name = "dãy số"
        verbose_name_plural = "dãy số"

    def __str__(self):
        return f"{self.name}: {self.last}"
