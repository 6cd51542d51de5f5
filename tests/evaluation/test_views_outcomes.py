"""What follows from a verdict, as those who keep the papers meet it."""

import datetime as dt

import pytest
from django.urls import reverse

from evaluation import actions
from evaluation.models import CaseStatus, Post
from products.models import Rating
from tests.evaluation.browsing import url
from tests.evaluation.stories import (
    FOUR_STARS,
    ONE_STAR,
    THREE_STARS,
    again,
    concluded,
    forwarded,
    holder,
    opened,
    sent_down,
    sheet_of,
    taken_up,
)
from tests.factories.evaluation import case_before

pytestmark = pytest.mark.django_db


def test_the_secretary_enters_the_decision_and_the_certificate_follows(as_user, case, secretary):
    case = concluded(case, **THREE_STARS)
    client = as_user(secretary)
    assert "công nhận 3 sao" in client.get(case.get_absolute_url()).content.decode()

    wrong = client.post(url("decision", case), {"number": "12", "day": "2024-10-15"})
    assert "ví dụ 1085/QĐ-UBND" in wrong.content.decode()
    client.post(url("decision", case), {"number": "12/QĐ-UBND", "day": "2024-10-15"})

    rating = Rating.objects.get()
    page = client.get(case.get_absolute_url()).content.decode()
    assert (rating.stars, rating.starts_on) == (3, dt.date(2024, 10, 15))
    assert rating.certificate.get_absolute_url() in page
    assert client.get(url("decision", case)).url == case.get_absolute_url()


def test_forwarding_sending_down_and_the_decision_below(as_user, council, upper, commune, secretary):
    case = concluded(case_before(council, area=commune), **FOUR_STARS)
    as_user(secretary).post(url("forwarding", case))
    above = concluded(taken_up(again(case), upper), **THREE_STARS)
    as_user(holder(upper, Post.SECRETARY)).post(url("sending_down", above))
    client = as_user(secretary)

    assert above.code in client.get(reverse("evaluation:cases")).content.decode()
    assert "Ghi quyết định công nhận" in client.get(above.get_absolute_url()).content.decode()
    client.post(url("decision", above), {"number": "13/QĐ-UBND", "day": "2024-10-15"})

    assert Rating.objects.get().decision.issuer == council.issuer


def test_enough_points_for_the_centre_are_said(as_user, council, upper, commune):
    above = concluded(taken_up(forwarded(council, commune), upper))

    page = as_user(holder(upper, Post.SECRETARY)).get(above.get_absolute_url()).content.decode()

    assert "Đủ điểm đề nghị Trung ương đánh giá 5 sao" in page
    assert "công nhận 4 sao" in page


def test_too_few_points_close_the_dossier(as_user, case, secretary):
    case = concluded(case, **ONE_STAR)
    client = as_user(secretary)
    assert "Khép hồ sơ" in client.get(case.get_absolute_url()).content.decode()

    client.post(url("closing", case))

    assert again(case).status == CaseStatus.UNRECOGNISED
    assert client.get(case.get_absolute_url()).status_code == 200


def test_those_without_the_papers_see_no_button_and_no_form(as_user, case, member):
    case = concluded(case, **THREE_STARS)
    client = as_user(member)

    assert url("decision", case) not in client.get(case.get_absolute_url()).content.decode()
    assert client.get(url("decision", case)).status_code == 404
    assert client.post(url("forwarding", case)).status_code == 403


def test_the_province_has_nothing_to_do_with_what_it_sent_down(as_user, council, upper, commune):
    above = sent_down(forwarded(council, commune), upper)

    page = as_user(holder(upper, Post.SECRETARY)).get(above.get_absolute_url()).content.decode()

    assert url("decision", above) not in page


def test_a_struck_out_dossier_is_explained(as_user, case, chair, member, secretary):
    for by in (chair, member, secretary):
        actions.strike(sheet_of(case, by), "6.2", "chép mẫu", was="", by=by)
    opened(case)
    client = as_user(chair)
    assert "chép mẫu" in client.get(url("comparison", case)).content.decode()

    client.post(url("conclusion", case), {"conclusion": "Loại."})

    assert "Hồ sơ bị loại tại tiêu chí 6.2" in client.get(case.get_absolute_url()).content.decode()
