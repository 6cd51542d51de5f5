"""Print the figures of a plan on a day, as they are or as they were known on an earlier day."""

import datetime as dt
import json

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from targets import corrections, printing, progress
from targets.models import YearPlan


def a_day(text):
    """2024-12-31."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError as trouble:
        raise CommandError(f"“{text}” không phải một ngày; hãy ghi như 2024-12-31.") from trouble


class Command(BaseCommand):
    """JSON lines; reads only."""

    help = (
        "In số liệu các chỉ số của kế hoạch năm đến hết một ngày, mỗi dòng một chỉ số của một địa bàn (JSON)."
    )

    def add_arguments(self, parser):
        parser.add_argument("--plan", type=int, required=True, metavar="NĂM")
        parser.add_argument("--on", type=a_day, required=True, metavar="NGÀY")
        parser.add_argument("--area", default="", metavar="MÃ", help="trống: cả tỉnh và từng huyện")
        parser.add_argument("--known-on", type=a_day, metavar="NGÀY", help="như đã ghi đến hết ngày này")
        parser.add_argument(
            "--differences", action="store_true", help="chỉ in con số khác với lúc --known-on, kèm lý do"
        )

    def handle(self, *args, plan, on, area="", known_on=None, differences=False, **options):
        found = YearPlan.objects.select_related("area__parent__parent").filter(year=plan).first()
        if found is None:
            raise CommandError(f"Chưa có kế hoạch năm {plan}.")
        if differences and known_on is None:
            raise CommandError("Hãy nêu --known-on để so sánh.")
        moment = known_on and timezone.make_aware(dt.datetime.combine(known_on, dt.time.max))
        books = progress.open_books(found, on, None if differences else moment)
        areas = printing.areas_of(books, area)
        if areas is None:
            raise CommandError(f"Không có địa bàn mã {area} vào ngày {on:%d/%m/%Y}.")
        rows = corrections.differences(books, areas, moment) if differences else printing.rows(books, areas)
        for row in rows:
            self.stdout.write(json.dumps(row, ensure_ascii=False))
