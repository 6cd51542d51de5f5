"""Exports leave a trail, and nobody takes the whole register away unnoticed.

An answer that carries a list out of the portal says so (``response.taken``, set by foundation.ui.exports). Before its
first byte leaves, one entry is written in a transaction of its own: who, which list, how narrowed, how many rows. Above
``EXPORTS_PER_HOUR`` the list is refused, and the refusal is an entry too.
"""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
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
        if taken is None or not request.user.is_authenticated or let_pass(request.user, taken):
            return response
        response.file_to_stream.close()
        return error_page(request, 429)


@transaction.atomic
def let_pass(person, taken):
    """Write down what is taken; False when this person has taken too much within the hour."""
    User.objects.select_for_update().get(
        pk=person.pk
    )  # two downloads at once are counted one after the other
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
    """The one place where a refused export is told: an entry about the person, which administrators look through."""
    write(person, REFUSED, by=person, note=in_words(taken))
