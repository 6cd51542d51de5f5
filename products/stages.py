"""The steps of a dossier until the council: where it goes, until when, and what keeps it from being handed in."""

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from foundation import clock
from foundation.regimes.models import Regime
from foundation.working_days import calendar
from products import permissions, renewals, rules, windows
from products.models import Application, Dossier, DossierStatus, Rating, certified_stars


def applications(product):
    """The kinds of application open to a product: by the stars it has or had; imported ratings count."""
    ratings = Rating.objects.filter(product=product)
    if not ratings.exists():
        return [Application.FIRST]
    current = ratings.in_force().order_by("-stars").first()
    if current is None:
        return [Application.AGAIN, Application.FIRST]
    top = max(certified_stars(current.regime))
    return [Application.AGAIN] if current.stars >= top else [Application.UPGRADE, Application.AGAIN]


def renewing(product, user):
    """The product's dossier under way, if this person may see it, and the kinds that this person may begin.

    The kinds are those by which stars are sought again (re-evaluation, upgrade); none while a dossier is under way.
    """
    mine = permissions.may_open_dossier(user, product)
    known = Dossier.objects.under_way().filter(product=product)
    live = (known if mine else known.visible_to(user)).order_by("-pk").first()
    if live or not mine:
        return live, []
    return None, [kind for kind in applications(product) if kind != Application.FIRST]


def first_office(regime):
    """The status of a dossier that was just filed."""
    return DossierStatus.AT_COMMUNE if rules.goes_to_commune(regime) else DossierStatus.SUBMITTED


def due_on(regime, status, since):
    """The last working day for a status that began that day; None where no clock runs."""
    found = rules.clock_of(regime, status)
    return calendar().after(since, found[0]) if found else None


def is_local(regime, status):
    """Whether the clock of a status is the portal's own default because the regime is silent."""
    found = rules.clock_of(regime, status)
    return bool(found and found[1])


def database_day():
    """The day by the clock of the database, which decides what came in time (in a demonstration, on its day)."""
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        moment = timezone.localtime(cursor.fetchone()[0])
    return clock.on_demo_day(moment).date()


def window(dossier):
    """First and last day on which a re-evaluation may be filed; None where the regime has no window."""
    if dossier.application != Application.AGAIN:
        return None
    rows = Rating.objects.filter(product=dossier.product, revoked_on=None).select_related("extension")
    rating = rows.order_by("-ends_on").first()
    if rating is None:
        return None
    term = renewals.under(dossier.regime, rating)
    return (term.opens_on, term.closes_on) if term.opens_on and term.closes_on else None


def refuse_outside(dossier, day):
    """Raise ValidationError with a sentence when that day is too early or too late for handing in."""
    if current := dossier.rounds.open().first():
        if day > current.due_on:
            raise ValidationError(
                f"Đã quá hạn bổ sung {current.due_on:%d/%m/%Y}. Hãy đề nghị cán bộ gia hạn; nội dung bạn sửa vẫn còn."
            )
        return
    if dossier.status == DossierStatus.DRAFT and not Regime.objects.takes(dossier.regime, day):
        raise ValidationError(
            f"Hồ sơ này lập theo {dossier.regime}, nay không nhận hồ sơ nữa. Hãy rút hồ sơ này rồi lập hồ sơ mới: "
            "nội dung còn dùng được sẽ được chép sang."
        )
    filing = windows.of(dossier, day)
    if filing and not filing.is_open:
        raise ValidationError(filing.sentence)
    if days := window(dossier):
        opens, closes = days
        if not opens <= day <= closes:
            raise ValidationError(
                f"Hồ sơ đánh giá lại chỉ nhận từ ngày {opens:%d/%m/%Y} đến hết ngày {closes:%d/%m/%Y} "
                f"(theo {dossier.regime})."
            )
