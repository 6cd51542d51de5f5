"""A member's own sheet: choose, strike, hand in."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from evaluation import notices, permissions
from evaluation.actions.locking import locked
from evaluation.models import Score, ScoreSheet, SheetStatus
from foundation import clock
from foundation.regimes.engine import DOSSIER
from foundation.trail.moves import move
from products import actions as products


@transaction.atomic
def choose(sheet, criterion, option_key, *, version, by, note=""):
    """Keep the member's choice for one criterion; ``option_key`` None means no level reached.

    Raises products.actions.StaleChoice when ``version`` is not the row's, unless the row says the same already: then
    the answer to an earlier save was lost on its way.
    """
    sheet = _in_hand(sheet, by)
    option = _box(sheet, criterion, option_key)
    row = Score.objects.select_for_update().filter(sheet=sheet, criterion=criterion).first()
    if (row.version if row else 0) != version:
        if row and (row.option, row.note) == (option, note):
            return row
        raise products.StaleChoice(row)
    row = row or Score(sheet=sheet, criterion=criterion, version=0)
    row.option, row.note, row.version = option, note, row.version + 1
    row.clean_fields(exclude=["sheet", "criterion", "option"])
    row.save()
    return row


def _box(sheet, criterion, key):
    """The option of that key; refuses what this criterion does not offer."""
    if criterion.criteria_set_id != sheet.case.dossier.criteria_set_id:
        raise ValidationError("Tiêu chí này không thuộc bộ tiêu chí của hồ sơ.")
    option = criterion.options.filter(key=key).first() if key is not None else None
    if option is None and not (key is None and criterion.none_allowed):
        raise ValidationError(f"Tiêu chí {criterion.code}: hãy chọn một mức có trong phiếu.")
    return option


@transaction.atomic
def strike(sheet, where, reason, *, was, by):
    """Propose to strike the dossier out at a criterion that allows it (or as a whole); no reason takes it back.

    ``was`` is the reason as the page showed it: another tab's newer text is not written over.
    """
    sheet = _in_hand(sheet, by)
    strikes, reason = sheet.strikes, reason.strip()
    if strikes.get(where, "") != was:
        raise ValidationError("Lý do loại vừa được sửa ở nơi khác. Hãy xem nội dung mới rồi lưu lại nếu cần.")
    places = sheet.case.dossier.criteria_set.criteria.all()
    if where != DOSSIER and not any(row.code == where and row.can_strike for row in places):
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
    if sheet.status == SheetStatus.RELEASED:
        raise ValidationError("Bạn không còn được phân công chấm hồ sơ này.")
    if sheet.status == SheetStatus.HANDED_IN:
        raise ValidationError("Phiếu đã nộp nên không sửa được nữa.")
    if not sheet.is_open:
        raise ValidationError("Chủ tịch đã mở phiếu nên không chấm tiếp được nữa.")
    if not sheet.is_stated:
        raise ValidationError("Hãy khai báo xung đột lợi ích trước khi chấm hồ sơ này.")
    return sheet
