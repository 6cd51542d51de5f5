"""T56: the second wall. As web and worker, on one real connection, nobody reads or writes another's sealed scores."""

import contextlib
import os
from urllib.parse import unquote, urlsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from accounts.models import User
from evaluation import actions, seal
from evaluation.models import CaseStatus, Score
from foundation.ui.http import reading_only
from ocop_portal.management.commands.prepare import Command
from tests.evaluation.browsing import JSON, choice, url
from tests.evaluation.stories import again, holder, opened, sheet_of
from tests.factories.evaluation import fill
from tests.trail.conftest import connected, sql

APPLICATION = "DATABASE_APP_URL"
ROWS = 27  # criteria of a sheet
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(APPLICATION not in os.environ, reason="needs the role of web and worker"),
]


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
    """A case being scored whose three sheets are full drafts."""
    for sheet in case.sheets.all():
        fill(sheet)
    return case


def seen(cursor, name):
    """Whose scores a statement without any filter returns to the person of this name; its transaction ends."""
    cursor.execute(seal.NAME, [name])
    cursor.execute("select sheet_id, count(*) from evaluation_score group by sheet_id")
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
            cursor.execute("select count(*) from evaluation_score")  # the next transaction knows nobody
            assert cursor.fetchone() == (0,)
            cursor.connection.commit()


def test_t56_a_rolled_back_transaction_leaves_no_name_behind(filled, member):
    with connected(APPLICATION) as cursor:
        cursor.execute(seal.NAME, [str(member.pk)])
        cursor.connection.rollback()
        cursor.execute("select count(*) from evaluation_score")
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize(
    "name", ["", " ", "0", "-1", "x", "1 or 1=1", "1\n", "\n1", "9" * 18, "9" * 40, "٣", "null", "1.0"]
)
def test_t56_a_name_that_is_nobodys_finds_nothing_and_is_no_error(filled, name):
    with connected(APPLICATION) as cursor:
        assert seen(cursor, name) == {}


def test_t56_with_no_name_ever_set_nothing_is_found(filled):
    with connected(APPLICATION) as cursor:
        cursor.execute("select current_setting('portal.person', true), count(*) from evaluation_score")
        assert cursor.fetchone() == (None, 0)


def test_once_opened_whoever_is_named_reads_all_and_without_a_name_nobody(granted, case, member):
    opened(case)
    with connected(APPLICATION) as cursor:
        assert seen(cursor, str(member.pk)) == seen(cursor, seal.NOBODY) == all_sheets(case)
        assert seen(cursor, "") == {}


def test_sent_back_the_sheets_are_sealed_again(granted, case, chair, member):
    actions.reopen(opened(case), by=chair, note="Chấm lại")
    with connected(APPLICATION) as cursor:
        assert seen(cursor, str(member.pk)) == {sheet_of(case, member).pk: ROWS}


WRITES = {
    "change": "update evaluation_score set note = 'lén' where sheet_id = %s",
    "remove": "delete from evaluation_score where sheet_id = %s",
}


@pytest.mark.parametrize("name", WRITES)
def test_t56_anothers_scores_are_neither_changed_nor_removed(filled, chair, member, name):
    with connected(APPLICATION) as cursor:
        cursor.execute(seal.NAME, [str(member.pk)])
        cursor.execute(WRITES[name], [sheet_of(filled, chair).pk])
        assert cursor.rowcount == 0
        cursor.execute(WRITES[name], [sheet_of(filled, member).pk])  # control: the own ones are
        assert cursor.rowcount == ROWS


def test_t56_nothing_is_added_to_anothers_sheet_nor_moved_there(granted, case, chair, member):
    add = (
        "insert into evaluation_score (sheet_id, criterion_id, note, version)"
        " select %s, max(id), '', 1 from regimes_criterion"
    )
    with connected(APPLICATION) as cursor:
        cursor.execute(seal.NAME, [str(member.pk)])
        cursor.execute(add, [sheet_of(case, member).pk])  # control: to the own one it is
        cursor.execute("savepoint s")
        for statement in (add, "update evaluation_score set sheet_id = %s"):
            with pytest.raises(Exception, match=r"row-level security|không chuyển sang phiếu"):
                cursor.execute(statement, [sheet_of(case, chair).pk])
            cursor.execute("rollback to savepoint s")


@pytest.fixture
def wall_down(filled):
    """Somebody has switched row security off."""
    sql("alter table evaluation_score disable row level security")
    yield filled
    sql("alter table evaluation_score enable row level security")


def test_control_without_the_wall_the_same_statement_finds_everything(wall_down, member):
    with connected(APPLICATION) as cursor:
        assert seen(cursor, str(member.pk)) == seen(cursor, "") == all_sheets(wall_down)


# ---------------------------------------------------------------- is it standing


def test_a_portal_without_the_wall_is_not_prepared_and_granting_puts_it_up(wall_down):
    with pytest.raises(CommandError, match="không bật bảo vệ theo dòng"):
        Command().check_seal()

    call_command("grant_rights", verbosity=0)
    assert seal.gaps("portal_app") == []


def test_a_policy_more_or_less_is_noticed(granted):
    with transaction.atomic():
        sql("create policy loose on evaluation_score for select using (true)")
        assert "thiếu hoặc thừa" in seal.gaps("portal_app")[0]
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


def test_control_for_the_owner_the_forgotten_filter_shows_all(filled, member):
    with seal.read_by(member):
        assert set(Score.objects.values_list("sheet", flat=True)) == set(all_sheets(filled))


def test_t56_inside_one_transaction_the_name_ends_with_its_block(filled, chair, member):
    def count():
        return Score.objects.count()

    with application(), transaction.atomic():
        with seal.read_by(member), contextlib.suppress(ZeroDivisionError), seal.read_by(chair):
            assert count() == ROWS
            raise ZeroDivisionError
        assert count() == 0
        with seal.read_by(member):
            assert count() == ROWS
        assert count() == 0


def test_a_broken_transaction_stays_the_callers_trouble(filled, member):
    @transaction.atomic
    def breaks():
        with seal.read_by(member):
            Score.objects.count()
            sql("select nothing_of_this_name")

    with application(), pytest.raises(ProgrammingError, match="nothing_of_this_name"):
        breaks()


def test_t56_other_eyes_find_nothing_sealed(filled, member):
    other = User.objects.get(pk=member.pk)
    other.looked_through_by = holder(filled.council, "chair")
    with application(), seal.read_by(other):
        assert Score.objects.count() == 0


def test_a_page_that_only_reads_may_name_its_person(filled, member):
    with application(), seal.read_by(member):
        assert reading_only(lambda request: Score.objects.count())(None) == ROWS


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
            as_user(person).post(url("hand_in", case), {"remark": ""})
        as_user(chair).post(url("opening", case))
        assert "chim hoàng yến" in page(secretary, "comparison")
        as_user(chair).post(url("conclusion", case), {"conclusion": "Nhất trí."})
    assert again(case).status == CaseStatus.CONCLUDED


def test_control_a_request_that_names_nobody_finds_an_empty_sheet(granted, as_user, case, member, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith(".SealedScores")]
    with application():
        filled_in(case, member)
        answer = as_user(member).get(url("sheet", case))
    assert answer.context["bar"]["left"] == ROWS


def test_control_a_request_that_names_its_person_finds_the_sheet_full(granted, as_user, case, member):
    with application():
        filled_in(case, member)
        answer = as_user(member).get(url("sheet", case))
    assert answer.context["bar"]["left"] == 0
