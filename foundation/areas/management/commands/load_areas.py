"""Loads the administrative units; safe to run as often as one likes."""

from django.core.management.base import BaseCommand

from foundation.areas.loading import load


class Command(BaseCommand):
    """Bring the units in line with the files in foundation/areas/data."""

    help = "Nạp các đơn vị hành chính theo thời kỳ; chạy lại không làm thay đổi gì."

    def handle(self, *args, **options):
        self.stdout.write("; ".join(map(str, load())))
