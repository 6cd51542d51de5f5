"""T56: the second wall. As web and worker, on one real connection, nobody reads or writes another's sealed scores."""

import contextlib
import os
from urllib.parse import unquote, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import NotSupportedError, ProgrammingError
from psycopg2.errors import InsufficientPrivilege

from accounts.models import User
from evaluation import actions, seal
from evaluation.models import CaseStatus, Score
from foundation.ui.http import reading_only
from ocop_portal.management.commands.prepare import Command
from tests.evaluation.browsing import JSON, choice, url
from tests.evaluation.stories import again, holder, reopened, sheet_of
from tests.factories.evaluation import OpinionFactory, fill
from tests.trail.conftest import connected, sql

APPLICATION = "DATABASE_APP_URL"
SCORES, ROWS = 27, 28  # of a full sheet: its scores, and its opinion with them
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(APPLICATION not in os.environ, reason="needs the role of web and worker"),
]


ALL = " union all ".join(f"select sheet_id from {table}" for table in seal.TABLES)


@contextlib.contextmanager
def application():
    """Django's own connection signs in as web and worker do."""
    parts, owner = urlsplit(os.environ[APPLICATION]), dict(connection.settings_dict)
    connection.close()
    connection.settings_dict |= {"USER": parts.username, "PASSWORD": unquote(parts.password)}
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= {"USER": owner["USER"], "PASSWORD": owner["PASSWORD"]}


@pytest.fixture
def granted(transactional_db):
    """The application's role has its rights in the test database."""
    call_command("grant_rights", verbosity=0)


@pytest.fixture
def filled(granted, case):
    """A case being scored whose three sheets are full drafts with an opinion."""
    for sheet in case.sheets.all():
        OpinionFactory(sheet=fill(sheet))
    return case


@pytest.fixture
def open_case(filled, chair):
    """The same, handed in and opened."""
    for sheet in filled.sheets.with_scores():
        actions.hand_in(sheet, by=sheet.seat.user, remark=sheet.remark)
    actions.open_case(filled, by=chair)
    return again(filled)


def call_oneself(cursor, name):
    """Any name at all, until the end of the transaction."""
    cursor.execute("select set_config('portal.person', %s, true)", [name])


def seen(cursor, name):
    """What a statement without any filter returns to the person of this name; its transaction ends."""
    call_oneself(cursor, name)
    cursor.execute(f"select sheet_id, count(*) from ({ALL}) rows group by sheet_id")
    found = dict(cursor.fetchall())
    cursor.connection.commit()
    return found


def all_sheets(case):
    return {sheet.pk: ROWS for sheet in case.sheets.all()}


# ---------------------------------------------------------------- the database by itself


def test_t56_while_sealed_each_person_finds_the_own_rows_alone_on_one_connection(filled, chair, member):
    own = {person: {sheet_of(filled, person).pk: ROWS} for person in (chair, member)}
    with connected(APPLICATION) as cursor:
        for person in (chair, member, chair, member):
            assert seen(cursor, str(person.pk)) == own[person]
            cursor.execute(f"select count(*) from ({ALL}) rows")  # the next transaction knows nobody
            assert cursor.fetchone() == (0,)
            cursor.connection.commit()


def test_t56_a_rolled_back_transaction_leaves_no_name_behind(filled, member):
    with connected(APPLICATION) as cursor:
        call_oneself(cursor, str(member.pk))
        cursor.connection.rollback()
        cursor.execute(f"select count(*) from ({ALL}) rows")
        assert cursor.fetchone() == (0,)


NOBODYS = ["", " ", "0", "-1", "x", "1 or 1=1", "1\n", "\n1", "9" * 18, "9" * 40, "٣", "null", "1.0"]


def test_t56_a_name_that_is_nobodys_finds_nothing_and_is_no_error(filled):
    with connected(APPLICATION) as cursor:
        assert {name: seen(cursor, name) for name in NOBODYS} == {name: {} for name in NOBODYS}


def test_t56_with_no_name_ever_set_nothing_is_found(filled):
    with connected(APPLICATION) as cursor:
        cursor.execute(f"select current_setting('portal.person', true), count(*) from ({ALL}) rows")
        assert cursor.fetchone() == (None, 0)


