"""Who may do what with councils, cases and sheets: tables of people."""

import datetime as dt

import pytest

from entities.models import Membership
from evaluation import permissions
from evaluation.models import Case, Council, Post, ScoreSheet
from tests.evaluation.stories import (
    concluded,
    forwarded,
    handed_in,
    holder,
    opened,
    sent_down,
    sheet_of,
    taken_up,
)
from tests.factories.evaluation import council_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody(people, council, upper):
    """The people around the producer, and the members of both councils."""
    seats = {"chair": Post.CHAIR, "member": Post.MEMBER, "secretary": Post.SECRETARY}
    return (
        people
        | {name: holder(council, post) for name, post in seats.items()}
        | {f"upper_{name}": holder(upper, post) for name, post in seats.items()}
    )


def allowed(people, predicate, *about):
    """Those whom the predicate lets through."""
    return {name for name, user in people.items() if predicate(user, *about)}


def seeing(people, case):
    """Those who see the case."""
    return {
        name for name, user in people.items() if Case.objects.visible_to(user).filter(pk=case.pk).exists()
    }


def reading(people, sheet):
    """Those who read the sheet."""
    return {
        name
        for name, user in people.items()
        if ScoreSheet.objects.visible_to(user).filter(pk=sheet.pk).exists()
    }


LEADERS = {"province_officer", "department_officer", "manager"}
KEEPERS = {"secretary", "district_officer"}
SEATS = {"chair", "member", "secretary"}
UPPER_SEATS = {"upper_chair", "upper_member", "upper_secretary"}


def test_who_keeps_the_papers_of_a_district_council(everybody, council):
    assert allowed(everybody, permissions.may_run, council) == KEEPERS
    assert allowed(everybody, permissions.may_admit, council) == KEEPERS


def test_who_keeps_the_papers_of_the_provincial_council(everybody, upper):
    assert allowed(everybody, permissions.may_run, upper) == {"upper_secretary", "province_officer"}


def test_an_ended_council_takes_nothing_up_but_may_finish(everybody, commune):
    ended = council_of(commune.parent, ended_on=dt.date(2024, 10, 14))

    assert allowed(everybody, permissions.may_admit, ended) == set()
    assert allowed(everybody, permissions.may_run, ended) == {"district_officer"}


def test_who_presides(everybody, case):
    assert allowed(everybody, permissions.may_preside, case) == {"chair"}


def test_who_scores_a_sheet(everybody, case, member):
    assert allowed(everybody, permissions.may_score, sheet_of(case, member)) == {"member"}


def test_a_member_of_the_producer_never_scores_it(case, member):
    Membership.objects.create(entity=case.dossier.product.entity, user=member)

    assert permissions.is_of_the_producer(member, case)
    assert not permissions.may_score(member, sheet_of(case, member))


def test_who_settles_a_verdict(everybody, case):
    assert allowed(everybody, permissions.may_settle, case) == KEEPERS


def test_who_records_the_decision_of_this_level(everybody, case):
    assert allowed(everybody, permissions.may_record_decision, case) == KEEPERS


def test_who_records_the_decision_on_a_case_that_was_sent_down(everybody, council, upper, commune):
    case = sent_down(forwarded(council, commune), upper)

    assert allowed(everybody, permissions.may_record_decision, case) == KEEPERS


def test_who_sees_a_case(everybody, case):
    assert seeing(everybody, case) == SEATS | LEADERS | {"district_officer"}


def test_who_sees_a_forwarded_case_before_and_after_it_istaken_up(everybody, council, upper, commune):
    case = forwarded(council, commune)

    assert seeing(everybody, case) == SEATS | LEADERS | {"district_officer", "upper_secretary"}


def test_the_district_sees_the_case_above_only_when_it_isconcluded(everybody, council, upper, commune):
    below = forwarded(council, commune)
    above = Case.objects.get(pk=taken_up(below, upper).pk)

    assert seeing(everybody, below) == SEATS | LEADERS | {"district_officer"} | UPPER_SEATS
    assert seeing(everybody, above) == UPPER_SEATS | LEADERS
    assert seeing(everybody, concluded(above)) == UPPER_SEATS | LEADERS | SEATS | {"district_officer"}


def test_who_reads_a_sheet_before_and_after_the_opening(everybody, case, member):
    sheet = sheet_of(case, member)

    assert reading(everybody, sheet) == {"member"}
    opened(case)
    assert reading(everybody, sheet) == SEATS | {"district_officer"}


def test_what_waits_for_whom(everybody, council, upper, commune, case):
    def waiting(kind):
        return {name for name, user in everybody.items() if kind.objects.waiting_for(user).exists()}

    assert (waiting(ScoreSheet), waiting(Case)) == (SEATS, set())
    opened(case)
    assert (waiting(ScoreSheet), waiting(Case)) == (set(), {"chair"})


def test_a_case_with_quorum_waits_for_the_chair(everybody, case):
    assert not Case.objects.waiting_for(everybody["chair"]).exists()
    handed_in(case)
    assert {name for name, user in everybody.items() if Case.objects.waiting_for(user).exists()} == {"chair"}


def test_outcomes_wait_for_those_who_keep_the_papers(everybody, council, upper, commune):
    def waiting(case):
        return {
            n for n, user in everybody.items() if Case.objects.waiting_for(user).filter(pk=case.pk).exists()
        }

    below = forwarded(council, commune)
    assert waiting(below) == {"upper_secretary", "province_officer"}
    above = sent_down(below, upper)
    assert waiting(below) == set()
    assert waiting(above) == KEEPERS


def test_a_conclusion_waits_for_those_who_keep_the_papers(everybody, case):
    concluded(case)

    assert {name for name, user in everybody.items() if Case.objects.waiting_for(user).exists()} == KEEPERS


def test_councils_at_work_are_those_of_the_day(commune):
    now = council_of(commune.parent)
    council_of(commune.parent, ended_on=dt.date(2024, 10, 14))
    council_of(commune.parent, decided_on=dt.date(2024, 10, 16))
    last_day = council_of(commune.parent, ended_on=dt.date(2024, 10, 15))

    assert set(Council.objects.at_work()) == {now, last_day}
