"""Strengthening: officers write it down, it has happened, and a year's are countable."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from entities import permissions
from entities.actions import strengthening as actions
from entities.models import Entity, Strengthening
from foundation.trail.models import Entry
from tests.factories.entities import StrengtheningFactory
from tests.products.test_permissions import allowed

pytestmark = pytest.mark.django_db
SPRING = dt.date(2024, 4, 1)
FACTS = {"kind": "quality", "day": SPRING, "note": "Được cấp chứng nhận VietGAP."}


def test_officers_of_the_area_write_it_down_the_producer_does_not(people, entity):
    assert allowed(people, permissions.may_record_strengthening, entity) == {
        "commune_officer",
        "district_officer",
        "province_officer",
        "department_officer",
    }


@pytest.mark.parametrize("name", ["producer", "other_district_officer", "manager"])
def test_nobody_else_does_any_deed(people, entity, name):
    fact = StrengtheningFactory(entity=entity)

    for deed in (
        lambda: actions.record_strengthening(entity, by=people[name], **FACTS),
        lambda: actions.correct_strengthening(fact, by=people[name], note="x"),
        lambda: actions.strike_strengthening(fact, by=people[name], note="x"),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_it_is_written_corrected_and_struck_out_with_a_trail(people, entity):
    by = people["commune_officer"]
    fact = actions.record_strengthening(entity, by=by, **FACTS)
    actions.correct_strengthening(fact, by=by, day=dt.date(2024, 4, 2))
    told = [entry.note for entry in Entry.objects.about(fact).order_by("pk")]
    actions.strike_strengthening(fact, by=by, note="Ghi nhầm.")

    assert fact.recorded_by == by
    assert told[1] == "ngày hoàn thành: 01/04/2024 → 02/04/2024"
    assert not Strengthening.objects.exists()
    assert "Ghi nhầm." in Entry.objects.about(entity).get().note


def test_a_correction_that_changes_nothing_leaves_no_entry(people, entity):
    by = people["commune_officer"]
    fact = actions.record_strengthening(entity, by=by, **FACTS)
    actions.correct_strengthening(fact, by=by, **FACTS)

    assert len(Entry.objects.about(fact)) == 1


def test_what_has_not_happened_yet_is_refused(people, entity):
    with pytest.raises(ValidationError, match="không được sau hôm nay"):
        actions.record_strengthening(
            entity, by=people["commune_officer"], **FACTS | {"day": dt.date(2024, 10, 16)}
        )


def test_the_same_on_the_same_day_is_refused(people, entity):
    actions.record_strengthening(entity, by=people["commune_officer"], **FACTS)

    with pytest.raises(ValidationError, match="đã được ghi"):
        actions.record_strengthening(entity, by=people["commune_officer"], **FACTS)


def test_producers_strengthened_in_a_year(commune):
    this, last = (
        StrengtheningFactory(entity__area=commune, day=day).entity for day in (SPRING, dt.date(2023, 12, 31))
    )
    StrengtheningFactory(entity=this, kind="training")

    year = Entity.objects.strengthened_between(dt.date(2024, 1, 1), dt.date(2024, 12, 31))
    assert list(year) == [this]
    assert last in Entity.objects.strengthened_between(dt.date(2023, 1, 1), dt.date(2023, 12, 31))
