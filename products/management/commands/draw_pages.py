"""Has the pages drawn of PDFs that were handed in before the portal drew pages, or whose drawing failed."""

from django.core.management.base import BaseCommand

from products.freezing import as_handed_in
from products.models import Dossier
from products.papers_drawn import ask_to_draw


class Command(BaseCommand):
    """Safe to repeat: what is drawn, or waits to be, is left alone."""

    help = "Giao việc vẽ ảnh trang cho giấy tờ PDF của các hồ sơ đã nộp mà chưa có ảnh trang."

    def handle(self, *args, **options):
        handed_in = Dossier.objects.filter(submitted_on__isnull=False).order_by("pk")
        asked = sum(ask_to_draw(as_handed_in(dossier)) for dossier in handed_in.iterator())
        self.stdout.write(f"Đã giao vẽ {asked} tệp.")
