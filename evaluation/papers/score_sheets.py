"""Blank score sheets to be filled in by hand: one for each seat, with a QR that names what it is for."""

from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from evaluation.laws import criteria_of, strike_places
from foundation.ui.papers import qr_svg, render_pdf

TEMPLATE = Path(__file__).with_name("score_sheet.typ")


def named_by(sheet):
    """What the QR says besides the seat: council, dossier, regime, set and turn. The page of entry holds it against
    the sheet, so that a paper printed for something else is noticed.
    """
    dossier = sheet.case.dossier
    return {
        "hoi_dong": sheet.case.council.code,
        "ho_so": dossier.code,
        "quy_dinh": dossier.regime_id,
        "bo": dossier.criteria_set.code,
        "luot": str(sheet.case.turn),
    }


def address_of(sheet):
    """Where this paper is typed in."""
    path = reverse("evaluation:paper_entry", args=[sheet.case.code, sheet.seat_id])
    return f"{settings.PORTAL_URL}{path}?{urlencode(named_by(sheet))}"


def score_sheets(case, sheets, *, moment):
    """The PDF: a sheet for each of these, set as the law's form reads."""
    images = {f"qr-{at}.svg": qr_svg(address_of(sheet)) for at, sheet in enumerate(sheets)}
    dossier, council = case.dossier, case.council
    return render_pdf(
        TEMPLATE,
        {
            "case": case.code,
            "turn": case.turn,
            "council": council.name,
            "decision": f"{council.decision_number} ngày {council.decided_on:%d/%m/%Y}",
            "product": dossier.product.name,
            "producer": dossier.product.entity.name,
            "place": str(dossier.product.area.place),
            "dossier": dossier.code.upper(),
            "law": dossier.regime.law,
            "set": str(dossier.criteria_set),
            "is_demo": dossier.product.is_demo,
            "judges": [
                {
                    "name": str(sheet.seat.user),
                    "post": sheet.seat.get_post_display(),
                    "address": address_of(sheet),
                }
                for sheet in sheets
            ],
            "rows": [_row(ask) for ask in criteria_of(dossier.criteria_set).values()],
            "strikes": [
                {"label": place.label, "grounds": list(place.grounds)}
                for place in strike_places(dossier.criteria_set)
            ],
            "parts": [part.code for part in dossier.criteria_set.engine_set().parts],
        },
        images,
        moment=moment,
    )


def _row(ask):
    """A criterion with its options as they are numbered on the paper."""
    row = ask.row
    options = [
        {"number": at, "points": option.points, "text": option.text}
        for at, option in enumerate(ask.options.values(), 1)
    ]
    return {
        "code": row.code,
        "name": row.name,
        "part": row.part,
        "section": f"{row.section_code}. {row.section_name}",
        "most": row.max_points,
        "none": row.none_allowed,
        "options": options,
    }
