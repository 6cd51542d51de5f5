"""Real producers and villages as the files state them."""

from collections import Counter

import pytest

from entities import loading
from entities.models import CraftVillage, Entity, EntityKind

pytestmark = pytest.mark.django_db


def test_producers_with_their_kinds(real_data):
    kinds = Counter(Entity.objects.values_list("kind", flat=True))

    assert kinds == {
        EntityKind.SME: 5,
        EntityKind.COOPERATIVE: 10,
        EntityKind.HOUSEHOLD: 2,
        EntityKind.ASSOCIATION: 1,
        EntityKind.UNKNOWN: 4,
    }


@pytest.mark.parametrize(
    ("code", "place"),
    [
        ("hn-e01", "Phường Hoàng Đông"),  # a commune
        ("hn-e05", "Thị xã Duy Tiên"),  # only a district
        ("hn-e09", "Tỉnh Hà Nam"),  # neither
    ],
)
def test_a_producer_stands_in_the_smallest_unit_that_is_stated(real_data, code, place):
    assert Entity.objects.get(code=code).area.full_name == place


def test_a_producer_named_without_ocop_says_so(real_data):
    assert Entity.objects.get(code="hn-e19").note.startswith("Nguồn không nêu việc tham gia OCOP.")
    assert Entity.objects.get(code="hn-e05").note == ""


def test_villages_keep_unknown_facts_empty(real_data):
    silk, pancake = (CraftVillage.objects.get(code=code) for code in ("hn-v02", "hn-v09"))

    assert CraftVillage.objects.count() == 12
    assert (silk.stated_products, f"{silk.stated_on:%d/%m/%Y}") == (9, "31/12/2024")
    assert (pancake.kind, pancake.recognised_year, pancake.stated_products, pancake.stated_on) == (
        "",
        None,
        None,
        None,
    )


def test_everything_cites_its_sources(real_data):
    assert not Entity.objects.filter(sources=None).exists()
    assert not CraftVillage.objects.filter(sources=None).exists()


def test_loading_again_changes_nothing(real_data):
    assert [(part.new, part.changed) for part in loading.load()] == [(0, 0), (0, 0)]


def test_a_note_becomes_a_sentence():
    assert loading.sentence("xã không nêu") == "Xã không nêu."
    assert loading.sentence("") == ""
