"""What entities hold of a producer, and how it moves to the record that remains."""

from django.db.models import Q

from entities.merging import counted
from entities.models import (
    EntityInvitation,
    EntityPhoto,
    FieldVisit,
    GuideTick,
    InviteStatus,
    MemberRole,
    Membership,
    SalesChannel,
    SignUp,
    Spell,
    Strengthening,
    SupportGrant,
    YearFigures,
)

# Moved as they stand.
WHOLE = (SalesChannel, FieldVisit, Strengthening, SupportGrant, EntityPhoto)
# Where both records have one, the other record's stays with it as history.
KEYS = {SalesChannel: ("kind", "partner", "since"), Strengthening: ("kind", "day"), YearFigures: ("year",)}
KEYS |= {GuideTick: ("item",), SupportGrant: ("policy", "decision_number")}
STAYS = "bản ghi giữ lại đã có mục giống hệt, nên mục này ở lại với hồ sơ cũ"


def pieces(entity, to):
    """People, channels, visits, strengthening, grants, photos, yearly figures; what stays and why."""
    yield counted("Người của chủ thể", Membership.objects.filter(entity=entity))
    for model in (*WHOLE, YearFigures, GuideTick):
        rows = model.objects.filter(entity=entity)
        twice = same(model, entity, to)
        name = model._meta.verbose_name.capitalize()
        yield counted(name, rows.exclude(pk__in=twice))
        yield counted(name, rows.filter(pk__in=twice), stays=STAYS)
    yield counted("Giai đoạn tham gia", Spell.objects.filter(entity=entity), stays="ở lại làm lịch sử")
    yield counted("Chủ thể đã gộp trước đó", entity.merged.all())


def same(model, entity, to):
    """Keys of rows of which the other record has one alike."""
    names = KEYS.get(model)
    if names is None:
        return []
    rows, held = (model.objects.filter(entity=each).order_by() for each in (entity, to))
    if model is SupportGrant:
        rows = rows.exclude(decision_number="")  # without a number nobody can tell whether two are one
    known = set(held.values_list(*names))
    return [pk for pk, *key in rows.values_list("pk", *names) if tuple(key) in known]


def pass_on(entity, to, *, by):
    """Move it all; open invitations to the old record are taken back."""
    _people(entity, to)
    for model in (*WHOLE, YearFigures, GuideTick):
        model.objects.filter(entity=entity).exclude(pk__in=same(model, entity, to)).update(entity=to)
    EntityInvitation.objects.filter(Q(entity=entity), status=InviteStatus.WAITING).update(
        status=InviteStatus.WITHDRAWN
    )
    if not SignUp.objects.filter(entity=to).exists():
        SignUp.objects.filter(entity=entity).update(entity=to)
    entity.merged.update(merged_into=to)
    to.sources.add(*entity.sources.all())


def _people(entity, to):
    """Whoever acts for both keeps the stronger part."""
    there = {row.user_id: row for row in to.memberships.all()}
    for row in entity.memberships.all():
        other = there.get(row.user_id)
        if other is None:
            row.entity = to
            row.save(update_fields=["entity"])
            continue
        if row.is_owner and not other.is_owner:
            other.role = MemberRole.OWNER
            other.save(update_fields=["role"])
        row.delete()
