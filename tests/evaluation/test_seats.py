"""T14: a member who leaves in mid-round keeps name, post and scores of that day; quorum follows the rule."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from evaluation import actions, permissions
from evaluation.models import Council, Post, Seat, SheetStatus
from tests.evaluation.stories import again, handed_in, opened, reopened, sheet_of
from tests.factories.accounts import UserFactory
from tests.factories.evaluation import (
    AdviserFactory,
    CaseFactory,
    ScoreSheetFactory,
    SeatFactory,
    council_of,
    fill,
)

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 10, 15)


@pytest.fixture
def officer(people):
    return people["district_officer"]


def leave(seat, officer, **more):
    return actions.end_seat(seat, by=officer, day=TODAY, why="Chuyển công tác", **more)


def test_t14_what_was_handed_in_stays_with_name_and_post(case, council, chair, member, officer):
    fill(sheet_of(case, member))
    actions.hand_in(sheet_of(case, member), by=member)
    seat = council.seats.get(user=member)
    Seat.objects.filter(pk=seat.pk).update(name="")
    seat.refresh_from_db()
    assert seat.held_by == member.full_name

    heir = leave(seat, officer, user=UserFactory(), basis="12/QĐ-UBND")

    kept = again(case).sheets.handed_in().get()
    assert (kept.seat, kept.seat.get_post_display(), kept.seat.counts_on(TODAY)) == (seat, "Ủy viên", False)
    assert not heir.sheets.filter(case=case).exists()  # the member's own sheet counts
    assert again(case).sheets.standing().count() == 3
    assert not permissions.may_score(member, sheet_of(case, member))


def test_t14_a_draft_goes_to_the_successor_and_its_scores_stay(case, council, member, officer):
    sheet = fill(sheet_of(case, member))
    seat = council.seats.get(user=member)

    heir = leave(seat, officer, user=UserFactory(), basis="12/QĐ-UBND")

    sheet.refresh_from_db()
    assert (sheet.status, sheet.scores.exists()) == (SheetStatus.RELEASED, True)
    assert heir.sheets.get().case == case
    assert (heir.post, heir.scores, heir.replaces) == (Post.MEMBER, True, seat)
    assert again(case).sheets.standing().count() == 3


def test_t14_without_a_successor_the_quorum_is_of_those_who_are_left(case, council, member, officer):
    assert leave(council.seats.get(user=member), officer) is None

    assert "trên 2 phiếu" in again(case).missing_to_open()[0]


def test_a_released_judge_is_told(case, council, member, officer):
    sheet = sheet_of(case, member)
    sheet.status = SheetStatus.RELEASED
    sheet.save()

    with pytest.raises(ValidationError, match="không còn được phân công"):
        actions.hand_in(sheet_of(case, member), by=member)


def test_sheets_sent_back_go_on_to_who_took_the_place(case, council, member, officer):
    case = opened(case)
    first = leave(council.seats.get(user=member), officer, user=UserFactory(), basis="12/QĐ-UBND")
    heir = leave(first, officer, user=UserFactory(), basis="13/QĐ-UBND")

    reopened(case, reason="Bàn lại.")

    assert heir.sheets.get(case=case).status == SheetStatus.DRAFT
    assert case.sheets.get(seat__user=member).status == SheetStatus.RELEASED


def test_sheets_of_who_left_without_a_successor_are_released(case, council, member, officer):
    case = opened(case)
    leave(council.seats.get(user=member), officer)

    reopened(case, reason="Bàn lại.")

    assert again(case).sheets.standing().count() == 2


def test_where_judges_are_assigned_the_successor_takes_over_what_was_assigned(commune, officer):
    council = council_of(commune.parent, judges_min=1)
    mine, other = (CaseFactory(council=council, dossier__product__entity__area=commune) for _ in range(2))
    seat = council.seats.get(post=Post.MEMBER)
    ScoreSheetFactory(case=mine, seat=seat)

    heir = leave(seat, officer, user=UserFactory(), basis="12/QĐ-UBND")

    assert [sheet.case for sheet in heir.sheets.all()] == [mine]
    assert not other.sheets.exists()
    facts = {"by": officer, "started_on": TODAY, "basis": "12/QĐ-UBND"}
    fresh = actions.appoint(council, user=UserFactory(), post=Post.MEMBER, scores=True, **facts)
    assert not fresh.sheets.exists()  # somebody assigns them


def test_a_new_member_scores_what_is_being_scored_unless_the_seat_does_not_score(case, council, officer):
    facts = {"by": officer, "started_on": TODAY, "basis": "12/QĐ-UBND"}
    expert = actions.appoint(council, user=UserFactory(), post=Post.EXPERT, scores=True, **facts)
    clerk = actions.appoint(council, user=UserFactory(), post=Post.CLERK, scores=False, **facts)

    assert expert.sheets.get().case == case
    assert not clerk.sheets.exists()
    assert permissions.may_run(clerk.user, council)


def test_appointing_is_refused_in_words(council, chair, people, officer, commune):
    facts = {"by": officer, "post": Post.MEMBER, "scores": True, "started_on": TODAY}
    with pytest.raises(PermissionDenied):
        actions.appoint(council, user=UserFactory(), **facts | {"by": chair})
    with pytest.raises(ValidationError, match="đang có ghế"):
        actions.appoint(council, user=chair, **facts)
    with pytest.raises(ValidationError, match="đang có Chủ tịch"):
        actions.appoint(council, user=UserFactory(), **facts | {"post": Post.CHAIR})
    with pytest.raises(ValidationError, match="đòi phiếu của Chủ tịch"):
        actions.appoint(council, user=UserFactory(), **facts | {"post": Post.CHAIR, "scores": False})
    for day, words in ((dt.date(2024, 10, 16), "sau hôm nay"), (dt.date(2024, 1, 14), "trước ngày lập")):
        with pytest.raises(ValidationError, match=words):
            actions.appoint(council, user=UserFactory(), **facts | {"started_on": day})
    ended = council_of(commune.parent, ended_on=dt.date(2024, 10, 1))
    with pytest.raises(ValidationError, match="đã kết thúc"):
        actions.appoint(ended, user=UserFactory(), **facts)


def test_leaving_is_refused_in_words(council, member, officer):
    seat = council.seats.get(user=member)
    for day, words in ((dt.date(2024, 10, 16), "sau hôm nay"), (dt.date(2024, 1, 14), "trước ngày được cử")):
        with pytest.raises(ValidationError, match=words):
            actions.end_seat(seat, by=officer, day=day, why="x")
    leave(seat, officer)
    with pytest.raises(ValidationError, match="đã thôi"):
        leave(seat, officer)


@pytest.mark.parametrize("facts", [{"post": Post.VICE}, {"scores": False}, {"name": "Người Khác"}])
def test_t14_a_seat_with_sheets_stays_as_it_is(case, council, member, facts):
    seat = council.seats.filter(user=member)
    with pytest.raises(IntegrityError, match="giữ nguyên"), transaction.atomic():
        seat.update(**facts)
    fresh = SeatFactory(council=council)
    assert Seat.objects.filter(pk=fresh.pk).update(**facts) == 1


def test_who_left_keeps_no_papers_and_presides_over_nothing(case, council, chair, officer):
    case = handed_in(case)
    leave(council.seats.get(user=chair), officer)

    assert not permissions.may_preside(chair, case)
    assert not Council.objects.worked_by(chair).exists()


def test_the_advisory_team_joins_sees_the_council_and_leaves(council, officer, chair):
    person = UserFactory()
    facts = {"user": person, "duty": "leader"}
    with pytest.raises(PermissionDenied):
        actions.add_adviser(council, by=chair, started_on=TODAY, **facts)
    with pytest.raises(ValidationError, match="sau hôm nay"):
        actions.add_adviser(council, by=officer, started_on=dt.date(2024, 10, 16), **facts)
    adviser = actions.add_adviser(council, by=officer, started_on=TODAY, **facts)
    assert Council.objects.known_to(person).get() == council
    with pytest.raises(ValidationError, match="đang ở trong tổ tư vấn"):
        actions.add_adviser(council, by=officer, started_on=TODAY, **facts)

    actions.end_adviser(adviser, by=officer)

    assert not Council.objects.known_to(person).exists()
    with pytest.raises(ValidationError, match="đã thôi"):
        actions.end_adviser(adviser, by=officer)
    assert str(AdviserFactory(council=council)).endswith("Tổ viên")
