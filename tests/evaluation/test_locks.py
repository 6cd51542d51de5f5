"""T07: what was handed in or concluded stays, whoever asks the database."""

import os
from contextlib import closing

import psycopg2
import pytest
from django.db import IntegrityError, connection, transaction

from evaluation import actions
from evaluation.models import Case, CaseStatus, Opinion, Reopening, Score, ScoreSheet, SheetStatus
from foundation import clock
from tests.evaluation.stories import THREE_STARS, concluded, handed_in, opened, proposed, sheet_of
from tests.factories.evaluation import CouncilFactory, OpinionFactory, ScoreFactory, SeatFactory, fill

pytestmark = pytest.mark.django_db
SEALED = "không sửa được nữa"


def refused(change, text=SEALED):
    """The database refuses this change, in words."""
    with pytest.raises(IntegrityError, match=text), transaction.atomic():
        change()


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def handed(case, member):
    """A sheet that was handed in while its case is still being scored."""
    sheet = fill(sheet_of(case, member))
    actions.hand_in(sheet, by=member)
    return sheet


CHANGES = {
    "orm update": lambda sheet: Score.objects.filter(sheet=sheet).update(option=None),
    "orm save": lambda sheet: Score.objects.filter(sheet=sheet).first().save(),
    "orm delete": lambda sheet: Score.objects.filter(sheet=sheet).delete(),
    "sql update": lambda sheet: sql("update evaluation_score set version = 9"),
    "sql delete": lambda sheet: sql("delete from evaluation_score"),
    "sql insert": lambda sheet: sql(
        f"insert into evaluation_score (sheet_id, criterion_id, note, version) select {sheet.pk}, max(id), '', 1 "
        "from regimes_criterion"
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_scores_of_a_handed_in_sheet_stay(handed, change):
    refused(lambda: change(handed))


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_scores_of_an_opened_case_stay_even_in_a_draft(case, council, chair, member, change):
    council.quorum_percent = 30
    council.save()
    draft = fill(sheet_of(case, member))
    actions.hand_in(fill(sheet_of(case, chair)), by=chair)
    actions.open_case(case, by=chair)

    refused(lambda: change(draft))


@pytest.mark.parametrize("name", ["orm update", "orm save", "sql update", "sql delete", "orm delete"])
def test_control_a_draft_in_a_case_being_scored_changes(case, member, name):
    CHANGES[name](fill(sheet_of(case, member)))


def test_control_a_score_is_added_to_a_draft(case, member):
    assert ScoreFactory(sheet=sheet_of(case, member)).pk


def test_a_score_does_not_move_to_another_sheet(case, member, chair):
    score = ScoreFactory(sheet=sheet_of(case, member))

    refused(
        lambda: Score.objects.filter(pk=score.pk).update(sheet=sheet_of(case, chair)),
        "không chuyển sang phiếu",
    )


SHEET_CHANGES = {
    "back to draft": {"status": SheetStatus.DRAFT},
    "time": {"handed_in_at": None},
}


@pytest.mark.parametrize("facts", SHEET_CHANGES.values(), ids=SHEET_CHANGES)
def test_a_handed_in_sheet_stays(handed, facts):
    refused(lambda: ScoreSheet.objects.filter(pk=handed.pk).update(**facts))


def test_a_sheet_goes_back_only_as_it_is_and_only_while_the_case_is_open(case, council):
    case = opened(case)
    other = SeatFactory(council=council)
    sheets = ScoreSheet.objects.filter(case=case)

    refused(lambda: sheets.filter(seat__post="chair").update(status=SheetStatus.DRAFT, seat=other))
    refused(lambda: sheets.update(status=SheetStatus.DRAFT, handed_in_at=None))  # nobody asked for it
    proposal = proposed(case)
    refused(lambda: sheets.update(status=SheetStatus.DRAFT, handed_in_at=None))  # one person asked
    Reopening.objects.filter(pk=proposal.pk).update(
        status="confirmed", decided_at=clock.now(), decided_by=council.seats.get(post="secretary").user
    )
    sheets.update(status=SheetStatus.DRAFT, handed_in_at=None)
    refused(lambda: sheets.update(handed_in_at=clock.now()))


OPINION_CHANGES = {
    "struck": lambda opinion: opinion.update(struck=[["6.2", "lý do"]]),
    "remark": lambda opinion: opinion.update(remark="khác"),
    "sql": lambda opinion: sql("update evaluation_opinion set remark = 'khác'"),
    "delete": lambda opinion: opinion.delete(),
}


@pytest.mark.parametrize("change", OPINION_CHANGES.values(), ids=OPINION_CHANGES)
def test_the_opinion_of_a_handed_in_sheet_stays(case, member, change):
    opinion = Opinion.objects.filter(pk=OpinionFactory(sheet=fill(sheet_of(case, member))).pk)
    with transaction.atomic():  # control: that of a draft changes
        change(opinion)
        transaction.set_rollback(True)
    actions.hand_in(sheet_of(case, member), by=member)

    refused(lambda: change(opinion))


def test_no_opinion_is_added_to_a_handed_in_sheet_nor_moved_to_another(case, member, chair, handed):
    refused(lambda: OpinionFactory(sheet=handed))
    opinion = OpinionFactory(sheet=sheet_of(case, chair))
    draft = case.sheets.exclude(pk__in=[handed.pk, opinion.sheet_id]).get()

    refused(lambda: Opinion.objects.filter(pk=opinion.pk).update(sheet=draft), "không chuyển sang phiếu")


def test_a_sheet_is_not_deleted_and_does_not_change_its_member(case, member, council):
    sheet = ScoreSheet.objects.filter(case=case, seat__user=member)
    other = council.seats.exclude(user=member).first()

    refused(lambda: sql("delete from evaluation_scoresheet"), "không xóa được")
    refused(lambda: sheet._raw_delete("default"), "không xóa được")
    sheet.update(handed_in_at=clock.now())  # control: a draft may change otherwise
    refused(lambda: sheet.update(seat=other), "không chuyển sang phiên hoặc ghế khác")


def test_a_verdict_is_written_once(case):
    case = concluded(case, **THREE_STARS)
    row = Case.objects.filter(pk=case.pk)

    for facts in (
        {"stars": 5},
        {"total": 99},
        {"verdict": {}},
        {"conclusion": "khác"},
        {"concluded_on": "2024-10-16"},
    ):
        refused(lambda facts=facts: row.update(**facts))
    refused(lambda: sql("update evaluation_case set verdict = null, status = 'opened', concluded_on = null"))
    row.update(status=CaseStatus.RECOGNISED)  # control: the status goes on


def test_a_case_is_not_deleted_and_keeps_its_council(case, commune):
    row = Case.objects.filter(pk=case.pk)

    refused(lambda: row._raw_delete("default"), "không xóa được")
    refused(lambda: row.update(council=CouncilFactory(area=commune.parent)), "không chuyển sang hồ sơ")


TRIGGERS = {
    "evaluation_score_lock",
    "evaluation_opinion_lock",
    "evaluation_sheet_lock",
    "evaluation_case_lock",
    "evaluation_turn_lock",
    "evaluation_reopening_lock",
    "evaluation_reopening_sheets_lock",
    "evaluation_sheet_channel_lock",
    "evaluation_advisoryscore_lock",
    "evaluation_advisorysheet_lock",
    "evaluation_basis_lock",
    "evaluation_draft_lock",
    "evaluation_annex_lock",
    "evaluation_proposal_lock",
    "evaluation_statement_lock",
    "evaluation_seat_lock",
    "evaluation_round_lock",
    "evaluation_agenda_lock",
    "evaluation_attendance_lock",
}


def test_the_locks_fire_in_replica_mode_too():
    with connection.cursor() as cursor:
        cursor.execute(
            "select tgname from pg_trigger where tgname like 'evaluation_%%_lock' and tgenabled = 'A'"
        )
        assert {name for (name,) in cursor.fetchall()} == TRIGGERS


@pytest.mark.skipif("DATABASE_SUPER_URL" not in os.environ, reason="needs a superuser of the test server")
@pytest.mark.django_db(transaction=True)
def test_a_superuser_in_replica_mode_is_stopped(law, case):
    handed_in(case)
    name = connection.settings_dict["NAME"]
    with (
        closing(psycopg2.connect(os.environ["DATABASE_SUPER_URL"], dbname=name)) as link,
        link.cursor() as cursor,
    ):
        cursor.execute("set session_replication_role = replica")
        with pytest.raises(psycopg2.errors.IntegrityConstraintViolation, match=SEALED):
            cursor.execute("update evaluation_score set version = 9")


def test_control_without_the_trigger_the_same_change_goes_through(handed):
    sql("set constraints all immediate")
    sql("alter table evaluation_score disable trigger evaluation_score_lock")

    CHANGES["sql update"](handed)

    assert set(Score.objects.values_list("version", flat=True)) == {9}
