"""What happens to stars after the decision: reminded, noticed, extended, ended, revoked. Each once."""

import datetime as dt
import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from accounts.permissions import require
from foundation import clock
from foundation.regimes.models import Regime
from foundation.regimes.process import EXTENSION
from foundation.trail.moves import write
from products import notices, permissions, renewals
from products.actions import register
from products.models import (
    Application,
    Certificate,
    Dossier,
    Extension,
    Happening,
    Rating,
    RenewalKind,
    RenewalStep,
    Revocation,
)

LOOK_BACK = dt.timedelta(days=31)  # stars without a paper of ours that ended longer ago are history
LOOK_AHEAD = dt.timedelta(days=366)  # no law's window opens earlier


# ---------------------------------------------------------------- every day


@transaction.atomic
def tend():
    """What this day brings to every certificate: reminders, letters to write, the end. Returns how many steps."""
    today = clock.today()
    rows = Rating.objects.filter(revoked_on=None, ends_on__lte=today + LOOK_AHEAD).newest()
    rows = rows.filter(Q(ends_on__gte=today - LOOK_BACK) | Q(certificate__isnull=False))
    rows = rows.exclude(steps__kind=RenewalKind.ENDED).order_by("pk")
    rows = rows.select_related("product__entity", "product__area", "decision", "certificate", "extension")
    return sum(_tend(rating, today) for rating in rows.prefetch_related("steps"))


def _tend(rating, today):
    if rating.ends_on < today:
        return _end(rating, today)
    done = {step.kind for step in rating.steps.all()}
    count = 0
    for kind, due_on in renewals.of(rating, today).due(today):
        if kind not in done:
            step = RenewalStep.objects.create(rating=rating, kind=kind, due_on=due_on, on=today)
            notices.renewal_step(step)
            count += 1
    return count


def _end(rating, today):
    step = RenewalStep.objects.create(rating=rating, kind=RenewalKind.ENDED, due_on=rating.ends_on, on=today)
    write(rating, "Hết hiệu lực", by=None, note=f"sau ngày {rating.ends_on:%d/%m/%Y}")
    if paper := _paper(rating):
        register.enter(paper, Happening.EXPIRED, day=rating.ends_on)
    notices.renewal_step(step)
    return 1


def _paper(rating):
    return Certificate.objects.filter(rating=rating).first()


# ---------------------------------------------------------------- the office


def _kept(rating, by):
    """The rating, locked, if this person's office keeps its papers."""
    rows = Rating.objects.select_related("product__entity", "product__area", "decision", "regime")
    rating = rows.select_for_update(of=("self",)).get(pk=rating.pk)
    require(permissions.may_tend(by, rating))
    return rating


@transaction.atomic
def record_notice(rating, *, by, number, day):
    """The office writes down the letter that it sent before the end; the producer is told of it."""
    rating = _kept(rating, by)
    step = RenewalStep.objects.filter(rating=rating, kind=RenewalKind.NOTICE).first()
    if step is None:
        raise ValidationError("Chưa tới lúc gửi thông báo sắp hết hạn.")
    if step.number:
        raise ValidationError(f"Đã ghi thông báo số {step.number}, mỗi giấy chứng nhận một lần.")
    if not step.on - renewals.NOTICE_AHEAD <= day <= clock.today():
        raise ValidationError({"day": "Ngày thông báo không thể sau hôm nay hoặc trước kỳ thông báo."})
    step.number, step.sent_on = number, day
    step.save(update_fields=["number", "sent_on"])
    write(rating, "Gửi thông báo sắp hết hạn", by=by, note=f"số {number} ngày {day:%d/%m/%Y}")
    notices.notice_sent(step, by=by)
    return step


