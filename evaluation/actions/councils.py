"""Setting a council up by decision, changing its Quy chế, ending it."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from evaluation import permissions
from evaluation.models import Case, CaseStatus, Council, SheetStatus
from foundation import clock
from foundation.areas.models import AreaKind
from foundation.trail.moves import write
from products.models import Serial

# At which level of the law the council of a unit works.
LEVELS = {AreaKind.DISTRICT: "district", AreaKind.PROVINCE: "province"}
UNDER_WAY = (CaseStatus.SCORING, CaseStatus.OPENED)


@transaction.atomic
def establish(area, *, by, scan, **facts):
    """Enter the council that a decision has set up, with every rule of its Quy chế."""
    require(permissions.may_establish(by, area))
    if facts["decided_on"] > clock.today():
        raise ValidationError({"decided_on": "Ngày quyết định không thể sau hôm nay."})
    year = clock.today().year
    code = f"hd-{year}-{Serial.objects.take(f'council-{year}'):04}"
    council = Council(code=code, area=area, level=LEVELS[area.kind], is_demo=by.is_demo, **facts)
    council.validate_constraints()
    council.scan_type = scan.content_type
    council.scan.save(scan.name, scan, save=False)
    council.save()
    note = f"Quyết định {council.decision_number} ngày {council.decided_on:%d/%m/%Y}"
    write(council, "Lập hội đồng", by=by, note=note)
    return council


@transaction.atomic
def change_rules(council, *, by, **rules):
    """Change the Quy chế; not while sheets that were given under it wait for a conclusion."""
    require(permissions.may_direct(by, council))
    council = Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    waiting = Case.objects.filter(council=council, status__in=UNDER_WAY)
    if begun := waiting.filter(sheets__status=SheetStatus.HANDED_IN).distinct().count():
        raise ValidationError(f"Còn {begun} phiên đã có phiếu nộp mà chưa kết luận: chưa sửa Quy chế được.")
    before = dict(council.rules)
    for name, value in rules.items():
        setattr(council, name, value)
    council.validate_constraints()
    council.save(update_fields=list(rules))
    changes = [f"{label}: {before[label]} → {said}" for label, said in council.rules if before[label] != said]
    write(council, "Sửa Quy chế", by=by, note="; ".join(changes) or "không đổi")
    return council


@transaction.atomic
def end_council(council, *, by, day, reason):
    """The council ends with this day; it takes nothing up any more."""
    require(permissions.may_direct(by, council))
    council = Council.objects.select_for_update(of=("self",)).get(pk=council.pk)
    if day > clock.today():
        raise ValidationError({"day": "Ngày kết thúc không thể sau hôm nay."})
    if day < council.decided_on:
        raise ValidationError({"day": "Ngày kết thúc không thể trước ngày thành lập."})
    if waiting := council.cases.filter(status__in=UNDER_WAY).count():
        raise ValidationError(f"Còn {waiting} phiên chưa kết luận: hội đồng chưa kết thúc được.")
    council.ended_on = day
    council.save(update_fields=["ended_on"])
    write(council, "Kết thúc hội đồng", by=by, note=f"Từ hết ngày {day:%d/%m/%Y}. {reason}")
