"""Loads the law's files; safe to run as often as one likes."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from foundation.regimes.criteria import RegimeError
from foundation.regimes.loading import compare, load


class Command(BaseCommand):
    help = "Nạp các quy định OCOP (tệp YAML) vào cơ sở dữ liệu; chạy lại không làm thay đổi gì."

    def add_arguments(self, parser):
        parser.add_argument(
            "--path", type=Path, help="thư mục chứa các quy định; mặc định là dữ liệu của cổng"
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="chỉ in chỗ khác với bản đã nạp, không nạp; có khác thì mã thoát là 1",
        )

    def handle(self, *args, path=None, check=False, **options):
        try:
            outcome = compare(path) if check else load(path)
        except RegimeError as refusal:
            raise CommandError(f"Không nạp được quy định.\n{refusal}") from refusal
        self.stdout.write("\n".join(map(str, outcome)) if check else str(outcome))
        if check and any(change.kind != "unchanged" for change in outcome):
            raise CommandError("Tệp khác với bản đã nạp.")
