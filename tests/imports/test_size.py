"""20,000 rows in under a minute with flat memory; CI tries the same with 500 rows."""

import datetime as dt
import gc
import time
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actions import imports as actions
from accounts.models import Fate
from products.models import Product, Rating
from tests.imports.books import OFFICE, master_book, master_row
from tests.imports.conftest import checked, worked

COMMUNES = ("Xã Chuyên Ngoại", "Xã Trác Văn", "Phường Hòa Mạc", "Xã Mộc Nam")
AGAIN = {
    "s2": 4,
    "d2": dt.date(2024, 6, 12),
    "y2": 2024,
    "n2": "88/QĐ-UBND",
    "o2": OFFICE,
    "stars": 4,
    "end": None,
}


def big_book(rows):
    """So many products of a third as many producers; every fifth was recognised twice, every fiftieth is wrong."""
    return master_book(
        [
            master_row(
                number,
                f"Sản phẩm {number}" if number % 50 else None,
                f"Hợp tác xã {number // 3}",
                COMMUNES[number // 3 % len(COMMUNES)],
                **(AGAIN if number % 5 == 0 else {}),
            )
            for number in range(1, rows + 1)
        ]
    )


def forget_peak():
    """From here on the highest memory is counted anew."""
    Path("/proc/self/clear_refs").write_text("5")


def memory():
    """The most that this process used since then, in MB."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line)
    return int(line.split()[1]) / 1024


def carried(content, by):
    """(seconds, MB more, run) of checking and storing together."""
    gc.collect()
    forget_peak()
    began, before = time.monotonic(), memory()
    run = checked(content, by)
    middle = time.monotonic()
    actions.confirm(run, by=by)
    run = worked(run)
    seconds = time.monotonic() - began
    more = memory() - before
    print(f"{run.total} rows: {middle - began:.1f} s checked, {seconds:.1f} s in all, {more:.0f} MB more")
    return seconds, memory() - before, run


def test_five_hundred_rows_come_in(office):
    seconds, more, run = carried(big_book(500), office)

    assert run.counts == {Fate.NEW: 490, Fate.ERROR: 10}
    assert Product.objects.count() == 490
    assert Rating.objects.count() == 490 + 90
    assert seconds < 60
    assert more < 100


def test_queries_do_not_grow_with_the_rows(office):
    asked = []
    for rows in (40, 400):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            carried(big_book(rows), office)
        asked.append(len(queries))

    assert asked[1] <= asked[0] + 4


@pytest.mark.drill
@pytest.mark.django_db(transaction=True)
def test_twenty_thousand_rows_come_in_within_a_minute_and_memory_stays_flat(office):
    seconds, more, run = carried(big_book(20_000), office)

    assert run.status == run.Status.DONE
    assert Product.objects.count() == 19_600
    assert seconds < 60
    assert more < 150
