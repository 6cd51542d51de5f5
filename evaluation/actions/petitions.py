"""Petitions of producers about a result, and their answers."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from evaluation import notices, permissions
from evaluation.actions.locking import locked
from evaluation.models import Petition
from evaluation.models.petitions import last_day
from foundation import clock
from foundation.trail.moves import write


@transaction.atomic
def lodge_petition(case, *, by, text):
    """The producer does not agree with the result, within the period of the council's Quy chế."""
    case = locked(case)
    require(permissions.is_of_the_producer(by, case))
    if case.council.petition_days is None:
        raise ValidationError(
            "Quy chế của hội đồng chưa ghi thời hạn kiến nghị. Hãy hỏi cơ quan thường trực hội đồng."
        )
    until, today = last_day(case), clock.today()
    if until is None:
        raise ValidationError("Chưa có kết quả cuối cùng nên chưa kiến nghị được.")
    if today > until:
        raise ValidationError(f"Thời hạn kiến nghị theo Quy chế đã hết sau ngày {until:%d/%m/%Y}.")
    if Petition.objects.filter(case=case).exists():
        raise ValidationError("Kết quả này đã có một kiến nghị.")
    petition = Petition.objects.create(case=case, text=text, lodged_on=today, last_day=until, by=by)
    write(petition, "Gửi kiến nghị", by=by, note=text)
    notices.petition_lodged(petition, by=by)
    return petition


@transaction.atomic
def answer_petition(petition, *, by, outcome, answer):
    """Whoever keeps the council's papers writes down what was decided; once."""
    rows = Petition.objects.select_related("case__council__area", "case__dossier__product__entity")
    petition = rows.select_for_update(of=("self",)).get(pk=petition.pk)
    require(permissions.may_settle(by, petition.case))
    if petition.outcome:
        raise ValidationError("Kiến nghị này đã được trả lời.")
    petition.outcome, petition.answer, petition.answered_on = outcome, answer, clock.today()
    petition.save(update_fields=["outcome", "answer", "answered_on"])
    write(petition, "Trả lời kiến nghị", by=by, new=outcome, note=answer)
    notices.petition_answered(petition, by=by)
    return petition
