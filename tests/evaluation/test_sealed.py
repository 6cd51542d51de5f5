"""T10 and T12: nothing is taken from the browser, nothing is seen before the opening."""

import re

import pytest
from django.urls import reverse

from evaluation import actions
from evaluation.models import Case, CaseStatus, Council, Score, ScoreSheet, Seat, SheetStatus
from products.models import Dossier, Rating
from tests.evaluation.browsing import JSON, choice, url
from tests.evaluation.stories import (
    THREE_STARS,
    again,
    concluded,
    handed_in,
    sheet_of,
)
from tests.factories.evaluation import fill

pytestmark = pytest.mark.django_db


# ---------------------------------------------------------------- T10


def fields(*models):
    """Every column of these models with something tempting in it."""
    tempting = {
        "total": "100",
        "stars": "5",
        "status": "recognised",
        "version": "99",
        "code": "PDG-9",
        "verdict": "{}",
    }
    return {
        name: tempting.get(name, "1")
        for model in models
        for field in model._meta.fields
        for name in {field.name, field.attname}
        if name not in {"note", "conclusion", "remark"}
    }


def test_t10_a_choice_takes_nothing_but_the_choice(as_user, case, member):
    as_user(member).post(
        url("choices", case), fields(Score, ScoreSheet, Case) | choice(case, member), headers=JSON
    )

    score, sheet = Score.objects.get(), sheet_of(case, member)
    assert (score.version, score.option.key, score.sheet) == (1, "1.4:2", sheet)
    assert (sheet.status, sheet.struck, again(case).status) == (SheetStatus.DRAFT, [], CaseStatus.SCORING)


def test_t10_deeds_of_the_chair_take_nothing_but_their_text(as_user, case, chair):
    case = handed_in(case, **THREE_STARS)
    client = as_user(chair)

    client.post(url("opening", case), fields(Case, Council, Seat))
    client.post(url("conclusion", case), fields(Case, Council, Seat) | {"conclusion": "x"})

    case = again(case)
    assert (case.total, case.stars, case.status) == (59, 3, CaseStatus.CONCLUDED)
    assert case.code.startswith("PDG-2024-9")


def test_t10_the_decision_takes_nothing_but_number_and_day(as_user, case, secretary):
    case = concluded(case, **THREE_STARS)
    typed = fields(Case, Rating, Dossier) | {"number": "12/QĐ-UBND", "day": "2024-10-15"}

    as_user(secretary).post(url("decision", case), typed)

    rating = Rating.objects.get()
    assert (rating.stars, rating.total, rating.product) == (3, 59, case.dossier.product)


def test_t10_admission_takes_nothing_but_the_council(as_user, council, dossier, secretary):
    typed = fields(Case, Dossier, ScoreSheet) | {"hoi_dong": council.code}

    as_user(secretary).post(reverse("evaluation:admission", args=[dossier.code]), typed)

    case = Case.objects.get()
    assert (case.code, case.status, case.stars, case.dossier) == (
        "PDG-2024-0001",
        CaseStatus.SCORING,
        None,
        dossier,
    )


# ---------------------------------------------------------------- T12


def pages(case):
    """Every address of the case that answers GET."""
    names = ("case", "dossier", "sheet", "hand_in", "comparison", "conclusion", "reopening", "decision")
    return [
        reverse("evaluation:cases"),
        reverse("evaluation:admissions"),
        *(url(name, case) for name in names),
    ]


CANARIES = ("chim hoàng yến", "lý do kín", "ý kiến kín")


def test_t12_nothing_of_a_sheet_is_anywhere_before_the_opening(
    as_user, case, member, chair, secretary, people
):
    actions.strike(fill(sheet_of(case, member), c_1_4=0), "6.2", "lý do kín", was="", by=member)
    row = Score.objects.get(sheet=sheet_of(case, member), criterion__code="1.4")
    actions.choose(
        sheet_of(case, member), row.criterion, "1.4:0", version=row.version, note="chim hoàng yến", by=member
    )
    actions.hand_in(sheet_of(case, member), by=member, remark="ý kiến kín")

    def found(user):
        client = as_user(user)
        seen = "".join(client.get(address).content.decode() for address in pages(case))
        return {word for word in CANARIES if word in seen}

    others = [chair, secretary, people["district_officer"], people["province_officer"], people["manager"]]
    assert [found(user) for user in others] == [set()] * 5
    assert found(member) >= {"chim hoàng yến", "lý do kín", "ý kiến kín"}

    for by in (chair, secretary):
        actions.hand_in(fill(sheet_of(case, by)), by=by)
    actions.open_case(case, by=chair)
    assert found(secretary) == set(CANARIES)
    assert found(people["manager"]) == set()


def test_t12_an_empty_and_a_full_draft_look_the_same_to_others(as_user, case, member, chair):
    client = as_user(chair)
    before = [_bare(client.get(address)) for address in pages(case)]

    fill(sheet_of(case, member))

    assert [_bare(client.get(address)) for address in pages(case)] == before


def _bare(answer):
    """The page without its one-time tokens and the number of the request."""
    return re.sub(
        r'(csrfmiddlewaretoken" value|csrf-token" content|nonce)="[^"]+"|[0-9a-f]{32}',
        "",
        answer.content.decode(),
    )
