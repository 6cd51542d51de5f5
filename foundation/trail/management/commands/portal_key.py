"""Shows the portal's keys with their periods, and marks one as stolen."""

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from foundation.trail.keys import PortalKey


class Command(BaseCommand):
    """A new key needs no command: change ``TRAIL_SIGNING_KEY``, it is known from its first signature on."""

    help = "Xem khoá của cổng; ghi một khoá đã lộ: portal_key MÃ --stolen-since 2026-01-31T08:00:00+07:00."

    def add_arguments(self, parser):
        parser.add_argument("code", nargs="?", metavar="MÃ")
        parser.add_argument("--stolen-since", metavar="LÚC")

    def handle(self, *args, code=None, stolen_since=None, **options):
        if code:
            self.mark(code, stolen_since)
        for key in PortalKey.objects.all():
            self.stdout.write(" ".join(f"{name}={value or '-'}" for name, value in key.published.items()))

    def mark(self, code, stolen_since):
        """From that moment on its signatures prove nothing."""
        moment = parse_datetime(stolen_since or "")
        key = PortalKey.objects.filter(code=code).first()
        if key is None or moment is None or timezone.is_naive(moment):
            raise CommandError("Cần mã khoá có trong danh sách và lúc bị lộ, có múi giờ.")
        key.stolen_since = moment
        key.save(update_fields=["stolen_since"])