def test_once_opened_whoever_is_named_reads_all_and_without_a_name_nobody(open_case, member):
    with connected(APPLICATION) as cursor:
        assert seen(cursor, str(member.pk)) == seen(cursor, seal.NOBODY) == all_sheets(open_case)
        assert seen(cursor, "") == {}


def test_sent_back_the_sheets_are_sealed_again(open_case, chair, member):
    reopened(open_case)
    with connected(APPLICATION) as cursor:
        assert seen(cursor, str(member.pk)) == {sheet_of(open_case, member).pk: ROWS}


WRITES = {
    "change scores": ("update evaluation_score set note = 'lén' where sheet_id = %s", SCORES),
    "remove scores": ("delete from evaluation_score where sheet_id = %s", SCORES),
    "lock scores": ("select from evaluation_score where sheet_id = %s for update", SCORES),
    "change the opinion": ("update evaluation_opinion set remark = 'lén' where sheet_id = %s", 1),
    "remove the opinion": ("delete from evaluation_opinion where sheet_id = %s", 1),
}


def touched(cursor, statement, sheet):
    """How many rows of the sheet the statement reaches; it is taken back."""
    cursor.execute("savepoint s")
    cursor.execute(statement, [sheet.pk])
    found = cursor.rowcount
    cursor.execute("rollback to savepoint s")
    return found


def test_t56_what_is_anothers_is_neither_changed_nor_removed(filled, chair, member):
    with connected(APPLICATION) as cursor:
        call_oneself(cursor, str(member.pk))
        for statement, rows in WRITES.values():
            assert touched(cursor, statement, sheet_of(filled, chair)) == 0
            assert touched(cursor, statement, sheet_of(filled, member)) == rows  # control


ADDS = {
    "score": "insert into evaluation_score (sheet_id, criterion_id, note, version)"
    " select %s, max(id), '', 1 from regimes_criterion",
    "opinion": "insert into evaluation_opinion (sheet_id, struck, remark) values (%s, '[]', 'lén')",
}


def test_t56_nothing_is_added_to_anothers_sheet(granted, case, chair, member):
    with connected(APPLICATION) as cursor:
        for name, person in ((member.pk, chair), ("", member), (seal.NOBODY, member)):
            for statement in ADDS.values():
                call_oneself(cursor, str(name))
                with pytest.raises(InsufficientPrivilege, match="row-level security"):
                    cursor.execute(statement, [sheet_of(case, person).pk])
                cursor.connection.rollback()
        call_oneself(cursor, str(member.pk))  # control: to the own one it is
        assert [touched(cursor, statement, sheet_of(case, member)) for statement in ADDS.values()] == [1, 1]


@pytest.fixture
def wall_down(filled):
    """Somebody has switched row security off."""
    for table in seal.TABLES:
        sql(f"alter table {table} disable row level security")
    yield filled
    for table in seal.TABLES:
        sql(f"alter table {table} enable row level security")


def test_control_without_the_wall_the_same_statement_finds_everything(wall_down, member):
    with connected(APPLICATION) as cursor:
        assert seen(cursor, str(member.pk)) == seen(cursor, "") == all_sheets(wall_down)


# ---------------------------------------------------------------- is it standing


def test_a_portal_without_the_wall_is_not_prepared_and_granting_puts_it_up(wall_down):
    assert len(seal.gaps("portal_app")) == len(seal.TABLES)
    with pytest.raises(CommandError, match="không bật bảo vệ theo dòng"):
        Command().check_seal()

    call_command("grant_rights", verbosity=0)
    assert seal.gaps("portal_app") == []


def test_a_policy_more_or_less_is_noticed(granted):
    with transaction.atomic():
        sql("create policy loose on evaluation_score for select using (true)")
        sql("drop policy sealed_read on evaluation_opinion")
        assert ["thiếu hoặc thừa" in gap for gap in seal.gaps("portal_app")] == [True, True]
        transaction.set_rollback(True)


def test_a_role_that_passes_the_wall_is_noticed_and_an_absent_one_is_not(granted):
    assert "vượt được" in seal.gaps(connection.settings_dict["USER"])[0]
    assert seal.gaps("khong_co_vai_tro_nay") == []


