"""The report on paper, in the form of Nghị định 30/2020/NĐ-CP."""

import datetime as dt
from pathlib import Path

from foundation.ui.papers import render_pdf
from targets.counting import between

TEMPLATE = Path(__file__).parent / "progress.typ"


def printed(figures, *, digest, code, author, moment):
    """The report as PDF bytes. ``moment`` is when it was asked for, ``author`` who asked (empty: the portal)."""
    return render_pdf(TEMPLATE, _data(figures, digest, code, author, moment), moment=moment)


def _data(figures, digest, code, author, moment):
    day = dt.date.fromisoformat(figures["as_of"])
    return {
        **figures,
        "agency": "UBND " + figures["area"]["name"][0].lower() + figures["area"]["name"][1:],
        "digest": digest,
        "code": code,
        "author": author,
        "as_of": f"{day:%d/%m/%Y}",
        "place_date": f"{_short(figures['area']['name'])}, ngày {moment:%d} tháng {moment:%m} năm {moment:%Y}",
        "new": [{**row, "decided_on": _day(row["decided_on"])} for row in figures["new"]],
        "balances": [
            {**row, "day": _day(row["day"]), "text": between(row["low"], row["high"])}
            for row in figures["balances"]
        ],
    }


def _short(name):
    """Hà Nam of Tỉnh Hà Nam."""
    return name.removeprefix("Tỉnh ")


def _day(text):
    return f"{dt.date.fromisoformat(text):%d/%m/%Y}"
