"""Deeds of councils, each refusal beside its control."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from evaluation import actions
from evaluation.models import CaseStatus, Post, Score, SheetStatus
from foundation.regimes.models import Criterion
from foundation.trail.models import Entry
from foundation.trail.moves import IllegalMove
from products.actions import StaleChoice
from products.models import Dossier, DossierStatus, Serial
from tests.evaluation.stories import (
    again,
    handed_in,
    holder,
    sheet_of,
)
from tests.factories.evaluation import CouncilFactory, fill
from tests.factories.products import DossierFactory

pytestmark = pytest.mark.django_db


def criterion(case, code):
    return Criterion.objects.get(criteria_set=case.dossier.criteria_set, code=code)


# ---------------------------------------------------------------- before the council


@pytest.mark.parametrize("who", ["secretary", "officer"])
def test_admit_makes_a_case_and_a_sheet_for_every_seat(council, dossier, secretary, people, who):
    by = secretary if who == "secretary" else people["district_officer"]

    case = actions.admit(council, dossier, by=by)

    assert (case.code, case.status) == ("PDG-2024-0001", CaseStatus.SCORING)
    assert {sheet.seat for sheet in case.sheets.all()} == set(council.seats.all())
    assert Dossier.objects.get().status == DossierStatus.UNDER_EVALUATION
    assert Entry.objects.about(case).get().by == by


def test_admit_is_refused_to_others_and_changes_nothing(council, dossier, chair, people):
    for stranger in (chair, people["other_district_officer"], people["province_officer"], people["producer"]):
        with pytest.raises(PermissionDenied):
            actions.admit(council, dossier, by=stranger)

    assert Dossier.objects.get().status == DossierStatus.ACCEPTED


def test_admit_twice_is_refused_in_words_and_uses_up_no_number(council, dossier, secretary):
    actions.admit(council, dossier, by=secretary)

    with pytest.raises(ValidationError, match="không chờ hội đồng này"):
        actions.admit(council, dossier, by=secretary)

    assert Serial.objects.get(name="case-2024").last == 1


def test_admit_refuses_a_dossier_of_another_district(council, secretary, other_commune):
    far = DossierFactory(
        product__entity__area=other_commune, status=DossierStatus.ACCEPTED, submitted_on="2024-09-01"
    )

    with pytest.raises(ValidationError, match="không chờ hội đồng này"):
        actions.admit(council, far, by=secretary)


def test_the_province_takes_up_nothing_that_begins_in_the_district(upper, dossier):
    with pytest.raises(ValidationError, match="không chờ hội đồng này"):
        actions.admit(upper, dossier, by=holder(upper, Post.SECRETARY))


def test_admit_needs_members(commune, dossier, people):
    empty = CouncilFactory(area=commune.parent)

    with pytest.raises(ValidationError, match="chưa có thành viên"):
        actions.admit(empty, dossier, by=people["district_officer"])


# ---------------------------------------------------------------- choosing


def test_choose_keeps_option_note_and_version(case, member):
    sheet = sheet_of(case, member)

    row = actions.choose(sheet, criterion(case, "1.4"), "1.4:2", version=0, note="đã xem kho", by=member)
    row = actions.choose(sheet, criterion(case, "1.4"), "1.4:3", version=1, by=member)

    assert (row.option.points, row.note, row.version) == (3, "", 2)
    assert Score.objects.filter(sheet=sheet).count() == 1


def test_choose_takes_no_level_only_where_the_law_leaves_it(case, member):
    sheet = sheet_of(case, member)

    assert actions.choose(sheet, criterion(case, "1.1"), None, version=0, by=member).option is None
    with pytest.raises(ValidationError, match=r"1\.4: hãy chọn một mức"):
        actions.choose(sheet, criterion(case, "1.4"), None, version=0, by=member)


@pytest.mark.parametrize("key", ["1.4:9", "1.1:1", "", "1.4:2 "])
def test_choose_refuses_a_box_that_the_criterion_does_not_have(case, member, key):
    with pytest.raises(ValidationError, match="hãy chọn một mức"):
        actions.choose(sheet_of(case, member), criterion(case, "1.4"), key, version=0, by=member)


def test_choose_refuses_a_criterion_of_another_set(case, member):
    other = (
        Criterion.objects.exclude(criteria_set=case.dossier.criteria_set).filter(none_allowed=True).first()
    )

    with pytest.raises(ValidationError, match="không thuộc bộ tiêu chí"):
        actions.choose(sheet_of(case, member), other, None, version=0, by=member)


def test_choose_refuses_a_note_that_is_too_long(case, member):
    with pytest.raises(ValidationError):
        actions.choose(
            sheet_of(case, member), criterion(case, "1.4"), "1.4:2", version=0, note="a" * 1001, by=member
        )


def test_t02_a_stale_tab_is_told_what_stands_and_changes_nothing(case, member):
    sheet = sheet_of(case, member)
    actions.choose(sheet, criterion(case, "1.4"), "1.4:2", version=0, by=member)
    actions.choose(sheet, criterion(case, "1.4"), "1.4:3", version=1, by=member)

    for version in (0, 1, 3):
        with pytest.raises(StaleChoice) as refusal:
            actions.choose(sheet, criterion(case, "1.4"), "1.4:1", version=version, by=member)
        assert refusal.value.current.option.points == 3

    assert sheet.scores.get().version == 2


def test_a_choice_sent_twice_because_the_answer_was_lost_is_one_choice(case, member):
    sheet = sheet_of(case, member)
    first = actions.choose(sheet, criterion(case, "1.4"), "1.4:2", version=0, note="x", by=member)

    second = actions.choose(sheet, criterion(case, "1.4"), "1.4:2", version=0, note="x", by=member)

    assert (second.pk, second.version) == (first.pk, 1)


def test_nobody_chooses_in_another_sheet(case, member, chair):
    with pytest.raises(PermissionDenied):
        actions.choose(sheet_of(case, member), criterion(case, "1.4"), "1.4:2", version=0, by=chair)


def test_choose_is_refused_after_handing_in_and_after_opening(case, member, chair, council):
    council.quorum_percent = 60
    council.save()
    mine = fill(sheet_of(case, member))
    actions.hand_in(mine, by=member)
    with pytest.raises(ValidationError, match="Phiếu đã nộp"):
        actions.choose(mine, criterion(case, "1.4"), "1.4:0", version=1, by=member)

    actions.hand_in(fill(sheet_of(case, chair)), by=chair)
    actions.open_case(case, by=chair)
    late = case.sheets.get(status=SheetStatus.DRAFT)
    with pytest.raises(ValidationError, match="Chủ tịch đã mở phiếu"):
        actions.choose(late, criterion(case, "1.4"), "1.4:0", version=0, by=late.seat.user)


# ---------------------------------------------------------------- striking out


def test_strike_writes_changes_and_takes_back_a_reason(case, member):
    sheet = sheet_of(case, member)

    actions.strike(sheet, "6.2", " chép mẫu ", was="", by=member)
    actions.strike(sheet, "dossier", "giả giấy tờ", was="", by=member)
    assert sheet_of(case, member).strikes == {"6.2": "chép mẫu", "dossier": "giả giấy tờ"}

    actions.strike(sheet, "6.2", "chép mẫu của HTX khác", was="chép mẫu", by=member)
    actions.strike(sheet, "dossier", "", was="giả giấy tờ", by=member)
    assert sheet_of(case, member).strikes == {"6.2": "chép mẫu của HTX khác"}


def test_strike_from_a_stale_tab_does_not_write_over_newer_text(case, member):
    sheet = sheet_of(case, member)
    actions.strike(sheet, "6.2", "mới", was="", by=member)

    with pytest.raises(ValidationError, match="vừa được sửa ở nơi khác"):
        actions.strike(sheet, "6.2", "cũ", was="", by=member)

    assert sheet_of(case, member).strikes == {"6.2": "mới"}


@pytest.mark.parametrize("where", ["1.1", "99", ""])
def test_strike_only_where_the_law_allows_it(case, member, where):
    with pytest.raises(ValidationError, match="không có điều kiện loại"):
        actions.strike(sheet_of(case, member), where, "lý do", was="", by=member)


# ---------------------------------------------------------------- handing in


def test_hand_in_lists_what_is_unanswered(case, member):
    sheet = sheet_of(case, member)
    actions.choose(sheet, criterion(case, "1.1"), "1.1:1", version=0, by=member)

    with pytest.raises(ValidationError, match=r"Còn 26 tiêu chí chưa chấm: 1\.2, 1\.3"):
        actions.hand_in(sheet, by=member)

    assert sheet_of(case, member).status == SheetStatus.DRAFT


def test_hand_in_moves_the_sheet_once_and_leaves_an_entry(case, member):
    sheet = fill(sheet_of(case, member))

    actions.hand_in(sheet, by=member, remark="Sản phẩm tốt.")

    kept = sheet_of(case, member)
    assert (kept.status, kept.remark, Entry.objects.about(kept).get().by) == (
        "handed_in",
        "Sản phẩm tốt.",
        member,
    )
    assert kept.handed_in_at is not None
    with pytest.raises(ValidationError, match="Phiếu đã nộp"):
        actions.hand_in(sheet, by=member)


def test_a_sheet_that_strikes_out_may_stop_where_one_sheet_suffices(case, member, council):
    council.knockout_by = "any"
    council.save()
    sheet = sheet_of(case, member)
    actions.strike(sheet, "6.2", "chép mẫu", was="", by=member)

    actions.hand_in(sheet, by=member)

    assert sheet_of(case, member).status == SheetStatus.HANDED_IN


def test_a_sheet_that_strikes_out_is_filled_in_where_a_majority_is_needed(case, member):
    sheet = sheet_of(case, member)
    actions.strike(sheet, "6.2", "chép mẫu", was="", by=member)

    with pytest.raises(ValidationError, match="chưa chấm"):
        actions.hand_in(sheet, by=member)


# ---------------------------------------------------------------- opening


def test_open_needs_quorum_and_the_chairs_sheet(case, member, secretary, chair):
    for by in (member, secretary):
        actions.hand_in(fill(sheet_of(case, by)), by=by)

    with pytest.raises(ValidationError) as refusal:
        actions.open_case(case, by=chair)
    assert refusal.value.messages == [
        "Mới có 2 trên 3 phiếu, Quy chế cần ít nhất 75%.",
        "Chưa có phiếu của Chủ tịch hội đồng.",
    ]

    actions.hand_in(fill(sheet_of(case, chair)), by=chair)
    actions.open_case(case, by=chair)
    assert again(case).opened_at is not None


def test_open_without_the_chairs_sheet_where_the_rules_say_so(case, council, member, secretary, chair):
    council.quorum_percent, council.chair_required = 66, False
    council.save()
    for by in (member, secretary):
        actions.hand_in(fill(sheet_of(case, by)), by=by)

    actions.open_case(case, by=chair)

    assert again(case).status == CaseStatus.OPENED


def test_only_the_chair_opens_and_only_once(case, secretary, chair):
    case = handed_in(case)
    with pytest.raises(PermissionDenied):
        actions.open_case(case, by=secretary)
    actions.open_case(case, by=chair)

    with pytest.raises(IllegalMove, match="tải lại trang"):
        actions.open_case(case, by=chair)
