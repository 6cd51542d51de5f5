"""Signs the head of the trail now, or tells the public key that checks such heads."""

from django.core.management.base import BaseCommand

from foundation.trail import heads
from ocop_portal.works import keep_head


class Command(BaseCommand):
    """Prints the signed head and keeps it among the others; ``--public-key`` prints the key and signs nothing."""

    help = "Ký dấu cuối của nhật ký ngay bây giờ; --public-key chỉ in khoá công khai."

    def add_arguments(self, parser):
        parser.add_argument("--public-key", action="store_true", help="chỉ in khoá công khai")

    def handle(self, *args, public_key=False, **options):
        if public_key:
            self.stdout.write(heads.public_key())
            return
        head = heads.current()
        paper = heads.signed(head)
        self.stdout.write(paper, ending="")
        self.stderr.write(f"Đã lưu vào {keep_head(head, paper)}")
