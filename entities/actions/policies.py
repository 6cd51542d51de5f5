"""Deeds on support policies and on what producers received."""

import uuid

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from accounts.permissions import require
from entities import permissions
from entities.models import SupportGrant, SupportPolicy
from foundation import clock
from foundation.trail.moves import write
from foundation.ui.text import plain

NOT_YOURS = "Chỉ cán bộ cấp tỉnh, sở ngành và quản trị cập nhật danh mục chính sách."


@transaction.atomic
def add_policy(*, by, areas=(), **facts):
    """A policy enters the catalogue."""
    require(permissions.may_edit_policies(by), NOT_YOURS)
    policy = SupportPolicy(code=new_code(facts["title"]), revised_by=by, **facts)
    policy.validate_constraints()
    policy.save()
    policy.areas.set(areas)
    write(policy, "Thêm chính sách", by=by)
    return policy


@transaction.atomic
def revise_policy(policy, *, by, areas=(), **facts):
    """Change what the catalogue says; from now on the officers' words stand, not the file's."""
    require(permissions.may_edit_policies(by), NOT_YOURS)
    policy = SupportPolicy.objects.select_for_update().get(pk=policy.pk)
    for name, value in facts.items():
        setattr(policy, name, value)
    policy.revised_by = by
    policy.validate_constraints()
    policy.save()
    policy.areas.set(areas)
    write(policy, "Sửa chính sách", by=by)
    return policy


@transaction.atomic
def record_grant(*, by, entity, policy, **facts):
    """Write down what a producer received."""
    require(permissions.may_record_grant(by, entity), "Chủ thể này không ở địa bàn của bạn.")
    grant = SupportGrant(entity=entity, policy=policy, recorded_by=by, is_demo=entity.is_demo, **facts)
    _check(grant)
    grant.save()
    write(entity, "Ghi hỗ trợ đã nhận", by=by, note=_said(grant))
    return grant


@transaction.atomic
def revise_grant(grant, *, by, reason, **facts):
    """Put a wrong entry right; what it said before stays in the trail."""
    grant = (
        SupportGrant.objects.select_for_update(of=("self",))
        .select_related("entity", "policy")
        .get(pk=grant.pk)
    )
    require(permissions.may_record_grant(by, grant.entity), "Chủ thể này không ở địa bàn của bạn.")
    before = _said(grant)
    for name, value in facts.items():
        setattr(grant, name, value)
    _check(grant)
    grant.save()
    write(grant.entity, "Sửa hỗ trợ đã nhận", by=by, note=f"{before} → {_said(grant)}. {reason}")
    return grant


def _check(grant):
    if grant.granted_on > clock.today():
        raise ValidationError({"granted_on": "Ngày nhận không thể sau hôm nay."})
    grant.validate_constraints()


def _said(grant):
    number = f", {grant.decision_number}" if grant.decision_number else ""
    return f"{grant.policy}: {grant.amount} đồng, {grant.granted_on:%d/%m/%Y}{number}"


def new_code(title):
    """An address made of the title, with a tail so that two of one name differ."""
    return f"{slugify(plain(title))[:40].strip('-') or 'muc'}-{uuid.uuid4().hex[:6]}"
