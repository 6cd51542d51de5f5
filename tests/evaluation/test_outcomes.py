"""Conclusions and what follows from them, each refusal beside its control."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from evaluation import actions
from evaluation.models import Case, CaseStatus, Opinion, Post
from foundation.trail.models import Entry
from products.models import Dossier, DossierStatus, Rating
from tests.evaluation.stories import (
    FOUR_STARS,
    ONE_STAR,
    THREE_STARS,
    again,
    concluded,
    forwarded,
    handed_in,
    holder,
    opened,
    reopened,
    sent_down,
    sheet_of,
    taken_up,
)
from tests.factories.evaluation import SeatFactory, case_before, council_of, fill

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 10, 15)


# ---------------------------------------------------------------- conclusion


def test_conclude_freezes_the_verdict_of_the_handed_in_sheets(case, chair):
    case = concluded(case, **THREE_STARS)

    assert (case.stars, case.total, case.concluded_on) == (3, 59, TODAY)
    assert case.result.sheets == (59, 59, 59)
    assert case.conclusion == "Nhất trí."
    assert Entry.objects.about(case).last().note == "Kết quả: 3 sao."


def test_conclude_tells_nothing_while_the_sheets_are_sealed(case, chair, member, secretary):
    for by, pick in ((chair, {}), (member, ONE_STAR), (secretary, {})):
        actions.hand_in(fill(sheet_of(case, by), **pick), by=by)

    with pytest.raises(ValidationError) as refusal:
        actions.conclude(case, by=chair, conclusion="")

    assert "chênh" not in str(refusal.value)
    assert "mở phiếu" in str(refusal.value)


@pytest.mark.parametrize(("counts", "allowed"), [(True, True), (False, False)])
def test_conclude_at_exactly_the_limit_follows_the_rule(
    case, council, chair, member, secretary, counts, allowed
):
    council.spread_limit_counts, council.spread_limit = counts, 3
    council.save()
    for by, choices in ((chair, {}), (member, {}), (secretary, {"c_1_4": 0})):
        actions.hand_in(fill(sheet_of(case, by), **choices), by=by)
    actions.open_case(case, by=chair)

    if allowed:
        actions.conclude(case, by=chair, conclusion="")
        return
    with pytest.raises(
        ValidationError, match=r"chênh 3 điểm. Chênh lệch .* phải dưới 3 điểm \(Quy chế thử nghiệm\)"
    ):
        actions.conclude(case, by=chair, conclusion="")
    assert again(case).verdict is None


def test_conclude_only_by_the_chair_and_once(case, chair, secretary):
    case = opened(case)
    with pytest.raises(PermissionDenied):
        actions.conclude(case, by=secretary, conclusion="")
    actions.conclude(case, by=chair, conclusion="")

    with pytest.raises(ValidationError, match="chưa kết luận"):
        actions.conclude(case, by=chair, conclusion="")


def test_conclude_turns_a_fault_of_the_law_into_words(case, chair):
    case = opened(case)
    # A strike where the law has none, as only raw SQL on a draft could leave it.
    sheet = case.sheets.first()
    sheet_fault = [["1.1", "lý do"]]
    case = reopened(case)
    Opinion.objects.create(sheet=sheet, struck=sheet_fault)
    for row in case.sheets.all():
        actions.hand_in(row, by=row.seat.user)
    actions.open_case(case, by=chair)

    with pytest.raises(ValidationError, match="Không có điều kiện loại"):
        actions.conclude(case, by=chair, conclusion="")


def test_a_majority_strikes_the_dossier_out_whatever_the_spread(case, chair, member, secretary):
    for by, choices in ((chair, {}), (member, ONE_STAR), (secretary, ONE_STAR)):
        sheet = fill(sheet_of(case, by), **choices)
        if by != chair:
            actions.strike(sheet, "6.2", "chép mẫu", was="", by=by)
        actions.hand_in(sheet, by=by)
    actions.open_case(case, by=chair)

    actions.conclude(case, by=chair, conclusion="Loại.")

    case = again(case)
    assert (case.stars, case.next_step.step) == (None, "close")
    assert case.result.struck_out


def test_one_strike_is_not_a_majority(case, chair, member, secretary):
    for by in (chair, member, secretary):
        sheet = fill(sheet_of(case, by))
        if by == member:
            actions.strike(sheet, "6.2", "chép mẫu", was="", by=by)
        actions.hand_in(sheet, by=by)
    actions.open_case(case, by=chair)

    actions.conclude(case, by=chair, conclusion="")

    assert again(case).stars == 5


def test_one_unfinished_strike_suffices_where_the_rules_say_any(case, council, chair, member, secretary):
    council.knockout_by = "any"
    council.save()
    actions.strike(sheet_of(case, member), "6.2", "chép mẫu", was="", by=member)
    for by in (chair, secretary):
        fill(sheet_of(case, by))
    for by in (chair, member, secretary):
        actions.hand_in(sheet_of(case, by), by=by)
    actions.open_case(case, by=chair)

    actions.conclude(case, by=chair, conclusion="")

    case = again(case)
    assert (case.total, case.stars) == (None, None)


# ---------------------------------------------------------------- what follows


def decide(case, by, number="1085/QĐ-UBND", day=TODAY):
    return actions.record_decision(case, number=number, day=day, by=by)


def test_three_stars_are_recognised_by_the_district(case, secretary):
    case = concluded(case, **THREE_STARS)

    rating = decide(case, secretary)

    case = again(case)
    assert (case.status, rating.stars, rating.total) == (CaseStatus.RECOGNISED, 3, 59)
    assert (rating.decision.issuer, rating.decision.level) == (case.council.issuer, "district")
    assert rating.certificate.file.read(5) == b"%PDF-"
    assert Dossier.objects.get().status == DossierStatus.RATED
    with pytest.raises(ValidationError, match="tải lại trang"):
        decide(case, secretary)
    assert Rating.objects.count() == 1


@pytest.mark.parametrize(
    ("number", "day", "said"),
    [
        ("1085/QD-UBND", TODAY, "ví dụ 1085/QĐ-UBND"),
        ("01085/QĐ-UBND", TODAY, "ví dụ"),
        ("1085/QĐ-UBND ", TODAY, "ví dụ"),
        ("1085", TODAY, "ví dụ"),
        ("1085/QĐ-UBND", TODAY + dt.timedelta(days=1), "không thể sau hôm nay"),
        ("1085/QĐ-UBND", TODAY - dt.timedelta(days=1), "không thể trước ngày kết luận 15/10/2024"),
    ],
)
def test_a_decision_has_a_number_of_an_office_and_a_day_that_can_be(case, secretary, number, day, said):
    case = concluded(case, **THREE_STARS)

    with pytest.raises(ValidationError, match=said):
        decide(case, secretary, number, day)

    assert again(case).status == CaseStatus.CONCLUDED
    assert not Rating.objects.exists()


def test_only_those_who_keep_the_papers_record_forward_or_close(council, case, chair, member, people):
    case = concluded(case, **THREE_STARS)

    for stranger in (chair, member, people["producer"], people["province_officer"]):
        with pytest.raises(PermissionDenied):
            decide(case, stranger)
        for deed in (actions.forward, actions.send_down, actions.close_unrated):
            with pytest.raises(PermissionDenied):
                deed(case, by=stranger)


def test_three_stars_are_neither_forwarded_nor_sent_down_nor_closed(case, secretary):
    case = concluded(case, **THREE_STARS)

    for deed in (actions.forward, actions.send_down, actions.close_unrated):
        with pytest.raises(ValidationError, match="không dẫn tới việc đó"):
            deed(case, by=secretary)


def test_enough_points_go_on_to_the_province_which_scores_again(council, upper, commune, secretary):
    case = concluded(case_before(council, area=commune), **FOUR_STARS)
    with pytest.raises(ValidationError, match="không dẫn tới việc đó"):
        decide(case, secretary)

    actions.forward(case, by=secretary)
    above = taken_up(again(case), upper)

    assert again(case).status == CaseStatus.FORWARDED
    assert (above.came_from, above.council, above.sheets.count()) == (case, upper, 3)
    with pytest.raises(ValidationError, match="không chờ hội đồng này"):
        taken_up(again(case), upper)
    assert Case.objects.count() == 2


def test_a_forwarded_case_is_taken_up_by_the_right_people_only(council, upper, commune, secretary, people):
    case = forwarded(council, commune)

    for stranger in (secretary, people["district_officer"], holder(upper, Post.CHAIR)):
        with pytest.raises(PermissionDenied):
            actions.admit_forwarded(case, upper, by=stranger)
    with pytest.raises(ValidationError, match="không chờ hội đồng này"):
        actions.admit_forwarded(case, council, by=secretary)
    assert actions.admit_forwarded(case, upper, by=people["province_officer"]).came_from == case


def test_four_stars_are_recognised_by_the_province(council, upper, commune):
    above = concluded(taken_up(forwarded(council, commune), upper), **FOUR_STARS)

    rating = decide(above, holder(upper, Post.SECRETARY))

    assert (rating.stars, rating.decision.level, rating.decision.issuer) == (4, "province", upper.issuer)
    assert above.proposed_stars is None


def test_five_stars_at_the_province_give_four_and_a_proposal(council, upper, commune):
    above = concluded(taken_up(forwarded(council, commune), upper))

    assert (above.stars, above.proposed_stars) == (5, 5)
    assert decide(above, holder(upper, Post.SECRETARY)).stars == 4


def test_three_stars_at_the_province_are_recognised_below(council, upper, commune, secretary):
    above = concluded(taken_up(forwarded(council, commune), upper), **THREE_STARS)
    with pytest.raises(PermissionDenied):
        decide(above, holder(upper, Post.SECRETARY))
    with pytest.raises(ValidationError, match="không dẫn tới việc đó"):
        decide(above, secretary)

    actions.send_down(above, by=holder(upper, Post.SECRETARY))
    rating = decide(again(above), secretary)

    assert (rating.stars, rating.total, rating.decision.level) == (3, 59, "district")
    assert rating.decision.issuer == council.issuer
    assert again(above).status == CaseStatus.RECOGNISED


def test_a_case_that_was_sent_down_is_not_settled_by_the_province(council, upper, commune):
    above = sent_down(forwarded(council, commune), upper)

    with pytest.raises(PermissionDenied):
        decide(above, holder(upper, Post.SECRETARY))


def test_too_few_points_close_the_dossier(case, secretary):
    case = concluded(case, **ONE_STAR)
    with pytest.raises(ValidationError, match="không dẫn tới việc đó"):
        decide(case, secretary)

    actions.close_unrated(case, by=secretary)

    assert again(case).status == CaseStatus.UNRECOGNISED
    assert Dossier.objects.get().status == DossierStatus.UNRATED
    assert again(case).recognising_council == case.council


def test_seats_added_after_admission_count_for_quorum(case, council, chair):
    handed_in(case)
    SeatFactory(council=council)
    SeatFactory(council=council)

    with pytest.raises(ValidationError, match="Mới có 3 trên 5 phiếu"):
        actions.open_case(case, by=chair)


def test_two_councils_of_one_unit_do_not_share_a_dossier(council, commune, dossier, secretary, people):
    second = council_of(commune.parent)
    actions.admit(council, dossier, by=secretary)

    with pytest.raises(ValidationError, match="không chờ hội đồng này"):
        actions.admit(second, dossier, by=people["district_officer"])
