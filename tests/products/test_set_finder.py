"""The short way to one of the 26 sets."""

import pytest
from django.urls import reverse

from foundation.regimes.models import CriteriaSet, Regime
from products import sets
from tests.factories.planning import PotentialProductFactory
from tests.factories.products import IdeaFactory

pytestmark = pytest.mark.django_db


def offered():
    """The codes of the sets of every regime under which dossiers are filed today or later."""
    regimes = Regime.objects.filter(pk__in=["qd148-2023", "qd26-2026"])
    return [set(CriteriaSet.objects.of(regime).values_list("code", flat=True)) for regime in regimes]


def test_every_set_is_reached_by_questions_and_nothing_else(law):
    for codes in offered():
        assert len(codes) == 26
        assert sets.reached() == codes
        assert set(sets.facts()["words"]) == codes


def test_no_way_is_long_and_none_goes_round():
    for code in sets.questions():
        way = sets.way_to(code)
        assert len(way) <= 3
        assert len({row.code for row, _ in way}) == len(way)
    assert all(len(row.answers) >= 2 for row in sets.questions().values())


def test_a_question_that_no_answer_reaches_would_be_seen(monkeypatch):
    """The control: an answer that leads elsewhere leaves a set behind."""
    first = sets.start()
    short = sets.Question(first.code, first.text, first.answers[1:])
    monkeypatch.setattr(sets, "start", lambda: short)
    assert "01-rau-cu-qua-hat-tuoi" not in sets.reached()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("cá kho", "08-che-bien-thit-thuy-san-trung-sua"),
        ("CA KHO", "08-che-bien-thit-thuy-san-trung-sua"),
        ("rượu vọc", "14-ruou-trang"),
        ("trà sen", "12-tra-tu-thuc-vat-khac"),
        ("banh da nem", "06-che-bien-gao-ngu-coc"),
    ],
)
def test_words_find_sets(law, typed, code):
    rows = CriteriaSet.objects.of(Regime.objects.get(pk="qd148-2023"))
    assert code in {row.code for row in sets.matching(rows, typed)}


def test_no_words_find_nothing(law):
    assert sets.matching(CriteriaSet.objects.all(), "  ") == []
    assert sets.question("không-có") == sets.start()


def test_the_page_leads_to_the_slip_with_the_set_chosen(client, people):
    client.force_login(people["producer"])
    address = reverse("products:set_finder")
    assert "Sản phẩm của bạn là gì?" in client.get(address).content.decode()
    page = client.get(address, {"hoi": "thu-cong"}).content.decode()
    assert "?bo=22-vai-may-mac" in page
    form = client.get(reverse("products:idea_new"), {"bo": "22-vai-may-mac"}).context["form"]
    assert form["criteria_set"].value() == CriteriaSet.objects.get(
        regime=Regime.objects.get(pk="qd148-2023"), code="22-vai-may-mac"
    ).pk  # fmt: skip
    assert "Không có bộ nào khớp" in client.get(address, {"q": "máy bay"}).content.decode()
    assert client.get(address, {"q": "x" * 10_000, "hoi": "x" * 400}).status_code == 200


def test_the_way_back_keeps_the_idea_and_the_line(client, people, entity):
    idea, line = IdeaFactory(entity=entity), PotentialProductFactory(entity=entity)
    client.force_login(people["producer"])
    address = reverse("products:set_finder")

    page = client.get(address, {"y-tuong": idea.code, "q": "lụa"}).content.decode()
    assert f"/y-tuong/{idea.code}/sua/?bo=22-vai-may-mac" in page
    page = client.get(address, {"tiem-nang": line.code, "q": "lụa"}).content.decode()
    assert f"tiem-nang={line.code}&amp;bo=22-vai-may-mac" in page
    assert "/y-tuong/moi/" in client.get(address, {"y-tuong": "../..", "q": "lụa"}).content.decode()
    edit = client.get(reverse("products:idea_edit", args=[idea.code]), {"bo": "23-hoa"}).context["form"]
    assert edit["criteria_set"].value() != idea.criteria_set_id
