"""Score sheets on paper: printed with a QR, typed by the secretary, held against the totals on the paper."""

import io

import pypdfium2
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from entities.models import Membership
from evaluation import actions
from evaluation.laws import criteria_of, strike_places
from evaluation.models import Channel, Post, Score, ScoreChange, ScoreSheet, SheetStatus
from evaluation.papers.score_sheets import address_of, named_by
from foundation.regimes.engine import DOSSIER
from foundation.trail.models import Entry
from tests.evaluation.browsing import url
from tests.evaluation.stories import again, handed_in, holder, opened, reopened, sheet_of
from tests.factories.evaluation import fill, middling

pytestmark = pytest.mark.django_db


PICK = middling(3)


def on_paper(case, pick=PICK):
    """What a member has ticked: option keys by criterion, and the totals that the member added up."""
    answers, points = {}, {}
    for code, ask in criteria_of(case.dossier.criteria_set).items():
        option = pick(list(ask.options.values()))
        answers[code] = option.key
        points[ask.row.part] = points.get(ask.row.part, 0) + option.points
    return answers, points | {"total": sum(points.values())}


def typed(case, answers, totals, **more):
    """The same as the grid sends it: printed numbers."""
    law = criteria_of(case.dossier.criteria_set)
    cells = {
        f"c-{code}": "0" if key is None else str(list(law[code].options).index(key) + 1)
        for code, key in answers.items()
    }
    counted = {"t-strikes": "0"} | {f"t-{part}": str(points) for part, points in totals.items()}
    return cells | counted | {"remark": ""} | more


def entry(case, member):
    """The address of the member's grid."""
    return url("paper_entry", case, case.council.seats.get(user=member).pk)


# ---------------------------------------------------------------- the deed


def test_a_paper_sheet_is_typed_and_handed_in_at_once(case, member, secretary):
    answers, totals = on_paper(case)

    actions.enter_paper(sheet_of(case, member), answers, totals, by=secretary, remark=" Tốt. ")

    sheet = sheet_of(case, member)
    assert (sheet.status, sheet.channel, sheet.entered_by) == (
        SheetStatus.HANDED_IN,
        Channel.PAPER,
        secretary,
    )
    assert (sheet.answers(), sheet.result().total, sheet.remark) == (answers, totals["total"], "Tốt.")
    assert sheet.channel_in_words == f"Phiếu giấy, {secretary} nhập"
    noted = Entry.objects.about(sheet).get().note
    assert "tổng kiểm tra khớp" in noted
    assert str(totals["total"]) not in noted


@pytest.mark.parametrize("part", ["A", "B", "C", "total"])
def test_a_total_that_differs_keeps_nothing(case, member, secretary, part):
    answers, totals = on_paper(case)

    with pytest.raises(
        ValidationError, match=f"trên phiếu {totals[part] + 1}, theo các mức đã nhập {totals[part]}"
    ):
        actions.enter_paper(sheet_of(case, member), answers, totals | {part: totals[part] + 1}, by=secretary)

    assert not Score.objects.exists()
    assert sheet_of(case, member).channel == Channel.ELECTRONIC


def test_a_total_that_is_missing_is_said(case, member, secretary):
    answers, totals = on_paper(case)
    totals.pop("A")

    with pytest.raises(ValidationError, match="Phần A: trên phiếu chưa ghi"):
        actions.enter_paper(sheet_of(case, member), answers, totals, by=secretary)


def test_what_the_paper_may_not_say(case, member, secretary):
    answers, totals = on_paper(case)
    sheet = sheet_of(case, member)
    for wrong, words in [
        ({"99": None}, "không thuộc bộ tiêu chí"),
        ({"1.4": "1.4:9"}, r"Tiêu chí 1\.4"),
        ({"1.4": None}, r"Tiêu chí 1\.4"),
    ]:
        with pytest.raises(ValidationError, match=words):
            actions.enter_paper(sheet, answers | wrong, totals, by=secretary)
    answers.pop("1.4")
    with pytest.raises(ValidationError, match=r"Còn 1 tiêu chí chưa nhập: 1\.4"):
        actions.enter_paper(sheet, answers, totals, by=secretary)


