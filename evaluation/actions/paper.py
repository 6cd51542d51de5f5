"""What a member scored on paper, typed by the secretary and handed in at once."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from evaluation import notices, permissions
from evaluation.actions.locking import locked
from evaluation.laws import criteria_of, strike_places
from evaluation.models import Channel, Opinion, Score, ScoreSheet, SheetStatus
from evaluation.models.councils import KnockoutBy
from foundation import clock
from foundation.regimes import engine
from foundation.trail.moves import move


@transaction.atomic
def enter_paper(sheet, answers, totals, *, by, remark="", strikes=None):
    """Type a whole paper sheet: option keys by criterion (None: no level), and the totals as the paper has them.

    ``totals`` maps each part's code, and "total", to the points written on the paper; when one of them is not what
    the typed choices come to, nothing is kept. ``strikes``: for what the member would strike the dossier out, by
    place; how many the paper says is ``totals["strikes"]`` (none when not said).
    """
    require(permissions.may_enter_paper(by, sheet))
    case = locked(sheet.case)
    sheet = ScoreSheet.objects.for_list().with_statement().select_for_update(of=("self",)).get(pk=sheet.pk)
    if not sheet.is_open:
        raise ValidationError("Phiếu này đã nộp, hoặc phiên không còn chấm, nên không nhập được nữa.")
    if not sheet.is_stated:
        raise ValidationError("Thành viên này chưa khai báo xung đột lợi ích nên chưa nhập phiếu được.")
    criteria_set = case.dossier.criteria_set
    boxes, struck = _boxes(criteria_set, answers), _struck(criteria_set, strikes or {})
    decides = bool(struck) and case.council.knockout_by == KnockoutBy.ANY
    _check_totals(criteria_set, answers, totals, struck, may_skip=decides)
    sheet.channel, sheet.entered_by = Channel.PAPER, by
    sheet.save(update_fields=["channel", "entered_by"])
    _keep(sheet, boxes)
    Opinion.objects.update_or_create(sheet=sheet, defaults={"remark": remark.strip(), "struck": struck})
    # The points are sealed and the trail is not: the entry says that they agreed, not what they were.
    note = f"Phiếu giấy do {by} nhập, tổng kiểm tra khớp"
    move(sheet, SheetStatus.HANDED_IN, by=by, note=note, handed_in_at=clock.now())
    notices.paper_entered(sheet, by=by)
    notices.sheet_handed_in(case, by=by)
    return sheet


def _boxes(criteria_set, answers):
    """Criterion and option (or None) of each answer; refuses what the set does not offer."""
    law, boxes, faults = criteria_of(criteria_set), [], {}
    if set(answers) - set(law):
        raise ValidationError("Phiếu có tiêu chí không thuộc bộ tiêu chí của hồ sơ.")
    for code, key in answers.items():
        criterion = law[code]
        option = criterion.box(key)
        if option is None and not (key is None and criterion.row.none_allowed):
            faults[code] = f"Tiêu chí {code}: hãy nhập một mức có trong phiếu."
        boxes.append((criterion.row, option))
    if faults:
        raise ValidationError(list(faults.values()))
    return boxes


def _struck(criteria_set, strikes):
    """The strikes as a sheet keeps them, in the order of the form; refuses places that the set does not know."""
    places = [place.code for place in strike_places(criteria_set)]
    if set(strikes) - set(places):
        raise ValidationError("Bộ tiêu chí không có điều kiện loại ở chỗ này.")
    return [[code, strikes[code].strip()] for code in places if strikes.get(code, "").strip()]


def _check_totals(criteria_set, answers, totals, struck, *, may_skip):
    """The choices come to what the paper says: part by part, in all, and in strikes.

    ``may_skip``: the sheet strikes the dossier out by itself, so criteria may be left empty.
    """
    result = engine.score_sheet(criteria_set.engine_set(), answers)
    if result.unanswered and not may_skip:
        raise ValidationError(
            f"Còn {len(result.unanswered)} tiêu chí chưa nhập: {', '.join(result.unanswered)}."
        )
    counted = {part.code: part.points for part in result.parts} | {"total": result.total}
    faults = [
        f"{'Tổng điểm' if code == 'total' else f'Phần {code}'}: trên phiếu {_said(totals.get(code))}, "
        f"theo các mức đã nhập {points}."
        for code, points in counted.items()
        if totals.get(code) is None or Decimal(totals[code]) != points
    ]
    if (said := totals.get("strikes", 0)) != len(struck):
        faults.append(f"Số đề nghị loại hồ sơ: trên phiếu {_said(said)}, đã nhập {len(struck)}.")
    if faults:
        raise ValidationError(
            ["Chưa lưu: tổng kiểm tra không khớp với các mức đã nhập. Hãy soát lại.", *faults]
        )


def _said(points):
    """A total as the paper has it."""
    return "chưa ghi" if points is None else f"{points}"


def _keep(sheet, boxes):
    """Write the choices over what the sheet holds from the turn before, if anything."""
    held = {score.criterion_id: score for score in Score.objects.filter(sheet=sheet)}
    new, changed = [], []
    for criterion, option in boxes:
        score = held.pop(criterion.pk, None)
        if score is None:
            new.append(Score(sheet=sheet, criterion=criterion, option=option))
        elif (score.option_id, score.note) != (option and option.pk, ""):
            score.option, score.note, score.version = option, "", score.version + 1
            changed.append(score)
    Score.objects.bulk_create(new)
    Score.objects.bulk_update(changed, ["option", "note", "version"])
    Score.objects.filter(pk__in=[score.pk for score in held.values()]).delete()
