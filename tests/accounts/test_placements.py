"""Assigning records of a unit that is no more: who may, what is refused, what is kept."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.actions.placements import place
from accounts.fields import AreaField
from accounts.models import Role
from accounts.permissions import may_place, may_see_placements
from foundation.areas.models import Area, AreaKind, Placement
from foundation.trail.models import Entry
from products.models import IdeaStatus
from tests.conftest import area, person
from tests.factories.areas import PlacementFactory
from tests.factories.entities import EntityFactory
from tests.factories.products import IdeaFactory, ProductFactory, StatedStandingFactory

pytestmark = pytest.mark.django_db
H1_2025, NOW = dt.date(2025, 2, 1), dt.date(2025, 8, 1)
WHY = {"reason": "Cơ sở ở tổ 3, nay thuộc phường Châu Cầu", "source": "Nghị quyết thử nghiệm ngày 01/12/2024"}


def unit(code, day, kind=AreaKind.COMMUNE):
    return Area.objects.on(day).with_parents().get(code=code, kind=kind)


@pytest.fixture
def vanished(law, settings):
    """Phường Lương Khánh Thiện of thành phố Phủ Lý, seen on 1 February 2025."""
    settings.DEMO_DAY = H1_2025
    return area("13288", AreaKind.COMMUNE)


@pytest.fixture
def chau_cau(law):
    """A ward of the same district, from 2025 on."""
    return unit("13294", H1_2025)


@pytest.fixture
def product(vanished):
    return ProductFactory(entity__area=vanished)


@pytest.fixture
def officer(law):
    """The district officer of Phủ Lý."""
    return person(Role.DISTRICT_OFFICER, area("347", AreaKind.DISTRICT))


@pytest.mark.parametrize(
    ("role", "code", "kind", "allowed"),
    [
        (Role.DISTRICT_OFFICER, "347", AreaKind.DISTRICT, True),
        (Role.PROVINCE_OFFICER, "35", AreaKind.PROVINCE, True),
        (Role.DISTRICT_OFFICER, "349", AreaKind.DISTRICT, False),
        (Role.COMMUNE_OFFICER, "13288", AreaKind.COMMUNE, False),
        (Role.DEPARTMENT_OFFICER, "35", AreaKind.PROVINCE, False),
        (Role.MANAGER, "347", AreaKind.DISTRICT, False),
    ],
)
def test_who_may_place(product, chau_cau, role, code, kind, allowed):
    user = person(role, area(code, kind))

    assert may_place(user, product) is allowed
    if not allowed:
        with pytest.raises(PermissionDenied):
            place([product], by=user, unit=chau_cau, **WHY)
        assert not Placement.objects.exists()


def test_an_administrator_may_and_a_producer_may_not(product):
    assert may_place(person(Role.ADMINISTRATOR), product)
    assert not may_place(person(Role.PRODUCER), product)


def test_the_old_district_officer_may_no_more_once_the_district_is_gone(settings, product, officer):
    settings.DEMO_DAY = NOW

    assert not may_place(officer, product)
    assert may_place(person(Role.PROVINCE_OFFICER, unit("37", NOW, AreaKind.PROVINCE)), product)


def test_a_placement_keeps_reason_source_and_an_entry_for_each_record(product, officer, chau_cau, vanished):
    idea = IdeaFactory(entity__area=vanished, status=IdeaStatus.SUBMITTED, submitted_on=dt.date(2024, 9, 1))

    place([product, idea], by=officer, unit=chau_cau, **WHY)

    assert Placement.objects.count() == 2
    for record in (product, idea):
        entry = Entry.objects.about(record).get()
        assert (entry.by, entry.old, entry.new) == (officer, "13288", "13294")
        assert WHY["reason"] in entry.note
        assert WHY["source"] in entry.note
        record.refresh_from_db()
        assert record.area == vanished
        assert record.place_today.unit == chau_cau
        assert record.place_today.placement.since == dt.date(2025, 1, 1)


@pytest.mark.parametrize(
    ("code", "day"),
    [("13366", NOW), ("13285", NOW), ("13345", H1_2025), ("13294", dt.date(2024, 10, 15))],
    ids=["another period", "a reused code", "another district", "before it was renamed"],
)
def test_a_unit_of_another_period_or_district_is_refused(product, officer, code, day):
    with pytest.raises(ValidationError, match="không phải đơn vị có thể nhận"):
        place([product], by=officer, unit=unit(code, day), **WHY)

    assert not Placement.objects.exists()
    assert not Entry.objects.about(product).exists()


def test_a_split_offers_its_stated_successors_and_no_other(law, settings):
    split = area("13357", AreaKind.COMMUNE)

    assert {str(found) for found in Area.objects.possible_after(split)} == {"Phường Duy Hà", "Phường Hà Nam"}


def test_a_withdrawn_unit_offers_the_communes_of_its_district_on_that_day(vanished):
    offered = Area.objects.possible_after(vanished)

    assert {found.parent.code for found in offered} == {"347"}
    assert all(found.lives_on(dt.date(2025, 1, 1)) for found in offered)
    assert vanished not in offered


def test_a_record_that_does_not_wait_is_refused(officer, chau_cau, vanished):
    settled = ProductFactory(entity__area=chau_cau)

    with pytest.raises(ValidationError, match="không chờ xác định"):
        place([settled], by=officer, unit=chau_cau, **WHY)


def test_all_or_none(product, officer, chau_cau, vanished):
    settled = ProductFactory(entity__area=chau_cau)

    with pytest.raises(ValidationError):
        place([product, settled], by=officer, unit=chau_cau, **WHY)

    assert not Placement.objects.exists()
    assert not Entry.objects.exists()


def test_a_mistake_is_corrected_by_a_later_placement_and_both_stay(product, officer, chau_cau):
    lam_ha = unit("13303", H1_2025)
    place([product], by=officer, unit=chau_cau, **WHY)

    with pytest.raises(ValidationError, match="đã được xác định thuộc"):
        place([product], by=officer, unit=chau_cau, **WHY)
    place([product], by=officer, unit=lam_ha, **WHY)

    assert product.place_today.unit == lam_ha
    assert Placement.objects.count() == 2


def test_a_placement_without_reason_or_source_is_refused_by_the_database(product, chau_cau):
    for empty in ("reason", "source"):
        with pytest.raises(IntegrityError), transaction.atomic():
            PlacementFactory(subject=product, left=product.area, unit=chau_cau, **{empty: ""})


# ---------------------------------------------------------------- pages


def go(client, user, name, *args, **query):
    client.force_login(user)
    return client.get(reverse(f"accounts:{name}", args=args), query)


def key(record):
    return f"{record._meta.model_name}:{record.code}"


def test_the_page_counts_what_waits_by_former_unit(client, officer, product, vanished):
    ProductFactory(entity__area=area("13306", AreaKind.COMMUNE))  # of a unit that lives on

    answer = go(client, officer, "waiting").content.decode()

    assert "Phường Lương Khánh Thiện" in answer
    assert "<strong>2</strong> bản ghi của 1 đơn vị cũ" in answer  # the product and its producer
    assert "Chờ xác định đơn vị" in answer


def test_control_before_the_reform_the_page_is_empty(client, settings, officer, product):
    settings.DEMO_DAY = dt.date(2024, 12, 31)

    assert "Không có bản ghi nào chờ xác định" in go(client, officer, "waiting").content.decode()


def test_another_districts_records_are_out_of_sight(client, product, vanished):
    other = person(Role.DISTRICT_OFFICER, area("349", AreaKind.DISTRICT))

    assert product.name not in go(client, other, "waiting").content.decode()
    assert go(client, other, "waiting_from", vanished.slug).status_code == 404
    assert go(client, other, "placement", vanished.slug, chon=key(product)).status_code == 404


@pytest.mark.parametrize("role", [Role.PRODUCER, Role.COMMUNE_OFFICER, Role.MANAGER, Role.COUNCIL_MEMBER])
def test_others_have_no_such_page(client, vanished, role):
    user = person(role, None if role == Role.PRODUCER else vanished.parent)

    assert not may_see_placements(user)
    assert go(client, user, "waiting").status_code == 403
    assert "cho-xac-dinh" not in client.get("/ban-lam-viec/").content.decode()


def test_a_draft_idea_stays_with_its_author(client, officer, vanished):
    draft = IdeaFactory(entity__area=vanished)

    answer = go(client, officer, "waiting_from", vanished.slug).content.decode()
    assert draft.name not in answer
    assert draft.entity.name in answer


def test_choose_rehearse_confirm(client, officer, product, chau_cau, vanished):
    client.force_login(officer)
    url = reverse("accounts:placement", args=[vanished.slug])
    chosen = {"chon": [key(product), key(product.entity)]}

    form = client.post(url, {**chosen, "buoc": "chon"}).content.decode()
    assert "Bước 1 trên 2" in form
    assert "Phường Châu Cầu" in form
    assert "Hãy chọn một mục" not in form

    facts = {**chosen, "unit": chau_cau.pk, **WHY}
    rehearsal = client.post(url, {**facts, "buoc": "xem"}).content.decode()
    assert "chưa có gì được ghi" in rehearsal
    assert rehearsal.count("Phường Lương Khánh Thiện, Thành phố Phủ Lý") == 2
    assert not Placement.objects.exists()

    assert "Bước 1 trên 2" in client.post(url, {**facts, "buoc": "sua"}).content.decode()
    answer = client.post(url, {**facts, "buoc": "xac-nhan"}, follow=True)
    assert "Đã xác định đơn vị cho 2 bản ghi." in answer.content.decode()
    assert answer.content.decode().count("· Phường Châu Cầu") == 2
    assert "Đơn vị cũ không còn bản ghi chờ" in go(client, officer, "waiting").content.decode()
    assert product.place_today.unit == product.entity.place_today.unit == chau_cau

    gone = client.post(url, {**facts, "buoc": "xac-nhan"})
    assert "đã được xác định thuộc" in gone.content.decode()
    assert Placement.objects.count() == 2


def test_control_without_confirmation_nothing_is_written(client, officer, product, chau_cau, vanished):
    client.force_login(officer)
    url = reverse("accounts:placement", args=[vanished.slug])
    for step in ("", "chon", "xem", "sua", "gì đó"):
        client.post(url, {"chon": key(product), "unit": chau_cau.pk, **WHY, "buoc": step})

    assert not Placement.objects.exists()


def test_a_form_without_records_leads_back_in_words(client, officer, vanished):
    client.force_login(officer)
    url = reverse("accounts:placement", args=[vanished.slug])

    for chosen in ([], ["product:khong-co"], ["user:1"], ["product"], [":"]):
        answer = client.post(url, {"chon": chosen, "buoc": "chon"}, follow=True).content.decode()
        assert "Chưa chọn bản ghi nào" in answer


def test_a_unit_of_another_period_is_refused_by_the_form_in_words(client, officer, product, vanished):
    client.force_login(officer)
    url = reverse("accounts:placement", args=[vanished.slug])
    ward = unit("13366", NOW)

    answer = client.post(
        url, {"chon": key(product), "unit": ward.pk, **WHY, "buoc": "xac-nhan"}
    ).content.decode()

    assert "Phường Hà Nam chỉ tồn tại từ 01/07/2025. Hãy chọn đơn vị tồn tại vào ngày 01/01/2025." in answer
    assert WHY["reason"] in answer
    assert not Placement.objects.exists()


def test_the_pages_cost_the_same_for_one_record_and_for_many(
    client, officer, vanished, django_assert_max_num_queries
):
    for count in (1, 12):
        ProductFactory.create_batch(count, entity__area=vanished)
        for name, args in (("waiting", ()), ("waiting_from", (vanished.slug,))):
            go(client, officer, name, *args)
            with django_assert_max_num_queries(19):
                assert client.get(reverse(f"accounts:{name}", args=args)).status_code == 200


def test_the_public_page_says_where_the_product_is_today(client, product, chau_cau):
    StatedStandingFactory(product=product)
    assert "Chờ xác định đơn vị." in client.get(product.get_absolute_url()).content.decode()

    PlacementFactory(subject=product, left=product.area, unit=chau_cau, source="Biên bản số 7")

    answer = client.get(product.get_absolute_url()).content.decode()
    assert "Phường Lương Khánh Thiện, Thành phố Phủ Lý, Tỉnh Hà Nam" in answer
    assert "Nay thuộc Phường Châu Cầu, Thành phố Phủ Lý, Tỉnh Hà Nam." in answer
    assert "nguồn: Biên bản số 7" in answer


def test_control_the_page_of_a_product_that_did_not_move_says_nothing(client, law):
    product = ProductFactory(entity__area=area("13306", AreaKind.COMMUNE))
    StatedStandingFactory(product=product)

    assert "Nay thuộc" not in client.get(product.get_absolute_url()).content.decode()


# ---------------------------------------------------------------- the picker


@pytest.mark.parametrize("typed", ["tan hiep", "Tân Hiệp", "HIEP tan", "13366", "  tân   hiep "])
def test_a_unit_is_found_without_accents(client, officer, vanished, typed):
    answer = go(client, officer, "area_search", q=typed, ngay="2025-02-01").content.decode()

    assert "Phường Tân Hiệp" in answer
    assert "Thành phố Phủ Lý, Tỉnh Hà Nam" in answer
    assert "từ 01/01/2025 đến 30/06/2025" in answer


@pytest.mark.parametrize(
    ("day", "named"),
    [("2024-10-15", "Xã Tiên Tân"), ("2025-02-01", "Phường Tân Hiệp"), ("2025-08-01", "Phường Hà Nam")],
)
def test_a_reused_code_finds_the_unit_of_the_day(client, officer, day, named):
    answer = go(client, officer, "area_search", q="13366", ngay=day).content.decode()

    assert answer.count('role="option"') == 1
    assert named in answer


@pytest.mark.parametrize(
    "query", [{"q": "%_'\"\\"}, {"ngay": "2025-13-45"}, {"ngay": "x"}, {"trong": ["9" * 40]}, {}]
)
def test_strange_searches_are_answered(client, officer, query):
    assert go(client, officer, "area_search", **query).status_code == 200


def test_a_search_keeps_to_the_offered_units(client, officer, chau_cau):
    answer = go(client, officer, "area_search", q="", ngay="2025-02-01", trong=[chau_cau.pk]).content.decode()

    assert answer.count('role="option"') == 1


def test_strangers_search_too_for_they_choose_their_commune_when_they_sign_up(client, chau_cau):
    answer = client.get(reverse("accounts:area_search"), {"q": "chau cau", "ngay": "2025-02-01"})

    assert answer.status_code == 200
    assert chau_cau.name in answer.content.decode()


def test_a_field_without_a_day_of_its_own_leaves_today_to_the_search(law):
    field = AreaField(Area.objects.communes())

    assert "data-day" not in field.widget.attrs
    assert AreaField(Area.objects.communes(), day=H1_2025).widget.attrs["data-day"] == "2025-02-01"


def test_an_idea_in_a_unit_of_another_period_is_refused_in_words(client, law):
    entity = EntityFactory(area=area("13345", AreaKind.COMMUNE))
    user = person(Role.COMMUNE_OFFICER, entity.area)
    client.force_login(user)

    answer = client.post("/y-tuong/moi/", {"entity": entity.pk, "area": unit("13324", NOW).pk})

    assert "Phường Duy Tiên chỉ tồn tại từ 01/07/2025" in answer.content.decode()


def test_the_field_refuses_what_is_no_unit(law):
    field = AreaField(Area.objects.communes())

    for typed in ("x", "0", "9" * 30, "-1"):
        with pytest.raises(ValidationError):
            field.clean(typed)
