"""What every paper of a council has: the frame of Nghị định 30/2020/NĐ-CP, as PDF through Typst and as a Word file.

A paper is one dictionary. ``minutes.typ`` and ``word/minutes.docx`` both read it, so the two say the same. The Word
templates are drawn by ``python -m tools.word_templates``; offices may lay them out anew in Word as long as the
fields stay.
"""

import datetime as dt
import io
from pathlib import Path

from django.utils import timezone
from docxtpl import DocxTemplate

from foundation.regimes.wording import total_text
from foundation.ui.papers import render_pdf

HERE = Path(__file__).parent
PDF, WORD = "pdf", "docx"
CONTENT_TYPES = {
    PDF: "application/pdf",
    WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
BLANK = "……"  # a number that the office has still to give
# Nghị định 30/2020/NĐ-CP, Phụ lục I: a collective's paper is signed "TM.".
AUTHORITY, ROLE = "TM. Ủy ban nhân dân", "Chủ tịch"
DRAFT_MARK, DEMO_MARK = "DỰ THẢO", "DỮ LIỆU TRÌNH DIỄN"


def rendered(kind, data, form, *, moment):
    """The paper of this kind as bytes. ``moment``: the day or time of the record it tells of, written into the PDF."""
    if form == PDF:
        return render_pdf(HERE / f"{kind}.typ", data, moment=at_eight(moment))
    template = DocxTemplate(HERE / "word" / f"{kind}.docx")
    mark = DRAFT_MARK if data["draft"] else DEMO_MARK if data["is_demo"] else ""
    template.render({"d": data | {"mark": mark}}, autoescape=True)
    _tell_of(template.docx.core_properties, data, at_eight(moment).astimezone(dt.UTC))
    out = io.BytesIO()
    template.save(out)
    return out.getvalue()


def _tell_of(properties, data, moment):
    """What the file says of itself: its title, its agency, its day."""
    properties.title, properties.author = (
        f"{data['name']} {data['about']}"[:255],
        data["heading"]["agency"][:255],
    )
    properties.comments, properties.language = "", "vi-VN"
    properties.created = properties.modified = moment


def at_eight(moment):
    """A day as the moment at which its office opens; a moment as it is."""
    if isinstance(moment, dt.datetime):
        return moment
    return timezone.make_aware(dt.datetime.combine(moment, dt.time(8)))


def framed(council, *, name, about, symbol, day=None, number="", draft=False, recipients=(), by_issuer=False):
    """The fields of the frame. ``symbol``: the part of the number behind the slash; ``day`` None: not signed yet.

    The council stands under the office that set it up; a paper of that office itself (``by_issuer``) has nothing above.
    """
    agency = {"parent": "", "agency": council.issuer} if by_issuer else {
        "parent": council.issuer, "agency": council.name}  # fmt: skip
    place = council.area.name
    return {
        "name": name,
        "about": about,
        "heading": agency
        | {"number": number or f"{BLANK}/{symbol}", "place_date": f"{place}, {day_in_words(day)}"},
        "recipients": list(recipients),
        "draft": draft,
        "is_demo": council.is_demo,
    }


def day_in_words(day):
    """ngày 05 tháng 02 năm 2024: days below ten and the months 1 and 2 with a nought (Nghị định 30/2020)."""
    if day is None:
        return f"ngày {BLANK} tháng {BLANK} năm {BLANK}"
    month = f"{day:%m}" if day.month < 3 else str(day.month)
    return f"ngày {day:%d} tháng {month} năm {day.year}"


def shown_day(day):
    """15/10/2024, or nothing."""
    return f"{day:%d/%m/%Y}" if day else ""


def shown_total(total):
    """Points with two decimals and a comma; a dash where a dossier was struck out."""
    return "–" if total is None else total_text(total)


def signs(authority="", role="", name=""):
    """Who signs."""
    return {"authority": authority, "role": role, "name": name}
