"""For auditors: the explained verdict on the score sheets of a file, by the criteria as loaded."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from foundation.regimes import engine
from foundation.regimes.models import CriteriaSet


class Command(BaseCommand):
    help = "Chấm lại từ phiếu và giải thích kết quả: manage.py judge_sheets qd148-2023 22 --sheet phieu.json"

    def add_arguments(self, parser):
        parser.add_argument("regime", help="mã quy định, ví dụ qd148-2023")
        parser.add_argument("number", type=int, help="số thứ tự bộ tiêu chí")
        parser.add_argument(
            "--sheet",
            required=True,
            type=Path,
            metavar="TỆP",
            help='{"rules": {"gates_on": "mean", "rounding": null, "knockout_by": "any"}, '
            '"sheets": [{"answers": {"1.1": "1.1:3"}, "struck": [["6.2", "lý do"]]}]}',
        )

    def handle(self, *args, regime, number, sheet, **options):
        criteria_set = (
            CriteriaSet.objects.select_related("regime").filter(regime=regime, number=number).first()
        )
        if criteria_set is None:
            raise CommandError(f"Quy định {regime} không có bộ tiêu chí số {number}.")
        try:
            rules, sheets = _read(sheet)
            verdict = engine.judge(criteria_set.engine_set(), sheets, rules)
        except engine.RegimeError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("\n".join(_lines(verdict)))


def _read(path: Path) -> tuple[engine.Rules, list[engine.Sheet]]:
    """The council's rules and its sheets. Raises CommandError, and BadRules for odd rules."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        strikes = [[engine.Strike(*row) for row in each.get("struck", ())] for each in data["sheets"]]
        sheets = [
            engine.Sheet(each["answers"], struck)
            for each, struck in zip(data["sheets"], strikes, strict=True)
        ]
        return engine.Rules(**data["rules"]), sheets
    except engine.RegimeError:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise CommandError(f"Không đọc được phiếu trong {path}: {fault}") from fault


def _lines(verdict: engine.Verdict):
    yield f"Bộ tiêu chí: {verdict.set_name} ({verdict.set_code})"
    yield f"Căn cứ: {verdict.law}"
    yield f"Điểm từng phiếu: {', '.join(str(total) for total in verdict.sheets)}"
    for part in verdict.parts:
        yield f"Phần {part.code} {part.name}: {engine.two_places(part.points)}/{part.max_points}"
    yield from verdict.reasons
