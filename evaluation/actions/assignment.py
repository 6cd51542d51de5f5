"""Which judges score which cases: by hand, in bulk, balanced. All or nothing (T17)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from entities.models import Membership
from evaluation import notices, permissions
from evaluation.actions.locking import locked
from evaluation.balance import divided
from evaluation.models import Case, CaseStatus, ScoreSheet, Seat, SheetStatus, Statement
from foundation.trail.moves import move, write, write_all

EVERYBODY = "Theo Quy chế của hội đồng, mọi thành viên chấm mọi hồ sơ nên không phân công."


@transaction.atomic
def assign(council, pairs, *, by):
    """Give these cases to these judges: pairs of the keys of a case and a seat. Returns how many were new.

    All or nothing: the refusal lists every pair that cannot be, a case that somebody else works on included.
    """
    _check_keeper(council, by)
    return _assigned(council, set(pairs), _locked(council, {case for case, _ in pairs}), by=by)


@transaction.atomic
def assign_balanced(council, cases, *, by):
    """Fill these cases (keys) up to the number of judges of the Quy chế, the work evenly divided."""
    _check_keeper(council, by)
    rows = _locked(council, cases)
    seats = _judges(council)
    barred, taken = _barred(rows, seats), _taken(rows)
    # Work in all the council's running cases counts, not only in those chosen here.
    running = _taken(council.cases.filter(status=CaseStatus.SCORING))
    plan = divided(sorted(cases), sorted(seats), barred, taken | running, council.judges_min)
    if plan.short:
        codes = ", ".join(rows[pk].code for pk in plan.short if pk in rows)
        raise ValidationError(
            f"Không đủ {council.judges_min} người được chấm cho: {codes}." if codes else MOVED
        )
    return _assigned(council, set(plan.pairs), rows, by=by)


@transaction.atomic
def release(case, seat, *, by):
    """Take a case from a judge who has not begun to score it."""
    _check_keeper(case.council, by)
    case = locked(case)
    sheet = case.sheets.filter(seat=seat, status=SheetStatus.DRAFT).first()
    if sheet is None or case.status != CaseStatus.SCORING or has_begun(sheet):
        raise ValidationError("Người này không còn phiếu trắng của hồ sơ này để rút.")
    move(sheet, SheetStatus.RELEASED, by=by, note="Thôi phân công")
    write(case, "Thôi phân công chấm", by=by, note=str(seat))


MOVED = "Có hồ sơ đang được người khác xử lý. Hãy thử lại sau ít phút."


def has_begun(sheet):
    """Whether the judge has stated or scored: told by the statement alone, what is sealed stays sealed."""
    return sheet.said is not None


def _check_keeper(council, by):
    require(permissions.may_run(by, council))
    if council.judges_min is None:
        raise ValidationError(EVERYBODY)


def _locked(council, keys):
    """Those of the council's cases that nobody else works on now, locked, by key."""
    rows = Case.objects.filter(council=council, pk__in=keys).select_related("dossier__product")
    return {row.pk: row for row in rows.select_for_update(of=("self",), skip_locked=True).order_by("pk")}


def _judges(council):
    return {seat.pk: seat for seat in council.seats.in_force().judging().for_list()}


def _taken(cases):
    """Pairs of case and seat with a sheet that was not released."""
    sheets = ScoreSheet.objects.filter(case__in=cases).exclude(status=SheetStatus.RELEASED)
    return set(sheets.values_list("case", "seat"))


def _barred(rows, seats):
    """Pair → why this judge may not score this case."""
    aside = Statement.objects.recusals().filter(case__in=rows, seat__in=seats).values_list("case", "seat")
    found = dict.fromkeys(aside, "đã từ chối chấm")
    people = {seat.user_id: seat.pk for seat in seats.values()}
    producers = {row.pk: row.dossier.product.entity_id for row in rows.values()}
    members = Membership.objects.filter(entity__in=producers.values(), user__in=people)
    own = set(members.values_list("entity", "user"))
    for case, entity in producers.items():
        own_here = {
            (case, seat): "là người của chủ thể" for user, seat in people.items() if (entity, user) in own
        }
        found |= own_here
    return found


def _assigned(council, pairs, rows, *, by):
    seats = _judges(council)
    if reasons := _reasons(council, pairs, rows, seats):
        raise ValidationError(reasons)
    new = sorted(pairs - _taken(rows))
    kept = {(sheet.case_id, sheet.seat_id): sheet for sheet in ScoreSheet.objects.filter(case__in=rows)}
    for pair in new:
        if pair in kept:
            move(kept[pair], SheetStatus.DRAFT, by=by, note="Phân công lại")
    ScoreSheet.objects.bulk_create(ScoreSheet(case_id=c, seat_id=s) for c, s in new if (c, s) not in kept)
    write_all([(rows[case], "Phân công chấm", str(seats[seat])) for case, seat in new], by=by)
    notices.judges_assigned(council, {seats[seat].user_id for _, seat in new}, by=by)
    return len(new)


def _reasons(council, pairs, rows, seats):
    """Why not: one sentence for every pair that cannot be."""
    barred, reasons = _barred(rows, seats), []
    names = dict(council.cases.filter(pk__in={case for case, _ in pairs}).values_list("pk", "code"))
    people = {seat.pk: seat.held_by for seat in Seat.objects.for_list().filter(council=council)}
    for case, seat in sorted(pairs):
        if case not in names or seat not in people:
            reasons.append("Có hồ sơ hoặc thành viên không thuộc hội đồng này.")
        elif case not in rows:
            reasons.append(f"{names[case]}: đang được người khác xử lý.")
        elif rows[case].status != CaseStatus.SCORING:
            reasons.append(f"{names[case]}: không còn chấm.")
        elif seat not in seats:
            reasons.append(f"{people[seat]}: không chấm điểm hoặc đã thôi.")
        elif (case, seat) in barred:
            reasons.append(f"{names[case]}: {people[seat]} {barred[case, seat]}.")
    return list(dict.fromkeys(reasons))
