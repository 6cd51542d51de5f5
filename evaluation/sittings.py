"""What the sittings say about a case: who was there, who stood aside, and whether that is a quorum."""

from dataclasses import dataclass

from evaluation import scoring
from evaluation.models import Attendance, Reopening, Sitting, SittingStatus, Statement

HELD = (SittingStatus.OPEN, SittingStatus.CLOSED)


@dataclass(frozen=True)
class Present:
    """One line of the minutes: ``excuse`` is the reason of one who stayed away with leave."""

    seat: object
    present: bool
    excuse: str


@dataclass(frozen=True)
class Recusal:
    """One who stood aside: seat, reason, and on which day and hour."""

    seat: object
    reason: str
    on: object


def sitting_of(case):
    """The last sitting with this case on its agenda that was not cancelled, or None."""
    sittings = case.sittings.exclude(status=SittingStatus.CANCELLED).for_list()
    return sittings.order_by("day", "begins_at", "pk").last()


def meetings(cases):
    """The sittings at which these cases were dealt with, the first one first: one statement for all."""
    sittings = Sitting.objects.filter(status__in=HELD, cases__in=cases).distinct()
    return list(sittings.order_by("day", "begins_at", "pk"))


def last_sittings(cases):
    """Key of a case → key of its last sitting that was not cancelled, one statement for all."""
    return {case: sitting for case, sitting, _ in _of(cases)}


def days_of(cases):
    """Key of a case → day of its last sitting that was not cancelled, one statement for all."""
    return {case: day for case, _, day in _of(cases)}


def _of(cases):
    """Case, sitting and day, the last sitting last."""
    sittings = Sitting.objects.exclude(status=SittingStatus.CANCELLED).filter(cases__in=cases)
    return sittings.order_by("day", "begins_at", "pk").values_list("cases", "pk", "day")


def attendance_of(case):
    """Who was at the case's sitting: a list of (seat, present, excused reason), in the order of the seats."""
    sitting = sitting_of(case)
    rows = Attendance.objects.filter(sitting=sitting).select_related("seat__user", "seat__council")
    return [Present(row.seat, row.present, row.excuse) for row in rows.order_by("seat_id")] if sitting else []


def recusals_of(case):
    """Who stood aside in this case: a list of (seat, reason, on), in the order of the seats."""
    return recusals_in([case])[case.pk]


def recusals_in(cases):
    """Key of a case → who stood aside in it, in the order of the seats: one statement for all."""
    found = {case.pk: [] for case in cases}
    rows = Statement.objects.recusals().filter(case__in=cases).select_related("seat__user", "seat__council")
    for row in rows.order_by("seat_id"):
        found[row.case_id].append(Recusal(row.seat, row.reason, row.at))
    return found


def turns_of(cases):
    """Key of a case → the further turns of scoring that were confirmed, with their sheets: two statements for all."""
    found = {case.pk: [] for case in cases}
    for row in Reopening.objects.filter(case__in=cases).confirmed().for_page().order_by("turn"):
        found[row.case_id].append(row)
    return found


def members_of(sitting):
    """The seats that count at this sitting: those that score and were in force on its day."""
    return sitting.council.seats.in_force(sitting.day).judging().for_list().order_by("pk")


def quorum_gaps(case):
    """Why the case cannot be concluded yet by the rules on sittings, as sentences that name the rule."""
    council, sitting = case.council, sitting_of(case)
    if sitting is None:
        needed = f"Quy chế chỉ cho kết luận tại phiên họp ({council.rules_source}): hãy đưa hồ sơ vào chương trình."
        return [needed] if council.sitting_required else []
    if sitting.status not in HELD:
        return [f"Phiên họp ngày {sitting.day:%d/%m/%Y} chưa khai mạc."]
    return _absences(case, sitting)


def _absences(case, sitting):
    council, aside = case.council, {row.seat.pk for row in recusals_of(case)}
    here = {row.seat.pk for row in attendance_of(case) if row.present} - aside
    members = [seat.pk for seat in members_of(sitting) if seat.pk not in aside]
    came, gaps = len(here.intersection(members)), []
    if not scoring.quorum_reached(came, len(members), council.quorum_percent):
        gaps.append(
            f"Phiên họp ngày {sitting.day:%d/%m/%Y} chỉ có {came} trên {len(members)} thành viên được xét hồ sơ này, "
            f"Quy chế cần ít nhất {council.quorum_percent}% có mặt ({council.rules_source})."
        )
    if council.chair_required and (case.presiding_seat is None or case.presiding_seat.pk not in here):
        gaps.append(f"Người chủ trì không có mặt tại phiên họp, Quy chế đòi có mặt ({council.rules_source}).")
    return gaps
