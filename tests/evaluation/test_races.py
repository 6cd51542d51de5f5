"""Two people at once: T01, T06. Sampled; each with a control that fails without the guard."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from evaluation import actions
from evaluation.models import CaseStatus, Score, SheetStatus
from foundation.regimes.models import Criterion
from products.actions import StaleChoice
from products.models import Serial
from tests.evaluation.stories import again, reopened, sheet_of
from tests.factories.evaluation import fill

pytestmark = pytest.mark.django_db(transaction=True)
TRIALS = 20


def at_once(*deeds):
    """Run the deeds in threads that start together; what each returned, or the refusal it met."""
    gate, outcomes = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(at, deed):
        try:
            gate.wait(timeout=10)
            outcomes[at] = deed()
        except (ValidationError, IntegrityError) as refusal:
            outcomes[at] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return outcomes


@pytest.fixture
def codes(law, case):
    """The criteria of the case, in order."""
    return list(Criterion.objects.of(case.dossier.criteria_set))


def saving(case, user, criterion, key, version=0):
    """A deed for ``at_once``: one choice in that person's sheet."""
    sheet = sheet_of(case, user)
    return lambda: actions.choose(sheet, criterion, key, version=version, by=user)


def best_key(criterion):
    return max(criterion.options.all(), key=lambda row: row.points).key


def test_t01_two_members_who_save_at_once_are_both_kept(case, codes, member, chair):
    for criterion in codes[:TRIALS]:
        key = best_key(criterion)
        outcomes = at_once(saving(case, member, criterion, key), saving(case, chair, criterion, key))
        assert all(isinstance(row, Score) for row in outcomes)

    assert sheet_of(case, member).result().total == sheet_of(case, chair).result().total > 0
    assert Score.objects.count() == 2 * TRIALS


def test_t01_control_a_total_that_is_read_changed_and_written_loses_one():
    """Why totals are derived from rows: the same two saves on one stored total."""
    Serial.objects.create(name="total")
    gate = threading.Barrier(2)

    def add():
        total = Serial.objects.get(name="total").last
        gate.wait(timeout=10)
        Serial.objects.filter(name="total").update(last=total + 3)

    at_once(add, add)

    assert Serial.objects.get(name="total").last == 3


def test_two_tabs_of_one_member_save_at_once_and_one_is_told(case, codes, member):
    for criterion in codes[:TRIALS]:
        keys = [row.key for row in criterion.options.all()[:2]]
        outcomes = at_once(*(saving(case, member, criterion, key) for key in keys))
        kept = [row for row in outcomes if isinstance(row, Score)]
        assert len(kept) == 1
        assert sum(isinstance(row, (StaleChoice, IntegrityError)) for row in outcomes) == 1
        assert Score.objects.get(sheet__case=case, criterion=criterion).option == kept[0].option


def test_t06_a_save_that_races_with_handing_in_is_in_the_sheet_or_refused(case, codes, member):
    criterion = codes[0]
    first, second = [row.key for row in criterion.options.all()[:2]]
    fill(sheet_of(case, member), lambda options: options[0])
    for _ in range(TRIALS):
        version = Score.objects.get(sheet__case=case, criterion=criterion).version
        was = Score.objects.select_related("option").get(sheet__case=case, criterion=criterion).option.key
        other = second if was == first else first
        saved, handed_in = at_once(
            saving(case, member, criterion, other, version),
            lambda: actions.hand_in(sheet_of(case, member), by=member),
        )
        now = Score.objects.select_related("option").get(sheet__case=case, criterion=criterion)
        assert handed_in is None
        assert sheet_of(case, member).status == SheetStatus.HANDED_IN
        assert (now.option.key == other) is isinstance(saved, Score)
        _take_back(case)


def _take_back(case):
    """As chair and secretary would: open, and begin another turn with every sheet."""
    type(case).objects.filter(pk=case.pk).update(status=CaseStatus.OPENED)
    reopened(again(case))


def test_t06_a_save_that_races_with_the_opening_is_before_it_or_refused(case, codes, council, member, chair):
    council.quorum_percent = 30
    council.save()
    actions.hand_in(fill(sheet_of(case, chair)), by=chair)
    for criterion in codes[:TRIALS]:
        key = best_key(criterion)
        saved, opening = at_once(
            saving(case, member, criterion, key),
            lambda: actions.open_case(case, by=chair),
        )
        assert opening is None
        assert Score.objects.filter(sheet__seat__user=member, criterion=criterion).exists() is isinstance(
            saved, Score
        )
        reopened(again(case), chair)
        actions.hand_in(sheet_of(case, chair), by=chair)


def _naive_save(case, member, criterion, looked, locked):
    """Look whether the sheet is open, then write: what ``choose`` would be without its locks."""
    sheet = sheet_of(case, member)
    assert sheet.is_open
    looked.wait(timeout=10)
    locked.wait(timeout=10)
    Score.objects.filter(sheet=sheet, criterion=criterion).update(version=99)
    return "accepted"


@pytest.mark.parametrize("guarded", [True, False])
def test_t06_control_look_then_write_is_stopped_only_by_the_trigger(case, codes, member, guarded):
    fill(sheet_of(case, member))
    looked, locked = threading.Barrier(2), threading.Barrier(2)
    verb = "enable always" if guarded else "disable"
    _alter(f"alter table evaluation_score {verb} trigger evaluation_score_lock")

    def hand_in():
        looked.wait(timeout=10)
        actions.hand_in(sheet_of(case, member), by=member)
        locked.wait(timeout=10)

    try:
        saved, _ = at_once(lambda: _naive_save(case, member, codes[0], looked, locked), hand_in)
    finally:
        _alter("alter table evaluation_score enable always trigger evaluation_score_lock")

    assert isinstance(saved, IntegrityError) is guarded
    assert (saved == "accepted") is not guarded


def _alter(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_two_secretaries_lay_one_dossier_before_the_council_once(council, dossier, secretary, people):
    first, second = at_once(
        lambda: actions.admit(council, dossier, by=secretary),
        lambda: actions.admit(council, dossier, by=people["district_officer"]),
    )

    assert sorted(isinstance(row, ValidationError) for row in (first, second)) == [False, True]
    assert council.cases.count() == 1
