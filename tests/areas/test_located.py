"""Records through the reforms of 2025: found, waiting, assigned; never lost, never twice."""

import datetime as dt
from itertools import pairwise

import pytest
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entities.models import Entity
from foundation.areas.models import Area, AreaKind, Placement, Whereabouts
from products.models import Product
from tests.conftest import area
from tests.factories.areas import PlacementFactory
from tests.factories.entities import EntityFactory
from tests.factories.products import ProductFactory

pytestmark = pytest.mark.django_db
Y2024, H1_2025, NOW = dt.date(2024, 10, 15), dt.date(2025, 2, 1), dt.date(2025, 8, 1)
SAMPLED = settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
)


def unit(code, day, kind=AreaKind.COMMUNE):
    return Area.objects.on(day).with_parents().get(code=code, kind=kind)


def product_in(code, day=Y2024):
    return ProductFactory(entity__area=unit(code, day))


def found_in(place, day):
    return Product.objects.located_in([place.pk], day)


def test_a_product_of_tien_tan_is_found_under_each_of_its_successors(law):
    product = product_in("13366")

    names = [str(product.place_on(day).unit) for day in (Y2024, H1_2025, NOW, dt.date(2026, 5, 1))]
    assert names == ["Xã Tiên Tân", "Phường Tân Hiệp", "Phường Hà Nam", "Phường Hà Nam"]
    for day in (Y2024, H1_2025, NOW):
        assert list(found_in(unit("13366", day), day)) == [product]
    product.refresh_from_db()
    assert str(product.area) == "Xã Tiên Tân"


def test_control_the_unit_tree_alone_loses_that_product(law):
    product_in("13366")
    ward = unit("13366", NOW)

    naive = Product.objects.filter(area__in=Area.objects.within_any([ward.pk]))
    assert not naive.exists()
    assert found_in(ward, NOW).exists()


@pytest.mark.parametrize(
    ("code", "written", "day", "waits_at", "left"),
    [
        ("13288", Y2024, H1_2025, "Thành phố Phủ Lý", "Phường Lương Khánh Thiện"),
        ("13288", Y2024, NOW, "Tỉnh Ninh Bình", "Phường Lương Khánh Thiện"),
        ("13285", Y2024, NOW, "Tỉnh Ninh Bình", "Phường Quang Trung"),
        ("13357", Y2024, NOW, "Tỉnh Ninh Bình", "Phường Hoàng Đông"),
        ("13399", Y2024, H1_2025, "Thị xã Kim Bảng", "Xã Nhật Tựu"),
    ],
)
def test_records_of_a_withdrawn_or_split_unit_wait_at_the_unit_above(law, code, written, day, waits_at, left):
    product = product_in(code, written)

    place = product.place_on(day)
    assert (place.is_pending, str(place.unit), str(place.left)) == (True, waits_at, left)
    assert list(Product.objects.pending_on(day)) == [product]
    assert list(Product.objects.pending_from(place.left, day)) == [product]
    assert list(found_in(place.unit, day)) == [product]
    assert not Product.objects.located_in(place.unit.children.all().values("pk"), day).exists()


def test_nothing_waits_before_the_reform(law):
    product = product_in("13288")

    assert not product.place_on(dt.date(2024, 12, 31)).is_pending
    assert not Product.objects.pending_on(dt.date(2024, 12, 31)).exists()


def test_a_placement_decides_from_the_day_of_change_and_then_follows_its_unit(law):
    product, sibling = product_in("13288"), product_in("13288")
    old, chau_cau = product.area, unit("13294", H1_2025)
    PlacementFactory(subject=product, left=old, unit=chau_cau)

    assert product.place_on(dt.date(2024, 12, 31)).unit == old
    assert [str(product.place_on(day).unit) for day in (H1_2025, NOW)] == ["Phường Châu Cầu", "Phường Phủ Lý"]
    assert list(found_in(chau_cau, H1_2025)) == [product]
    assert list(found_in(unit("13285", NOW), NOW)) == [product]
    assert list(Product.objects.pending_on(NOW)) == [sibling]
    product.refresh_from_db()
    assert product.area == old


