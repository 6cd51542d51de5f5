"""What a person may do next with a case, as buttons: the first is the primary one."""

from dataclasses import dataclass

from django.urls import reverse

from evaluation import permissions
from evaluation.models import Case, CaseStatus, Council, SheetStatus
from evaluation.scoring import Step

SEALED = "Các thành viên chấm điểm; phiếu niêm phong đến khi Chủ tịch mở."
NOBODY = "Phiên chưa có người chủ trì: hội đồng cần cử Chủ tịch hoặc Phó Chủ tịch."
FIRST = "Khai báo xung đột lợi ích để chấm"
DECLARE = "Từ chối chấm vì xung đột lợi ích"
ELSEWHERE = "Bạn là người của chủ thể nên không chấm hồ sơ này."


@dataclass(frozen=True)
class Act:
    """A link, or a deed that posts (``fields`` go with it); with a ``reason`` it cannot be done now."""

    label: str
    url: str
    posts: bool = False
    question: str = ""
    reason: str = ""
    fields: tuple = ()


def acts(user, case):
    """The acts that this person has on this case now."""
    found = ACTS.get(case.status, lambda *_: ())(user, case)
    return list(found)


def _link(label, name, case, reason=""):
    return Act(label, reverse(f"evaluation:{name}", args=[case.code]), reason=reason)


def _deed(label, name, case, question, reason="", fields=()):
    url = reverse(f"evaluation:{name}", args=[case.code])
    return Act(label, url, posts=True, question=question, reason=reason, fields=fields)


def _scoring(user, case):
    sheet = case.sheets.of(user).with_statement().first()
    if sheet and sheet.status == SheetStatus.DRAFT:
        if permissions.is_of_the_producer(user, case):
            yield _link("Chấm điểm", "sheet", case, ELSEWHERE)
        elif sheet.is_stated:
            yield _link("Chấm điểm", "sheet", case)
        yield _link(DECLARE if sheet.is_stated else FIRST, "statement", case)
    if permissions.may_preside(user, case):
        question = "Mở phiếu? Cả hội đồng sẽ thấy mọi phiếu đã nộp, phiếu chưa nộp không được tính."
        yield _deed("Mở phiếu", "opening", case, question, " ".join(case.missing_to_open()))
        yield _link("Cho thành viên từ chối chấm", "recusal", case)
    if permissions.may_print_sheets(user, case):
        yield _link("In phiếu chấm giấy", "paper_sheets", case)


def _opened(user, case):
    proposal = case.reopenings.pending().first()
    if proposal and permissions.may_second(user, proposal):
        question = "Cho các thành viên được đề nghị chấm lại? Phiếu cũ được giữ nguyên."
        yield _deed("Xác nhận chấm lại", "turn_confirmation", case, question)
    if permissions.may_preside(user, case):
        reason = "Đang có đề nghị chấm lại chờ xác nhận." if proposal else ""
        yield _link("Kết luận", "conclusion", case, reason)
    if case.council.holds(user) or permissions.may_run(user, case.council):
        yield _link("Độ chênh, chấm lại", "spread_desk", case)
        yield _link("So sánh phiếu", "comparison", case)


def _concluded(user, case):
    if not permissions.may_settle(user, case):
        return
    step = case.next_step
    if step.step == Step.FORWARD:
        yield _deed("Chuyển cấp trên", "forwarding", case, "Chuyển hồ sơ và kết quả lên hội đồng cấp trên?")
    elif step.step == Step.SEND_DOWN:
        yield _deed(
            "Chuyển cấp dưới công nhận", "sending_down", case, "Chuyển kết quả về cấp dưới để công nhận?"
        )
    elif step.step == Step.RECOGNISE:
        yield from _to_decide(case)
    else:
        yield _deed("Khép hồ sơ", "closing", case, "Khép hồ sơ: sản phẩm không đạt hạng được công nhận?")
    if case.may_go_back:
        yield _link("Trả lại kèm lý do", "returning", case)
    yield from _beyond(case)


def _to_decide(case):
    """The decision on this product alone, or the draft in which it already stands."""
    line = getattr(case, "annex_line", None)
    if line:
        yield Act(f"Mở {line.draft}", line.draft.get_absolute_url())
        return
    yield _link("Ghi quyết định công nhận", "decision", case)


def _beyond(case):
    """The proposal to the centre, and its answer."""
    proposal = getattr(case, "proposal", None)
    if proposal is None and case.proposed_stars:
        yield _link("Đề nghị Trung ương", "proposing", case)
    elif proposal and not proposal.is_back:
        yield _link("Ghi kết quả của Trung ương", "central_result", case)


def _recognised(user, case):
    if permissions.may_settle(user, case):
        yield from _beyond(case)


def _sent_down(user, case):
    if permissions.may_record_decision(user, case):
        yield from _to_decide(case)


def _forwarded(user, case):
    if hasattr(case, "went_to"):
        return
    for council in Council.objects.run_by(user).at_work().for_list():
        if case in Case.objects.forwarded_to(council):
            question = f"Đưa hồ sơ ra {council}?"
            yield _deed(
                "Đưa ra hội đồng", "forwarded_admission", case, question, fields=(("hoi_dong", council.code),)
            )


ACTS = {
    CaseStatus.SCORING: _scoring,
    CaseStatus.OPENED: _opened,
    CaseStatus.CONCLUDED: _concluded,
    CaseStatus.SENT_DOWN: _sent_down,
    CaseStatus.FORWARDED: _forwarded,
    CaseStatus.RECOGNISED: _recognised,
}


def waits_for(case):
    """Whose turn it is, in one sentence."""
    council = case.council
    if case.status == CaseStatus.SCORING:
        return NOBODY if case.presiding_seat is None else SEALED
    if case.status == CaseStatus.OPENED:
        return "Chủ tịch hội đồng kết luận hoặc cho chấm lại."
    if case.status == CaseStatus.CONCLUDED:
        return f"Thư ký {council} xử lý kết quả."
    if case.status == CaseStatus.SENT_DOWN:
        return f"{case.recognising_council.issuer} ban hành quyết định công nhận."
    if case.status == CaseStatus.FORWARDED and not hasattr(case, "went_to"):
        return "Hội đồng cấp trên tiếp nhận."
    return ""
