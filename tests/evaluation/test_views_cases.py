"""Pages of cases, as the people meet them."""

import pytest
from django.urls import reverse

from evaluation import actions
from evaluation.models import Case, CaseStatus, Post
from products.models import Dossier
from tests.evaluation.browsing import url
from tests.evaluation.stories import (
    ONE_STAR,
    THREE_STARS,
    again,
    forwarded,
    handed_in,
    holder,
    opened,
    sheet_of,
)
from tests.factories.evaluation import case_before, fill
from tests.factories.products import DossierFactory, EvidenceFactory, SelfScoreFactory

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------- lists and the way before the council


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_asks_a_fixed_number_of_queries(
    as_user, council, commune, chair, django_assert_num_queries, count
):
    for _ in range(count):
        opened(case_before(council, area=commune))
    client = as_user(chair)
    client.get(reverse("evaluation:cases"))  # the engine's sets are built once per process

    with django_assert_num_queries(10):
        page = client.get(reverse("evaluation:cases"))

    assert page.content.decode().count("PDG-2024-9") >= count


def test_the_list_filters_by_status_and_words(as_user, council, commune, chair):
    first, second = case_before(council, area=commune), opened(case_before(council, area=commune))

    rows = (
        as_user(chair).get(reverse("evaluation:cases"), {"trang_thai": "opened"}).context["page"].object_list
    )
    assert list(rows) == [second]
    rows = as_user(chair).get(reverse("evaluation:cases"), {"q": first.code}).context["page"].object_list
    assert list(rows) == [first]


def test_the_secretary_lays_a_dossier_before_the_council(as_user, council, dossier, secretary):
    client = as_user(secretary)
    assert str(dossier.product) in client.get(reverse("evaluation:admissions")).content.decode()

    answer = client.post(reverse("evaluation:admission", args=[dossier.code]), {"hoi_dong": council.code})

    assert answer.url == Case.objects.get().get_absolute_url()
    assert Case.objects.get().dossier == dossier
    assert str(dossier.product) not in client.get(reverse("evaluation:admissions")).content.decode()
    again = client.post(
        reverse("evaluation:admission", args=[dossier.code]), {"hoi_dong": council.code}, follow=True
    )
    assert "không chờ hội đồng này" in again.content.decode()


def test_a_stranger_finds_neither_council_nor_dossier(as_user, council, dossier, people, chair):
    for stranger in (chair, people["producer"], people["other_district_officer"]):
        client = as_user(stranger)
        assert str(dossier.product) not in client.get(reverse("evaluation:admissions")).content.decode()
        answer = client.post(reverse("evaluation:admission", args=[dossier.code]), {"hoi_dong": council.code})
        assert answer.status_code == 404

    assert not Case.objects.exists()


def test_the_province_takes_up_a_forwarded_case(as_user, council, upper, commune):
    case = forwarded(council, commune)
    client = as_user(holder(upper, Post.SECRETARY))
    assert case.code in client.get(reverse("evaluation:admissions")).content.decode()
    assert "Đưa ra hội đồng" in client.get(case.get_absolute_url()).content.decode()

    client.post(url("forwarded_admission", case), {"hoi_dong": upper.code})

    above = Case.objects.get(council=upper)
    assert above.came_from == case
    assert above.code in client.get(case.get_absolute_url()).content.decode()


# ---------------------------------------------------------------- one case


@pytest.mark.parametrize(
    "name", ["case", "dossier", "sheet", "hand_in", "comparison", "conclusion", "decision"]
)
def test_a_case_out_of_sight_is_not_found(as_user, case, people, name):
    for stranger in ("producer", "other_district_officer", "judge", "commune_officer"):
        assert as_user(people[stranger]).get(url(name, case)).status_code == 404


