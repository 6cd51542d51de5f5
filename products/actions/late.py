"""Handing in after the days of the calendar: the producer asks, the office that would receive the dossier allows."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from foundation import clock
from foundation.trail.moves import write
from products import notices, permissions, rules, windows
from products.models import Dossier, LateAcceptance

NOT_OVER = (
    "Hồ sơ này chưa cần nhận muộn: thời gian nhận hồ sơ của địa bàn chưa hết, hoặc địa bàn không đặt lịch."
)


def _over(dossier, day):
    """The window of this draft, whose days have passed."""
    window = windows.of(dossier, day)
    if window is None or not window.is_over:
        raise ValidationError(NOT_OVER)
    return window


def _draft(dossier):
    """The dossier, locked, with what its window reads."""
    return (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("product__entity", "product__area__parent__parent", "regime")
        .get(pk=dossier.pk)
    )


@transaction.atomic
def ask_late(dossier, *, by):
    """The producer asks the office to take the dossier after the days of the calendar."""
    dossier = _draft(dossier)
    require(permissions.may_ask_late(by, dossier))
    window = _over(dossier, clock.today())
    if window.is_open:
        raise ValidationError(
            f"Hồ sơ đã được nhận muộn đến hết ngày {window.late_until:%d/%m/%Y}, bạn nộp được ngay."
        )
    write(dossier, "Đề nghị nhận muộn", by=by)
    notices.late_asked(dossier, by=by)


@transaction.atomic
def accept_late(dossier, *, by, until, reason):
    """The office takes this one dossier to the end of ``until``, later than its calendar says; returns the row."""
    dossier = _draft(dossier)
    require(permissions.may_accept_late(by, dossier))
    today = clock.today()
    window = _over(dossier, today)
    last = today + dt.timedelta(rules.most_late_days())
    if not today <= until <= last:
        raise ValidationError({"until": f"Hãy chọn một ngày từ hôm nay đến {last:%d/%m/%Y}."})
    if window.late_until and until <= window.late_until:
        raise ValidationError({"until": f"Hồ sơ đã được nhận đến hết ngày {window.late_until:%d/%m/%Y}."})
    late = LateAcceptance(dossier=dossier, until=until, reason=reason.strip(), on=today, by=by)
    late.validate_constraints()
    late.clean_fields()
    late.save()
    write(dossier, "Cho nhận muộn", by=by, note=f"Đến hết ngày {until:%d/%m/%Y}: {late.reason}")
    notices.late_accepted(late, by=by)
    return late
