"""The demonstration: invented people and a short history made by real deeds."""

import datetime as dt
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import transaction

from accounts.actions.signing_in import recognise
from accounts.backends import has_second_factor
from accounts.models import GUARDED, NoticeKind, Role, User
from entities.models import Entity
from evaluation.models import Council, Seat
from evaluation.models.councils import GatesOn, KnockoutBy, Post
from foundation.trail.models import Entry
from ocop_portal.demo import seeding
from products import renewals
from products.models import (
    BusinessPlan,
    CycleStep,
    Dossier,
    DossierStatus,
    Idea,
    IdeaStatus,
    Inspection,
    PotentialProduct,
    Product,
    ProductFact,
    Rating,
    Revocation,
    YearlyReturn,
)
from tests.conftest import load_law_and_map

pytestmark = pytest.mark.django_db
CONTRACT = {
    "chuthe": (Role.PRODUCER, None),
    "canboxa": (Role.COMMUNE_OFFICER, "13345"),
    "canbohuyen": (Role.DISTRICT_OFFICER, "349"),
    "chutich.huyen": (Role.COUNCIL_MEMBER, "349"),
    "uyvien.huyen": (Role.COUNCIL_MEMBER, "349"),
    "thuky.huyen": (Role.COUNCIL_MEMBER, "349"),
    "chutich.tinh": (Role.COUNCIL_MEMBER, "35"),
    "uyvien.tinh": (Role.COUNCIL_MEMBER, "35"),
    "thuky.tinh": (Role.COUNCIL_MEMBER, "35"),
    "canbotinh": (Role.PROVINCE_OFFICER, "35"),
    "lanhdao": (Role.MANAGER, "35"),
    "songanh": (Role.DEPARTMENT_OFFICER, "35"),
    "quantri": (Role.ADMINISTRATOR, None),
}


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """The story, told once for this module and taken back at its end."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_law_and_map()
        call_command("seed_demo")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(told, db):
    """The demonstration stands."""


@pytest.mark.parametrize("username", CONTRACT)
def test_each_person_has_the_charge_and_can_sign_in(demo, username):
    user = User.objects.get(username=username)
    [charge] = user.charges

    assert (charge.role, charge.area and charge.area.code) == CONTRACT[username]
    assert charge.start == dt.date(2024, 1, 1)
    assert user.is_demo
    assert "Trình Diễn" in user.full_name
    assert recognise(username, "ocop-demo-2024", address="127.0.0.1", device_of=lambda user: None) == user
    assert has_second_factor(user) is (user.charges[0].role in GUARDED)


def test_everything_invented_carries_the_mark(demo):
    for model in (User, Entity, Council, Idea, Product):
        assert not model.objects.filter(is_demo=False).exists(), model


def test_the_producer_acts_for_the_co_operative_in_chuyen_ngoai(demo):
    [entity] = Entity.objects.run_by(User.objects.get(username="chuthe"))

    assert entity.name == "Hợp tác xã Dệt lụa Trình Diễn Chuyên Ngoại"
    assert entity.area.place == "Xã Chuyên Ngoại, Thị xã Duy Tiên, Tỉnh Hà Nam"


@pytest.mark.parametrize(
    ("level", "area", "place"), [("district", "349", "huyen"), ("province", "35", "tinh")]
)
def test_councils_have_their_rules_and_seats(demo, level, area, place):
    council = Council.objects.get(level=level)

    assert (council.area.code, council.rules_source) == (area, "Quy chế trình diễn")
    assert (council.quorum_percent, council.chair_required) == (75, True)
    assert (council.spread_limit, council.spread_limit_counts, council.rounding) == (10, True, None)
    assert (council.gates_on, council.knockout_by) == (GatesOn.MEAN, KnockoutBy.MAJORITY)
    seats = dict(Seat.objects.filter(council=council).values_list("user__username", "post"))
    assert seats == {
        f"chutich.{place}": Post.CHAIR,
        f"uyvien.{place}": Post.MEMBER,
        f"thuky.{place}": Post.SECRETARY,
    }


def test_ideas_stand_in_different_places_and_states(demo):
    assert Counter(Idea.objects.values_list("status", flat=True)) == {
        IdeaStatus.SUBMITTED: 2,
        IdeaStatus.RETURNED: 1,
        IdeaStatus.ACCEPTED: 1,
    }
    assert Counter(Idea.objects.values_list("area__parent__code", flat=True)) == {"349": 3, "347": 1}


def test_one_dossier_is_being_written(demo):
    dossier = Dossier.objects.get(product__entity__code="td-trac-van")

    assert dossier.status == DossierStatus.DRAFT
    assert dossier.self_scores.count() == 6


def test_one_dossier_came_back_with_two_items(demo):
    dossier = Dossier.objects.get(status=DossierStatus.RETURNED)

    assert dossier.product.is_demo
    assert {(item.kind, item.key) for item in dossier.open_round.items.all()} == {
        ("fact", "capacity"),
        ("evidence", "test_results"),
    }
    assert dossier.due_on == dossier.open_round.due_on == dt.date(2024, 10, 27)


def test_one_dossier_was_begun_again_from_an_older_one_with_an_expired_paper(demo):
    dossier = Dossier.objects.get(copied_from__isnull=False)

    assert (dossier.status, dossier.application) == (DossierStatus.DRAFT, "again")
    assert dossier.copied_from.status == DossierStatus.WITHDRAWN
    assert [paper.kind for paper in dossier.evidence.all() if paper.has_expired] == ["test_results"]
    assert [gap for gap in dossier.missing() if "đã hết hạn" in gap] == dossier.missing()


def test_history_was_made_by_deeds_and_left_its_trail(demo):
    returned = Idea.objects.get(status=IdeaStatus.RETURNED)
    last = Entry.objects.about(returned).order_by("-pk").first()

    assert last.by.username == "canbohuyen"
    assert "nguồn đỗ tương" in last.note


def test_the_officer_of_duy_tien_does_not_see_phu_ly(demo):
    seen = Idea.objects.visible_to(User.objects.get(username="canbohuyen"))

    assert set(seen.values_list("area__parent__code", flat=True)) == {"349"}


def test_nobody_has_invented_stars_in_force_since_the_story_begins(demo):
    assert not Rating.objects.filter(ends_on__gte=seeding.STORY_BEGINS).exists()
    assert set(Rating.objects.values_list("product__is_demo", "decision__is_demo")) == {(True, True)}


def test_stars_that_were_revoked_and_an_inspection_can_be_seen(demo):
    revocation, inspection = Revocation.objects.get(), Inspection.objects.get()

    assert revocation.rating.state_on(seeding.STORY_BEGINS) == "revoked"
    assert revocation.ground_text in dict(renewals.grounds(revocation.day)).values()
    assert (inspection.product.code, inspection.is_demo, inspection.tone) == ("td-khan-tron", True, "good")
    assert revocation.rating.product.is_demo


def test_screening_plan_calendar_facts_and_returns_are_told(demo):
    for model in (PotentialProduct, BusinessPlan, CycleStep, ProductFact, YearlyReturn):
        assert model.objects.exists(), model
        assert not model.objects.filter(is_demo=False).exists(), model
    assert BusinessPlan.objects.get().status == "approved"
    assert set(PotentialProduct.objects.values_list("status", flat=True)) == {"proposed", "dropped"}


def test_seeding_again_changes_nothing(demo, capsys):
    before = User.objects.count(), Entry.objects.count()

    call_command("seed_demo")

    assert "đã có" in capsys.readouterr().out
    assert before == (User.objects.count(), Entry.objects.count())


def test_the_table_of_people(demo, capsys):
    capsys.readouterr()
    call_command("demo_people")
    lines = capsys.readouterr().out.splitlines()

    assert lines[0].split("  ")[0] == "Tên đăng nhập"
    assert len(lines) == 2 + User.objects.count() + 2
    assert "mã 6 số" in lines[-1]
    assert any(line.startswith("canbohuyen ") and line.endswith("Cán bộ thị xã Duy Tiên") for line in lines)


@pytest.mark.parametrize(
    ("username", "kind"),
    [
        ("canbohuyen", NoticeKind.IDEA_SUBMITTED),
        ("chuthe.yennam", NoticeKind.IDEA_RETURNED),
        ("chuthe.tracvan", NoticeKind.IDEA_ACCEPTED),
    ],
)
def test_the_story_has_told_people(demo, username, kind):
    user = User.objects.get(username=username)

    assert kind in set(user.notices.values_list("kind", flat=True))
    assert user.letters.filter(to=f"{username}@trinh-dien.example").exists()
