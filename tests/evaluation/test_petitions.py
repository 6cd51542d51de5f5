"""A producer does not agree with a result: in time, once, answered once."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.models import Notice
from evaluation.actions.petitions import answer_petition, lodge_petition
from evaluation.models import Case, CaseStatus, Council, Petition, Post
from evaluation.models.petitions import last_day
from tests.factories.evaluation import CaseFactory, council_of
from tests.factories.products import DecisionFactory, DossierFactory, ProductFactory, RatingFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 10, 15)


@pytest.fixture
def case(entity, commune):
    """A case that ended without stars on 5 October before a council with a period of ten days."""
    council = council_of(commune.parent, Post.CHAIR, Post.SECRETARY)
    council.petition_days = 10
    council.save()
    dossier = DossierFactory(product=ProductFactory(entity=entity, area=commune), submitted_on=DAY)
    facts = {"status": CaseStatus.UNRECOGNISED, "verdict": {}, "concluded_on": dt.date(2024, 10, 5)}
    case = CaseFactory(council=council, dossier=dossier, **facts)
    return Case.objects.for_page().get(pk=case.pk)


def lodged(case, people):
    return lodge_petition(case, by=people["producer"], text="Chưa đồng ý.")


def test_in_time_once_and_answered_once(case, people):
    petition = lodged(case, people)

    assert petition.last_day == last_day(case) == DAY
    assert str(petition).startswith("Kiến nghị về")
    officer = people["district_officer"]
    assert petition in Petition.objects.waiting_for(officer).for_list()
    assert Notice.objects.filter(kind="rating_petition", person=officer).exists()
    with pytest.raises(ValidationError, match="đã có một kiến nghị"):
        lodged(case, people)
    with pytest.raises(PermissionDenied):
        answer_petition(petition, by=people["other_district_officer"], outcome="kept", answer="Giữ.")
    answer_petition(petition, by=officer, outcome="kept", answer="Giữ kết quả.")
    assert petition not in Petition.objects.waiting_for(officer)
    assert Notice.objects.filter(kind="rating_petition", person=people["producer"]).exists()
    with pytest.raises(ValidationError, match="đã được trả lời"):
        answer_petition(petition, by=officer, outcome="kept", answer="Giữ.")


def test_too_late_without_a_period_without_a_result_or_by_a_stranger(case, people, settings):
    with pytest.raises(PermissionDenied):
        lodge_petition(case, by=people["other_producer"], text="a")
    settings.DEMO_DAY = dt.date(2024, 10, 16)
    with pytest.raises(ValidationError, match="đã hết sau ngày 15/10/2024"):
        lodged(case, people)
    settings.DEMO_DAY = DAY
    Case.objects.filter(pk=case.pk).update(status=CaseStatus.CONCLUDED)
    with pytest.raises(ValidationError, match="Chưa có kết quả"):
        lodged(case, people)
    case.council.petition_days = None
    case.council.save()
    with pytest.raises(ValidationError, match="chưa ghi thời hạn"):
        lodged(case, people)
    assert "Quy chế chưa ghi thời hạn" in dict(case.council.rules).values()


def test_the_period_of_a_recognised_product_runs_from_the_decision(case):
    decision = DecisionFactory(day=dt.date(2024, 10, 8), area=case.council.area)
    RatingFactory(product=case.dossier.product, dossier=case.dossier, decision=decision)

    assert last_day(Case.objects.for_page().get(pk=case.pk)) == dt.date(2024, 10, 18)
    case.council.petition_days = 10
    assert case.council.petition_rule == "trong 10 ngày kể từ ngày có kết quả"


def test_the_pages(case, people, client):
    client.force_login(people["producer"])
    address = reverse("evaluation:petition_new", args=[case.dossier.code])
    assert client.get(address).status_code == 200
    client.post(address, {"text": "Chưa đồng ý."})
    petition = Petition.objects.get()
    assert client.get(address).url == petition.get_absolute_url()
    assert "Chưa trả lời" in client.get(petition.get_absolute_url()).content.decode()
    answer = reverse("evaluation:petition_answer", args=[petition.code])
    assert client.get(answer).status_code == 302
    client.force_login(people["district_officer"])
    assert client.get(answer).status_code == 200
    client.post(answer, {"outcome": "again", "answer": "Đánh giá lại."})
    assert Petition.objects.get().outcome == "again"


def test_a_petition_waits_on_the_desk_of_the_office(case, people, client):
    petition = lodged(case, people)
    client.force_login(people["district_officer"])

    assert petition.get_absolute_url() in client.get(reverse("desk")).content.decode()


def page_of(client, record):
    """What a page says."""
    return client.get(record.get_absolute_url()).content.decode()


def test_the_page_of_the_dossier_leads_the_producer_there_and_says_until_when(case, people, client, settings):
    way = reverse("evaluation:petition_new", args=[case.dossier.code])
    client.force_login(people["producer"])

    shown = page_of(client, case.dossier)
    assert way in shown
    assert "đến hết ngày 15/10/2024" in shown
    client.force_login(people["district_officer"])
    assert "Kiến nghị về kết quả" not in page_of(client, case.dossier)
    settings.DEMO_DAY = dt.date(2024, 10, 16)
    client.force_login(people["producer"])
    shown = page_of(client, case.dossier)
    assert way not in shown
    assert "đã hết sau ngày 15/10/2024" in shown
    Council.objects.update(petition_days=None)
    assert "chưa ghi thời hạn kiến nghị" in page_of(client, case.dossier)
    Case.objects.update(status=CaseStatus.CONCLUDED)
    assert "kiến nghị" not in page_of(client, case.dossier)


def test_a_petition_is_found_from_the_dossier_and_from_the_council(case, people, client):
    petition = lodged(case, people)
    for name in ("producer", "district_officer"):
        client.force_login(people[name])
        assert petition.get_absolute_url() in page_of(client, case.dossier)
    assert petition.get_absolute_url() in page_of(client, case.council)  # the officer keeps its papers
    chair = case.council.seats.get(post=Post.CHAIR).user
    client.force_login(chair)
    assert petition.get_absolute_url() not in page_of(client, case.council)
    client.force_login(case.council.seats.get(post=Post.SECRETARY).user)
    assert petition.get_absolute_url() in page_of(client, case.council)
