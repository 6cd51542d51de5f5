"""Screening lists: who writes them, who decides, how an idea grows from a line."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Notice
from foundation.trail.models import Entry
from foundation.trail.moves import IllegalMove
from products import actions, permissions
from products.actions import potentials
from products.models import Idea, IdeaOpinion, IdeaStatus, PotentialProduct, PotentialStatus
from tests.factories.planning import IdeaOpinionFactory, PotentialProductFactory
from tests.factories.products import IdeaFactory, textile_set
from tests.products.test_actions import facts as idea_facts
from tests.products.test_permissions import allowed

pytestmark = pytest.mark.django_db
TEXTS = {"name": "Chuối sấy", "strengths": "Chuối ngự tại chỗ.", "gaps": "Chưa có nhãn."}
SEERS = {"producer", "other_producer", "commune_officer", "district_officer", "other_district_officer",
         "province_officer", "department_officer", "manager"}  # fmt: skip


def line(commune, **other):
    """What a line says."""
    words = {"producer_name": "Các hộ thôn Trình Diễn", "entity": None, "criteria_set": None}
    return {"year": 2024, "area": commune, **TEXTS, **words, **other}


@pytest.fixture
def potential(entity):
    return PotentialProductFactory(entity=entity)


@pytest.fixture
def sent(entity):
    return IdeaFactory(entity=entity, status=IdeaStatus.SUBMITTED, submitted_on="2024-10-01")


# ---------------------------------------------------------------- who may


def test_who_reads_and_who_writes_lists(people, commune, potential):
    assert allowed(people, permissions.may_see_screening) == SEERS
    assert allowed(people, permissions.may_begin_screening) == {
        "commune_officer", "district_officer", "other_district_officer", "province_officer",
    }  # fmt: skip
    assert allowed(people, permissions.may_screen, commune) == {"commune_officer", "district_officer"}
    assert allowed(people, permissions.may_revise_potential, potential) == {
        "commune_officer",
        "district_officer",
    }
    assert allowed(people, permissions.may_drop_potential, potential) == {"district_officer"}
    assert allowed(people, permissions.may_propose_again, potential) == set()
    assert allowed(people, permissions.may_grow_idea, potential) == {
        "producer", "commune_officer", "district_officer",
    }  # fmt: skip


def test_what_was_dropped_is_only_proposed_again(people, entity):
    dropped = PotentialProductFactory(entity=entity, status="dropped")

    assert allowed(people, permissions.may_propose_again, dropped) == {"district_officer"}
    for predicate in (
        permissions.may_revise_potential,
        permissions.may_drop_potential,
        permissions.may_grow_idea,
    ):
        assert allowed(people, predicate, dropped) == set()


def test_each_sees_their_own_area(people, potential, other_commune):
    away = PotentialProductFactory(area=other_commune, entity=None, producer_name="Hộ A")

    def seen(name):
        return set(PotentialProduct.objects.visible_to(people[name]))

    assert seen("commune_officer") == seen("producer") == {potential}
    assert seen("other_district_officer") == {away}
    assert seen("manager") == {potential, away}
    assert seen("judge") == seen("administrator") == set()


# ---------------------------------------------------------------- deeds


def test_a_line_is_written_changed_dropped_and_proposed_again(people, commune):
    row = potentials.screen_product(by=people["commune_officer"], **line(commune))
    potentials.revise_potential(row, by=people["commune_officer"], name="Chuối ngự sấy")
    potentials.revise_potential(row, by=people["commune_officer"], name="Chuối ngự sấy")
    row.refresh_from_db()
    potentials.drop_potential(row, by=people["district_officer"], note="Chưa đủ sản lượng.")
    potentials.propose_again(row, by=people["district_officer"])

    assert (row.code, row.status, row.producer) == ("tn-2024-0001", "proposed", "Các hộ thôn Trình Diễn")
    assert [entry.act for entry in Entry.objects.about(row).order_by("pk")] == [
        "Đưa vào danh sách tiềm năng",
        "Sửa sản phẩm tiềm năng",
        "Không đưa vào",
        "Đề xuất",
    ]


@pytest.mark.parametrize("name", ["other_district_officer", "manager", "producer"])
def test_strangers_do_nothing(people, commune, potential, name):
    for deed in (
        lambda: potentials.screen_product(by=people[name], **line(commune)),
        lambda: potentials.revise_potential(potential, by=people[name], name="x"),
        lambda: potentials.drop_potential(potential, by=people[name], note="x"),
        lambda: potentials.propose_again(potential, by=people[name]),
    ):
        with pytest.raises(PermissionDenied):
            deed()


def test_a_line_cannot_be_moved_into_a_foreign_commune(people, potential, other_commune):
    with pytest.raises(PermissionDenied):
        potentials.revise_potential(potential, by=people["commune_officer"], area=other_commune)


def test_a_line_names_a_producer_once_a_year(people, commune):
    with pytest.raises(ValidationError, match="chủ thể hoặc ghi tên"):
        potentials.screen_product(by=people["commune_officer"], **line(commune, producer_name=""))
    potentials.screen_product(by=people["commune_officer"], **line(commune))
    with pytest.raises(ValidationError, match="đã có sản phẩm cùng tên"):
        potentials.screen_product(by=people["commune_officer"], **line(commune))
    potentials.screen_product(by=people["commune_officer"], **line(commune, year=2025))


@pytest.mark.parametrize("wrong", [{"year": 1990}, {"entity": None, "producer_name": ""}])
def test_the_table_itself_refuses(commune, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        PotentialProductFactory(**{"area": commune, "producer_name": "A", **wrong})


def test_an_idea_grows_from_a_line_once_and_frees_it_again(people, entity, potential):
    by = people["commune_officer"]
    idea = actions.register_idea(by=by, potential=potential, **idea_facts(entity))
    assert PotentialProduct.objects.get().status == PotentialStatus.TAKEN_UP
    old = PotentialProduct.objects.get()
    old.status = "proposed"  # a second tab that still shows the button
    with pytest.raises(IllegalMove):
        actions.register_idea(by=by, potential=old, **idea_facts(entity, name="Khác"))

    actions.withdraw_idea(idea, by=by)

    assert PotentialProduct.objects.get().status == PotentialStatus.PROPOSED
    assert idea.potential == potential


def test_a_stranger_grows_no_idea(people, entity, other_commune):
    away = PotentialProductFactory(area=other_commune, entity=None, producer_name="A")
    with pytest.raises(PermissionDenied):
        actions.register_idea(by=people["producer"], potential=away, **idea_facts(entity))
    assert not Idea.objects.exists()


# ---------------------------------------------------------------- opinion and verdict


def test_the_commune_speaks_and_the_district_refuses(people, potential, sent):
    sent.potential = potential
    sent.save()
    PotentialProduct.objects.update(status="taken_up")
    assert allowed(people, permissions.may_give_opinion, sent) == {"commune_officer"}
    assert sent in Idea.objects.waiting_for(people["commune_officer"])

    actions.give_opinion(sent, by=people["commune_officer"], agreed=False, text="Thiếu nguyên liệu.")
    actions.give_opinion(sent, by=people["commune_officer"], agreed=True, text="Đã có nguyên liệu.")
    assert sent not in Idea.objects.waiting_for(people["commune_officer"])
    actions.reject_idea(Idea.objects.get(), by=people["district_officer"], note="Trùng sản phẩm đã có.")

    assert IdeaOpinion.objects.get().agreed
    assert Idea.objects.get().status == IdeaStatus.REJECTED
    assert PotentialProduct.objects.get().status == PotentialStatus.PROPOSED
    kinds = set(Notice.objects.filter(person=people["producer"]).values_list("kind", flat=True))
    assert kinds == {"idea_opinion", "idea_rejected"}
    assert Notice.objects.filter(person=people["district_officer"], kind="idea_opinion").count() == 1
    assert Notice.objects.filter(person=people["commune_officer"], kind="idea_rejected").count() == 1


def test_the_commune_is_told_of_an_idea(people, entity):
    idea = IdeaFactory(entity=entity)
    actions.submit_idea(idea, by=people["producer"])

    assert "chờ xã cho ý kiến" in Notice.objects.get(person=people["commune_officer"]).text


@pytest.mark.parametrize("name", ["district_officer", "producer", "other_district_officer"])
def test_only_the_commune_gives_its_opinion(people, sent, name):
    with pytest.raises(PermissionDenied):
        actions.give_opinion(sent, by=people[name], agreed=True, text="x")


@pytest.mark.parametrize("name", ["commune_officer", "producer", "other_district_officer"])
def test_only_the_district_rejects(people, sent, name):
    with pytest.raises(PermissionDenied):
        actions.reject_idea(sent, by=people[name], note="x")


def test_a_rejected_idea_may_be_thought_again_and_returned_ideas_come_back(people, entity, sent):
    actions.return_idea(sent, by=people["district_officer"], note="Thiếu ảnh.")
    actions.submit_idea(sent, by=people["producer"])
    actions.reject_idea(sent, by=people["district_officer"], note="Không phù hợp.")

    again = actions.register_idea(by=people["producer"], **idea_facts(entity, name=sent.name))
    assert again.name == sent.name


# ---------------------------------------------------------------- pages


def test_the_commune_writes_a_line_and_grows_an_idea_from_it(client, people, entity, commune):
    client.force_login(people["commune_officer"])
    slip = {"name": "Khăn lụa", "year": "2024", "area": commune.pk, "entity": entity.pk, "strengths": "Nghề cũ.",
            "gaps": "Chưa nhãn.", "criteria_set": textile_set().pk}  # fmt: skip
    page = client.post(reverse("products:potential_new"), slip, follow=True)
    row = PotentialProduct.objects.get()
    assert "Lập ý tưởng" in page.content.decode()

    address = f"{reverse('products:idea_new')}?tiem-nang={row.code}"
    form = client.get(address).context["form"]
    assert form["name"].value() == "Khăn lụa"
    assert form["criteria_set"].value() == textile_set().pk
    assert "Chưa nhãn." in form["description"].value()
    sent = {"name": "Khăn lụa", "entity": entity.pk, "area": commune.pk, "kind": "new",
            "criteria_set": textile_set().pk, "description": "Dệt tay."}  # fmt: skip
    client.post(address, sent)
    assert Idea.objects.get().potential == row
    assert client.get(address).status_code == 404


def test_wrong_lines_are_answered_in_words(client, people, commune, other_commune, entity):
    client.force_login(people["commune_officer"])
    good = {"name": "A", "year": "2024", "area": commune.pk, "strengths": "B", "producer_name": "C"}
    for wrong, sentence in (
        ({"producer_name": ""}, "Hãy chọn chủ thể hoặc ghi tên người sản xuất"),
        ({"year": "99999999999999999999"}, "2100"),
        ({"year": "năm nay"}, "số"),
        ({"strengths": "x" * 10_000}, "2000"),
        ({"area": other_commune.pk}, "Hãy chọn"),
        ({"name": "x" * 161}, "160"),
    ):
        page = client.post(reverse("products:potential_new"), good | wrong)
        assert page.status_code == 200
        assert sentence in page.content.decode(), wrong
    assert not PotentialProduct.objects.exists()


def test_a_producer_of_another_place_is_refused(client, people, province):
    maker = people["other_producer"].memberships.get().entity
    client.force_login(people["province_officer"])
    area = PotentialProductFactory(entity=people["producer"].memberships.get().entity).area
    slip = {"name": "A", "year": "2024", "area": area.pk, "strengths": "B", "entity": maker.pk}

    assert "Hãy chọn đúng xã" in client.post(reverse("products:potential_new"), slip).content.decode()


def test_the_district_narrows_exports_and_drops(client, people, potential):
    PotentialProductFactory(entity=potential.entity, status="dropped", year=2023)
    client.force_login(people["district_officer"])
    address = reverse("products:potentials")

    page = client.get(address, {"nam": "2024", "trang_thai": "proposed"})
    assert [row.pk for row in page.context["page"]] == [potential.pk]
    assert ("Đề xuất", 1) in page.context["counts"]
    csv = b"".join(client.get(address, {"tep": "csv"}).streaming_content).decode()
    assert potential.name in csv
    client.post(reverse("products:potential_drop", args=[potential.code]), {"note": "Trùng."})
    assert PotentialProduct.objects.get(pk=potential.pk).status == "dropped"
    client.post(reverse("products:potential_again", args=[potential.code]))
    edit = reverse("products:potential_edit", args=[potential.code])
    client.post(
        edit,
        {"name": "Mới", "year": "2024", "area": potential.area_id, "strengths": "B", "producer_name": "C"},
    )
    assert PotentialProduct.objects.get(pk=potential.pk).name == "Mới"
    assert "Mới" in client.get(potential.get_absolute_url()).content.decode()


def test_who_may_not_is_led_away_or_keeps_the_words(client, people, potential, sent):
    client.force_login(people["manager"])
    for name, record in (
        ("potential_edit", potential),
        ("potential_drop", potential),
        ("idea_rejection", sent),
        ("idea_opinion", sent),
    ):
        address = reverse(f"products:{name}", args=[record.code])
        assert client.get(address).status_code == 302
        assert client.post(address, {"note": "a", "text": "b", "name": "c"}).status_code == 403
    assert client.get(reverse("products:potential_new")).status_code == 403


def test_opinion_and_rejection_by_form(client, people, sent):
    client.force_login(people["commune_officer"])
    client.post(reverse("products:idea_opinion", args=[sent.code]), {"agreed": "co", "text": "Được."})
    client.force_login(people["district_officer"])
    assert "Được." in client.get(sent.get_absolute_url()).content.decode()
    client.post(reverse("products:idea_rejection", args=[sent.code]), {"note": "Không hợp."})
    assert Idea.objects.get().status == IdeaStatus.REJECTED


def test_the_list_costs_the_same_for_many_rows(client, people, commune, django_assert_max_num_queries):
    client.force_login(people["district_officer"])
    PotentialProductFactory.create_batch(40, area=commune, entity__area=commune)
    with django_assert_max_num_queries(12):
        client.get(reverse("products:potentials"))


def test_an_opinion_says_itself(sent):
    assert str(IdeaOpinion(agreed=False)) == "Không đồng ý"
    assert str(IdeaOpinionFactory(idea=sent)) == "Đồng ý"
