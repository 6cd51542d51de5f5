"""The ministry's table PTNT_OCOP of a unit and a year, with the revenue that producers have returned.

Fields as Quyết định 5277/QĐ-BNNMT names them, as far as second-hand sources tell. The public interface shows the same
rows without revenue; here officers take it along for the ministry.
"""

import csv
import datetime as dt
import json
import tempfile

from django.http import FileResponse

from foundation import clock
from foundation.areas.models import Area
from foundation.ui.exports import Counted, Echo, Taken, safe_text
from products.models import Rating, YearlyReturn
from products.public_facts import ptnt_row

TABLE = "PTNT_OCOP"
FIELDS = (
    "MA_OCOP", "Ma_DonViHanhChinh", "Ma_ThoiGian", "Ma_SanPham", "TenSanPham", "XepHang", "ChuTheSXKD", "DoanhThuNam",
    "TrangThai",
)  # fmt: skip
CATALOGUES = {
    "Ma_DonViHanhChinh": "DM_DonViHanhChinh",
    "Ma_ThoiGian": "DM_KhoangThoiGian",
    "Ma_SanPham": "DM_SanPham",
    "ChuTheSXKD": "DM_CoSo",
}
BATCH = 500


def _recognitions(area, year):
    """Recognitions of products of the unit that had begun by the end of the year and had not ended before it."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    inside = Area.objects.read_by([area])
    return Rating.objects.filter(product__area__in=inside, starts_on__lte=last, ends_on__gte=first)


def rows(area, year, today):
    """The table's rows in the order of the register; its state is that of the year's end, or of today before it."""
    day = min(today, dt.date(year, 12, 31))
    found = _recognitions(area, year).with_place_in_register().order_by("register", "pk")
    revenue = dict(YearlyReturn.objects.filter(year=year).values_list("product_id", "revenue"))
    for rating in found.iterator(chunk_size=BATCH):
        earned = revenue.get(rating.product_id)
        row = ptnt_row(rating, day)
        yield row | {
            "TenSanPham": f"{row['TenSanPham']} (dữ liệu trình diễn)"
            if rating.product.is_demo
            else row["TenSanPham"],
            "Ma_ThoiGian": str(year),
            "DoanhThuNam": None if earned is None else f"{earned:.2f}",
        }


def csv_lines(found):
    """Comma-separated for machines; texts that a spreadsheet would take for a formula are disarmed."""
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow(FIELDS)
    for row in found:
        yield writer.writerow([safe_text(row[field]) for field in FIELDS])


def json_pieces(found, area, year):
    """One JSON object, row by row: what the table is, and its rows."""
    head = {"table": TABLE, "area": area.code, "year": year, "unit": "triệu đồng", "catalogues": CATALOGUES}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "rows": ['
    between = ""
    for row in found:
        yield between + json.dumps(row, ensure_ascii=False)
        between = ",\n"
    yield "]}"


WRITERS = {
    "csv": ("text/csv; charset=utf-8", lambda found, area, year: csv_lines(found)),
    "json": ("application/json", json_pieces),
}


def respond(request, area, year, kind):
    """The table as a download; ``taken`` says what leaves the portal, for the trail of exports."""
    found = Counted(rows(area, year, clock.today()))
    content_type, write = WRITERS[kind]
    file = tempfile.TemporaryFile()  # noqa: SIM115 – the response closes it, and it is gone
    file.writelines(piece.encode() for piece in write(found, area, year))
    file.seek(0)
    name = f"{TABLE.lower().replace('_', '-')}-{area.code}-{year}"
    response = FileResponse(file, as_attachment=True, filename=f"{name}.{kind}", content_type=content_type)
    response.taken = Taken(name, kind, request.GET.urlencode(), found.count)
    response["X-Content-Type-Options"] = "nosniff"
    return response
