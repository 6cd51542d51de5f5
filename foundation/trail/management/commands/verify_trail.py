"""Says whether the trail is whole, or where it broke."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from foundation.trail import heads
from foundation.trail.verify import guards_off, verify

ADVICE = (
    "Giữ nguyên cơ sở dữ liệu, tìm bản sao lưu gần nhất còn khớp dấu đã ký và báo người phụ trách an toàn."
)


class Command(BaseCommand):
    """Exit code 1 when something is broken. Reads only; can run beside the working portal."""

    help = "Kiểm tra nhật ký còn nguyên vẹn hay đã bị sửa; có thể đối chiếu với các dấu cuối đã ký."

    def add_arguments(self, parser):
        parser.add_argument(
            "--against", nargs="+", default=[], metavar="TỆP", help="tệp dấu cuối đã ký, hoặc thư mục"
        )
        parser.add_argument(
            "--public-key", nargs="+", default=[], metavar="KHOÁ", help="khoá công khai cũ của cổng"
        )

    def handle(self, *args, against=(), public_key=(), **options):
        began = time.monotonic()
        known, refused = heads.kept(self.files(against), [heads.public_key(), *public_key])
        outcome = verify(head.seq for head in known.values())
        for fault in [*refused, *self.guards(), *heads.contradictions(known, outcome)]:
            outcome.blame(fault)
        if not outcome.is_whole:
            raise CommandError(self.broken(outcome))
        self.stdout.write(
            f"Nhật ký nguyên vẹn: {outcome.count} mục, dấu cuối {outcome.head} "
            f"({time.monotonic() - began:.1f} giây)."
        )
        if known:
            self.stdout.write(f"Khớp với {len(known)} dấu cuối đã ký.")

    def files(self, names):
        """Files as named; of a folder all heads in it."""
        for path in map(Path, names):
            yield from sorted(path.glob("*.json")) if path.is_dir() else [path]

    def guards(self):
        """A sentence for each trigger that is switched off."""
        return [f"Chốt bảo vệ {name} đã bị tắt hoặc bị bỏ." for name in guards_off()]

    def broken(self, outcome):
        """All faults, and what to do."""
        more = outcome.fault_count - len(outcome.faults)
        lines = [
            f"NHẬT KÝ KHÔNG NGUYÊN VẸN ({outcome.count} mục):",
            *(f"  - {fault}" for fault in outcome.faults),
        ]
        if more:
            lines.append(f"  - và {more} chỗ khác.")
        return "\n".join([*lines, ADVICE])
