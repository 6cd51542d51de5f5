"""Who is told what on the way from an idea to stars, and that nothing sealed is told."""

import datetime as dt
import re

import pytest

from accounts.models import Letter, Notice, NoticeKind, Role
from evaluation import actions as councils
from evaluation.models import Post
from foundation.jobs import queue
from foundation.sources import loading as sources_loading
from products import actions as products
from products.models import DossierStatus
from targets import actions as targets
from targets import loading as targets_loading
from targets.models import YearPlan
from tests.conftest import person
from tests.evaluation.stories import (
    FOUR_STARS,
    THREE_STARS,
    concluded,
    forwarded,
    handed_in,
    holder,
    opened,
    reopened,
    taken_up,
)
from tests.factories.evaluation import case_before, council_of
from tests.factories.products import DossierFactory, IdeaFactory

pytestmark = pytest.mark.django_db
SENT = {"status": DossierStatus.SUBMITTED, "submitted_on": dt.date(2024, 9, 1)}


def told(kind):
    """Who was told, by user name."""
    return {notice.person for notice in Notice.objects.filter(kind=kind).select_related("person")}


@pytest.fixture
def council(commune):
    return council_of(commune.parent)


@pytest.fixture
def upper(province):
    return council_of(province, level="province", issuer="Ủy ban nhân dân tỉnh Hà Nam")


def seats(council):
    return {seat.user for seat in council.seats.select_related("user")}


# ---------------------------------------------------------------- ideas and dossiers


def test_a_sent_idea_is_told_to_the_officers_of_its_commune_and_district_alone(
    people, entity, second_officer
):
    idea = IdeaFactory(entity=entity, created_by=people["producer"])
    products.submit_idea(idea, by=people["producer"])

    officers = {people["commune_officer"], people["district_officer"], second_officer}
    assert told(NoticeKind.IDEA_SUBMITTED) == officers
    letter = Letter.objects.get()
    assert (letter.person, letter.area) == (second_officer, entity.area)


@pytest.mark.parametrize(
    ("deed", "kind", "facts"),
    [
        (products.return_idea, NoticeKind.IDEA_RETURNED, {"note": "Thiếu ảnh."}),
        (products.accept_idea, NoticeKind.IDEA_ACCEPTED, {}),
    ],
)
def test_a_judged_idea_is_told_to_the_producer_and_its_author(people, entity, deed, kind, facts):
    idea = IdeaFactory(
        entity=entity, created_by=people["commune_officer"], status="submitted", submitted_on="2024-10-01"
    )
    deed(idea, by=people["district_officer"], **facts)

    assert told(kind) == {people["producer"], people["commune_officer"]}


def test_a_dossier_is_told_to_the_district_then_to_the_producer(people, entity):
    dossier = DossierFactory(product__entity=entity, **SENT)
    products.send_back(dossier, by=people["district_officer"], items={("fact", "spec"): "Thiếu giấy."})
    other = DossierFactory(product__entity=entity, **SENT)
    products.accept(other, by=people["district_officer"])

    assert told(NoticeKind.DOSSIER_RETURNED) == told(NoticeKind.DOSSIER_ACCEPTED) == {people["producer"]}


def test_a_handed_in_dossier_is_told_to_the_district(people, entity, monkeypatch):
    dossier = DossierFactory(product__entity=entity, status=DossierStatus.RETURNED, submitted_on="2024-09-01")
    monkeypatch.setattr(type(dossier), "missing", lambda self: [])
    products.submit(dossier, by=people["producer"])

    assert told(NoticeKind.DOSSIER_SUBMITTED) == {people["district_officer"]}


# ---------------------------------------------------------------- councils


def test_admission_is_told_to_every_seat(people, entity, council):
    dossier = DossierFactory(
        product__entity=entity,
        status=DossierStatus.ACCEPTED,
        submitted_on="2024-09-01",
        accepted_on="2024-09-10",
    )
    secretary = holder(council, Post.SECRETARY)
    councils.admit(council, dossier, by=secretary)

    assert told(NoticeKind.CASE_ADMITTED) == seats(council) - {secretary}


