"""The same product under Quyết định 148 in three levels and under 26/2026 in two: the same deeds, no other code.

What differs comes from the regime alone: which level takes a dossier up, whether it passes the commune, who recognises
which stars, what goes on from how many points, and the product's code.
"""

import pytest
from django.core.exceptions import ValidationError

from evaluation import actions
from evaluation.models import Case, CaseStatus, Post
from evaluation.scoring import entry_level
from foundation.regimes.models import CriteriaSet, Regime
from products.models import DossierStatus
from tests.evaluation.stories import FOUR_STARS, again, concluded, handed_in, holder
from tests.factories.evaluation import council_of, middling
from tests.factories.products import DossierFactory

pytestmark = pytest.mark.django_db
TEXTILE = "22-vai-may-mac"
TOP = {"pick": middling(99)}
THREE = {"pick": middling(3)}
TWO_LEVELS = ("qd148-2025", "qd26-2026")


@pytest.fixture
def councils(commune, province):
    """A council of the commune, of the district and of the province."""
    return {
        "commune": council_of(commune, level="commune", issuer="Ủy ban nhân dân xã Chuyên Ngoại"),
        "district": council_of(commune.parent),
        "province": council_of(province, level="province", issuer="Ủy ban nhân dân tỉnh Hà Nam"),
    }


@pytest.fixture
def submitted(entity):
    """One product of textile, taken in under a regime."""

    def made(regime):
        law = Regime.objects.get(pk=regime)
        return DossierFactory(
            product__entity=entity,
            regime=law,
            criteria_set=CriteriaSet.objects.get(regime=law, code=TEXTILE),
            status=DossierStatus.ACCEPTED,
            submitted_on="2024-09-01",
            accepted_on="2024-09-10",
        )

    return made


def before(council, dossier):
    """Admitted by the council's secretary."""
    return actions.admit(council, dossier, by=holder(council, Post.SECRETARY))


def decided(case, stars):
    """Decided by the office of the council that concluded; the stars that the product got."""
    by = holder(case.council, Post.SECRETARY)
    rating = actions.record_decision(case, number=f"{case.pk}/QĐ-UBND", day=case.concluded_on, by=by)
    assert again(case).status == CaseStatus.RECOGNISED
    assert (rating.stars, rating.decision.level) == (stars, case.council.level)
    assert rating.regime == case.dossier.regime
    return rating


@pytest.mark.parametrize(
    ("regime", "takes"), [("qd148-2023", "district"), ("qd148-2025", "province"), ("qd26-2026", "province")]
)
def test_the_regime_says_which_council_takes_a_dossier_up(councils, submitted, regime, takes):
    dossier = submitted(regime)
    for level, council in councils.items():
        if level != takes:
            with pytest.raises(ValidationError, match="không chờ hội đồng này"):
                before(council, dossier)
            assert not Case.objects.filter(dossier=dossier).exists()
    case = before(councils[takes], dossier)
    assert (case.status, case.sheets.count()) == (CaseStatus.SCORING, 3)


@pytest.mark.parametrize("regime", ["qd148-2023", *TWO_LEVELS])
def test_no_law_has_a_council_in_the_commune_and_its_papers_go_where_dossiers_are_taken_up(law, regime):
    """QĐ 26/2026 asks the commune for its assessment and its papers (Mẫu số 03), never for a council."""
    process = Regime.objects.get(pk=regime).process
    assert "commune" not in {row.level for row in process.levels}
    assert process.forward_from("commune") is None
    handed_on = process.transfer_from("commune")
    assert (handed_on is not None) == (regime in TWO_LEVELS)
    if handed_on:
        assert handed_on.to_level == entry_level(process)


@pytest.mark.parametrize("regime", TWO_LEVELS)
@pytest.mark.parametrize(("choices", "stars"), [(FOUR_STARS, 4), (TOP, 4)])
def test_in_two_levels_the_province_admits_scores_opens_concludes_and_decides(
    councils, submitted, regime, choices, stars
):
    case = concluded(
        before(councils["province"], submitted(regime)), **(TOP if choices is TOP else four(regime))
    )

    assert case.status == CaseStatus.CONCLUDED
    assert case.result.regime == regime
    assert case.proposed_stars == (5 if choices is TOP else None)  # from 90 points the ministry may be asked
    decided(case, stars)


def four(regime):
    """Sheets of four stars by the form of that law: everything at its top but what only five stars ask for."""
    if regime == "qd148-2025":
        return FOUR_STARS
    return {"pick": middling(99), "c_1_4": 2, "c_6_1": 3, "c_9": 1, "c_6_3": 0}


def test_three_stars_are_the_provinces_in_two_levels_and_the_districts_in_three(councils, submitted):
    under_148 = concluded(before(councils["district"], submitted("qd148-2023")), **low("qd148-2023"))
    assert decided(under_148, 3).decision.level == "district"

    under_26 = concluded(before(councils["province"], submitted("qd26-2026")), **low("qd26-2026"))
    assert decided(under_26, 3).decision.level == "province"


def low(regime):
    """Sheets of three stars by the form of that law."""
    if regime == "qd148-2023":
        return {"pick": middling(3), "c_4_3": 0, "c_4_2": 0, "c_6_5": 0, "c_6_4": 0}
    return {"pick": middling(3), "c_5_1": 3}


def test_seventy_points_go_on_in_three_levels_and_are_decided_in_two(councils, submitted):
    up = concluded(before(councils["district"], submitted("qd148-2023")), **FOUR_STARS)
    actions.forward(up, by=holder(councils["district"], Post.SECRETARY))
    assert again(up).status == CaseStatus.FORWARDED

    here = concluded(before(councils["province"], submitted("qd26-2026")), **four("qd26-2026"))
    with pytest.raises(ValidationError, match="không dẫn tới việc đó"):
        actions.forward(here, by=holder(councils["province"], Post.SECRETARY))
    decided(here, 4)


def test_a_sheet_takes_boxes_of_its_own_law_only(councils, submitted):
    """3.6 is a criterion of 148 and none of 26/2026."""
    case = before(councils["province"], submitted("qd26-2026"))
    sheet = case.sheets.select_related("seat__user").first()
    foreign = CriteriaSet.objects.get(regime="qd148-2025", code=TEXTILE).criteria.get(code="3.6")
    with pytest.raises(ValidationError, match="không thuộc bộ tiêu chí của hồ sơ"):
        actions.choose(sheet, foreign, "3.6:1", version=0, by=sheet.seat.user)
    assert handed_in(case, **TOP).status == CaseStatus.SCORING


def test_certificates_run_as_many_months_as_the_law_says(councils, submitted):
    for regime in TWO_LEVELS:
        rating = decided(concluded(before(councils["province"], submitted(regime)), **four(regime)), 4)
        months = Regime.objects.get(pk=regime).certificate_months
        assert (rating.ends_on.year - rating.starts_on.year) * 12 == months
        assert (rating.ends_on.month, rating.ends_on.day) == (rating.starts_on.month, rating.starts_on.day)
