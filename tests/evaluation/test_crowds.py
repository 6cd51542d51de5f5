"""Many at once: hand-ins and conclusions, saves that meet the lock, locks taken crosswise. T06, T16."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError, transaction

from evaluation import actions
from evaluation.models import Case, CaseStatus, Post, Score, ScoreSheet, SheetStatus
from foundation.regimes.models import Criterion
from foundation.trail.models import Entry
from tests.evaluation.stories import THREE_STARS, again, holder, opened, reopened, sheet_of
from tests.evaluation.test_races import at_once
from tests.factories.evaluation import case_before, council_of, fill

pytestmark = pytest.mark.django_db(transaction=True)
CROWD = 20


def attempt(deed, *facts, **details):
    """A deed for a thread: what it met besides what the domain says is a fault."""

    def run():
        try:
            return deed(*facts, **details) or "done"
        except ValidationError as refusal:
            return refusal

    return run


@pytest.fixture
def large(commune):
    """A council of twenty."""
    return council_of(
        commune.parent, Post.CHAIR, Post.SECRETARY, *[Post.MEMBER] * (CROWD - 2), quorum_percent=100
    )


def test_twenty_hand_in_at_once_and_every_sheet_is_in(law, large, commune):
    case = case_before(large, area=commune)
    sheets = list(case.sheets.select_related("seat__user"))
    for sheet in sheets:
        fill(sheet, **THREE_STARS)

    outcomes = at_once(*(attempt(actions.hand_in, sheet, by=sheet.seat.user) for sheet in sheets))

    assert outcomes == ["done"] * CROWD
    assert case.sheets.handed_in().count() == CROWD
    assert Case.objects.ready_to_open().get() == case


def test_twenty_conclusions_at_once_are_one_conclusion(law, case, chair):
    case = opened(case, **THREE_STARS)

    outcomes = at_once(
        *(attempt(actions.conclude, case, by=chair, conclusion=f"Lần {at}.") for at in range(CROWD))
    )

    assert outcomes.count("done") == 1
    assert sum(isinstance(row, ValidationError) for row in outcomes) == CROWD - 1
    assert Entry.objects.about(case).filter(new=CaseStatus.CONCLUDED).count() == 1
    assert again(case).conclusion == f"Lần {outcomes.index('done')}."


def test_hand_ins_opening_and_conclusions_at_once_end_in_one_conclusion(law, large, commune):
    """Everybody hands in, the chair opens and concludes, all in one moment and again until it is done."""
    case = case_before(large, area=commune)
    chair = holder(large, Post.CHAIR)
    sheets = list(case.sheets.select_related("seat__user"))
    for sheet in sheets:
        fill(sheet, **THREE_STARS)
    deeds = [attempt(actions.hand_in, sheet, by=sheet.seat.user) for sheet in sheets]
    opening = attempt(actions.open_case, case, by=chair)
    ends = [attempt(actions.conclude, case, by=chair, conclusion="Đạt.") for _ in range(4)]

    first = at_once(*deeds, opening, *ends)
    second = at_once(opening, *ends)
    third = at_once(*ends)

    assert first[:CROWD] == ["done"] * CROWD
    assert [*first[CROWD + 1 :], *second[1:], *third].count("done") == 1
    assert again(case).status == CaseStatus.CONCLUDED


@pytest.mark.parametrize("trials", [15, pytest.param(500, marks=pytest.mark.drill)])
def test_t06_a_save_that_meets_the_lock_is_counted_or_refused(law, case, member, chair, trials):
    """Sum at lock equals sum of rows: what was acknowledged is in the sheet that was handed in."""
    criterion = Criterion.objects.of(case.dossier.criteria_set).first()
    options = {row.key: row.points for row in criterion.options.all()}
    keys = sorted(options)[:2]
    case = opened(case)
    for trial in range(trials):
        case = reopened(case, member)
        sheet = sheet_of(case, member)
        version = sheet.scores.get(criterion=criterion).version
        held = sheet.scores.select_related("option").get(criterion=criterion).option.key
        other = keys[1] if held == keys[0] else keys[0]
        saved, given = at_once(
            attempt(actions.choose, sheet, criterion, other, version=version, by=member),
            attempt(actions.hand_in, sheet, by=member),
        )
        assert given == "done", trial
        now = sheet_of(case, member)
        counted = now.result().points[criterion.code]
        assert now.status == SheetStatus.HANDED_IN
        assert counted == options[other if isinstance(saved, Score) else held], (trial, saved)
        actions.open_case(case, by=chair)
        case = again(case)


def test_t16_save_and_opening_take_their_locks_in_one_order(law, case, member, chair, council):
    """No deadlock: each of many rounds ends with an answer of the domain for everybody."""
    council.quorum_percent = 30
    council.save()
    criteria = list(Criterion.objects.of(case.dossier.criteria_set))[:8]
    actions.hand_in(fill(sheet_of(case, chair)), by=chair)
    sheet = sheet_of(case, member)
    deeds = [
        attempt(actions.choose, sheet, row, row.options.last().key, version=0, by=member) for row in criteria
    ]

    outcomes = at_once(*deeds, attempt(actions.open_case, case, by=chair))

    assert outcomes[-1] == "done"
    assert Score.objects.filter(sheet=sheet).count() == sum(isinstance(row, Score) for row in outcomes)


def test_t16_control_opposite_orders_do_deadlock(law, case, member):
    """Why the order matters: case and sheet locked crosswise."""
    sheet = sheet_of(case, member)

    def crosswise(first, second):
        def run():
            try:
                with transaction.atomic():
                    first.select_for_update().get()
                    gate.wait(timeout=20)
                    second.select_for_update().get()
            except OperationalError as fault:
                return fault
            return "done"

        return run

    gate = threading.Barrier(2)
    cases, sheets = Case.objects.filter(pk=case.pk), ScoreSheet.objects.filter(pk=sheet.pk).order_by()
    outcomes = at_once(crosswise(cases, sheets), crosswise(sheets, cases))

    assert sorted(str(type(row).__name__) for row in outcomes) == ["OperationalError", "str"]
