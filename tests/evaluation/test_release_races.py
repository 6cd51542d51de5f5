"""Releases at once: T15 (numbers without gaps), the same release twice, a case that somebody else holds."""

import datetime as dt
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from evaluation import actions
from evaluation.models import Case, DecisionDraft
from products.models import Certificate, Rating
from tests.evaluation.stories import THREE_STARS, concluded
from tests.evaluation.test_races import at_once
from tests.factories.evaluation import case_before

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = dt.date(2024, 10, 15)
AT_ONCE, EACH = 3, 2


@pytest.fixture
def drafts(law, council, commune, secretary):
    """Several signed decisions on two products each."""
    found = []
    for turn in range(AT_ONCE):
        cases = [concluded(case_before(council, area=commune), **THREE_STARS) for _ in range(EACH)]
        draft = actions.draft_decision(council, cases, by=secretary)
        actions.write_draft(draft, by=secretary, number=f"{turn + 1}/QĐ-UBND", day=TODAY)
        found.append(draft)
    return found


def serials():
    return sorted(
        int(number.rsplit("/", 1)[1]) for number in Certificate.objects.values_list("number", flat=True)
    )


def test_t15_parallel_releases_number_without_gaps_though_one_is_broken_off(drafts, secretary):
    def broken():
        with transaction.atomic():
            actions.release_decision(drafts[0], by=secretary)
            raise ValidationError("ngắt giữa chừng")

    outcomes = at_once(
        broken, *(lambda draft=draft: actions.release_decision(draft, by=secretary) for draft in drafts[1:])
    )

    assert isinstance(outcomes[0], ValidationError)
    assert serials() == list(range(1, (AT_ONCE - 1) * EACH + 1))
    actions.release_decision(drafts[0], by=secretary)
    assert serials() == list(range(1, AT_ONCE * EACH + 1))


def test_one_release_twice_at_once_is_done_once(drafts, secretary):
    outcomes = at_once(*[lambda: actions.release_decision(drafts[0], by=secretary)] * 3)

    assert {type(outcome) for outcome in outcomes} == {DecisionDraft}
    assert Rating.objects.count() == EACH


def test_t17_a_case_that_somebody_holds_stops_the_whole_release_in_words(drafts, secretary):
    held, done = threading.Event(), threading.Event()
    case = drafts[0].annex()[1].case

    def hold():
        with transaction.atomic():
            Case.objects.select_for_update().get(pk=case.pk)
            held.set()
            done.wait(timeout=20)
        connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    held.wait(timeout=20)
    try:
        with pytest.raises(ValidationError, match=f"{case.code}.*đang được người khác xử lý"):
            actions.release_decision(drafts[0], by=secretary)
        assert not Rating.objects.exists()
    finally:
        done.set()
        holder.join(timeout=20)
    actions.release_decision(drafts[0], by=secretary)  # control: once it is free
    assert Rating.objects.count() == EACH
