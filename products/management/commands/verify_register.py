"""Says whether the register of certificates is whole, also against heads that were kept outside."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from products.models import RegisterEntry
from products.register_check import faults


class Command(BaseCommand):
    """Exit code 1 when something is broken. Reads only."""

    help = "Kiểm tra sổ giấy chứng nhận; có thể đối chiếu với các dấu cuối đã giữ bên ngoài."

    def add_arguments(self, parser):
        parser.add_argument(
            "--against", nargs="+", default=[], metavar="TỆP", help="tệp dấu cuối, hoặc dau.json"
        )

    def handle(self, *args, against=(), **options):
        kept = [head for name in against for head in self.heads(name)]
        if found := faults(kept):
            raise CommandError(
                "\n".join(["SỔ GIẤY CHỨNG NHẬN KHÔNG NGUYÊN VẸN:", *(f"  - {one}" for one in found)])
            )
        self.stdout.write(f"Sổ giấy chứng nhận nguyên vẹn: {RegisterEntry.objects.count()} dòng.")
        if kept:
            self.stdout.write(f"Khớp với {len(kept)} dấu cuối đã giữ.")

    def heads(self, name):
        """The heads in a file: one as mailed, or the portal's list."""
        try:
            said = json.loads(Path(name).read_text(encoding="utf-8"))
        except (OSError, ValueError) as trouble:
            raise CommandError(f"Không đọc được tệp {name}.") from trouble
        return said.get("heads", [said])
