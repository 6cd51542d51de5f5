"""The advisory team's own sheets: saved whole, handed in once, counted in nothing."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from evaluation import permissions
from evaluation.actions.locking import locked
from evaluation.laws import criteria_of
from evaluation.models import AdvisoryScore, AdvisorySheet, SheetStatus
from foundation import clock
from foundation.trail.moves import move


@transaction.atomic
def advise(sheet, answers, *, seen, by, final=False):
    """Keep the adviser's choices (option keys by criterion, None: no level); ``final`` hands the sheet in.

    ``seen`` is the sheet's mark as the page showed it: what another tab saved is not written over.
    """
    require(permissions.may_advise(by, sheet))
    locked(sheet.case)
    sheet = AdvisorySheet.objects.with_scores().select_for_update(of=("self",)).get(pk=sheet.pk)
    if not sheet.is_open:
        raise ValidationError("Phiếu tư vấn đã nộp, hoặc phiên không còn chấm, nên không sửa được nữa.")
    if sheet.mark != seen:
        raise ValidationError("Phiếu tư vấn vừa được lưu ở nơi khác. Hãy tải lại trang rồi nhập lại.")
    law = criteria_of(sheet.case.dossier.criteria_set)
    if wrong := [code for code, key in answers.items() if not _offered(law.get(code), key)]:
        raise ValidationError(f"Hãy chọn một mức có trong phiếu ở tiêu chí {', '.join(wrong)}.")
    _keep(sheet, law, answers)
    if not final:
        return
    sheet = AdvisorySheet.objects.with_scores().get(pk=sheet.pk)
    if missing := sheet.result().unanswered:
        raise ValidationError(f"Còn {len(missing)} tiêu chí chưa chấm: {', '.join(missing)}.")
    move(sheet, SheetStatus.HANDED_IN, by=by, handed_in_at=clock.now())


def _offered(ask, key):
    """Whether the criterion has this level."""
    return ask is not None and (ask.row.none_allowed if key is None else ask.box(key) is not None)


def _keep(sheet, law, answers):
    """Write what differs from what the sheet holds."""
    held = {score.criterion.code: score for score in sheet.scores.all()}
    for code, key in answers.items():
        option = law[code].box(key)
        score = held.get(code) or AdvisoryScore(sheet=sheet, criterion=law[code].row, version=0)
        if score.version == 0 or score.option != option:
            score.option, score.version = option, score.version + 1
            score.save()
