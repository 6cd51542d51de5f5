"""Where turns, paper and advice meet the people of a council: who stood aside, left, presides or keeps the papers."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from evaluation import actions, permissions
from evaluation.models import AdvisorySheet, Answer, Case, Duty, Post, Reopening, ScoreSheet, SheetStatus
from foundation import clock
from tests.evaluation.browsing import url
from tests.evaluation.stories import opened, proposed, sheet_of
from tests.factories.accounts import UserFactory
from tests.factories.evaluation import AdviserFactory, CaseFactory, ScoreSheetFactory, SeatFactory

pytestmark = pytest.mark.django_db


def test_a_proposal_waits_for_the_other_hand(case, chair, member, secretary):
    proposal = proposed(opened(case))

    assert list(Reopening.objects.waiting_for(secretary)) == [proposal]
    assert not Reopening.objects.waiting_for(chair).exists()
    assert list(Case.objects.waiting_for(secretary)) == [case]
    assert not Case.objects.waiting_for(member).exists()
    assert (str(proposal), proposal.second_hand) == (f"{case.pk} lượt 1", "Ủy viên kiêm Thư ký")
    assert len(proposal.members()) == 3
    assert proposal.get_absolute_url() == url("spread_desk", case)


@pytest.fixture
def silent(council, commune):
    """A case on which nobody has stated anything."""
    case = CaseFactory(council=council, dossier__product__entity__area=commune)
    for seat in council.seats.all():
        ScoreSheetFactory(case=case, seat=seat, stated=False)
    return case


def save(case, user):
    """One choice, as the page saves it."""
    sheet = ScoreSheet.objects.get(case=case, seat__user=user)
    return actions.choose_in(case.code, sheet.pk, "1.4", "1.4:1", version=0, by=user)


def test_saving_asks_for_the_statement_and_refuses_who_stood_aside_or_left(silent, chair, member, secretary):
    case = silent
    with pytest.raises(ValidationError, match="khai báo xung đột lợi ích"):
        save(case, member)
    for user in (chair, member, secretary):
        actions.state(case, by=user, answer=Answer.NONE)
    assert save(case, member).version == 1

    actions.state(case, by=secretary, answer=Answer.CONFLICT, reason="Cùng nhà.")
    with pytest.raises(PermissionDenied):
        save(case, secretary)

    case.council.seats.filter(user=chair).update(ended_on=clock.today(), ended_why="Thôi.")
    with pytest.raises(PermissionDenied):
        save(case, chair)


def test_paper_waits_for_the_statement(silent, member, secretary):
    case = silent
    with pytest.raises(ValidationError, match="chưa khai báo xung đột lợi ích"):
        actions.enter_paper(sheet_of(case, member), {}, {}, by=secretary)
    actions.state(case, by=member, answer=Answer.NONE)
    with pytest.raises(ValidationError, match="tiêu chí chưa nhập"):
        actions.enter_paper(sheet_of(case, member), {}, {}, by=secretary)


def test_a_sheet_of_somebody_who_left_goes_on_to_the_successor(case, chair, member, secretary):
    case = opened(case)
    seat = case.council.seats.get(user=member)
    seat.ended_on, seat.ended_why = clock.today(), "Thôi."
    seat.save()
    heir = SeatFactory(council=case.council, post=seat.post, replaces=seat, started_on=clock.today())

    actions.confirm_turn(proposed(case, member), by=secretary)

    assert sheet_of(case, member).status == SheetStatus.RELEASED
    assert sheet_of(case, heir.user).status == SheetStatus.DRAFT
    assert not case.sheets.awaited().exists()


def test_hands_are_of_whoever_presides_and_of_any_secretary(case, chair, member, secretary):
    vice, clerk = (
        SeatFactory(council=case.council, post=post, scores=False).user for post in (Post.VICE, Post.CLERK)
    )
    assert permissions.hand_of(vice, case) is None
    assert permissions.hand_of(clerk, case) == Post.SECRETARY
    assert permissions.may_enter_paper(clerk, sheet_of(case, member))
    actions.state(case, by=chair, answer=Answer.CONFLICT, reason="Cùng nhà.")
    assert permissions.hand_of(chair, case) is None
    assert permissions.hand_of(vice, case) == Post.CHAIR
    assert list(case.presided_over_by()) == [vice]


def test_advisers_get_a_sheet_with_the_case_and_when_they_come_later(council, dossier, secretary, people):
    early = AdviserFactory(council=council).user
    case = actions.admit(council, dossier, by=secretary)
    assert [sheet.user for sheet in case.advisory_sheets.all()] == [early]

    facts = {"user": UserFactory(), "duty": Duty.MEMBER, "started_on": clock.today()}
    late = actions.add_adviser(council, by=people["district_officer"], **facts)
    assert AdvisorySheet.objects.filter(case=case, user=late.user).exists()


def test_an_adviser_who_leaves_keeps_no_open_draft(as_user, case, member, people):
    officer = people["district_officer"]
    leaving, staying, done = (AdviserFactory(council=case.council) for _ in range(3))
    AdvisorySheet.objects.lay_before(case, [leaving.user, staying.user, done.user])
    sheets = {sheet.user: sheet for sheet in AdvisorySheet.objects.all()}
    AdvisorySheet.objects.filter(pk=sheets[done.user].pk).update(
        status=SheetStatus.HANDED_IN, handed_in_at=clock.now()
    )

    for adviser in (leaving, done):
        actions.end_adviser(adviser, by=officer)

    status = {sheet.user: sheet.status for sheet in AdvisorySheet.objects.all()}
    assert status == {
        leaving.user: SheetStatus.RELEASED,
        staying.user: SheetStatus.DRAFT,  # control
        done.user: SheetStatus.HANDED_IN,  # what was handed in stays
    }
    assert not AdvisorySheet.objects.waiting_for(leaving.user).exists()
    assert AdvisorySheet.objects.waiting_for(staying.user).exists()
    assert as_user(leaving.user).get(url("advice", case)).url == reverse("desk")
    facts = {"duty": Duty.MEMBER, "started_on": clock.today()}
    actions.add_adviser(case.council, by=officer, user=leaving.user, **facts)  # appointed again
    assert AdvisorySheet.objects.waiting_for(leaving.user).get() == sheets[leaving.user]


def test_what_an_adviser_left_in_a_case_that_is_opened_stays_as_it_is(case, people):
    adviser = AdviserFactory(council=case.council)
    AdvisorySheet.objects.lay_before(case, [adviser.user])
    opened(case)

    actions.end_adviser(adviser, by=people["district_officer"])

    assert AdvisorySheet.objects.get().status == SheetStatus.DRAFT  # the database lets nobody change it
    assert not AdvisorySheet.objects.waiting_for(adviser.user).exists()