# ---------------------------------------------------------------- the portal behind the wall


def test_t56_a_forgotten_filter_shows_the_own_rows_alone(filled, member):
    def rows():
        return set(Score.objects.values_list("sheet", flat=True))

    sheet = sheet_of(filled, member).pk
    with application():
        assert rows() == set()
        with seal.read_by(member):
            assert rows() == {sheet}
        assert rows() == set()


def test_t56_persons_alternate_on_the_connection_of_the_process(filled, chair, member):
    with application():
        for person in (chair, member, chair):
            with seal.read_by(person):
                assert set(Score.objects.values_list("sheet", flat=True)) == {sheet_of(filled, person).pk}
            assert sql("select coalesce(current_setting('portal.person', true), '')") == [("",)]
            assert sql(f"select count(*) from ({ALL}) rows") == [(0,)]


def test_control_for_the_owner_the_forgotten_filter_shows_all(filled, member):
    with seal.read_by(member):
        assert set(Score.objects.values_list("sheet", flat=True)) == set(all_sheets(filled))


def test_t56_inside_one_transaction_the_name_ends_with_its_block(filled, chair, member):
    def count():
        return Score.objects.count()

    with application(), transaction.atomic():
        with seal.read_by(member), contextlib.suppress(ZeroDivisionError), seal.read_by(chair):
            assert count() == SCORES
            raise ZeroDivisionError
        assert count() == 0
        with seal.read_by(member):
            assert count() == SCORES
        assert count() == 0


def test_a_broken_transaction_stays_the_callers_trouble(filled, member):
    @transaction.atomic
    def breaks():
        with seal.read_by(member):
            Score.objects.count()
            sql("select nothing_of_this_name")

    with application(), pytest.raises(ProgrammingError, match="nothing_of_this_name"):
        breaks()


def test_a_cursor_on_the_server_is_refused_with_the_reason(filled, member):
    with seal.read_by(member), pytest.raises(NotSupportedError, match="iterator"):
        next(Score.objects.iterator())


def test_t56_other_eyes_find_nothing_sealed(filled, member):
    other = User.objects.get(pk=member.pk)
    other.looked_through_by = holder(filled.council, "chair")
    with application(), seal.read_by(other):
        assert Score.objects.count() == 0


def test_a_page_that_only_reads_may_name_its_person(filled, member):
    with application(), seal.read_by(member):
        assert reading_only(lambda request: Score.objects.count())(None) == SCORES


def filled_in(case, person):
    """The person's sheet, filled in as the application."""
    with seal.read_by(person):
        return fill(sheet_of(case, person))


def test_scoring_opening_comparing_and_concluding_work_as_the_application(
    granted, as_user, case, chair, member, secretary
):
    def page(person, name):
        return as_user(person).get(url(name, case)).content.decode()

    with application():
        for person in (chair, member, secretary):
            filled_in(case, person)
        said = choice(case, member, key="1.4:0", version=1) | {"ghi_chu": "chim hoàng yến"}
        assert as_user(member).post(url("choices", case), said, headers=JSON).json()["version"] == 2
        assert "chim hoàng yến" in page(member, "sheet")
        for person in (chair, member, secretary):
            as_user(person).post(url("hand_in", case), {"remark": f"ý kiến kín của {person.pk}"})
        assert "ý kiến kín" in page(member, "sheet")
        as_user(chair).post(url("opening", case))
        shown = page(secretary, "comparison")
        assert "chim hoàng yến" in shown
        assert f"ý kiến kín của {member.pk}" in shown
        as_user(chair).post(url("conclusion", case), {"conclusion": "Nhất trí."})
    assert again(case).status == CaseStatus.CONCLUDED


def test_control_a_request_that_names_nobody_finds_an_empty_sheet(granted, as_user, case, member, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith(".SealedSheets")]
    with application():
        filled_in(case, member)
        answer = as_user(member).get(url("sheet", case))
    assert answer.context["bar"]["left"] == SCORES


def test_control_a_request_that_names_its_person_finds_the_sheet_full(granted, as_user, case, member):
    with application():
        filled_in(case, member)
        answer = as_user(member).get(url("sheet", case))
    assert answer.context["bar"]["left"] == 0
