"""Exports leave a trail, and nobody takes the whole register away unnoticed.

An answer that carries a list out of the portal says so (``response.taken``, set by foundation.ui.exports). Before its
first byte leaves, one entry is written in a transaction of its own: who, which list, how narrowed, how many rows. Above
``EXPORTS_PER_HOUR`` the list is refused, and the refusal is an entry too.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import NoticeKind, Role, User
from accounts.notices import tell
from foundation.trail.models import Entry
from foundation.trail.moves import write
from foundation.ui.errors import error_page

TAKEN, REFUSED = "Tải danh sách", "Bị chặn tải danh sách"
HOUR = dt.timedelta(hours=1)


class ExportGate:
    """Stands behind signing in, before the page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        taken = getattr(response, "taken", None)
        if taken is None or not request.user.is_authenticated:
            return response
        if let_pass(request.user.looked_through_by or request.user, taken):
            return response
        response.file_to_stream.close()
        return error_page(request, 429, "429_exports")


@transaction.atomic
def let_pass(person, taken):
    """Write down what is taken; False when this person has taken too much within the hour."""
    User.objects.select_for_update().get(pk=person.pk)  # two downloads at once count one after the other
    past = Entry.objects.about(person).filter(act=TAKEN, at__gte=timezone.now() - HOUR)
    if past.count() < settings.EXPORTS_PER_HOUR:
        write(person, TAKEN, by=person, note=in_words(taken))
        return True
    raise_alarm(person, taken)
    return False


def in_words(taken):
    """Which list, how narrowed, how many rows."""
    return f"{taken.name}.{taken.kind}, {taken.rows} dòng, bộ lọc: {taken.filters or 'không có'}"


def raise_alarm(person, taken):
    """A refused export stands in the trail, and the administrators are told once a day."""
    write(person, REFUSED, by=person, note=in_words(taken))
    text = f"{person} bị chặn vì tải quá nhiều danh sách trong một giờ."
    url = reverse("accounts:person", args=[person.username])
    keepers = User.objects.holding(Role.ADMINISTRATOR)
    tell(keepers, NoticeKind.PORTAL_EXPORTS, person, text=text, url=url, by=person)
