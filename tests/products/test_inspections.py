"""Inspections after recognition: public, mended, written down by officers of the place."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import Notice
from products import actions
from products.models import Inspection
from tests.factories.certificates import rated
from tests.products.test_certificate_life import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(people):
    return people["district_officer"]


@pytest.fixture
def rating(entity):
    return rated(entity)


def inspected(rating, by, **facts):
    given = {"day": DAY, "inspector": "Đoàn kiểm tra", "result": "mend", "findings": "Thiếu nhãn",
             "to_mend": "Dán nhãn", "mend_until": dt.date(2024, 11, 1)}  # fmt: skip
    return actions.record_inspection(rating.product, by=by, **given | facts)


def test_an_inspection_is_public_and_mended(rating, officer, people, client):
    row = inspected(rating, officer)

    text = client.get(rating.product.get_absolute_url()).content.decode()
    for word in ("Thiếu nhãn", "Dán nhãn", "01/11/2024"):
        assert word in text
    assert officer.full_name not in text
    assert not row.is_overdue
    with pytest.raises(ValidationError, match="Ngày khắc phục"):
        actions.record_mending(row, by=officer, mended_on=dt.date(2024, 10, 16), mended_how="Xong")
    actions.record_mending(row, by=officer, mended_on=DAY, mended_how="Đã dán")
    assert Inspection.objects.get().tone == "good"
    with pytest.raises(ValidationError, match="không còn việc"):
        actions.record_mending(row, by=officer, mended_on=DAY, mended_how="Đã dán")
    assert Notice.objects.filter(kind="rating_inspected", person=people["producer"]).count() == 1


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"day": dt.date(2024, 10, 16)}, "sau hôm nay"),
        ({"day": dt.date(2024, 9, 1)}, "không có hạng sao"),
        ({"mend_until": None}, "Phải khắc phục"),
        ({"result": "good"}, "Phải khắc phục"),
    ],
)
def test_an_inspection_that_cannot_be(rating, officer, facts, sentence):
    with pytest.raises(ValidationError, match=sentence):
        inspected(rating, officer, **facts)


def test_officers_of_the_place_inspect(rating, people):
    with pytest.raises(PermissionDenied):
        inspected(rating, people["other_district_officer"])
    row = inspected(rating, people["commune_officer"], result="good", to_mend="", mend_until=None)
    assert row.tone == "good"
