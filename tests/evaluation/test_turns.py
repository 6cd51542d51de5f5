"""T08: another turn of scoring takes two persons and a reason, gets a new number, and keeps what stood before."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from evaluation import actions
from evaluation.models import (
    Case,
    CaseStatus,
    Channel,
    PastScore,
    PastSheet,
    Post,
    Reopening,
    ReopeningStatus,
    Score,
    ScoreChange,
    ScoreSheet,
    SheetStatus,
)
from foundation.regimes.models import Criterion
from foundation.trail.models import Entry
from tests.evaluation.browsing import url
from tests.evaluation.stories import ONE_STAR, again, handed_in, holder, opened, proposed, reopened, sheet_of
from tests.factories.evaluation import fill

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 10, 15)


def refused(change, text):
    """The database refuses this change, in words."""
    with pytest.raises(IntegrityError, match=text), transaction.atomic():
        change()


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def rescore(case, member, code="1.4", key="1.4:1"):
    """The member chooses otherwise at one criterion."""
    sheet = sheet_of(case, member)
    criterion = Criterion.objects.get(criteria_set=case.dossier.criteria_set, code=code)
    version = sheet.scores.get(criterion=criterion).version
    return actions.choose(sheet, criterion, key, version=version, by=member)


# ---------------------------------------------------------------- two persons


def test_t08_a_second_person_begins_the_next_turn_and_the_old_rows_stay(case, chair, member, secretary):
    case = opened(case)
    before = sheet_of(case, member).result().total

    proposal = proposed(case, member)
    assert again(case).status == CaseStatus.OPENED
    actions.confirm_turn(proposal, by=secretary)

    case = again(case)
    assert (case.status, case.opened_at, case.turn) == (CaseStatus.SCORING, None, 2)
    assert {sheet.seat.user: sheet.status for sheet in case.sheets.select_related("seat__user")} == {
        chair: SheetStatus.HANDED_IN,
        member: SheetStatus.DRAFT,
        secretary: SheetStatus.HANDED_IN,
    }
    rescore(case, member)
    past = PastSheet.objects.get(sheet=sheet_of(case, member))
    assert past.reopening.turn == 1
    assert past.result(case.dossier.criteria_set).total == before > sheet_of(case, member).result().total
    assert (PastSheet.objects.count(), PastScore.objects.count()) == (3, 81)
    assert Entry.objects.about(case).last().note == "Trao đổi tiêu chí 1.4."
    assert not ScoreSheet.objects.visible_to(chair).filter(seat__user=member).exists()


@pytest.mark.parametrize("first", [Post.CHAIR, Post.SECRETARY])
def test_t08_either_of_chair_and_secretary_begins_and_never_both_at_once(
    case, council, member, people, first
):
    case = opened(case)
    by = holder(council, first)
    second = holder(council, Post.SECRETARY if first == Post.CHAIR else Post.CHAIR)
    proposal = proposed(case, by=by)

    for stranger in (by, member, people["district_officer"]):
        with pytest.raises(PermissionDenied):
            actions.confirm_turn(proposal, by=stranger)
    assert again(case).turn == 1

    actions.confirm_turn(proposal, by=second)
    assert again(case).turn == 2


def test_t08_one_person_is_refused_by_the_database_too(case, chair, secretary):
    case = opened(case)
    proposal = proposed(case)
    rows, row = Reopening.objects.filter(pk=proposal.pk), Case.objects.filter(pk=case.pk)
    facts = {"status": "confirmed", "decided_at": case.opened_at}

    refused(lambda: rows.update(decided_by=chair, **facts), "reopening_two_persons")
    refused(
        lambda: row.update(status=CaseStatus.SCORING, opened_at=None, turn=2), "xác nhận của người thứ hai"
    )
    refused(lambda: row.update(turn=2), "xác nhận của người thứ hai")
    rows.update(decided_by=secretary, **facts)  # control: two persons
    refused(lambda: row.update(status=CaseStatus.SCORING, opened_at=None), "xác nhận của người thứ hai")
    row.update(status=CaseStatus.SCORING, opened_at=None, turn=2)


def test_t08_control_without_the_trigger_one_person_would_do(case):
    case = opened(case)
    sql("set constraints all immediate")
    sql("alter table evaluation_case disable trigger evaluation_turn_lock")

    Case.objects.filter(pk=case.pk).update(status=CaseStatus.SCORING, opened_at=None)

    assert again(case).status == CaseStatus.SCORING


def test_who_may_propose(case, member, people, council):
    case = opened(case)

    for stranger in (member, people["district_officer"], people["manager"]):
        with pytest.raises(PermissionDenied):
            proposed(case, by=stranger)
    assert not Reopening.objects.exists()
    assert {post for post in Post if post in (Post.CHAIR, Post.SECRETARY)} == {Post.CHAIR, Post.SECRETARY}


def test_what_a_proposal_needs(case, chair, member):
    with pytest.raises(ValidationError, match="khi đã mở phiếu"):
        actions.propose_turn(case, [sheet_of(case, member)], reason="lý do", due_on=TODAY, by=chair)
    case = opened(case)
    sheets = [sheet_of(case, member)]
    wrong = [
        ({"sheets": []}, "Hãy chọn các phiếu"),
        ({"sheets": [*sheets, ScoreSheet(pk=10**9)]}, "Hãy chọn các phiếu"),
        ({"reason": "  "}, "Hãy ghi lý do"),
        ({"due_on": TODAY - dt.timedelta(days=1)}, "không thể trước hôm nay"),
    ]
    for facts, words in wrong:
        told = {"sheets": sheets, "reason": "lý do", "due_on": TODAY, **facts}
        with pytest.raises(ValidationError, match=words):
            actions.propose_turn(case, told.pop("sheets"), by=chair, **told)
    assert not Reopening.objects.exists()


def test_one_proposal_waits_at_a_time_and_stops_the_conclusion(case, chair, secretary):
    case = opened(case)
    proposal = proposed(case)
    with pytest.raises(ValidationError, match="đang có một đề nghị"):
        proposed(case, by=secretary)
    with pytest.raises(ValidationError, match="Đang có đề nghị chấm lại"):
        actions.conclude(case, by=chair, conclusion="Đạt.")

    actions.decline_turn(proposal, by=chair)

    assert Reopening.objects.get().status == ReopeningStatus.DECLINED
    actions.conclude(again(case), by=chair, conclusion="Đạt.")
    with pytest.raises(ValidationError, match="khi đã mở phiếu"):
        actions.confirm_turn(proposal, by=secretary)


def test_only_the_two_let_a_proposal_fall(case, member):
    proposal = proposed(opened(case))

    with pytest.raises(PermissionDenied):
        actions.decline_turn(proposal, by=member)


def test_a_proposal_of_an_earlier_turn_is_not_confirmed(case, secretary):
    case = opened(case)
    proposal = proposed(case)
    sql("set constraints all immediate")
    sql("alter table evaluation_case disable trigger evaluation_turn_lock")
    Case.objects.filter(pk=case.pk).update(turn=5)
    sql("set constraints all immediate")
    sql("alter table evaluation_case enable always trigger evaluation_turn_lock")

    with pytest.raises(ValidationError, match="của lượt chấm trước"):
        actions.confirm_turn(proposal, by=secretary)


# ---------------------------------------------------------------- what is past stays


def test_what_is_past_is_changed_by_nobody(case, member):
    case = reopened(opened(case))
    rescore(case, member)
    for model in (PastSheet, PastScore, ScoreChange):
        table = model._meta.db_table
        for change in (f"update {table} set id = id", f"delete from {table}"):
            refused(lambda change=change: sql(change), "chỉ được ghi thêm")


def test_a_decided_proposal_stays_as_it_is(case, member):
    case = reopened(opened(case), member)
    rows, proposal = Reopening.objects.all(), Reopening.objects.get()

    refused(lambda: rows.update(reason="khác"), "không sửa được nữa")
    refused(lambda: rows._raw_delete("default"), "không xóa được")
    refused(lambda: proposal.sheets.add(case.sheets.exclude(seat__user=member).first()), "không sửa được nữa")
    refused(proposal.sheets.clear, "không sửa được nữa")


def test_a_reason_that_waits_stays_too(case):
    proposed(opened(case))

    refused(lambda: Reopening.objects.update(reason="khác"), "không sửa được nữa")
    refused(
        lambda: sql("update evaluation_reopening_sheets set reopening_id = reopening_id"), "không sửa được"
    )


def test_sheets_that_were_not_chosen_do_not_go_back(case, chair, member):
    case = reopened(opened(case), member)

    refused(
        lambda: ScoreSheet.objects.filter(case=case, seat__user=chair).update(
            status=SheetStatus.DRAFT, handed_in_at=None
        ),
        "không sửa được nữa",
    )


def test_a_sheet_goes_back_as_an_electronic_one(case, chair, member, secretary):
    case = opened(case)
    proposal = proposed(case, member)
    Reopening.objects.filter(pk=proposal.pk).update(
        status="confirmed", decided_by=secretary, decided_at=case.opened_at
    )
    row = ScoreSheet.objects.filter(pk=sheet_of(case, member).pk)

    refused(
        lambda: row.update(
            status=SheetStatus.DRAFT, handed_in_at=None, channel=Channel.PAPER, entered_by=chair
        ),
        "bắt đầu là phiếu điện tử",
    )


# ---------------------------------------------------------------- every value is kept


def test_every_value_of_a_score_is_kept_by_the_database(case, member):
    sheet = fill(sheet_of(case, member))
    rescore(case, member, key="1.4:1")
    rescore(case, member, key="1.4:3")
    Score.objects.filter(sheet=sheet, criterion__code="1.4").update(
        version=9
    )  # nothing changed but the count
    Score.objects.filter(sheet=sheet, criterion__code="1.4").delete()

    kept = ScoreChange.objects.filter(sheet=sheet, criterion__code="1.4").order_by("pk")
    assert [(row.act, row.option.key, row.turn) for row in kept.select_related("option")] == [
        ("INSERT", "1.4:3", 1),
        ("UPDATE", "1.4:1", 1),
        ("UPDATE", "1.4:3", 1),
        ("DELETE", "1.4:3", 1),
    ]


def test_the_history_is_read_after_the_opening_alone(as_user, case, chair, member, people):
    fill(sheet_of(case, member))
    rescore(case, member)
    assert as_user(member).get(url("history", case)).status_code == 404
    for person in (chair, member, holder(case.council, Post.SECRETARY)):
        sheet = sheet_of(case, person)
        if person != member:
            fill(sheet)
        actions.hand_in(sheet_of(case, person), by=person)
    assert as_user(chair).get(url("history", case)).status_code == 404

    actions.open_case(case, by=chair)

    page = as_user(chair).get(url("history", case), {"phieu": sheet_of(case, member).pk})
    values = [row.option.key for row in page.context["changes"] if row.criterion.code == "1.4"]
    assert values == ["1.4:3", "1.4:1"]
    assert as_user(people["manager"]).get(url("history", case)).status_code == 404
    reopened(again(case))
    assert as_user(chair).get(url("history", case)).status_code == 404


# ---------------------------------------------------------------- the spread desk


@pytest.fixture
def apart(case, member):
    """An opened case in which the member lies far below the others."""
    for sheet in case.sheets.select_related("seat__user"):
        fill(sheet, **(ONE_STAR if sheet.seat.user == member else {}))
        actions.hand_in(sheet, by=sheet.seat.user)
    actions.open_case(case, by=holder(case.council, Post.CHAIR))
    return again(case)


def test_the_desk_names_who_lies_beyond_and_offers_the_request(as_user, apart, chair, member):
    page = as_user(chair).get(url("spread_desk", apart))

    assert [sheet.seat.user for sheet in page.context["outside"]] == [member]
    assert page.context["form"].initial["sheets"] == [sheet_of(apart, member).pk]
    assert page.context["form"].initial["reason"].startswith("Phiếu chênh nhau")
    assert page.context["form"].initial["due_on"] == dt.date(2024, 10, 16)
    shown = page.content.decode()
    assert "heat-4" in shown
    assert "thấp hơn trung bình" in shown
    assert "ngoài mức" in shown
    assert "style=" not in shown


def test_one_press_asks_and_a_second_person_confirms_and_both_values_are_shown(
    as_user, apart, chair, member, secretary
):
    form = as_user(chair).get(url("spread_desk", apart)).context["form"].initial
    sent = {"sheets": form["sheets"], "reason": form["reason"], "due_on": form["due_on"].isoformat()}
    assert as_user(chair).post(url("reopening", apart), sent).url == url("spread_desk", apart)
    assert as_user(chair).post(url("turn_confirmation", apart)).status_code == 403
    assert "Xác nhận chấm lại" in as_user(secretary).get(url("spread_desk", apart)).content.decode()
    assert "Xác nhận chấm lại" in as_user(secretary).get(apart.get_absolute_url()).content.decode()
    as_user(secretary).post(url("turn_confirmation", apart))
    case = again(apart)
    assert case.turn == 2

    scoring = as_user(member).get(url("sheet", case)).content.decode()
    assert "Chấm lại, lượt 2" in scoring
    assert "Lượt trước bạn chấm:" in scoring
    hidden = as_user(chair).get(url("spread_desk", case))
    assert "niêm phong" in hidden.content.decode()
    assert "heat-" not in hidden.content.decode()

    old = sheet_of(case, member).result().total
    rescore(case, member, key="1.4:3")
    actions.hand_in(sheet_of(case, member), by=member)
    actions.open_case(case, by=chair)
    turn = as_user(secretary).get(url("spread_desk", case)).context["turns"][0]
    (one,) = turn["members"]
    new = sheet_of(case, member).result().total
    assert (one.before, one.after, [row["code"] for row in one.changes]) == (old, new, ["1.4"])


def test_the_request_can_be_dropped(as_user, apart, chair, secretary):
    proposed(apart)

    as_user(secretary).post(url("turn_refusal", apart))

    assert Reopening.objects.get().status == ReopeningStatus.DECLINED
    assert as_user(secretary).post(url("turn_refusal", apart)).status_code == 404


def test_the_desk_is_there_for_the_council_alone_and_never_while_sealed(as_user, case, chair, member, people):
    case = handed_in(case)
    assert as_user(chair).get(url("spread_desk", case)).status_code == 404
    assert as_user(member).get(url("reopening", case)).status_code == 404
    actions.open_case(case, by=chair)
    assert as_user(member).get(url("spread_desk", case)).status_code == 200
    assert "form" not in as_user(member).get(url("spread_desk", case)).context
    for name in ("manager", "province_officer", "producer"):
        assert as_user(people[name]).get(url("spread_desk", case)).status_code == 404


def test_a_bad_request_shows_what_is_missing(as_user, apart, chair):
    page = as_user(chair).post(url("reopening", apart), {"sheets": [], "reason": "", "due_on": "x"})

    assert page.status_code == 200
    assert set(page.context["form"].errors) == {"sheets", "reason", "due_on"}
    assert as_user(chair).get(url("reopening", apart)).status_code == 200


# ---------------------------------------------------------------- who is waited for


def test_the_chair_waits_for_those_who_score_again_until_the_day_is_over(case, council, chair, member):
    council.quorum_percent = 60
    council.save()
    case = reopened(opened(case), member)

    with pytest.raises(ValidationError, match="Còn 1 thành viên được đề nghị chấm lại"):
        actions.open_case(case, by=chair)
    assert not Case.objects.ready_to_open().exists()

    sql("set constraints all immediate")
    sql("alter table evaluation_reopening disable trigger evaluation_reopening_lock")
    Reopening.objects.update(due_on=TODAY - dt.timedelta(days=1))
    sql("set constraints all immediate")
    sql("alter table evaluation_reopening enable always trigger evaluation_reopening_lock")
    assert Case.objects.ready_to_open().get() == case
    actions.open_case(case, by=chair)
    assert again(case).turn == 2
