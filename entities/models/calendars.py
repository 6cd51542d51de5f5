"""A person's secret link to their visits, for calendar programs that cannot sign in."""

from django.db import models

from accounts.models import User
from accounts.models.invitations import digest_of


class CalendarLinkQuerySet(models.QuerySet):
    def of(self, user):
        """The person's own."""
        return self.filter(person=user)

    def of_token(self, token):
        """Whoever holds the random token, while its person uses the portal."""
        return self.filter(token_sha256=digest_of(token), person__is_active=True).select_related("person")


class CalendarLink(models.Model):
    """The link itself is kept nowhere: only its digest. A new link puts an end to the one before."""

    person = models.OneToOneField(User, models.CASCADE, related_name="calendar_link", verbose_name="người")
    token_sha256 = models.CharField("mã băm", max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField("tạo lúc", auto_now=True)

    objects = CalendarLinkQuerySet.as_manager()

    class Meta:
        verbose_name = "liên kết lịch"
        verbose_name_plural = "liên kết lịch"

    def __str__(self):
        return f"Lịch của {self.person}"