@transaction.atomic
def extend(rating, *, by, until, number, day):
    """The stars hold on until the re-evaluation has its result, once, no longer than the law allows."""
    rating = _kept(rating, by)
    today = clock.today()
    longest = renewals.longest_extension(rating, today)
    if longest is None:
        raise ValidationError("Quy định đang áp dụng không có việc kéo dài giấy chứng nhận.")
    if Extension.objects.filter(rating=rating).exists():
        raise ValidationError("Giấy chứng nhận này đã được kéo dài một lần.")
    if rating.state_on(today) != "valid":
        raise ValidationError("Chỉ kéo dài giấy chứng nhận còn hiệu lực.")
    if not _again(rating.product).exists():
        raise ValidationError("Chỉ kéo dài khi chủ thể đã nộp hồ sơ đánh giá lại và chưa có kết quả.")
    if not rating.ends_on < until <= longest:
        raise ValidationError(
            {"until": f"Kéo dài đến ngày sau {rating.ends_on:%d/%m/%Y} và không quá {longest:%d/%m/%Y}."}
        )
    if day > today:
        raise ValidationError({"day": "Ngày văn bản không thể sau hôm nay."})
    regime = Regime.objects.for_filing(today)
    extension = Extension.objects.create(
        rating=rating,
        was_until=rating.ends_on,
        until=until,
        number=number,
        day=day,
        basis=f"{regime}: {regime.process.renewal_step(EXTENSION).text}"[:600],
        by=by,
    )
    _hold_until(rating, until, by=by, note=f"văn bản số {number} ngày {day:%d/%m/%Y}")
    notices.certificate_extended(extension, by=by)
    return extension


@transaction.atomic
def end_extension(dossier, *, by):
    """The re-evaluation gave no stars: an extension that was waiting for it ends today."""
    today = clock.today()
    rows = Rating.objects.in_force(today).filter(product=dossier.product, extension__was_until__lt=today)
    for rating in rows.select_for_update(of=("self",)):
        _hold_until(rating, today, by=by, note=f"có kết quả của hồ sơ {dossier.code}")


def _again(product):
    """Re-evaluations of the product that were handed in and have no result yet."""
    rows = Dossier.objects.filter(product=product, application=Application.AGAIN, submitted_on__isnull=False)
    return rows.under_way()


def _hold_until(rating, until, *, by, note):
    rating.ends_on = until
    rating.save(update_fields=["ends_on"])
    write(rating, "Kéo dài giấy chứng nhận", by=by, note=f"đến hết ngày {until:%d/%m/%Y}, {note}")
    if paper := _paper(rating):
        register.enter(paper, Happening.EXTENDED, day=clock.today(), until=until)


@transaction.atomic
def revoke(rating, *, by, ground, number, day, note, file):
    """Take the stars back from the day of the decision on, on a ground of that day's law, with the decision itself."""
    rating = _kept(rating, by)
    if rating.revoked_on:
        raise ValidationError("Hạng sao này đã bị thu hồi.")
    if not rating.starts_on <= day <= clock.today():
        raise ValidationError(
            {"day": "Ngày quyết định thu hồi không thể trước ngày công nhận hoặc sau hôm nay."}
        )
    regime = Regime.objects.for_filing(day)
    found = regime.process.revocation_ground(ground)
    if found is None:
        raise ValidationError({"ground": f"{regime} không có căn cứ thu hồi này."})
    revocation = Revocation(
        rating=rating,
        regime=regime,
        ground=ground,
        ground_text=found.name,
        number=number,
        day=day,
        note=note,
        sha256=hashlib.sha256(file.read()).hexdigest(),
        by=by,
    )
    file.seek(0)
    revocation.file.save("decision.pdf", file, save=False)
    revocation.save()
    rating.revoked_on = day
    rating.save(update_fields=["revoked_on"])
    write(rating, "Thu hồi hạng sao", by=by, note=f"Quyết định {revocation}: {found.name}. {note}")
    for paper in Certificate.objects.filter(recognition=rating, replaced_by=None):
        register.enter(paper, Happening.REVOKED, day=day, ground=ground, decision=number)
    notices.rating_revoked(revocation, by=by)
    return revocation
