"""Deeds on strengthening: write down, correct, strike out."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from entities import permissions
from entities.actions.facts import altered, store, strike_out
from entities.models import Strengthening
from foundation import clock
from foundation.trail.moves import write


@transaction.atomic
def record_strengthening(entity, *, by, evidence=None, **facts):
    """An officer writes down that the producer was strengthened."""
    require(permissions.may_record_strengthening(by, entity))
    fact = Strengthening(entity=entity, recorded_by=by, is_demo=entity.is_demo, **facts)
    _happened(fact)
    store(fact, evidence)
    write(fact, "Ghi việc củng cố", by=by, note=f"{fact}. {fact.note}")
    return fact


@transaction.atomic
def correct_strengthening(fact, *, by, evidence=None, **facts):
    """Put it right; the trail says what was written before."""
    fact = _locked(fact, by)
    said = altered(fact, facts)
    _happened(fact)
    store(fact, evidence)
    if said or evidence:
        write(fact, "Sửa việc củng cố", by=by, note=said or "thay tệp minh chứng")
    return fact


@transaction.atomic
def strike_strengthening(fact, *, by, note):
    """Take out what was written by mistake."""
    fact = _locked(fact, by)
    strike_out(fact, permissions.may_record_strengthening(by, fact.entity), by=by, note=note)


def _happened(fact):
    """Only what is done counts."""
    if fact.day > clock.today():
        raise ValidationError({"day": "Việc củng cố phải đã hoàn thành: ngày không được sau hôm nay."})


def _locked(fact, by):
    """The fact, locked, if this officer looks after its producer."""
    fact = Strengthening.objects.select_for_update(of=("self",)).select_related("entity").get(pk=fact.pk)
    require(permissions.may_record_strengthening(by, fact.entity))
    return fact
