"""Units: what they contain, how they are named, what is offered for a choice."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from foundation.areas.models import Area, AreaKind, Relation, Succession
from tests.factories.areas import AreaFactory, SuccessionFactory

pytestmark = pytest.mark.django_db


def test_a_commune_is_named_with_everything_above_it(commune):
    assert commune.place == "Xã Chuyên Ngoại, Thị xã Duy Tiên, Tỉnh Hà Nam"


def test_a_unit_contains_itself_and_what_lies_below(commune, other_commune, province):
    assert province.contains(commune)
    assert commune.parent.contains(commune)
    assert commune.contains(commune)
    assert not commune.parent.contains(other_commune)
    assert not commune.contains(commune.parent)
    assert not commune.contains(None)


def test_within_reaches_two_steps_down(commune, province):
    assert Area.objects.within(province).filter(pk=commune.pk).exists()
    assert not Area.objects.within(commune.parent).filter(pk=province.pk).exists()
    assert set(Area.objects.within_any([commune.pk])) == {commune}


def test_a_commune_of_2025_has_no_district(law):
    ward = Area.objects.on(dt.date(2025, 8, 1)).get(code="13324")

    assert ward.part(AreaKind.DISTRICT) is None
    assert ward.part(AreaKind.PROVINCE).full_name == "Tỉnh Ninh Bình"


def test_places_are_the_smallest_unit_that_is_stated(law):
    place = Area.objects.places_on(dt.date(2024, 12, 31))

    assert place("13345", "349").full_name == "Xã Chuyên Ngoại"
    assert place("", "350").full_name == "Huyện Kim Bảng"
    assert place().full_name == "Tỉnh Hà Nam"
    with pytest.raises(KeyError):
        place("99999")


@pytest.mark.parametrize(
    ("day", "kim_bang"),
    [
        (dt.date(2024, 10, 15), "Huyện Kim Bảng"),
        (dt.date(2025, 2, 1), "Thị xã Kim Bảng"),
        (dt.date(2026, 1, 1), "Thị xã Kim Bảng"),
    ],
)
def test_districts_are_offered_by_code_as_they_are_or_last_were(law, day, kim_bang):
    found = {unit.code: unit.full_name for unit in Area.objects.districts_by_code(day)}

    assert list(found) == ["347", "349", "350", "351", "352", "353"]
    assert found["350"] == kim_bang


def test_a_code_may_not_mean_two_units_at_once(law):
    twin = AreaFactory(valid_from=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        AreaFactory(code=twin.code, valid_from=None)


def test_a_period_runs_forward():
    with pytest.raises(IntegrityError), transaction.atomic():
        AreaFactory(valid_from=dt.date(2025, 1, 2), valid_to=dt.date(2025, 1, 1))


def test_only_an_unknown_successor_may_be_left_out():
    step = SuccessionFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Succession.objects.filter(pk=step.pk).update(new=None)
    Succession.objects.filter(pk=step.pk).update(new=None, relation=Relation.WITHDRAWN)
