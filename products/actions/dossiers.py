"""Deeds of the producer on a dossier: begin it, fill it in, give it up (step 5)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from foundation import clock
from foundation.regimes.models import CriteriaSet, Regime
from foundation.trail.moves import move, write
from products import openings, permissions, stages
from products.actions.evidence import copy_evidence
from products.actions.hands import in_hand
from products.models import (
    Application,
    Dossier,
    DossierStatus,
    SelfScore,
    Serial,
)
from products.models.dossiers import REGISTRATION

LOCKED = "Mục này không nằm trong các mục phải bổ sung nên đang khóa."


ELSEWHERE = "Ô này vừa được sửa ở nơi khác thành: “{}”. Lưu lần nữa là giữ nội dung bên dưới."


class StaleChoice(ValidationError):
    """Somebody chose otherwise since this page was drawn; ``current`` is the row as it stands."""

    def __init__(self, current):
        super().__init__("Tiêu chí này vừa được chọn ở nơi khác. Hãy chọn giữ giá trị nào.")
        self.current = current


class StaleField(ValidationError):
    """Somebody wrote otherwise in this field since the page was drawn; ``text`` and ``version`` are what stands."""

    def __init__(self, text, version):
        super().__init__("Ô này vừa được sửa ở nơi khác. Hãy chọn giữ nội dung nào.")
        self.text, self.version = text, version


@transaction.atomic
def open_dossier(product, *, by, application=Application.FIRST, set_code="", regime_id=""):
    """Begin a dossier under the regime of today, from a copy of what is still valid of the last one.

    ``set_code`` names the set where the product's own is unknown or is none of today's regime. ``regime_id`` is the
    filer's choice where the law leaves one; it stays for the dossier's life.
    """
    require(permissions.may_open_dossier(by, product))
    if application not in stages.applications(product):
        raise ValidationError(f"Sản phẩm này không lập được hồ sơ “{Application(application).label}”.")
    today = clock.today()
    regime = _regime(today, regime_id)
    dossier = Dossier(
        code=f"hs-{today.year}-{Serial.objects.take(f'dossier-{today.year}'):04}",
        product=product,
        application=application,
        year=today.year,
        regime=regime,
        criteria_set=_set_of(regime, set_code or product.set_code),
        introduction=product.description,
        created_by=by,
    )
    dossier.validate_constraints()
    dossier.save()
    regime.mark_used()
    write(dossier, "Lập hồ sơ", by=by, new=DossierStatus.DRAFT, note=_begun(application, regime_id, regime))
    _copy_last(dossier, by=by)
    return dossier


def _regime(day, regime_id):
    """The regime that the filer chose, or that of the day. Raises ValidationError for one that takes no dossier."""
    try:
        return Regime.objects.chosen_for_filing(day, regime_id)
    except Regime.DoesNotExist as refusal:
        raise ValidationError({"regime": str(refusal)} if regime_id else str(refusal)) from refusal


def _begun(application, regime_id, regime):
    """What the trail says of the beginning; a choice of the law is said."""
    chosen = f"; người nộp chọn {regime}" if regime_id else ""
    return f"{Application(application).label}{chosen}"


def _set_of(regime, code):
    """The set of this code under the regime. Raises ValidationError where there is none."""
    found = CriteriaSet.objects.offered().filter(regime=regime, code=code).first()
    if found is None:
        raise ValidationError({"criteria_set": "Hãy chọn bộ sản phẩm theo quy định đang áp dụng."})
    return found


def _copy_last(dossier, *, by):
    """Facts, choices that the set still offers word by word, and papers of the product's last dossier, if any."""
    last = Dossier.objects.filter(product=dossier.product).exclude(pk=dossier.pk).order_by("-pk").first()
    if last is None:
        return
    for name in REGISTRATION:
        setattr(dossier, name, getattr(last, name) or getattr(dossier, name))
    dossier.copied_from = last
    dossier.save(update_fields=[*REGISTRATION, "copied_from"])
    _copy_choices(last, dossier)
    left = copy_evidence(last, dossier, by=by)
    note = f"Chép từ hồ sơ {last.code}" + (f"; không chép: {', '.join(left)}" if left else "")
    write(dossier, "Chép hồ sơ trước", by=by, note=note)


def _copy_choices(source, target):
    boxes = {}
    for criterion in target.criteria_set.criteria.prefetch_related("options"):
        for option in criterion.options.all():
            boxes[criterion.code, criterion.name, option.key, option.text] = criterion, option
    rows = []
    for score in source.self_scores_for_engine():
        asked, box = score.criterion, score.option
        if box and (found := boxes.get((asked.code, asked.name, box.key, box.text))):
            rows.append(SelfScore(dossier=target, criterion=found[0], option=found[1], note=score.note))
    SelfScore.objects.bulk_create(rows)


@transaction.atomic
def save_registration(dossier, *, by, versions=None, **facts):
    """Keep the registration facts of a dossier; those that are locked must be as they were.

    ``versions`` are those of the page that was filled in: what was saved elsewhere since is not written over.
    """
    dossier = in_hand(dossier, by)
    changed = {name: value for name, value in facts.items() if value != getattr(dossier, name)}
    open_now = dossier.openings
    if locked := [name for name in changed if not open_now.has(openings.FACT, name)]:
        raise ValidationError(dict.fromkeys(locked, LOCKED))
    given = dossier.versions if versions is None else versions
    if stale := [name for name in changed if given.get(name, 0) != dossier.versions.get(name, 0)]:
        raise ValidationError({name: ELSEWHERE.format(getattr(dossier, name)) for name in stale})
    for name, value in changed.items():
        setattr(dossier, name, value)
        dossier.versions[name] = dossier.versions.get(name, 0) + 1
    dossier.save(update_fields=[*changed, "versions"])


@transaction.atomic
def save_field(dossier, *, by, name, value, version):
    """Keep one field that saves itself; returns its new version.

    Raises StaleField when ``version`` is not the field's, unless it says the same already: then the answer to an
    earlier save was lost on its way.
    """
    dossier = in_hand(dossier, by)
    now = dossier.versions.get(name, 0)
    if getattr(dossier, name) == value:
        return now
    if not dossier.openings.has(openings.FACT, name):
        raise ValidationError(LOCKED)
    if now != version:
        raise StaleField(getattr(dossier, name), now)
    setattr(dossier, name, value)
    dossier.versions[name] = now + 1
    dossier.save(update_fields=[name, "versions"])
    return now + 1


@transaction.atomic
def choose(dossier, criterion, option, *, version, by, note=""):
    """Keep the producer's choice for one criterion.

    Raises StaleChoice when ``version`` is not the row's, unless the row says the same already: then the answer to an
    earlier save was lost on its way.
    """
    dossier = in_hand(dossier, by)
    row = SelfScore.objects.select_for_update().filter(dossier=dossier, criterion=criterion).first()
    if row and (row.option, row.note) == (option, note):
        return row
    if not dossier.openings.has(openings.SCORE, criterion.code):
        raise ValidationError(LOCKED)
    if (row.version if row else 0) != version:
        raise StaleChoice(row)
    row = row or SelfScore(dossier=dossier, criterion=criterion, version=0)
    row.option, row.note, row.version = option, note, row.version + 1
    row.save()
    return row


@transaction.atomic
def withdraw(dossier, *, by):
    """The producer takes the dossier back for good; what an office asked for is closed with it."""
    require(permissions.may_edit_dossier(by, dossier))
    move(dossier, DossierStatus.WITHDRAWN, by=by, due_on=None)
    dossier.rounds.open().update(closed_on=clock.today())
