"""Two records of one producer: finding them, and making them one, wholly or not at all."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from entities import merge_parts
from entities.actions.merging import merge
from entities.actions.producers import revise_producer
from entities.models import Entity, EntityStatus
from foundation.trail.models import Entry
from tests.factories.entities import (
    EntityFactory,
    EntityInvitationFactory,
    EntityPhotoFactory,
    MembershipFactory,
    SalesChannelFactory,
    SpellFactory,
    StrengtheningFactory,
    YearFiguresFactory,
)
from tests.factories.products import IdeaFactory, ProductFactory

pytestmark = pytest.mark.django_db
WHY = "cùng một hộ, ghi hai lần"
# What refers to a producer and is moved by some part, or stays on purpose.
MOVED = {
    "memberships", "channels", "visits", "strengthenings", "grants", "photos", "years", "ticks", "ideas",
    "products", "merged", "signup", "potentials",
}  # fmt: skip
STAYS = {"spells", "invitations"}


@pytest.fixture
def twins(commune, people):
    """Two records; the first has something of everything."""
    entity, into = (
        EntityFactory(area=commune, name="Hộ Trà Một"),
        EntityFactory(area=commune, name="Hộ Trà 1"),
    )
    author = MembershipFactory(entity=entity).user
    IdeaFactory(entity=entity, created_by=author, name="Trà một")
    ProductFactory(entity=entity, area=commune)
    SalesChannelFactory(entity=entity)
    StrengtheningFactory(entity=entity)
    EntityPhotoFactory(entity=entity)
    YearFiguresFactory(entity=entity)
    SpellFactory(entity=entity)
    EntityInvitationFactory(entity=entity)
    return entity, into


def held(entity):
    """How many records hang on a producer, by name."""
    names = ("memberships", "ideas", "products", "channels", "strengthenings", "photos", "years")
    return [getattr(entity, name).count() for name in names]


def test_everything_moves_and_both_histories_stay(people, twins):
    entity, into = twins
    revise_producer(entity, by=people["commune_officer"], phone="0912345678")
    merge(entity, by=people["commune_officer"], into=into, reason=WHY)
    entity.refresh_from_db()

    assert held(entity) == [0] * 7
    assert held(into) == [1] * 7
    assert (entity.status, entity.merged_into) == (EntityStatus.MERGED, into)
    assert "Sửa chủ thể" in [entry.act for entry in Entry.objects.about(entity)]
    for record in (entity, into):
        assert [entry for entry in Entry.objects.about(record) if WHY in entry.detail.note]
    assert entity.invitations.get().status == "withdrawn"


def test_the_merged_page_reads_and_points_on(client, people, twins):
    entity, into = twins
    merge(entity, by=people["commune_officer"], into=into, reason=WHY)
    client.force_login(people["commune_officer"])
    text = client.get(reverse("entities:producer", args=[entity.code])).content.decode()
    assert "Hồ sơ này đã gộp" in text
    assert reverse("entities:producer", args=[into.code]) in text
    assert entity.name not in client.get(reverse("entities:producers")).content.decode()
    assert (
        reverse("entities:producer", args=[entity.code])
        in client.get(into.get_absolute_url()).content.decode()
    )


def test_a_merge_is_whole_or_nothing(people, twins, monkeypatch):
    entity, into = twins
    before = held(entity), held(into), Entry.objects.count()

    def breaks(*_args, **_more):
        raise ValidationError("giữa chừng")

    monkeypatch.setattr(merge_parts, "_people", breaks)
    with pytest.raises(ValidationError):
        merge(entity, by=people["commune_officer"], into=into, reason=WHY)
    monkeypatch.undo()
    assert (held(entity), held(into), Entry.objects.count()) == before
    merge(
        entity, by=people["commune_officer"], into=into, reason=WHY
    )  # control: nothing else stood in the way
    assert held(entity) != before[0]


def test_ideas_of_one_name_stand_in_the_way(people, twins):
    entity, into = twins
    IdeaFactory(entity=into, created_by=MembershipFactory(entity=into).user, name="Trà một")
    with pytest.raises(ValidationError, match="cùng tên"):
        merge(entity, by=people["commune_officer"], into=into, reason=WHY)


def test_what_both_have_alike_stays_with_the_old_record(people, twins):
    entity, into = twins
    YearFiguresFactory(entity=into, revenue=5)
    merge(entity, by=people["commune_officer"], into=into, reason=WHY)
    assert into.years.get().revenue == 5
    assert entity.years.get().revenue == 900


def test_whoever_acts_for_both_keeps_the_stronger_part(people, twins):
    entity, into = twins
    user = entity.memberships.get().user
    MembershipFactory(entity=into, user=user, role="editor")
    merge(entity, by=people["commune_officer"], into=into, reason=WHY)
    assert into.memberships.get().is_owner


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("commune_officer", True), ("district_officer", True), ("province_officer", True), ("manager", False),
        ("producer", False), ("other_district_officer", False), ("department_officer", False),
    ],
)  # fmt: skip
def test_who_merges(people, twins, who, may):
    entity, into = twins
    if may:
        assert merge(entity, by=people[who], into=into, reason=WHY) == into
    else:
        with pytest.raises(PermissionDenied):
            merge(entity, by=people[who], into=into, reason=WHY)


def test_both_records_must_lie_in_the_officers_area(people, twins, other_commune):
    entity, _ = twins
    other = EntityFactory(area=other_commune)
    for pair in ((entity, other), (other, entity)):
        with pytest.raises(PermissionDenied):
            merge(pair[0], by=people["district_officer"], into=pair[1], reason=WHY)


def test_history_is_not_merged_again(people, twins):
    entity, into = twins
    merge(entity, by=people["commune_officer"], into=into, reason=WHY)
    for pair in ((entity, into), (into, entity)):
        with pytest.raises(PermissionDenied):
            merge(pair[0], by=people["commune_officer"], into=pair[1], reason=WHY)
    with pytest.raises(ValidationError):
        merge(into, by=people["commune_officer"], into=into, reason=WHY)


def test_the_page_rehearses_and_changes_nothing(client, people, twins):
    entity, into = twins
    client.force_login(people["commune_officer"])
    url = reverse("entities:merger", args=[entity.code, into.code])
    text = client.get(url).content.decode()
    assert "Ý tưởng" in text
    assert held(into) == [0] * 7
    assert client.post(url, {"reason": WHY}).status_code == 200  # the box of being sure is not ticked
    assert held(into) == [0] * 7
    client.post(url, {"reason": WHY, "sure": "on"})
    assert held(into) == [1] * 7


def test_every_reference_to_a_producer_moves_or_stays_on_purpose():
    names = {field.get_accessor_name() for field in Entity._meta.related_objects}
    assert names == MOVED | STAYS


def test_suspects_are_found_by_code_phone_and_name_in_the_commune(people, commune, other_commune):
    def found():
        return set(Entity.objects.suspected(among=Entity.objects.all()).values_list("name", flat=True))

    EntityFactory(area=commune, name="Hộ Lụa Đẹp", phone="0911 111 111")
    EntityFactory(area=other_commune, name="Hộ lua dep")
    assert found() == set()
    EntityFactory(area=commune, name="hộ LỤA dep")
    EntityFactory(area=other_commune, name="Tên Khác Hẳn", phone="0911 111 111")
    assert found() == {"Hộ Lụa Đẹp", "hộ LỤA dep", "Tên Khác Hẳn"}


def test_a_twin_out_of_sight_leaves_no_trace(client, people, commune, other_commune):
    here = EntityFactory(area=commune, name="Hộ Nơi Này", phone="0911 111 111")
    away = EntityFactory(area=other_commune, name="Hộ Nơi Khác", phone="0911 111 111")

    def listed(name):
        client.force_login(people[name])
        return set(client.get(reverse("entities:duplicates")).context["page"])

    assert listed("commune_officer") == set()
    assert listed("province_officer") == {here, away}  # the control: who sees both is told


def test_names_much_alike_are_found_without_accents(commune):
    EntityFactory(area=commune, name="Hợp tác xã Dệt lụa Nha Xá")
    EntityFactory(area=commune, name="Trang trại Mục Đồng")
    found = Entity.objects.like(name="HTX dệt lụa nha xa")
    assert [entity.name for entity in found] == ["Hợp tác xã Dệt lụa Nha Xá"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_of_suspects_costs_the_same(client, people, commune, django_assert_num_queries, count):
    EntityFactory.create_batch(count + 1, area=commune, name="Hộ Trùng Tên")
    client.force_login(people["commune_officer"])
    client.get(reverse("entities:duplicates"))
    with django_assert_num_queries(6):
        client.get(reverse("entities:duplicates"))
