"""Deeds on support on the spot."""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from entities import notices, permissions
from entities.models import AgreedAction, FieldVisit, VisitPhoto, VisitStatus
from foundation import clock
from foundation.trail.moves import move, write

MOST_PHOTOS = 20
NOT_YOURS = (
    "Chuyến hỗ trợ này do cán bộ khác phụ trách, đã kết thúc hoặc chủ thể không còn ở địa bàn của bạn."
)


@transaction.atomic
def plan_visit(*, by, entity, planned_on, topics, purpose="", previous=None):
    """Agree on a day to see a producer; whoever plans it goes there. A day that has passed may be written down too."""
    require(permissions.may_plan_visit(by, entity), "Chủ thể này không ở địa bàn của bạn.")
    visit = FieldVisit(
        entity=entity,
        officer=by,
        planned_on=planned_on,
        topics=topics,
        purpose=purpose,
        previous=previous,
        created_by=by,
        is_demo=entity.is_demo,
    )
    visit.validate_constraints()
    visit.save()
    write(visit, "Lên lịch hỗ trợ", by=by, new=VisitStatus.PLANNED)
    if planned_on >= clock.today():
        notices.visit_planned(visit, by=by)
    return visit


@transaction.atomic
def revise_visit(visit, *, by, planned_on, topics, purpose=""):
    """Another day or another purpose, while the visit is planned."""
    visit = _locked(visit)
    require(permissions.may_hold_visit(by, visit), NOT_YOURS)
    moved = visit.planned_on != planned_on
    visit.planned_on, visit.topics, visit.purpose = planned_on, topics, purpose
    visit.validate_constraints()
    visit.save(update_fields=["planned_on", "topics", "purpose"])
    write(visit, "Sửa lịch hỗ trợ", by=by, note=f"Hẹn ngày {planned_on:%d/%m/%Y}" if moved else "")
    if moved:
        notices.visit_planned(visit, by=by)
    return visit


@transaction.atomic
def hold_visit(visit, *, by, held_on, findings, agreed=(), next_on=None):
    """Write down what was seen on the spot, what was agreed there, and when the next visit is."""
    visit = _locked(visit)
    require(permissions.may_hold_visit(by, visit), NOT_YOURS)
    today = clock.today()
    if held_on > today:
        raise ValidationError({"held_on": "Ngày thực hiện không thể sau hôm nay."})
    if next_on is not None and next_on <= held_on:
        raise ValidationError({"next_on": "Ngày hẹn lần tới phải sau ngày thực hiện."})
    move(visit, VisitStatus.HELD, by=by, held_on=held_on, findings=findings)
    for facts in agreed:
        agree(visit, by=by, **facts)
    if next_on is not None:
        plan_visit(by=by, entity=visit.entity, planned_on=next_on, topics=visit.topics, previous=visit)
    notices.visit_held(visit, by=by)
    return visit


@transaction.atomic
def cancel_visit(visit, *, by, reason):
    """Nobody goes; the reason stays in the trail."""
    visit = _locked(visit)
    require(permissions.may_hold_visit(by, visit), NOT_YOURS)
    move(visit, VisitStatus.CANCELLED, by=by, note=reason)
    notices.visit_cancelled(visit, by=by)


@transaction.atomic
def add_photos(visit, photos, *, by):
    """Keep photos from the spot; one that is there already is not kept twice. Returns how many are new."""
    visit = _locked(visit)
    require(permissions.may_add_to_visit(by, visit), NOT_YOURS)
    held, new = set(visit.photos.values_list("sha256", flat=True)), 0
    for photo in photos:
        photo.seek(0)
        digest = hashlib.sha256(photo.read()).hexdigest()
        if digest in held:
            continue
        if len(held) >= MOST_PHOTOS:
            raise ValidationError(
                f"Mỗi chuyến giữ nhiều nhất {MOST_PHOTOS} ảnh. Hãy chọn những ảnh cần nhất."
            )
        row = VisitPhoto(visit=visit, sha256=digest, added_by=by)
        row.image.save("photo.jpg", photo)
        held.add(digest)
        new += 1
    if new:
        write(visit, "Thêm ảnh", by=by, note=f"{new} ảnh")
    return new


@transaction.atomic
def agree(visit, *, by, what, due_on, owner=None):
    """Write down who does what until when: a colleague, or the producer when nobody is named."""
    visit = _locked(visit)
    require(permissions.may_add_to_visit(by, visit), NOT_YOURS)
    if owner is not None:
        require(permissions.looks_after(owner, visit.entity), "Người được giao không phụ trách địa bàn này.")
    if AgreedAction.objects.filter(visit=visit, what=what, owner=owner, due_on=due_on).exists():
        raise ValidationError({"what": "Việc này đã được ghi."})
    day = visit.held_on or clock.today()
    action = AgreedAction(visit=visit, what=what, owner=owner, keeper=by, agreed_on=day, due_on=due_on)
    action.validate_constraints()
    action.save()
    write(visit, "Thống nhất việc", by=by, note=f"{what} – {action.done_by_whom}, hạn {due_on:%d/%m/%Y}")
    notices.action_agreed(action, by=by)
    return action


@transaction.atomic
def finish_action(action, *, by, done_on, done_note="", evidence=None):
    """What was agreed is done: when, with what result, shown by which file."""
    action = AgreedAction.objects.select_for_update(of=("self",)).select_related("visit").get(pk=action.pk)
    require(permissions.may_finish_action(by, action), "Việc này đã xong hoặc không phải việc của bạn.")
    if done_on > clock.today():
        raise ValidationError({"done_on": "Ngày xong không thể sau hôm nay."})
    action.done_on, action.done_by, action.done_note = done_on, by, done_note
    action.validate_constraints()
    if evidence:
        action.evidence_type = evidence.content_type
        action.evidence.save(_name_of(evidence), evidence, save=False)
    action.save()
    write(action.visit, "Xong việc", by=by, note=f"{action.what}. {done_note}".strip())
    notices.action_done(action, by=by)
    return action


def _locked(visit):
    """The row as it stands now; who comes second waits."""
    rows = FieldVisit.objects.select_for_update(of=("self",)).select_related("entity__area")
    return rows.get(pk=visit.pk)


def _name_of(file):
    return "tep.pdf" if file.content_type == "application/pdf" else "tep.jpg"
