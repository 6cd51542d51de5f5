"""A member's own sheet: choose, strike, hand in."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from evaluation import notices, permissions
from evaluation.actions.locking import locked
from evaluation.laws import criteria_of, strike_places
from evaluation.models import Score, ScoreSheet, SheetStatus
from foundation import clock
from foundation.trail.moves import move
from products import actions as products

FOREIGN = "Tiêu chí này không thuộc bộ tiêu chí của hồ sơ."


@transaction.atomic
def choose(sheet, criterion, option_key, *, version, by, note=""):
    """Keep the member's choice for one criterion; ``option_key`` None means no level reached.

    Raises products.actions.StaleChoice when ``version`` is not the row's, unless the row says the same already: then
    the answer to an earlier save was lost on its way. Returns the row; its ``sheet`` holds what the sheet is now.
    """
    require(permissions.may_score(by, sheet))
    if criterion.criteria_set_id != sheet.case.dossier.criteria_set_id:
        raise ValidationError(FOREIGN)
    return choose_in(sheet.case.code, sheet.pk, criterion.code, option_key, version=version, by=by, note=note)


@transaction.atomic
def choose_in(case_code, number, code, option_key, *, version, by, note=""):
    """The same for the page, which knows sheet and criterion by their numbers alone: three statements.

    Raises ScoreSheet.DoesNotExist when this is no sheet of that person.
    """
    sheet = ScoreSheet.objects.of(by).for_saving(by).get(case__code=case_code, pk=number)
    require(not sheet.hindered)
    _refuse_closed(sheet)
    ask = criteria_of(sheet.case.dossier.criteria_set).get(code)
    if ask is None:
        raise ValidationError(FOREIGN)
    option = ask.box(option_key)
    if option is None and not (option_key is None and ask.row.none_allowed):
        raise ValidationError(f"Tiêu chí {code}: hãy chọn một mức có trong phiếu.")
    rows = sheet.load_scores()
    row = next((row for row in rows if row.criterion_id == ask.row.pk), None)
    if (row.version if row else 0) != version:
        if row and (row.option, row.note) == (option, note):
            return row
        raise products.StaleChoice(row)
    if row is None:
        row = Score(sheet=sheet, criterion=ask.row, version=0)
        rows.append(row)
    row.option, row.note, row.version = option, note, row.version + 1
    row.clean_fields(exclude=["sheet", "criterion", "option"])
    row.save()
    return row


@transaction.atomic
def strike(sheet, where, reason, *, was, by):
    """Propose to strike the dossier out at a criterion that allows it (or as a whole); no reason takes it back.

    ``was`` is the reason as the page showed it: another tab's newer text is not written over.
    """
    sheet = _in_hand(sheet, by)
    strikes, reason = sheet.strikes, reason.strip()
    if strikes.get(where, "") != was:
        raise ValidationError("Lý do loại vừa được sửa ở nơi khác. Hãy xem nội dung mới rồi lưu lại nếu cần.")
    if where not in {place.code for place in strike_places(sheet.case.dossier.criteria_set)}:
        raise ValidationError("Bộ tiêu chí không có điều kiện loại ở chỗ này.")
    strikes.pop(where, None)
    opinion = sheet.words
    opinion.struck = [*strikes.items(), *([(where, reason)] if reason else [])]
    opinion.save()


@transaction.atomic
def hand_in(sheet, *, by, remark=""):
    """The member hands the sheet in; from now on it cannot be changed."""
    sheet = _in_hand(sheet, by)
    if missing := sheet.unanswered():
        raise ValidationError(f"Còn {len(missing)} tiêu chí chưa chấm: {', '.join(missing)}.")
    opinion = sheet.words
    if opinion.remark != remark:
        opinion.remark = remark
        opinion.save()
    move(sheet, SheetStatus.HANDED_IN, by=by, handed_in_at=clock.now())
    notices.sheet_handed_in(sheet.case, by=by)


def _in_hand(sheet, by):
    """The sheet, locked after its case, if this person may still change it."""
    require(permissions.may_score(by, sheet))
    locked(sheet.case)
    sheet = ScoreSheet.objects.with_scores().select_for_update(of=("self",)).get(pk=sheet.pk)
    _refuse_closed(sheet)
    return sheet


def _refuse_closed(sheet):
    """A locked sheet that is no more (or not yet) in its member's hands takes nothing."""
    if sheet.status == SheetStatus.RELEASED:
        raise ValidationError("Bạn không còn được phân công chấm hồ sơ này.")
    if sheet.status == SheetStatus.HANDED_IN:
        raise ValidationError("Phiếu đã nộp nên không sửa được nữa.")
    if not sheet.is_open:
        raise ValidationError("Chủ tịch đã mở phiếu nên không chấm tiếp được nữa.")
    if not sheet.is_stated:
        raise ValidationError("Hãy khai báo xung đột lợi ích trước khi chấm hồ sơ này.")