def test_a_placement_into_a_unit_that_is_split_later_waits_again(law):
    product = product_in("13288")
    PlacementFactory(subject=product, left=product.area, unit=unit("13285", H1_2025))

    assert not product.place_on(H1_2025).is_pending
    place = product.place_on(NOW)
    assert (place.is_pending, str(place.left)) == (True, "Phường Quang Trung")
    assert list(Product.objects.pending_on(NOW)) == [product]
    assert Product.objects.count_pending(NOW) == {place.left.pk: 1}


def test_the_later_placement_holds(law):
    product = product_in("13288")
    first, second = unit("13294", H1_2025), unit("13303", H1_2025)
    for chosen in (first, second):
        PlacementFactory(subject=product, left=product.area, unit=chosen)

    assert product.place_on(H1_2025).unit == second
    assert not found_in(first, H1_2025).exists()
    assert list(found_in(second, H1_2025)) == [product]


def test_a_placement_is_of_one_record_and_one_kind(law):
    product = product_in("13288")
    twin = EntityFactory(pk=product.pk + 1_000_000, area=product.area)
    other = ProductFactory(pk=twin.pk, entity=twin)
    PlacementFactory(subject=other, left=product.area, unit=unit("13294", H1_2025))

    assert set(Product.objects.pending_on(H1_2025)) == {product}
    assert twin in Entity.objects.pending_on(H1_2025)


def test_the_officer_of_the_new_unit_sees_what_went_wholly_into_it_and_not_what_waits(law):
    whole, waiting = product_in("13366"), product_in("13357")
    ward = unit("13366", NOW)

    assert list(Product.objects.read_by([ward.pk], NOW)) == [whole]
    assert list(Product.objects.read_by([ward.parent.pk], NOW).order_by("pk")) == [whole, waiting]


def test_an_officer_of_a_merged_commune_reads_its_history_and_nothing_else_of_the_new_unit(law):
    own, neighbour = product_in("13345"), product_in("13351")  # both go whole into Phường Duy Tiên
    later = product_in("13324", NOW)
    old, new = own.area, unit("13324", NOW)

    assert list(Product.objects.read_by([old.pk], NOW)) == [own]
    assert not Product.objects.located_in([old.pk], NOW).exists()
    assert set(Product.objects.read_by([new.pk], NOW)) == {own, neighbour, later}


def test_control_following_the_officers_unit_forward_would_leak(law):
    own, neighbour = product_in("13345"), product_in("13351")
    heirs = Area.objects.successors_of(own.area)

    naive = Product.objects.located_in(heirs.values("pk"), NOW)
    assert neighbour in naive
    assert neighbour not in Product.objects.read_by([own.area_id], NOW)


def test_a_renamed_unit_is_the_same_office_in_both_directions(law):
    old, new = unit("350", Y2024, AreaKind.DISTRICT), unit("350", H1_2025, AreaKind.DISTRICT)
    product = product_in("13387")

    assert set(Area.objects.same_as([old.pk])) == set(Area.objects.same_as([new.pk])) == {old, new}
    for office in (old, new):
        assert list(Product.objects.located_in([office.pk], H1_2025)) == [product]
        assert list(Product.objects.read_by([office.pk], NOW)) == [product]


def test_a_district_reads_its_history_after_it_is_gone(law):
    district = area("349", AreaKind.DISTRICT)
    inside, outside = product_in("13345"), product_in("13306")

    found = Product.objects.read_by([district.pk], NOW)
    assert inside in found
    assert outside not in found
    assert not Product.objects.located_in([district.pk], NOW).exists()


def test_nobody_without_a_unit_finds_anything(law):
    product_in("13366")

    assert not Product.objects.located_in([], NOW).exists()
    assert not Product.objects.read_by([], NOW).exists()


