"""T34: the papers of a province and of the whole country: in time, and in memory that the long lists do not fill."""

import resource
import time

import pytest

from foundation import clock
from targets import papers

STARS = (3, 4)


def figure(number):
    return {"low": number, "high": number, "text": str(number)}


def figures_of(products, districts):
    """Frozen figures with so many rows, as a report of that size holds them."""
    new = [
        {"product": f"Sản phẩm {n}", "entity": f"Hợp tác xã {n}", "place": "Xã Thử, Huyện Thử, Tỉnh Thử", "stars": 3,
         "decision": f"{n}/QĐ-UBND", "decided_on": "2024-05-01", "is_demo": False}
        for n in range(products)
    ]  # fmt: skip
    made = [{"entity": row["entity"], "kind": "Hợp tác xã", "place": row["place"], "why": "tham gia", "is_demo": False}
            for row in new]  # fmt: skip
    rows = [
        {"code": str(n), "name": f"Huyện {n}", "total": figure(2), "stars": [figure(1), figure(1)]}
        for n in range(districts)
    ]
    total = {"indicator": "total_products", "label": "Tổng số sản phẩm", "unit": "sản phẩm", "plan": "",
             "expected": None, "word": "đạt", "note": "", **figure(2 * districts)}  # fmt: skip
    return {
        "plan": {"year": 2024, "number": "1/KH"},
        "area": {"code": "35", "kind": "province", "name": "Tỉnh Thử"},
        "as_of": "2024-12-31",
        "targets": [total],
        "districts": rows,
        "stars": [{"stars": stars, **figure(districts)} for stars in STARS],
        "new": new,
        "kinds": [{"kind": "Hợp tác xã", **figure(products)}],
        "developed": made,
        "balances": [],
        "remarks": [],
        "failed": [],
        "demo": 0,
    }


def seconds_for(figures):
    """How long the three files take, and their bytes."""
    began = time.process_time()
    facts = {"digest": "d" * 64, "code": "bc-thu", "author": "Người Thử", "moment": clock.now()}
    files = {kind: make(figures, **facts) for kind, make in papers.MAKERS.items()}
    return time.process_time() - began, files


def test_a_provincial_report_is_set_in_seconds():
    seconds, files = seconds_for(figures_of(150, 6))

    assert seconds < 10
    assert all(files.values())


@pytest.mark.drill
def test_a_national_report_is_set_in_two_minutes_without_filling_memory():
    figures = figures_of(16_000, 63)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    seconds, files = seconds_for(figures)

    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert seconds < 120
    assert grown < 200, f"{grown:.0f} MB"
    assert len(files["docx"]) < 1_000_000  # long lists stop on paper
    assert len(files["xlsx"]) > 500_000  # and go on in the workbook
