"""Deeds on dossiers until they are accepted (step 5)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from foundation import clock
from foundation.areas.models import AreaKind
from foundation.regimes.models import CriteriaSet, Regime
from foundation.trail.moves import move, write
from products import notices, permissions
from products.models import (
    Dossier,
    DossierStatus,
    Evidence,
    SelfScore,
    Serial,
)


class StaleChoice(ValidationError):
    """Somebody chose otherwise since this page was drawn; ``current`` is the row as it stands."""

    def __init__(self, current):
        super().__init__("Tiêu chí này vừa được chọn ở nơi khác. Hãy chọn giữ giá trị nào.")
        self.current = current


@transaction.atomic
def open_dossier(product, *, by):
    """Begin the dossier of a product under the regime of today; that regime stays with it."""
    require(permissions.may_open_dossier(by, product))
    today = clock.today()
    regime = Regime.objects.for_filing(today)
    dossier = Dossier(
        code=f"hs-{today.year}-{Serial.objects.take(f'dossier-{today.year}'):04}",
        product=product,
        year=today.year,
        regime=regime,
        criteria_set=CriteriaSet.objects.offered().get(regime=regime, code=product.set_code),
        introduction=product.description,
        created_by=by,
    )
    dossier.validate_constraints()
    dossier.save()
    regime.mark_used()
    write(dossier, "Lập hồ sơ", by=by, new=DossierStatus.DRAFT)
    return dossier


@transaction.atomic
def save_registration(dossier, *, by, **facts):
    """Keep the registration facts of a dossier."""
    dossier = _in_hand(dossier, by)
    for name, value in facts.items():
        setattr(dossier, name, value)
    dossier.save(update_fields=list(facts))


@transaction.atomic
def choose(dossier, criterion, option, *, version, by, note=""):
    """Keep the producer's choice for one criterion.

    Raises StaleChoice when ``version`` is not the row's, unless the row says the same already: then the answer to an
    earlier save was lost on its way.
    """
    dossier = _in_hand(dossier, by)
    row = SelfScore.objects.select_for_update().filter(dossier=dossier, criterion=criterion).first()
    if (row.version if row else 0) != version:
        if row and (row.option, row.note) == (option, note):
            return row
        raise StaleChoice(row)
    row = row or SelfScore(dossier=dossier, criterion=criterion, version=0)
    row.option, row.note, row.version = option, note, row.version + 1
    row.save()
    return row


@transaction.atomic
def attach(dossier, *, by, kind, title, criteria, file):
    """Add a file of evidence. ``file`` comes checked, with ``content_type``, ``size`` and ``sha256``."""
    dossier = _in_hand(dossier, by)
    evidence = Evidence(
        dossier=dossier,
        kind=kind,
        title=title,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
        added_by=by,
    )
    evidence.validate_constraints()
    evidence.file.save(file.name, file, save=False)
    evidence.save()
    evidence.criteria.set(criteria)
    write(dossier, "Thêm minh chứng", by=by, note=title)
    return evidence


@transaction.atomic
def detach(evidence, *, by):
    """Take a file of evidence out of a dossier that was not sent yet."""
    dossier = _in_hand(evidence.dossier, by)
    write(dossier, "Bỏ minh chứng", by=by, note=evidence.title)
    stored, storage = evidence.file.name, evidence.file.storage
    evidence.delete()
    transaction.on_commit(lambda: storage.delete(stored))


@transaction.atomic
def submit(dossier, *, by):
    """The producer hands the dossier over to the district."""
    require(permissions.may_submit_dossier(by, dossier))
    if missing := dossier.missing():
        raise ValidationError(f"Hồ sơ còn thiếu: {'; '.join(missing)}.")
    move(dossier, DossierStatus.SUBMITTED, by=by, submitted_on=clock.today())
    notices.dossier_submitted(dossier, by=by)


@transaction.atomic
def send_back(dossier, *, by, note):
    """The district returns the dossier and lists what to complete."""
    require(permissions.may_check_dossier(by, dossier))
    move(dossier, DossierStatus.RETURNED, by=by, note=note)
    notices.dossier_returned(dossier, by=by)


@transaction.atomic
def accept(dossier, *, by, note=""):
    """The district finds the dossier complete and gives it the product code of its regime."""
    require(permissions.may_check_dossier(by, dossier))
    code = product_code(dossier)
    move(dossier, DossierStatus.ACCEPTED, by=by, note=note, accepted_on=clock.today(), product_code=code)
    notices.dossier_accepted(dossier, by=by)


@transaction.atomic
def withdraw(dossier, *, by):
    """The producer takes the dossier back for good."""
    require(permissions.may_edit_dossier(by, dossier))
    move(dossier, DossierStatus.WITHDRAWN, by=by)


def product_code(dossier):
    """The next code in the regime's format; the serial runs per commune and year."""
    area = dossier.product.area
    codes = {kind.value: (unit.code if (unit := area.part(kind)) else "") for kind in AreaKind}
    series = "-".join(("product", *codes.values(), str(dossier.year)))
    return dossier.regime.product_code(**codes, serial=Serial.objects.take(series), year=dossier.year)


def _in_hand(dossier, by):
    """The dossier, locked, if this person may still change it."""
    dossier = (
        Dossier.objects.select_for_update(of=("self",)).select_related("product__entity").get(pk=dossier.pk)
    )
    require(permissions.may_edit_dossier(by, dossier), "Hồ sơ đã nộp nên không sửa được nữa.")
    return dossier
