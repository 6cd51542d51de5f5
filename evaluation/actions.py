"""Deeds of councils: take a dossier up, score, hand in, open, conclude, and what follows from the verdict.

Locks are always taken in one order, case before sheet, so that a save and the chair's opening wait for each other.
"""

import re

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from evaluation import notices, permissions
from evaluation.models import Case, CaseStatus, Score, ScoreSheet, SheetStatus
from evaluation.scoring import Step
from foundation import clock
from foundation.regimes.engine import DOSSIER, RegimeError
from foundation.trail.moves import move, write
from products import actions as products
from products.models import Dossier, DossierStatus, Serial

LOOK_AGAIN = "Hãy tải lại trang để xem danh sách mới nhất."
NUMBER = re.compile(r"[1-9][0-9]{0,5}/QĐ-UBND")


# ---------------------------------------------------------------- before the council


@transaction.atomic
def admit(council, dossier, *, by):
    """Lay a dossier before the council: a case, and a sheet for every seat."""
    require(permissions.may_admit(by, council))
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    if dossier.status != DossierStatus.ACCEPTED or dossier not in council.admissible_dossiers():
        raise ValidationError(f"Hồ sơ này không chờ hội đồng này. {LOOK_AGAIN}")
    products.begin_evaluation(dossier, by=by)
    return _begin(council, dossier, by=by)


@transaction.atomic
def admit_forwarded(case, council, *, by):
    """Lay before the council what a council below has forwarded."""
    require(permissions.may_admit(by, council))
    case = _locked(case)
    if case not in Case.objects.forwarded_to(council):
        raise ValidationError(f"Phiên đánh giá này không chờ hội đồng này. {LOOK_AGAIN}")
    return _begin(council, case.dossier, by=by, came_from=case)


def _begin(council, dossier, *, by, came_from=None):
    seats = list(council.seats.all())
    if not seats:
        raise ValidationError("Hội đồng chưa có thành viên nào.")
    year = clock.today().year
    code = f"PDG-{year}-{Serial.objects.take(f'case-{year}'):04}"
    case = Case.objects.create(code=code, dossier=dossier, council=council, came_from=came_from)
    ScoreSheet.objects.bulk_create(ScoreSheet(case=case, seat=seat) for seat in seats)
    write(case, "Đưa hồ sơ ra hội đồng", by=by, new=CaseStatus.SCORING, note=f"{council}, {len(seats)} phiếu")
    notices.case_admitted(case, by=by)
    return case


# ---------------------------------------------------------------- a member's sheet


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
    _locked(sheet.case)
    sheet = ScoreSheet.objects.with_scores().select_for_update(of=("self",)).get(pk=sheet.pk)
    if sheet.status == SheetStatus.HANDED_IN:
        raise ValidationError("Phiếu đã nộp nên không sửa được nữa.")
    if not sheet.is_open:
        raise ValidationError("Chủ tịch đã mở phiếu nên không chấm tiếp được nữa.")
    return sheet


def _locked(case):
    """The case as it stands, locked until the end of the transaction."""
    return Case.objects.for_page().select_for_update(of=("self",)).get(pk=case.pk)


# ---------------------------------------------------------------- the chair


@transaction.atomic
def open_case(case, *, by):
    """The chair breaks the seal: from now on the council sees all sheets, and nobody changes them."""
    require(permissions.may_preside(by, case))
    case = _locked(case)
    if case.status == CaseStatus.SCORING and (missing := case.missing_to_open()):
        raise ValidationError(missing)
    move(case, CaseStatus.OPENED, by=by, opened_at=clock.now())
    notices.case_opened(case, by=by)


@transaction.atomic
def reopen(case, *, by, note):
    """The chair sends the sheets back to their members, sealed again, with what they hold so far."""
    require(permissions.may_preside(by, case))
    if not note.strip():
        raise ValidationError({"note": "Hãy ghi lý do chấm lại."})
    case = _locked(case)
    if case.status != CaseStatus.OPENED:
        raise ValidationError("Chỉ cho chấm lại được khi đã mở phiếu và chưa kết luận.")
    # Sheets first: the database lets them go back only while their case is open.
    for sheet in case.sheets.handed_in():
        move(sheet, SheetStatus.DRAFT, by=by, note=note, handed_in_at=None)
    move(case, CaseStatus.SCORING, by=by, note=note, opened_at=None)
    notices.case_reopened(case, by=by)