def test_only_the_secretary_types_and_never_the_own_sheet(case, member, chair, secretary, people):
    answers, totals = on_paper(case)
    for by, whose in (
        (chair, member), (member, member), (people["district_officer"], member), (secretary, secretary),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            actions.enter_paper(sheet_of(case, whose), answers, totals, by=by)
    Membership.objects.create(entity=case.dossier.product.entity, user=member)
    with pytest.raises(PermissionDenied):
        actions.enter_paper(sheet_of(case, member), answers, totals, by=secretary)


def test_a_sheet_that_is_in_takes_no_paper(case, member, secretary):
    case = handed_in(case)

    with pytest.raises(ValidationError, match="không nhập được nữa"):
        actions.enter_paper(sheet_of(case, member), *on_paper(case), by=secretary)


def test_a_member_who_has_begun_on_screen_is_not_overwritten(case, member, secretary):
    fill(sheet_of(case, member))

    with pytest.raises(IntegrityError, match="đã chấm trên máy"), transaction.atomic():
        actions.enter_paper(sheet_of(case, member), *on_paper(case), by=secretary)


def test_in_another_turn_the_paper_is_written_over_what_the_sheet_held(case, member, secretary):
    case = reopened(opened(case), member)
    answers, totals = on_paper(case)

    actions.enter_paper(sheet_of(case, member), answers, totals, by=secretary)

    assert sheet_of(case, member).answers() == answers
    assert ScoreChange.objects.filter(sheet__seat__user=member, turn=2, act="UPDATE").exists()


def test_in_another_turn_what_the_paper_leaves_out_goes(case, member, secretary, monkeypatch):
    case = reopened(opened(case), member)
    answers, totals = on_paper(case)
    monkeypatch.setattr("evaluation.actions.paper._check_totals", lambda *said, **more: None)
    answers.pop("1.4")

    actions.enter_paper(sheet_of(case, member), answers, totals, by=secretary)

    assert "1.4" not in sheet_of(case, member).answers()


def test_the_channel_is_whole_and_does_not_change_afterwards(case, member, secretary):
    actions.enter_paper(sheet_of(case, member), *on_paper(case), by=secretary)
    rows = ScoreSheet.objects.filter(seat__user=member)

    for facts in ({"channel": Channel.ELECTRONIC, "entered_by": None}, {"entered_by": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**facts)


# ---------------------------------------------------------------- the pages


def test_the_grid_takes_printed_numbers_and_shows_the_channel(as_user, case, member, secretary, chair):
    answers, totals = on_paper(case)
    page = as_user(secretary).get(entry(case, member))
    assert page.content.decode().count("data-cell") == 27
    assert 'name="t-strikes" value="0"' in page.content.decode()

    as_user(secretary).post(entry(case, member), typed(case, answers, totals, remark="Đồng ý."))

    assert sheet_of(case, member).answers() == answers
    assert f"Phiếu giấy, {secretary} nhập" in as_user(chair).get(case.get_absolute_url()).content.decode()
    assert f"Phiếu giấy, {secretary} nhập" in as_user(member).get(url("sheet", case)).content.decode()
    for by in (chair, secretary):
        actions.hand_in(fill(sheet_of(case, by), middling(3)), by=by)
    actions.open_case(case, by=chair)
    assert f"Phiếu giấy, {secretary} nhập" in as_user(chair).get(url("comparison", case)).content.decode()


def test_the_grid_gives_back_what_was_typed_when_totals_differ(as_user, case, member, secretary):
    answers, totals = on_paper(case)

    page = as_user(secretary).post(entry(case, member), typed(case, answers, totals | {"total": 1}))

    shown = page.content.decode()
    assert page.status_code == 200
    assert "tổng kiểm tra không khớp" in shown
    assert page.context["form"]["c-1.4"].value() == typed(case, answers, totals)["c-1.4"]
    assert not Score.objects.exists()


def test_strikes_on_paper_are_typed_and_counted(as_user, case, member, secretary):
    answers, totals = on_paper(case)
    page = as_user(secretary).get(entry(case, member)).content.decode()
    for place in strike_places(case.dossier.criteria_set):
        assert f'name="s-{place.code}"' in page
    said = typed(case, answers, totals, **{f"s-{DOSSIER}": "Hồ sơ chép của nơi khác", "s-6.2": " Chép mẫu "})

    shown = as_user(secretary).post(entry(case, member), said).content.decode()
    assert "Số đề nghị loại hồ sơ: trên phiếu 0, đã nhập 2." in shown
    assert not Score.objects.exists()
    as_user(secretary).post(entry(case, member), said | {"t-strikes": "2"})

    sheet = sheet_of(case, member)
    assert sheet.struck == [[DOSSIER, "Hồ sơ chép của nơi khác"], ["6.2", "Chép mẫu"]]
    assert (sheet.status, sheet.answers()) == (SheetStatus.HANDED_IN, answers)


def test_a_strike_that_the_set_does_not_know_and_one_left_out_are_refused(case, member, secretary):
    answers, totals = on_paper(case)
    for strikes, count, words in [
        ({"1.1": "vì"}, 1, "không có điều kiện loại ở chỗ này"),
        ({}, 1, "trên phiếu 1, đã nhập 0"),
        ({"6.2": "  "}, 1, "trên phiếu 1, đã nhập 0"),
    ]:
        with pytest.raises(ValidationError, match=words):
            actions.enter_paper(
                sheet_of(case, member), answers, totals | {"strikes": count}, by=secretary, strikes=strikes
            )
    assert not Score.objects.exists()


def test_criteria_may_be_left_empty_only_where_one_strike_decides(as_user, case, member, secretary):
    answers, totals = on_paper(case)
    answers.pop("1.4")
    ask = criteria_of(case.dossier.criteria_set)["1.4"]
    had, part = PICK(list(ask.options.values())).points, ask.row.part
    totals |= {part: totals[part] - had, "total": totals["total"] - had, "strikes": 1}
    said = typed(case, answers, totals, **{"s-6.2": "Chép mẫu"})

    shown = as_user(secretary).post(entry(case, member), said).content.decode()
    assert "chưa nhập" in shown
    type(case.council).objects.update(knockout_by="any")
    shown = as_user(secretary).post(entry(case, member), said | {"s-6.2": ""}).content.decode()
    assert "chưa nhập" in shown  # control: no strike
    as_user(secretary).post(entry(case, member), said)

    sheet = sheet_of(case, member)
    assert (sheet.struck, "1.4" in sheet.answers()) == ([["6.2", "Chép mẫu"]], False)


@pytest.mark.parametrize("said", ["9", "x", "²", "-1"])
def test_a_number_that_is_not_printed_is_refused(as_user, case, member, secretary, said):
    answers, totals = on_paper(case)

    page = as_user(secretary).post(entry(case, member), typed(case, answers, totals) | {"c-1.4": said})

    assert "Tiêu chí 1.4: nhập số của mức" in page.content.decode()


def test_no_level_is_typed_as_nought(as_user, case, member, secretary):
    answers, totals = on_paper(case)
    part = criteria_of(case.dossier.criteria_set)["1.1"].row.part
    had = criteria_of(case.dossier.criteria_set)["1.1"].box(answers["1.1"]).points
    totals = totals | {part: totals[part] - had, "total": totals["total"] - had}

    as_user(secretary).post(entry(case, member), typed(case, answers | {"1.1": None}, totals))

    assert sheet_of(case, member).answers()["1.1"] is None


def test_others_are_turned_away(as_user, case, member, chair, people):
    assert as_user(chair).get(entry(case, member)).url == case.get_absolute_url()
    assert as_user(chair).post(entry(case, member), {"remark": "lời đã gõ"}).status_code == 403
    assert as_user(people["manager"]).get(entry(case, member)).status_code == 404
    assert as_user(chair).get(url("paper_entry", case, 10**9)).status_code == 404


def test_a_paper_printed_for_something_else_is_noticed(as_user, case, member, secretary):
    address = entry(case, member)
    named = named_by(sheet_of(case, member))

    assert "data-grid" in as_user(secretary).get(address, named).content.decode()
    page = as_user(secretary).get(address, named | {"quy_dinh": "qd26-2026"}).content.decode()
    assert "Mã QR trên phiếu không khớp" in page
    assert "qd26-2026" in page
    assert "data-grid" not in page


def text_of(answer):
    document = pypdfium2.PdfDocument(io.BytesIO(answer.content))
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_printed_sheets_name_council_dossier_judge_and_regime(as_user, case, member, chair):
    page = as_user(chair).get(url("paper_sheets", case))

    said = text_of(page)
    assert page["Content-Type"] == "application/pdf"
    for word in (
        case.council.name,
        case.dossier.code.upper(),
        case.code,
        "PHIẾU CHẤM ĐIỂM",
        "Quyết định 148/QĐ-TTg",
    ):
        assert word in said
    for seat in case.council.seats.all():
        assert str(seat.user) in said
    seat = case.council.seats.get(user=member)
    one = text_of(as_user(chair).get(url("paper_sheets", case), {"ghe": seat.pk}))
    assert str(member) in one
    assert f"{holder(case.council, Post.SECRETARY)}, Ủy viên" not in one
    address = address_of(sheet_of(case, member))
    for said in (case.council.code, case.dossier.code, case.dossier.regime_id, f"/phieu-giay/{seat.pk}/"):
        assert said in address


def test_blank_sheets_are_for_the_council(as_user, case, chair, people):
    assert as_user(people["manager"]).get(url("paper_sheets", case)).status_code == 404
    for seat in ("x", "9" * 30, str(10**9)):
        assert as_user(chair).get(url("paper_sheets", case), {"ghe": seat}).status_code == 404
    assert "In phiếu chấm giấy" in as_user(chair).get(again(case).get_absolute_url()).content.decode()
