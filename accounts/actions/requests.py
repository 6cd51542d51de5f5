"""Deeds about what people ask for their data: receive, answer, carry out, refuse."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.privacy import anonymise, end_consent
from accounts.models import DataRequest, RequestKind, RequestStatus, User
from accounts.permissions import may_handle_request, require
from accounts.privacy import rules
from foundation import clock
from foundation.trail.moves import move, write

CORRECTABLE = {"full_name": "họ và tên", "title": "chức vụ", "email": "thư điện tử"}
MOST_OPEN = 5


@transaction.atomic
def receive(kind, what, *, by):
    """A person asks for something; both time limits are fixed now, by the law of today."""
    if DataRequest.objects.of(by).open().count() >= MOST_OPEN:
        raise ValidationError(f"Bạn đang có {MOST_OPEN} yêu cầu chờ xử lý. Hãy chờ kết quả rồi gửi thêm.")
    now = clock.now()
    limits = rules().deadlines_on(now.date())
    request = DataRequest.objects.create(
        person=by,
        kind=kind,
        what=what,
        law=limits.law.key,
        received_at=now,
        answer_due_at=limits.answer.from_moment(now),
        done_due_at=max(limits.done[kind].from_moment(now), limits.answer.from_moment(now)),
    )
    write(request, "Gửi yêu cầu", by=by, new=request.status)
    return request


@transaction.atomic
def withdraw_consent(*, by):
    """Take back every agreement at once, and ask the office to end what still runs on it; returns the request."""
    consent = end_consent(by=by)
    titles = ", ".join(purpose.title for purpose in consent.agreed)
    return receive(RequestKind.WITHDRAWAL, f"Rút lại sự đồng ý về: {titles}.", by=by)


@transaction.atomic
def answer(request, text, *, by):
    """Tell the person what will be done and how long it takes."""
    require(may_handle_request(by, request))
    move(request, RequestStatus.ANSWERED, by=by, answer=text, answered_at=clock.now(), handled_by=by)


@transaction.atomic
def carry_out(request, text, *, by, **corrected):
    """Do what was asked: correct the account, make it anonymous, or note what was done elsewhere."""
    require(may_handle_request(by, request))
    if request.kind == RequestKind.CORRECTION:
        correct(request.person, by=by, **corrected)
    if request.kind == RequestKind.DELETION:
        anonymise(request.person, by=by)
        request.refresh_from_db(fields=["what"])
        text = (
            DataRequest.ERASED
        )  # whoever asked can no longer sign in to read an answer, and it may name them
    now = clock.now()
    facts = {"answer": text, "done_at": now, "answered_at": request.answered_at or now, "handled_by": by}
    move(request, RequestStatus.DONE, by=by, **facts)


def correct(person, *, by, **corrected):
    """Write the corrected facts; the trail names the fields, never what stood in them."""
    if unknown := corrected.keys() - CORRECTABLE:
        raise ValidationError(f"Không chỉnh sửa được: {', '.join(sorted(unknown))}.")
    person = User.objects.select_for_update().get(pk=person.pk)
    changed = {name: value for name, value in corrected.items() if getattr(person, name) != value}
    if not changed:
        raise ValidationError("Chưa có thông tin nào được chỉnh sửa. Hãy sửa, hoặc từ chối kèm lý do.")
    for name, value in changed.items():
        setattr(person, name, value)
    person.save(update_fields=list(changed))
    write(person, "Chỉnh sửa thông tin cá nhân", by=by, note=", ".join(CORRECTABLE[name] for name in changed))


@transaction.atomic
def refuse(request, reason, *, by):
    """Say no, and why."""
    require(may_handle_request(by, request))
    now = clock.now()
    facts = {"reason": reason, "done_at": now, "answered_at": request.answered_at or now, "handled_by": by}
    move(request, RequestStatus.REFUSED, by=by, **facts)
