"""Rounds and sittings: days in order, agenda, attendance, and no conclusion without a quorum."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from evaluation import actions
from evaluation.models import Answer, Attendance, CaseStatus, Post, Round, SittingStatus
from evaluation.sittings import attendance_of, quorum_gaps, recusals_of, sitting_of
from tests.evaluation.stories import again, handed_in, opened
from tests.factories.evaluation import (
    AgendaItemFactory,
    AttendanceFactory,
    CaseFactory,
    RoundFactory,
    SeatFactory,
    SittingFactory,
    council_of,
)

pytestmark = pytest.mark.django_db
DAYS = {
    "opens_on": dt.date(2024, 10, 1),
    "scoring_until": dt.date(2024, 10, 31),
    "closes_on": dt.date(2024, 11, 30),
}


@pytest.fixture
def sitting(council):
    """A sitting of today."""
    return SittingFactory(round=RoundFactory(council=council))


def there(sitting, council, *away):
    """Everybody of the council is at the sitting but those in these posts."""
    rows = {seat.pk: (seat.post not in away, "ốm") for seat in council.seats.all()}
    actions.note_attendance(sitting, rows, by=council.seats.get(post=Post.SECRETARY).user)


def held(sitting, case, *away):
    """The sitting with this case, begun."""
    secretary = case.council.seats.get(post=Post.SECRETARY).user
    there(sitting, case.council, *away)
    actions.set_agenda(sitting, [(case, "Chủ thể", "Mẫu thử")], by=secretary)
    actions.open_sitting(sitting, by=secretary)


# ---------------------------------------------------------------- rounds


def test_rounds_get_numbers_and_share_no_day(council, secretary, chair):
    first = actions.plan_round(council, by=secretary, **DAYS)
    with pytest.raises(ValidationError, match="trùng ngày"):
        actions.plan_round(council, by=secretary, **DAYS | {"opens_on": dt.date(2024, 10, 5)})
    december = {name: dt.date(2024, 12, 5) for name in DAYS}
    assert actions.plan_round(council, by=secretary, **december).number == first.number + 1
    with pytest.raises(PermissionDenied):
        actions.plan_round(council, by=chair, **DAYS)


@pytest.mark.parametrize(
    "wrong", [{"scoring_until": dt.date(2024, 9, 30)}, {"closes_on": dt.date(2024, 10, 30)}]
)
def test_the_days_of_a_round_stand_in_order(council, secretary, wrong):
    with pytest.raises(ValidationError, match="theo thứ tự"):
        actions.plan_round(council, by=secretary, **DAYS | wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(council=council, number=9, **DAYS | wrong)


def test_the_database_lets_no_two_rounds_share_a_day(council, commune):
    RoundFactory(council=council)
    RoundFactory(council=council_of(commune.parent))
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundFactory(council=council, number=2, opens_on=dt.date(2024, 10, 9))


def test_a_round_keeps_its_sittings_inside(sitting, secretary):
    row = sitting.round
    actions.change_round(row, by=secretary, **DAYS | {"scoring_until": dt.date(2024, 10, 20)})
    late = {"opens_on": dt.date(2024, 10, 16)}
    with pytest.raises(ValidationError, match="nằm ngoài"):
        actions.change_round(row, by=secretary, **DAYS | late)
    with pytest.raises(IntegrityError, match="ngoài các ngày này"), transaction.atomic():
        Round.objects.filter(pk=row.pk).update(**late)
    with pytest.raises(IntegrityError, match="nằm trong đợt"), transaction.atomic():
        SittingFactory(round=row, day=dt.date(2024, 12, 24))
    assert list(Round.objects.on(dt.date(2024, 10, 15))) == [row]


# ---------------------------------------------------------------- sittings


def test_a_sitting_is_called_inside_its_round(council, secretary):
    row = RoundFactory(council=council)
    when = {"begins_at": dt.time(8, 0), "place": "Hội trường"}
    with pytest.raises(ValidationError, match="nằm trong đợt"):
        actions.call_sitting(row, by=secretary, day=dt.date(2024, 12, 1), **when)
    sitting = actions.call_sitting(row, by=secretary, day=dt.date(2024, 10, 15), **when)
    assert (sitting.code, sitting.status, sitting.council) == ("ph-2024-0001", SittingStatus.PLANNED, council)


def test_the_agenda_takes_cases_of_the_council_that_wait(sitting, case, secretary, commune):
    second = CaseFactory(council=case.council, dossier__product__entity__area=commune)
    actions.set_agenda(sitting, [(second, "", ""), (case, "Chủ thể", "Mẫu thử")], by=secretary)
    actions.set_agenda(sitting, [(case, "Chủ thể", ""), (second, "", "")], by=secretary)
    assert [item.case for item in sitting.agenda.all()] == [case, second]

    foreign = CaseFactory(council=council_of(commune.parent))
    with pytest.raises(ValidationError, match=foreign.code):
        actions.set_agenda(sitting, [(foreign, "", "")], by=secretary)
    with pytest.raises(IntegrityError, match="không ở trước hội đồng"), transaction.atomic():
        AgendaItemFactory(sitting=sitting, case=foreign, position=9)


def test_attendance_is_of_members_and_stays_once_closed(sitting, council, secretary, commune):
    stranger = SeatFactory(council=council_of(commune.parent))
    with pytest.raises(ValidationError, match="không phải thành viên"):
        actions.note_attendance(sitting, {stranger.pk: (True, "")}, by=secretary)
    with pytest.raises(IntegrityError, match="không ở trong hội đồng"), transaction.atomic():
        AttendanceFactory(sitting=sitting, seat=stranger)
    with pytest.raises(ValidationError, match="Chưa điểm danh"):
        actions.open_sitting(sitting, by=secretary)
    there(sitting, council, Post.MEMBER)
    actions.open_sitting(sitting, by=secretary)
    actions.close_sitting(sitting, by=secretary)

    for change in (lambda rows: rows.update(present=False), lambda rows: rows.delete()):
        with pytest.raises(IntegrityError, match="đã bế mạc"), transaction.atomic():
            change(Attendance.objects.filter(sitting=sitting))
    with pytest.raises(ValidationError, match="bế mạc"):
        there(sitting, council)


def test_a_sitting_does_not_begin_before_its_day_and_may_be_cancelled(council, secretary):
    later = SittingFactory(round=RoundFactory(council=council), day=dt.date(2024, 11, 1))
    with pytest.raises(ValidationError, match="Chưa đến ngày họp"):
        actions.open_sitting(later, by=secretary)
    actions.cancel_sitting(later, by=secretary, reason="Bão")
    later.refresh_from_db()
    assert later.status == SittingStatus.CANCELLED


# ---------------------------------------------------------------- quorum


def test_no_conclusion_without_a_quorum_at_the_sitting(sitting, case, chair, member):
    case = opened(case)
    held(sitting, case, Post.MEMBER)

    with pytest.raises(ValidationError, match=r"2 trên 3 thành viên.*ít nhất 75% có mặt.*Quy chế thử nghiệm"):
        actions.conclude(case, by=chair, conclusion="Nhất trí.")
    assert again(case).status == CaseStatus.OPENED
    assert [(row.seat.user, row.present, row.excuse) for row in attendance_of(case) if not row.present] == [
        (member, False, "ốm")
    ]

    there(sitting, case.council)  # the control: with everybody there it is concluded
    actions.conclude(case, by=chair, conclusion="Nhất trí.")
    assert again(case).status == CaseStatus.CONCLUDED


def test_a_recusal_recomputes_the_quorum_of_the_sitting(sitting, case, member):
    actions.state(case, by=member, answer=Answer.CONFLICT, reason="người thân")
    held(sitting, case, Post.MEMBER)

    assert quorum_gaps(case) == []
    assert [row.seat.user for row in recusals_of(case)] == [member]


def test_whoever_presides_has_to_be_there_when_the_rules_say_so(sitting, case, council):
    council.quorum_percent = 50
    council.save()
    held(sitting, again(case), Post.CHAIR)

    assert "Người chủ trì không có mặt" in " ".join(quorum_gaps(again(case)))
    council.chair_required = False
    council.save()
    assert quorum_gaps(again(case)) == []


def test_the_rules_may_ask_for_a_sitting(sitting, case, council, chair, secretary):
    assert quorum_gaps(case) == []
    council.sitting_required = True
    council.save()
    case = handed_in(again(case))
    assert sitting_of(case) is None
    assert attendance_of(case) == []
    assert "chỉ cho kết luận tại phiên họp" in quorum_gaps(case)[0]
    actions.set_agenda(sitting, [(case, "", "")], by=secretary)
    assert "chưa khai mạc" in quorum_gaps(case)[0]


# ---------------------------------------------------------------- pages


def test_the_secretary_prepares_and_holds_a_sitting_on_its_pages(as_user, council, case, secretary):
    client, home = as_user(secretary), reverse("evaluation:council", args=[council.code])
    days = {name: day.isoformat() for name, day in DAYS.items()}
    assert client.post(reverse("evaluation:round_new", args=[council.code]), days).url == home
    client.post(
        reverse("evaluation:round_edit", args=[council.code, 1]), days | {"scoring_until": "2024-10-30"}
    )
    new = reverse("evaluation:sitting_new", args=[council.code, 1])
    page = client.post(new, {"day": "2024-10-15", "begins_at": "08:30", "place": "Hội trường"}).url
    code = page.rstrip("/").rpartition("/")[2]

    def at(name):
        return reverse(f"evaluation:{name}", args=[code])

    twice = client.post(at("agenda"), {f"o-{case.pk}": "0"})
    assert twice.status_code == 200
    client.post(at("agenda"), {f"o-{case.pk}": "1", f"w-{case.pk}": "Giám đốc"})
    seats = list(council.seats.all())
    client.post(at("attendance"), {f"p-{seat.pk}": "co" for seat in seats[:2]} | {f"p-{seats[2].pk}": "vang"})
    client.post(at("sitting_opening"))
    shown = client.get(page).content.decode()
    for words in ("Giám đốc", "2 trên 3 thành viên có mặt", "không có lý do", "Đang họp"):
        assert words in shown
    client.post(at("sitting_closing"))
    assert "Đã bế mạc" in client.get(page).content.decode()
    assert "Phiên họp 15/10/2024" in client.get(case.get_absolute_url()).content.decode()
    assert "Phiên họp 15/10/2024" in client.get(home).content.decode()


def test_two_cases_with_one_number_are_refused(as_user, council, case, sitting, secretary, commune):
    second = CaseFactory(council=council, dossier__product__entity__area=commune)
    sent = {f"o-{case.pk}": "1", f"o-{second.pk}": "1"}

    page = as_user(secretary).post(reverse("evaluation:agenda", args=[sitting.code]), sent)
    assert "hai hồ sơ cùng số" in page.content.decode()


def test_others_are_turned_away(as_user, council, sitting, member, people):
    for name in ("agenda", "attendance", "sitting_cancel"):
        url = reverse(f"evaluation:{name}", args=[sitting.code])
        assert as_user(member).get(url).url == sitting.get_absolute_url()
        assert as_user(people["producer"]).get(url).status_code == 404
    assert as_user(member).post(reverse("evaluation:sitting_opening", args=[sitting.code])).status_code == 403
    cancel = reverse("evaluation:sitting_cancel", args=[sitting.code])
    assert (
        as_user(council.seats.get(post=Post.SECRETARY).user).post(cancel, {"reason": "Bão"}).status_code
        == 302
    )
