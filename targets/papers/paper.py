"""One dictionary for the paper: the PDF template and the Word template both read it, so the two say the same."""

import datetime as dt

from targets import timetable
from targets.counting import between
from targets.papers.figures import PARTS
from targets.papers.wording import TITLES, paragraphs

BLANK = "        "  # the office has still to give the number
SYMBOL = "BC-UBND"
DRAFT_MARK, DEMO_MARK = "DỰ THẢO", "DỮ LIỆU TRÌNH DIỄN"
FILES = {"pdf": "Bản PDF", "docx": "Bản Word", "xlsx": "Bảng tính Excel"}


def told(
    figures, *, digest, code, author, moment, period="", texts=(), annex=(), failures=(),
    number="", signed_on=None, signer="", signer_role="",
):  # fmt: skip
    """Everything that the paper says. ``moment``: when the figures were read, ``author`` who asked (empty: the portal).

    Long lists stop after as many rows as ``reports.yaml`` says; what is left stands in the workbook.
    """
    day = dt.date.fromisoformat(figures["as_of"])
    name = figures["area"]["name"]
    dated = signed_on or moment.date()
    agency = "UBND " + name[0].lower() + name[1:]
    about = period or f"năm {figures['plan']['year']}"
    return {
        **figures,
        "name": "Báo cáo",
        "about": f"Tiến độ thực hiện kế hoạch Chương trình mỗi xã một sản phẩm {about}",
        "heading": {"parent": "", "agency": agency, "number": number or f"{BLANK}/{SYMBOL}",
                    "place_date": f"{short(name)}, {in_words(dated)}"},
        "mark": DEMO_MARK if figures["demo"] else "" if number else DRAFT_MARK,
        "as_of": f"{day:%d/%m/%Y}",
        "read_at": f"{moment:%d/%m/%Y %H:%M}",
        "digest": digest,
        "code": code,
        "said": dict.fromkeys(TITLES, "") | {row["key"]: row["text"] for row in texts or paragraphs(figures)},
        "annex": [{**row, "sent_on": shown(row["sent_on"])} for row in annex],
        "missing": [*(PARTS[key] for key in figures.get("failed", ())), *(FILES[kind] for kind in failures)],
        **_lists(figures),
        "balances": [
            {**row, "day": shown(row["day"]), "text": between(row["low"], row["high"]),
             "from": "; ".join(row["sources"])}
            for row in figures["balances"]
        ],
        "recipients": ["Lưu: VT."],
        "sign": {"authority": "", "role": signer_role or "Người lập báo cáo", "name": signer or author},
    }  # fmt: skip


def _lists(figures):
    """The two long lists as far as paper goes, numbered, with how many rows are left for the workbook."""
    most = timetable.rules()["rows_on_paper"]
    new = [
        {**row, "order": order, "decided_on": shown(row["decided_on"])}
        for order, row in enumerate(figures["new"][:most], 1)
    ]
    developed = [{**row, "order": order} for order, row in enumerate(figures["developed"][:most], 1)]
    total = next((row for row in figures["targets"] if row["indicator"] == "total_products"), None)
    last = [{"name": figures["area"]["name"], "total": total, "stars": figures["stars"]}] if total else []
    return {
        "new": new,
        "new_left": len(figures["new"]) - len(new),
        "developed": developed,
        "developed_left": len(figures["developed"]) - len(developed),
        "kinds_said": "; ".join(f"{row['kind']} {row['text']}" for row in figures["kinds"]),
        "total": total,
        "lines": [*figures["districts"], *last],
    }


def short(name):
    """Hà Nam of Tỉnh Hà Nam."""
    return name.removeprefix("Tỉnh ")


def shown(text):
    """15/10/2024 of 2024-10-15, or nothing."""
    return f"{dt.date.fromisoformat(text):%d/%m/%Y}" if text else ""


def in_words(day):
    """ngày 05 tháng 02 năm 2024: days below ten and the months 1 and 2 with a nought (Nghị định 30/2020)."""
    month = f"{day:%m}" if day.month < 3 else str(day.month)
    return f"ngày {day:%d} tháng {month} năm {day.year}"