def test_the_dossier_and_its_files_open_through_the_case(as_user, case, member, people):
    evidence = EvidenceFactory(dossier=case.dossier)
    SelfScoreFactory(dossier=case.dossier, note="Tự làm hết")
    assert not Dossier.objects.visible_to(member).exists()

    client = as_user(member)
    page = client.get(url("dossier", case)).content.decode()
    file = client.get(url("evidence", case, evidence.code))

    assert "Tự làm hết" in page
    assert evidence.title in page
    assert b"".join(file.streaming_content) == b"%PDF-1.7 thu"
    assert as_user(people["nobody"]).get(url("evidence", case, evidence.code)).status_code == 404


def test_a_file_of_another_dossier_does_not_open_through_the_case(as_user, case, member):
    other = EvidenceFactory(dossier=DossierFactory(product__entity__area=case.council.area))

    assert as_user(member).get(url("evidence", case, other.code)).status_code == 404


def test_the_case_says_who_handed_in_and_why_it_cannot_be_opened(as_user, case, chair, member):
    actions.hand_in(fill(sheet_of(case, member)), by=member)
    actions.hand_in(fill(sheet_of(case, chair)), by=chair)

    page = as_user(chair).get(case.get_absolute_url()).content.decode()

    assert page.count("Đã nộp</span>") == 2
    assert page.count("Chưa nộp</span>") == 1
    assert "Mới có 2 trên 3 phiếu" in page


def test_the_chair_opens_compares_sends_back_and_concludes(as_user, case, chair, member):
    case = handed_in(case, **THREE_STARS)
    client = as_user(chair)

    client.post(url("opening", case))
    assert "Chênh 0 điểm" in client.get(url("comparison", case)).content.decode()
    asked = {"sheets": [sheet.pk for sheet in case.sheets.all()], "reason": "Bàn lại tiêu chí 1.4."}
    client.post(url("reopening", case), asked | {"due_on": "2024-10-20"})
    as_user(holder(case.council, Post.SECRETARY)).post(url("turn_confirmation", case))
    assert again(case).status == CaseStatus.SCORING
    as_user(chair)
    for sheet in case.sheets.all():
        actions.hand_in(sheet, by=sheet.seat.user)
    client.post(url("opening", case))
    assert "Nếu kết luận bây giờ" in client.get(url("conclusion", case)).content.decode()
    client.post(url("conclusion", case), {"conclusion": "Đạt ba sao."})

    page = client.get(case.get_absolute_url()).content.decode()
    assert "Đạt ba sao." in page
    assert "Tổng điểm trung bình 59,00 đạt khung 3 sao" in page
    assert "Quyết định 148/QĐ-TTg" in page
    assert "Bàn lại tiêu chí 1.4." in page
    assert client.get(url("conclusion", case)).url == case.get_absolute_url()


def test_a_spread_beyond_the_limit_stops_the_conclusion_in_words(as_user, case, chair, member):
    for sheet in case.sheets.all():
        fill(sheet, **(ONE_STAR if sheet.seat.user == member else {}))
        actions.hand_in(sheet, by=sheet.seat.user)
    actions.open_case(case, by=chair)
    client = as_user(chair)

    page = client.get(url("conclusion", case)).content.decode()
    refused = client.post(url("conclusion", case), {"conclusion": "Vẫn kết luận."})

    assert "không quá 10 điểm (Quy chế thử nghiệm)" in page
    assert refused.status_code == 200
    assert again(case).status == CaseStatus.OPENED


def test_pages_of_the_chair_are_not_there_for_others(as_user, case, member, secretary):
    case = opened(case)

    for name in ("conclusion", "reopening"):
        assert as_user(member).get(url(name, case)).status_code == 404
    assert as_user(secretary).post(url("opening", case)).status_code == 403
    assert as_user(member).get(url("comparison", case)).status_code == 200


def test_an_odd_moment_is_told_in_words(as_user, case, chair):
    client = as_user(chair)

    assert "Mới có 0 trên 3 phiếu" in client.post(url("opening", case), follow=True).content.decode()
    asked = {"sheets": [], "reason": "x", "due_on": "2024-10-20"}
    assert "Thành viên chấm lại" in client.post(url("reopening", case), asked).content.decode()
