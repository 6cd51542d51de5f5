"""For any office: scores the sheets of a file by the law's files, without environment, network or database."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand

from foundation.regimes.criteria import RegimeError
from foundation.regimes.files import set_from_files
from foundation.regimes.offline import outcomes, read_sheets


class Command(BaseCommand):
    help = (
        "Chấm phiếu trong tệp, mỗi phiếu một dòng JSON: "
        "manage.py score --regime qd148-2023 --set 22-vai-may-mac phieu.json. Phiếu sai thì dòng của nó là "
        '{"error": …} và mã thoát là 1.'
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--regime", required=True, help="mã quy định, ví dụ qd148-2023")
        parser.add_argument(
            "--set", required=True, dest="code", help="mã hoặc số thứ tự bộ tiêu chí, ví dụ 22-vai-may-mac"
        )
        parser.add_argument("file", metavar="TỆP", help="tệp JSON; - là đọc từ đầu vào chuẩn")

    def handle(self, *args, regime, code, file, **options):
        faults = 0
        for row in _rows(regime, code, file):
            self.stdout.write(json.dumps(row, ensure_ascii=False))
            faults += "error" in row
        if faults:
            sys.exit(1)


def _rows(regime, code, file):
    """The outcomes of the file; one error for a file or a set that cannot be read."""
    try:
        criteria_set = set_from_files(regime, code)
        text = sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8-sig")
        sheets = read_sheets(text)
    except RegimeError as refusal:
        yield {"error": str(refusal)}
    except (OSError, UnicodeDecodeError) as fault:
        yield {"error": f"Không đọc được tệp {file}: {fault}"}
    else:
        yield from outcomes(criteria_set, sheets)