def test_a_record_whose_place_no_source_states_is_nowhere(law):
    product = ProductFactory(entity=None, area=None)

    assert product.place_today.unit is None
    assert not product.place_today.is_pending


def test_conditions_use_the_index_of_the_unit_inside_or(law):
    from_units = Product.objects.located_in([unit("13366", NOW).pk], NOW)

    assert "ANY(ARRAY(" in str(from_units.query)
    assert "JOIN" not in str(from_units.filter(Q()).query).split("WHERE", 1)[0]


def test_a_living_units_records_cost_no_query(law, django_assert_num_queries):
    product = Product.objects.for_list().get(pk=product_in("13366").pk)

    with django_assert_num_queries(0):
        product.place_on(Y2024)


# ---------------------------------------------------------------- over the whole map and every date

days = st.dates(dt.date(2024, 1, 1), dt.date(2027, 1, 1)) | st.sampled_from(
    [dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(2025, 6, 30), dt.date(2025, 7, 1)]
)


@pytest.fixture
def everywhere(law):
    """One producer in every unit of 2024, one in each district and in the province included."""
    units = Area.objects.on(Y2024)
    return [EntityFactory(area=place) for place in units]


def check(total, day):
    """Every record is in exactly one place; those of no commune's are waiting or were never of a commune."""
    places = Area.objects.on(day)
    located = [list(Entity.objects.located_in([place.pk], day)) for place in places.communes()]
    by_commune = [row for rows in located for row in rows]
    pending = list(Entity.objects.pending_on(day))
    above = [row for row in Entity.objects.for_list() if row.place_on(day).unit.kind != AreaKind.COMMUNE]
    assert len(by_commune) == len(set(by_commune))
    assert not set(by_commune) & set(pending)
    assert len(by_commune) + len(above) == total
    assert {row for row in above if row.place_on(day).is_pending} == set(pending)
    assert sum(Entity.objects.count_pending(day).values()) == len(pending)
    province = places.provinces().get()
    assert Entity.objects.located_in([province.pk], day).count() == total


@SAMPLED
@given(day=days)
def test_known_and_waiting_make_the_old_total_on_every_date(everywhere, day):
    check(len(everywhere), day)


@SAMPLED
@given(data=st.data())
def test_also_after_any_placements(everywhere, data):
    place_at_random(everywhere, data)


@pytest.mark.drill
@settings(SAMPLED, max_examples=100)
@given(data=st.data())
def test_also_after_many_more_placements(everywhere, data):
    place_at_random(everywhere, data)


def place_at_random(everywhere, data):
    """Some of what waits on some days is assigned; then the sum is drawn on any day."""
    Placement.objects.all().delete()
    for _ in range(data.draw(st.integers(1, 6))):
        day = data.draw(days)
        waiting = [row for row in Entity.objects.pending_on(day).order_by("pk")]
        if waiting:
            row = data.draw(st.sampled_from(waiting))
            left = row.place_on(day).left
            chosen = data.draw(st.sampled_from(list(Area.objects.possible_after(left))))
            PlacementFactory(subject=row, left=left, unit=chosen)
    check(len(everywhere), data.draw(days))


def test_every_day_of_every_unit_lies_in_exactly_one_stay(law):
    for origin in Area.objects.prefetch_related("stays"):
        stays = sorted(origin.stays.all(), key=lambda stay: stay.first or dt.date.min)
        assert stays[0].place_id == origin.pk
        assert stays[0].first == origin.valid_from
        assert stays[-1].last is None
        for before, after in pairwise(stays):
            assert after.first == before.last + dt.timedelta(days=1)


def test_control_a_unit_without_whereabouts_would_be_missed(everywhere):
    Whereabouts.objects.filter(origin=everywhere[-1].area).delete()

    with pytest.raises(AssertionError):
        check(len(everywhere), NOW)