@transaction.atomic
def conclude(case, *, by, conclusion):
    """The chair concludes: the verdict of the handed-in sheets is frozen in the case."""
    require(permissions.may_preside(by, case))
    case = _locked(case)
    if case.status != CaseStatus.OPENED:  # before anything is counted: a refusal must not tell what is sealed
        raise ValidationError("Chỉ kết luận được khi đã mở phiếu và chưa kết luận. Hãy tải lại trang.")
    sheets = case.counted_sheets()
    try:
        verdict = case.judge(sheets)
    except RegimeError as fault:
        raise ValidationError(str(fault)) from fault
    spread = case.spread(sheets)
    if not (verdict.struck_out or spread.allowed):
        raise ValidationError(spread.refusal)
    result = {"verdict": verdict.to_dict(), "total": verdict.total_shown, "stars": verdict.stars}
    said = {"conclusion": conclusion, "concluded_on": clock.today()}
    move(case, CaseStatus.CONCLUDED, by=by, note=verdict.reasons[-1], **result, **said)
    notices.case_concluded(case, by=by)


# ---------------------------------------------------------------- what follows from the verdict


@transaction.atomic
def forward(case, *, by):
    """The office sends a product with enough points on to the level above."""
    require(permissions.may_settle(by, case))
    case = _concluded(case, Step.FORWARD)
    onward = case.next_step.onward
    move(case, CaseStatus.FORWARDED, by=by, note=f"Từ {onward.min_total} điểm trở lên")
    notices.case_forwarded(case, by=by)


@transaction.atomic
def send_down(case, *, by):
    """The office sends the case back below, where its stars are recognised."""
    require(permissions.may_settle(by, case))
    case = _concluded(case, Step.SEND_DOWN)
    note = f"{case.came_from.council} công nhận {case.next_step.stars} sao"
    move(case, CaseStatus.SENT_DOWN, by=by, note=note)
    notices.case_sent_down(case, by=by)


@transaction.atomic
def close_unrated(case, *, by):
    """The case ends without stars that are recognised."""
    require(permissions.may_settle(by, case))
    case = _concluded(case, Step.CLOSE)
    note = case.result.reasons[-1]
    move(case, CaseStatus.UNRECOGNISED, by=by, note=note)
    products.close_unrated(case.dossier, by=by, note=note)


@transaction.atomic
def record_decision(case, *, number, day, by):
    """Enter the recognition decision of the council's office: the product gets its stars and its certificate."""
    case = _locked(case)
    require(permissions.may_record_decision(by, case))
    if case.status != CaseStatus.SENT_DOWN:
        case = _concluded(case, Step.RECOGNISE)
    _check_decision(case, number, day)
    council, stars = case.recognising_council, case.next_step.stars
    move(case, CaseStatus.RECOGNISED, by=by, note=f"Quyết định {number} ngày {day:%d/%m/%Y}, {stars} sao")
    place = {"level": council.level, "issuer": council.issuer, "area": council.area}
    decision = {"decision_number": number, "decided_on": day}
    return products.grant_rating(case.dossier, stars=stars, total=case.total, by=by, **decision, **place)


def _concluded(case, step):
    """The case, locked, if it is concluded and its verdict leads to this step."""
    case = _locked(case)
    if case.status != CaseStatus.CONCLUDED or case.next_step.step != step:
        raise ValidationError(
            "Kết quả của phiên này không dẫn tới việc đó, hoặc việc đã được làm. Hãy tải lại trang để xem tình trạng."
        )
    return case


def _check_decision(case, number, day):
    """A number as offices write it, a day that has come and is not before the conclusion."""
    if not NUMBER.fullmatch(number):
        raise ValidationError({"number": "Số quyết định có dạng số/QĐ-UBND, ví dụ 1085/QĐ-UBND."})
    if day > clock.today():
        raise ValidationError({"day": "Ngày quyết định không thể sau hôm nay."})
    if day < case.concluded_on:
        concluded = f"{case.concluded_on:%d/%m/%Y}"
        raise ValidationError({"day": f"Ngày quyết định không thể trước ngày kết luận {concluded}."})
