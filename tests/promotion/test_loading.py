"""Real events as the files state them."""

import datetime as dt
from collections import Counter

import pytest

from promotion import loading
from promotion.models import Event, EventProduct, Participation

pytestmark = pytest.mark.django_db


def test_events_with_the_province_s_part(real_data):
    parts = Counter(Event.objects.values_list("province_part", flat=True))

    assert parts == {Participation.HOST: 3, Participation.CONFIRMED: 2, Participation.NOT_STATED: 3}


def test_products_take_part_only_where_a_source_says_so(real_data):
    pairs = EventProduct.objects.values_list("event__code", "product__code").order_by(
        "event__code", "product__code"
    )

    assert list(pairs) == [
        ("hn-ev02", "hn-p049"),
        ("hn-ev05", "hn-p009"),
        ("hn-ev05", "hn-p010"),
        ("hn-ev05", "hn-p011"),
    ]


@pytest.mark.parametrize(
    ("code", "when"),
    [
        ("hn-ev02", "năm 2023"),
        ("hn-ev01", "từ 09/04/2024"),
        ("hn-ev03", "26/04/2024 – 01/05/2024"),
    ],
)
def test_days_are_as_exact_as_the_source(real_data, code, when):
    assert Event.objects.get(code=code).when == when


def test_a_year_alone_is_no_day():
    assert loading.day("2023") is None
    assert loading.day("") is None
    assert loading.day("2023-09-28") == dt.date(2023, 9, 28)


def test_every_event_cites_its_sources(real_data):
    assert not Event.objects.filter(sources=None).exists()


def test_loading_again_changes_nothing(real_data):
    assert [(part.new, part.changed) for part in loading.load()] == [(0, 0), (0, 0)]