def test_enough_sheets_are_told_to_the_chair_and_the_opening_to_the_members(council, commune):
    case = case_before(council, area=commune)
    handed_in(case, **FOUR_STARS)
    chair = holder(council, Post.CHAIR)
    assert told(NoticeKind.CASE_READY) <= {chair}
    assert Notice.objects.filter(kind=NoticeKind.CASE_READY).exists()

    councils.open_case(case, by=chair)
    assert told(NoticeKind.CASE_OPENED) == seats(council) - {chair}
    reopened(case)
    secretary = holder(council, Post.SECRETARY)
    assert told(NoticeKind.CASE_PROPOSED) == {secretary}
    assert told(NoticeKind.CASE_REOPENED) == seats(council) - {secretary}


def test_the_conclusion_is_told_to_who_keeps_the_papers(people, council, commune):
    concluded(case_before(council, area=commune), **THREE_STARS)

    assert told(NoticeKind.CASE_CONCLUDED) == {holder(council, Post.SECRETARY), people["district_officer"]}


def test_up_and_down_is_told_to_who_keeps_the_papers_there(people, council, upper, commune):
    case = forwarded(council, commune)
    assert told(NoticeKind.CASE_FORWARDED) == {holder(upper, Post.SECRETARY), people["province_officer"]}

    above = concluded(taken_up(case, upper), **THREE_STARS)
    councils.send_down(above, by=holder(upper, Post.SECRETARY))
    assert told(NoticeKind.CASE_SENT_DOWN) == {holder(council, Post.SECRETARY), people["district_officer"]}


def test_stars_are_told_to_the_producer(people, entity, council):
    case = concluded(case_before(council, area=entity.area), **THREE_STARS)
    maker = case.dossier.product.entity
    maker.memberships.create(user=people["producer"])
    councils.record_decision(
        case, number="1085/QĐ-UBND", day=dt.date(2024, 10, 15), by=holder(council, Post.SECRETARY)
    )

    assert told(NoticeKind.RATING_GRANTED) == {people["producer"]}
    assert "3 sao" in Notice.objects.get(kind=NoticeKind.RATING_GRANTED).text


def test_no_notice_about_a_case_says_a_point_or_a_star(council, upper, commune):
    case = opened(case_before(council, area=commune), **FOUR_STARS)
    reopened(case)
    forwarded(council, commune)

    texts = [notice.text for notice in Notice.objects.all()]
    assert texts
    assert not [text for text in texts if re.search(r"\bsao\b|\bđiểm\b \d|\d+[.,]?\d* điểm", text)]


def test_everybody_who_is_told_may_see_the_record(people, entity, council, upper, commune):
    idea = IdeaFactory(entity=entity, created_by=people["producer"])
    products.submit_idea(idea, by=people["producer"])
    products.accept_idea(idea, by=people["district_officer"])
    case = forwarded(council, commune)
    concluded(taken_up(case, upper), **THREE_STARS)

    blind = [
        notice
        for notice in Notice.objects.select_related("person", "subject_type")
        if not type(notice.subject).objects.visible_to(notice.person).filter(pk=notice.subject_id).exists()
    ]
    assert blind == []


# ---------------------------------------------------------------- reports


@pytest.fixture
def plan(law):
    sources_loading.load()
    targets_loading.load()
    return YearPlan.objects.select_related("area").get(year=2024)


@pytest.mark.django_db(transaction=True)
def test_a_report_is_told_to_who_asked_for_it(people, plan):
    job = targets.ask_report(plan, plan.area, dt.date(2024, 10, 15), by=people["province_officer"])
    queue.run(job.pk)

    assert told(NoticeKind.REPORT_READY) == {people["province_officer"]}
    assert not told(NoticeKind.REPORT_MONTHLY)


@pytest.mark.django_db(transaction=True)
def test_the_report_of_the_month_is_told_to_those_who_lead(people, plan):
    key = f"report:{plan.pk}:{plan.area_id}:2024-09"
    job = next(job for job in targets.write_due_reports() if job.effect_key == key)
    queue.run(job.pk)

    assert told(NoticeKind.REPORT_MONTHLY) == {people["manager"], people["province_officer"]}
    assert person(Role.MANAGER, plan.area) not in told(NoticeKind.REPORT_MONTHLY)
