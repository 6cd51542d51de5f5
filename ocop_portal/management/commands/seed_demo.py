"""Fills an empty portal with the demonstration: invented people, councils and a short history."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from ocop_portal.demo.seeding import seed


class Command(BaseCommand):
    """Only in demo mode, and only while no demo person exists."""

    help = "Nạp dữ liệu trình diễn; chỉ chạy khi PORTAL_DEMO=1 và chưa có người trình diễn."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("Dữ liệu trình diễn chỉ được nạp khi PORTAL_DEMO=1.")
        if User.objects.demo().exists():
            self.stdout.write("Dữ liệu trình diễn: đã có")
            return
        people, councils, ideas = seed()
        self.stdout.write(f"Dữ liệu trình diễn: {people} người, {councils} hội đồng, {ideas} ý tưởng")
