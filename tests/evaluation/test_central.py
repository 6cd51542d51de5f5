"""Beyond the province: proposal, result, what the regime lets the province do; returning with reasons."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Notice, NoticeKind
from evaluation import actions
from evaluation.models import Case, CaseStatus, CentralProposal, Post
from evaluation.scoring import NextStep, Step, after_above
from foundation.regimes.models import Regime
from products.models import Certificate, Dossier, DossierStatus, Rating
from tests.evaluation.stories import FOUR_STARS, ONE_STAR, concluded, forwarded, holder, taken_up
from tests.factories.evaluation import case_before
from tests.products.whole import law_of_2026

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 10, 15)
PAPER = {"number": "215/UBND-NN", "day": TODAY}


def fresh(case):
    return Case.objects.for_page().get(pk=case.pk)


@pytest.fixture
def clerk(upper):
    return holder(upper, Post.SECRETARY)


@pytest.fixture
def five(council, upper, commune):
    """A product with all points at the province, by the law of 2023."""
    return fresh(concluded(taken_up(forwarded(council, commune, **{}), upper)))


@pytest.fixture
def five_2026(upper, province, commune):
    """The same by the law of 2026, where the province takes dossiers up itself."""
    law = {f"dossier__{name}": value for name, value in law_of_2026().items()}
    return fresh(concluded(case_before(upper, area=commune, **law)))


def answered(case, clerk, **result):
    """Proposed, and the centre has answered."""
    actions.propose_to_centre(case, **PAPER, by=clerk)
    actions.record_central_result(fresh(case), came_on=TODAY, by=clerk, **result)
    return fresh(case)


# ---------------------------------------------------------------- the proposal


def test_enough_points_are_proposed_to_the_centre(five, clerk):
    proposal = actions.propose_to_centre(five, **PAPER, by=clerk)

    assert (proposal.stars_proposed, proposal.is_back, str(proposal)) == (5, False, f"215/UBND-NN: {five}")
    assert fresh(five).next_step.stars == 4
    with pytest.raises(ValidationError, match="Đã đề nghị Trung ương"):
        actions.propose_to_centre(fresh(five), **PAPER, by=clerk)


def test_the_province_may_recognise_first_and_propose_then(five, clerk):
    actions.record_decision(five, number="20/QĐ-UBND", day=TODAY, by=clerk)

    assert actions.propose_to_centre(fresh(five), **PAPER, by=clerk).stars_proposed == 5


def test_only_the_office_proposes_and_enters(five, clerk, upper, secretary):
    for stranger in (holder(upper, Post.CHAIR), holder(upper, Post.MEMBER), secretary):
        with pytest.raises(PermissionDenied):
            actions.propose_to_centre(five, **PAPER, by=stranger)
        with pytest.raises(PermissionDenied):
            actions.record_central_result(five, came_on=TODAY, total=Decimal(95), stars=5, by=stranger)


def test_fewer_points_are_not_proposed(council, upper, commune, clerk):
    four = fresh(concluded(taken_up(forwarded(council, commune), upper), **FOUR_STARS))

    with pytest.raises(ValidationError, match="không đủ để đề nghị Trung ương"):
        actions.propose_to_centre(four, **PAPER, by=clerk)


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"number": "215"}, "dạng số/ký hiệu"),
        ({"day": TODAY + dt.timedelta(days=1)}, "không thể sau hôm nay"),
        ({"day": TODAY - dt.timedelta(days=1)}, "không thể trước ngày kết luận 15/10/2024"),
    ],
)
def test_a_proposal_is_numbered_and_dated_as_it_can_be(five, clerk, facts, text):
    with pytest.raises(ValidationError, match=text):
        actions.propose_to_centre(five, **PAPER | facts, by=clerk)
    assert not CentralProposal.objects.exists()


# ---------------------------------------------------------------- the result


def test_five_stars_of_the_centre_are_its_own_decision_without_our_certificate(five, clerk):
    case = answered(
        five, clerk, total=Decimal("92.5"), stars=5, decision_number="77/QĐ-BNN-VPĐP", decided_on=TODAY
    )

    rating = Rating.objects.get()
    assert (case.status, case.next_step.step) == (CaseStatus.RECOGNISED, Step.CENTRAL)
    assert (rating.stars, rating.decision.level, rating.dossier) == (5, "central", case.dossier)
    assert rating.decision.number == "77/QĐ-BNN-VPĐP"
    assert not Certificate.objects.exists()
    assert case.lower_rule is None


def test_five_stars_may_come_after_the_provinces_four(five, clerk):
    actions.record_decision(five, number="20/QĐ-UBND", day=TODAY, by=clerk)
    earlier = Rating.objects.get()
    Rating.objects.filter(pk=earlier.pk).update(starts_on=TODAY - dt.timedelta(days=1))

    answered(fresh(five), clerk, total=Decimal(91), stars=5, decision_number="77/QĐ-BNN", decided_on=TODAY)

    assert sorted(Rating.objects.values_list("stars", flat=True)) == [4, 5]
    assert Rating.objects.get(stars=5).dossier is None


def test_148_a_product_that_the_centre_found_lower_keeps_the_provinces_result(five, clerk):
    case = answered(five, clerk, total=Decimal(85), stars=4)

    assert (case.status, case.next_step.stars) == (CaseStatus.CONCLUDED, 4)
    assert (case.lower_rule.ways, case.lower_rule.confidence) == (("keep_own_result",), "derived")
    assert not case.may_go_back
    with pytest.raises(ValidationError, match="không dẫn tới việc đó"):
        actions.return_to_producer(case, note="Đánh giá lại.", by=clerk)


def test_2026_the_province_recognises_by_the_centres_result(five_2026, clerk):
    case = answered(five_2026, clerk, total=Decimal(62), stars=3)

    assert (case.next_step.step, case.next_step.stars) == (Step.RECOGNISE, 3)
    assert case.lower_rule.confidence == "seen"
    rating = actions.record_decision(case, number="20/QĐ-UBND", day=TODAY, by=clerk)
    assert (rating.stars, rating.decision.level) == (3, "province")


def test_2026_the_province_may_have_it_assessed_again(five_2026, clerk):
    case = answered(five_2026, clerk, total=Decimal(62), stars=3)
    assert case.may_go_back

    actions.return_to_producer(case, note="Đánh giá lại theo kết quả Trung ương.", by=clerk)

    assert fresh(case).status == CaseStatus.RETURNED
    assert Dossier.objects.get().status == DossierStatus.UNRATED


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"stars": 5, "total": Decimal(85)}, "chỉ đạt khung 4 sao"),
        ({}, "số và ngày quyết định"),
        ({"decision_number": "7/QĐ-BNN"}, "số và ngày quyết định"),
        ({"decided_on": TODAY}, "số và ngày quyết định"),
        ({"decision_number": "7/QĐ-BNN", "decided_on": TODAY - dt.timedelta(days=1)}, "nằm giữa"),
        ({"stars": 4, "decision_number": "7/QĐ-BNN", "decided_on": TODAY}, "không có quyết định"),
        ({"came_on": TODAY + dt.timedelta(days=1)}, "không thể sau hôm nay"),
        ({"came_on": TODAY - dt.timedelta(days=1)}, "không thể trước ngày đề nghị"),
    ],
)
def test_a_result_that_cannot_be_is_refused(five, clerk, facts, text):
    actions.propose_to_centre(five, **PAPER, by=clerk)

    with pytest.raises(ValidationError, match=text):
        actions.record_central_result(
            fresh(five), by=clerk, **{"came_on": TODAY, "total": Decimal(95), "stars": 5} | facts
        )
    assert not CentralProposal.objects.get().is_back


def test_a_result_needs_a_proposal_and_comes_once(five, clerk):
    with pytest.raises(ValidationError, match="không chờ kết quả"):
        actions.record_central_result(five, came_on=TODAY, total=Decimal(85), stars=4, by=clerk)
    case = answered(five, clerk, total=Decimal(85), stars=4)
    with pytest.raises(ValidationError, match="không chờ kết quả"):
        actions.record_central_result(case, came_on=TODAY, total=Decimal(85), stars=4, by=clerk)


def test_the_database_keeps_proposal_and_result(five, clerk):
    answered(five, clerk, total=Decimal(85), stars=4)
    rows = CentralProposal.objects.all()

    for change in (lambda: rows.update(number="1/UBND"), lambda: rows.update(total=99)):
        with pytest.raises(IntegrityError, match="không sửa được nữa"), transaction.atomic():
            change()
    with pytest.raises(IntegrityError, match="không xóa được"), transaction.atomic():
        rows._raw_delete("default")


def test_below_every_star_nothing_is_left_to_recognise(law):
    process = Regime.objects.get(pk="qd26-2026").process
    step = NextStep(Step.RECOGNISE, 4, process.forward_from("province"))

    assert after_above(step, 2, process, "province") == NextStep(Step.CLOSE)
    assert after_above(step, 4, process, "province").stars == 4


def test_a_regime_without_a_rule_keeps_the_verdict(law):
    process = Regime.objects.get(pk="qd26-2026").process
    step = NextStep(Step.RECOGNISE, 4, process.forward_from("province"))

    assert after_above(step, 3, replace(process, ended_lower=()), "province") == step


# ---------------------------------------------------------------- back with reasons


def test_a_dossier_goes_back_with_reasons_which_the_producer_reads(case, secretary, people):
    case = fresh(concluded(case, **ONE_STAR))
    case.dossier.product.entity.memberships.create(user=people["producer"])
    with pytest.raises(ValidationError, match="ghi lý do"):
        actions.return_to_producer(case, note=" ", by=secretary)

    actions.return_to_producer(case, note="Thiếu công bố chất lượng.", by=secretary)

    assert fresh(case).status == CaseStatus.RETURNED
    assert "Thiếu công bố chất lượng" in Notice.objects.get(kind=NoticeKind.DOSSIER_RETURNED).text
    with pytest.raises(ValidationError, match="không dẫn tới"):
        actions.return_to_producer(fresh(case), note="Lần nữa.", by=secretary)


def test_what_is_to_be_recognised_does_not_go_back(council, upper, commune, secretary, member):
    case = fresh(concluded(case_before(council, area=commune), **FOUR_STARS))

    with pytest.raises(PermissionDenied):
        actions.return_to_producer(case, note="Lý do.", by=member)
    with pytest.raises(ValidationError, match="không dẫn tới"):
        actions.return_to_producer(case, note="Lý do.", by=secretary)
