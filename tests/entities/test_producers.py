"""Producers: tax codes, places, facts, status by status, who may; pages and the list."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from entities import kinds, taxcodes
from entities.actions import producers as actions
from entities.forms.producers import ProducerForm
from entities.models import Entity, EntityKind, EntityStatus, Spell
from entities.models.selections import taken_part
from foundation.areas import maps
from foundation.trail.models import Entry
from foundation.trail.moves import IllegalMove
from tests.entities.photos import photo
from tests.factories.entities import EntityFactory, MembershipFactory, SpellFactory
from tests.factories.products import DossierFactory, ProductFactory

pytestmark = pytest.mark.django_db
CODE = "0100109106"  # a real shape with a right digit; of no producer here
DAY = dt.date(2024, 10, 15)


# ---------------------------------------------------------------- tax codes


@given(st.text(alphabet="0123456789", min_size=9, max_size=9), st.integers(1, 9))
def test_one_wrong_digit_at_the_end_is_found(nine, more):
    digit = taxcodes.check_digit(nine)
    if digit == 10:
        digits = range(10)
    else:
        assert taxcodes.clean(f"{nine}{digit}") == f"{nine}{digit}"
        assert taxcodes.clean(f"{nine}{digit}-001") == f"{nine}{digit}-001"
        digits = [(digit + more) % 10]
    for wrong in digits:
        with pytest.raises(taxcodes.WrongTaxCode, match="chữ số kiểm tra"):
            taxcodes.clean(f"{nine}{wrong}")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0100109106", CODE), (" 010 010 9106 ", CODE), ("0100109106001", f"{CODE}-001"), ("", "")],
)
def test_tax_codes_are_kept_in_one_form(typed, kept):
    assert taxcodes.clean(typed) == kept


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("035123456789", "định danh cá nhân"),
        ("010010910", "10 chữ số"),
        ("0100109106-1", "10 chữ số"),
        ("abc", "10 chữ số"),
        ("٠١٠٠١٠٩١٠٦", "10 chữ số"),
    ],
)
def test_personal_numbers_and_other_shapes_are_refused_in_words(typed, said):
    with pytest.raises(taxcodes.WrongTaxCode, match=said):
        taxcodes.clean(typed)


def test_two_producers_with_one_checked_tax_code_are_refused(commune, other_commune):
    EntityFactory(area=commune, tax_code=CODE)
    with pytest.raises(IntegrityError), transaction.atomic():
        EntityFactory(area=other_commune, tax_code=CODE)


def test_a_code_that_only_the_producer_typed_collides_with_nothing(commune, other_commune):
    EntityFactory(area=commune, tax_code=CODE)
    EntityFactory(area=other_commune, tax_code=CODE, tax_code_checked=False)


# ---------------------------------------------------------------- facts


def facts(people, **more):
    area = more.pop("area")
    return {"name": "Hộ Mới", "kind": "household", "area": area.pk, **more}


def form_for(people, commune, **more):
    return ProducerForm(facts(people, area=commune, **more), user=people["commune_officer"])


@pytest.mark.parametrize(
    ("point", "said"),
    [
        ({"latitude": "20.55"}, "đi cùng nhau"),
        ({"longitude": "105.95"}, "đi cùng nhau"),
        ({"latitude": "10.77", "longitude": "106.7"}, "ngoài tỉnh"),
        ({"latitude": "105.95", "longitude": "20.55"}, "ngoài tỉnh"),
    ],
)
def test_a_point_is_two_numbers_inside_the_province(people, commune, point, said):
    form = form_for(people, commune, **point)
    assert not form.is_valid()
    assert said in str(form.errors)


def test_a_point_in_the_province_is_taken(people, commune):
    form = form_for(people, commune, latitude="20.55", longitude="105.95")
    assert form.is_valid(), form.errors


def test_half_a_point_is_refused_by_the_database_too(commune):
    with pytest.raises(IntegrityError), transaction.atomic():
        EntityFactory(area=commune, latitude="20.55")


def test_the_frame_of_the_map_leads_there_and_back():
    frame = maps.frame()
    x, y = frame.place(105.95, 20.55)
    assert (frame.left + x / frame.across, frame.top - y / frame.down) == pytest.approx((105.95, 20.55))


def test_an_officer_enters_inside_the_area_only(people, commune, other_commune):
    officer = people["commune_officer"]
    entity = actions.enter_producer(by=officer, area=commune, name="Hộ Mới", kind="household")

    assert (entity.status, entity.spells.get().status) == (EntityStatus.CANDIDATE, EntityStatus.CANDIDATE)
    with pytest.raises(PermissionDenied):
        actions.enter_producer(by=officer, area=other_commune, name="Hộ Khác", kind="household")


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("producer", True), ("other_producer", False), ("commune_officer", True), ("district_officer", True),
        ("other_district_officer", False), ("province_officer", True), ("department_officer", False),
        ("manager", False), ("nobody", False),
    ],
)  # fmt: skip
def test_who_edits_a_producer(people, entity, who, may):
    if may:
        actions.revise_producer(entity, by=people[who], phone="0912345678")
        assert Entity.objects.get(pk=entity.pk).phone == "0912345678"
    else:
        with pytest.raises(PermissionDenied):
            actions.revise_producer(entity, by=people[who], phone="0912345678")


def test_a_producers_own_tax_code_waits_for_an_officer_and_tells_nothing(people, entity, other_commune):
    """T57: the code of a producer in another district is taken like any other."""
    EntityFactory(area=other_commune, tax_code=CODE)
    actions.revise_producer(entity, by=people["producer"], tax_code=CODE)
    entity.refresh_from_db()
    assert (entity.tax_code, entity.tax_code_checked) == (CODE, False)
    with pytest.raises(ValidationError, match="đã được ghi cho một chủ thể khác"):
        actions.revise_producer(entity, by=people["commune_officer"], tax_code=CODE)


def test_control_t57_without_the_mark_the_code_would_answer(entity, other_commune):
    EntityFactory(area=other_commune, tax_code=CODE)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entity.objects.filter(pk=entity.pk).update(tax_code=CODE, tax_code_checked=True)


def test_a_photo_loses_its_place_and_a_text_is_no_photo(client, people, entity, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(people["producer"])
    url = reverse("entities:producer_photo_new", args=[entity.code])
    client.post(url, {"image": photo(), "caption": "Xưởng", "place": 1})
    raw = entity.photos.get().image.read()
    assert raw[:2] == b"\xff\xd8"
    assert b"GPS" not in raw
    assert b"Exif" not in raw


def test_figures_of_a_year_stand_once(people, entity):
    actions.keep_year(entity, by=people["producer"], year=2023, revenue=100, profit=-5, workers=3)
    actions.keep_year(entity, by=people["producer"], year=2023, revenue=120, profit=5, workers=3)
    assert entity.years.get().revenue == 120
    with pytest.raises(ValidationError, match="âm"):
        actions.keep_year(entity, by=people["producer"], year=2022, revenue=-1, profit=None, workers=None)


def test_associations_are_for_tourism_alone():
    for regime in ("qd148-2023", "qd26-2026"):
        assert kinds.admits(regime, EntityKind.ASSOCIATION, "VI")
        assert not kinds.admits(regime, EntityKind.ASSOCIATION, "I")
        assert kinds.admits(regime, EntityKind.COOPERATIVE, "I")


def test_what_did_not_change_leaves_no_entry(people, entity):
    figures = {"year": 2023, "revenue": 100, "profit": 5, "workers": 3}
    for _ in range(2):
        actions.keep_year(entity, by=people["producer"], **figures)
        actions.revise_producer(entity, by=people["producer"], note="Nghề cũ")

    acts = sorted(entry.act for entry in Entry.objects.about(entity))
    assert acts == ["Ghi số liệu năm 2023", "Sửa chủ thể"]


def test_a_new_logo_takes_the_place_of_the_old_one(people, entity, django_capture_on_commit_callbacks):
    names = []
    for colour in ("teal", "navy"):
        with django_capture_on_commit_callbacks(execute=True):
            entity = actions.revise_producer(entity, by=people["producer"], logo=photo(colour))
        names.append(entity.logo.name)

    assert [entity.logo.storage.exists(name) for name in names] == [False, True]
    assert {entry.note for entry in Entry.objects.about(entity)} == {"thay biểu trưng"}


def test_a_producer_moves_only_inside_the_area_of_the_officer_who_moves_it(
    people, entity, commune, other_commune
):
    with pytest.raises(PermissionDenied):
        actions.revise_producer(
            entity, by=people["district_officer"], area=EntityFactory(area=other_commune).area
        )
    with pytest.raises(PermissionDenied):
        actions.revise_producer(entity, by=people["producer"], area=other_commune)
    entity.refresh_from_db()
    assert entity.area == commune
    actions.revise_producer(entity, by=people["province_officer"], area=other_commune)
    entity.refresh_from_db()
    assert entity.area == other_commune


# ---------------------------------------------------------------- status by status


def test_a_producer_comes_pauses_and_leaves_and_every_day_knows(people, entity):
    officer, day = people["commune_officer"], dt.date
    for status, since in (
        (EntityStatus.PARTICIPATING, day(2024, 2, 1)),
        (EntityStatus.PAUSED, day(2024, 5, 1)),
        (EntityStatus.PARTICIPATING, day(2024, 6, 1)),
        (EntityStatus.LEFT, day(2024, 9, 1)),
    ):
        actions.change_status(entity, by=officer, status=status, since=since, note="theo đơn")

    def there(on):
        return Entity.objects.participating_on(on).filter(pk=entity.pk).exists()

    days = [day(2024, 1, 31), day(2024, 2, 1), day(2024, 4, 30), day(2024, 5, 1), day(2024, 6, 1)]
    assert [there(on) for on in [*days, day(2024, 8, 31), day(2024, 9, 1)]] == [
        False, True, True, False, True, True, False,
    ]  # fmt: skip


def test_moves_that_the_table_lacks_are_refused(people, entity):
    with pytest.raises(IllegalMove):
        actions.change_status(
            entity, by=people["commune_officer"], status=EntityStatus.PAUSED, since=DAY, note="x"
        )
    assert not Spell.objects.filter(entity=entity).exists()  # whole or nothing


def test_a_status_cannot_begin_before_the_one_it_ends(people, entity):
    officer = people["commune_officer"]
    actions.change_status(entity, by=officer, status="participating", since=dt.date(2024, 5, 1))
    with pytest.raises(ValidationError, match="không sớm hơn"):
        actions.change_status(entity, by=officer, status="left", since=dt.date(2024, 4, 1))
    with pytest.raises(ValidationError, match="sau hôm nay"):
        actions.change_status(entity, by=officer, status="left", since=dt.date(2999, 1, 1))


def test_a_candidate_may_have_taken_part_before_it_was_written_down_here(people, entity):
    SpellFactory(entity=entity, status="candidate", since=DAY, seen_on=DAY)
    since = dt.date(2024, 3, 1)
    actions.change_status(entity, by=people["commune_officer"], status="participating", since=since)

    assert Entity.objects.participating_on(since).filter(pk=entity.pk).exists()
    assert entity.spells.get(status="candidate").until == DAY


def test_an_unknown_start_counts_from_the_day_that_vouches_and_is_never_new(commune):
    entity = EntityFactory(area=commune, status="participating")
    SpellFactory(entity=entity, since=None, seen_on=dt.date(2024, 5, 28))

    assert not Entity.objects.participating_on(dt.date(2024, 5, 27)).exists()
    assert Entity.objects.participating_on(dt.date(2024, 5, 28)).exists()
    stays = [(first, last) for *_, first, last in Entity.objects.stays_until(DAY)]
    assert stays == [(dt.date.min, dt.date.min), (dt.date(2024, 5, 28), None)]


@pytest.mark.parametrize(
    ("spell", "stays"),
    [
        ((None, None, None, None, None), []),
        ((None, None, None, None, DAY), [(DAY, None)]),
        (("candidate", DAY, DAY, None, DAY), []),
        (("participating", DAY, DAY, dt.date(2024, 10, 20), None), [(DAY, dt.date(2024, 10, 19))]),
        (("participating", DAY, DAY, DAY, None), []),
        (("participating", None, dt.date(2024, 12, 1), None, DAY), [(DAY, None)]),
    ],
)
def test_what_one_spell_says(spell, stays):
    assert taken_part(*spell) == stays


def test_a_status_change_leaves_one_entry(people, entity):
    actions.change_status(entity, by=people["commune_officer"], status="participating", since=DAY)
    [entry] = [entry for entry in Entry.objects.about(entity) if entry.new == "participating"]
    assert entry.old == "candidate"


# ---------------------------------------------------------------- pages


@pytest.mark.parametrize("words", ["thu nghiem", "THỬ nghiệm", "Nghiệm"])
def test_the_list_is_searched_without_accents(client, people, entity, words):
    client.force_login(people["commune_officer"])
    text = client.get(reverse("entities:producers"), {"q": words}).content.decode()
    assert entity.name in text


def test_another_districts_producer_is_404(client, people, entity):
    client.force_login(people["other_district_officer"])
    names = ("producer", "producer_edit", "producer_status", "members", "producer_year", "producer_photo_new")
    for name in names:
        assert client.get(reverse(f"entities:{name}", args=[entity.code])).status_code == 404
    assert entity.name not in client.get(reverse("entities:producers")).content.decode()


@pytest.mark.parametrize("who", ["producer", "commune_officer", "province_officer", "manager"])
def test_the_record_page_opens(client, people, entity, who):
    client.force_login(people[who])
    text = client.get(reverse("entities:producer", args=[entity.code])).content.decode()
    assert entity.name in text
    assert ("Sửa chủ thể" in text) == (who != "manager")


@pytest.mark.parametrize("count", [1, 300])
def test_the_list_costs_the_same_for_one_and_for_many(
    client, people, commune, django_assert_num_queries, count
):
    EntityFactory.create_batch(count, area=commune)
    client.force_login(people["commune_officer"])
    client.get(reverse("entities:producers"))
    with django_assert_num_queries(7):
        client.get(reverse("entities:producers"))


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_the_list_is_exported_as_filtered(client, people, entity, commune, kind):
    other = EntityFactory(area=commune, name="Hộ Riêng", kind="household")
    client.force_login(people["district_officer"])
    response = client.get(reverse("entities:producers"), {"tep": kind, "loai": "household"})
    body = b"".join(response.streaming_content)
    if kind == "csv":
        assert other.name in body.decode()
        assert entity.name not in body.decode()
    else:
        assert body[:2] == b"PK"


def test_only_those_that_take_part_have_a_public_page(client, commune):
    candidate = EntityFactory(area=commune)
    known = EntityFactory(
        area=commune, status="participating", phone="0912345678", representative="Nguyễn Bí Mật"
    )
    assert client.get(reverse("entities:producer_public", args=[candidate.code])).status_code == 404
    text = client.get(reverse("entities:producer_public", args=[known.code])).content.decode()
    assert known.name in text
    assert "0912345678" not in text
    assert "Bí Mật" not in text


def test_an_editor_edits_but_looks_after_no_people(client, people, entity):
    editor = MembershipFactory(entity=entity, role="editor").user
    client.force_login(editor)
    assert client.get(reverse("entities:producer_edit", args=[entity.code])).status_code == 200
    assert client.get(reverse("entities:member_invite", args=[entity.code])).status_code == 403


def test_products_of_dossiers_that_were_not_sent_are_shown_to_the_producer_alone(client, people, entity):
    drafted = DossierFactory(product__entity=entity, product__name="Sản phẩm đang soạn").product
    sent = DossierFactory(product__entity=entity, status="submitted", submitted_on=DAY).product
    written_down = ProductFactory(entity=entity)

    def shown(name):
        client.force_login(people[name])
        return set(client.get(entity.get_absolute_url()).context["products"])

    assert shown("commune_officer") == shown("manager") == {sent, written_down}
    assert shown("producer") == {drafted, sent, written_down}


def test_figures_and_photos_are_taken_out_again(people, entity, django_capture_on_commit_callbacks):
    by = people["producer"]
    actions.keep_year(entity, by=by, year=2023, revenue=100, profit=5, workers=3)
    shown = actions.add_photo(entity, by=by, image=photo("teal"), caption="Xưởng")
    stored, storage = shown.image.name, shown.image.storage

    actions.strike_year(entity.years.get(), by=by)
    with django_capture_on_commit_callbacks(execute=True):
        actions.remove_photo(shown, by=by)

    assert (entity.years.count(), entity.photos.count(), storage.exists(stored)) == (0, 0, False)
    assert {"Bỏ số liệu năm 2023", "Bỏ ảnh chủ thể"} <= {row.act for row in Entry.objects.about(entity)}
