"""What passes between producer and offices: handing in, rounds of correction, the commune's form, acceptance."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from foundation import clock
from foundation.areas.models import AreaKind
from foundation.trail.moves import move, write
from products import freezing, notices, papers_drawn, permissions, rules, stages
from products.actions.hands import in_hand
from products.models import (
    CommuneAssessment,
    CorrectionItem,
    CorrectionRound,
    Dossier,
    DossierStatus,
    EvidenceFile,
    Receipt,
    Serial,
)
from products.models.dossiers import REGISTRATION

MOST_SAMPLES = 99

# ---------------------------------------------------------------- the producer


@transaction.atomic
def submit(dossier, *, by):
    """Hand the dossier over, first or again: what is handed in is frozen, and an open round is answered.

    The clock of the database decides whether it came in time.
    """
    dossier = in_hand(dossier, by)
    stages.refuse_outside(dossier, stages.database_day())
    if missing := dossier.missing():
        raise ValidationError(f"Hồ sơ còn thiếu: {'; '.join(missing)}.")
    if unfit := EvidenceFile.objects.filter(evidence__dossier=dossier).unfit().count():
        raise ValidationError(
            f"Còn {unfit} tệp đang gửi, đang kiểm tra hoặc bị từ chối. Hãy chờ kiểm tra xong, hoặc bỏ các tệp đó."
        )
    current = dossier.rounds.open().first()
    submission = freezing.freeze(dossier, by=by)
    to = current.returned_from if current else stages.first_office(dossier.regime)
    today = clock.today()
    note = f"Lần {submission.number}, mã băm {submission.sha256[:12]}"
    due = stages.due_on(dossier.regime, to, today)
    move(dossier, DossierStatus(to), by=by, note=note, submitted_on=today, due_on=due)
    if current:
        current.answer, current.closed_on = submission, today
        current.save(update_fields=["answer", "closed_on"])
    papers_drawn.ask_to_draw(freezing.Frozen.of(submission.facts, submission))
    notices.dossier_submitted(dossier, by=by)
    return submission


# ---------------------------------------------------------------- rounds of correction


def items_of(dossier):
    """What may be ticked as wrong: (kind, key, label), in the order of the form."""
    yield from (("fact", name, label) for name, label in REGISTRATION.items())
    files = [kind for kind in dossier.regime.document_kinds if not kind.physical]
    yield from (("evidence", kind.code, kind.name) for kind in files)
    yield from (
        ("score", code, f"{code} {row.name}")
        for code, row in dossier.criteria_set.engine_set().criteria.items()
    )
    yield ("plan", "plan", "Phương án, kế hoạch sản xuất kinh doanh")


@transaction.atomic
def send_back(dossier, *, by, items, due_on=None, note=""):
    """Return the dossier with what is wrong: ``items`` maps (kind, key) to why. Only these reopen.

    Without ``due_on`` the round lasts as long as the clock of returned dossiers says.
    """
    dossier = _held(dossier, by)
    labels = {(kind, key): label for kind, key, label in items_of(dossier)}
    _check_items(items, labels)
    today = clock.today()
    due_on = due_on or stages.due_on(dossier.regime, DossierStatus.RETURNED, today)
    if due_on < today:
        raise ValidationError({"due_on": "Hạn bổ sung không thể trước hôm nay."})
    current = CorrectionRound.objects.create(
        dossier=dossier,
        number=dossier.rounds.count() + 1,
        returned_from=dossier.status,
        note=note,
        opened_on=today,
        opened_by=by,
        due_on=due_on,
        base=freezing.last_of(dossier),
    )
    CorrectionItem.objects.bulk_create(
        CorrectionItem(round=current, kind=kind, key=key, label=labels[kind, key], why=why)
        for (kind, key), why in items.items()
    )
    said = [f"{labels[item]}: {why}" for item, why in items.items()]
    move(
        dossier, DossierStatus.RETURNED, by=by, note="\n".join([*said, *filter(None, [note])]), due_on=due_on
    )
    notices.dossier_returned(dossier, by=by)
    return current


def _check_items(items, labels):
    """At least one item, each of this dossier, each with a reason."""
    if not items:
        raise ValidationError("Hãy đánh dấu ít nhất một mục cần bổ sung.")
    if unknown := [key for kind, key in items if (kind, key) not in labels]:
        raise ValidationError(f"Hồ sơ không có mục “{unknown[0]}”.")
    if silent := [labels[item] for item, why in items.items() if not why.strip()]:
        raise ValidationError(f"Hãy ghi lý do cho mục: {'; '.join(silent)}.")


@transaction.atomic
def extend_round(dossier, *, by, due_on, reason):
    """The office gives the producer more time."""
    dossier = _locked(dossier)
    require(permissions.may_extend(by, dossier))
    current = dossier.rounds.open().select_for_update().first()
    if current is None or due_on <= current.due_on or due_on < clock.today():
        raise ValidationError({"due_on": "Hạn mới phải sau hạn đang có và không trước hôm nay."})
    write(dossier, "Gia hạn bổ sung", by=by, note=f"{due_on:%d/%m/%Y}: {reason}")
    current.due_on = dossier.due_on = due_on
    current.save(update_fields=["due_on"])
    dossier.save(update_fields=["due_on"])
    notices.round_extended(dossier, by=by)


# ---------------------------------------------------------------- the offices


@transaction.atomic
def receive(dossier, *, by, samples=0):
    """Fill in this office's block of the slip: number, day, person, samples."""
    dossier = _held(dossier, by)
    if not 0 <= samples <= MOST_SAMPLES:
        raise ValidationError({"samples": "Số mẫu không hợp lệ."})
    unit = dossier.product.place_on(clock.today()).unit
    commune = dossier.status == DossierStatus.AT_COMMUNE
    level = AreaKind.COMMUNE if commune else _office_kind(unit)
    number = Serial.objects.take(f"slip-{unit.part(level).code}-{dossier.year}")
    receipt = Receipt(
        dossier=dossier,
        level=level,
        number=number,
        received_on=clock.today(),
        received_by=by,
        samples=samples,
    )
    receipt.validate_constraints()
    receipt.save()
    write(dossier, "Ghi tiếp nhận", by=by, note=f"Số {number}; {samples} mẫu")
    return receipt


def _office_kind(unit):
    return AreaKind.DISTRICT if unit.part(AreaKind.DISTRICT) else AreaKind.PROVINCE


@transaction.atomic
def assess(dossier, *, by, findings, proposal):
    """The commune hands on the dossier with its form: a text for each finding that the regime names."""
    dossier = _locked(dossier)
    require(permissions.may_assess(by, dossier))
    form = rules.commune_form(dossier.regime)
    asked = [row["code"] for row in form["findings"]]
    if any(not findings.get(code, "").strip() for code in asked):
        raise ValidationError(f"{form['name']} phải có đủ {len(asked)} nội dung.")
    _require_samples(dossier)
    said = {code: findings[code] for code in asked}
    assessment = CommuneAssessment.objects.create(
        dossier=dossier,
        submission=freezing.last_of(dossier),
        findings=said,
        proposal=proposal,
        on=clock.today(),
        by=by,
    )
    due = stages.due_on(dossier.regime, DossierStatus.SUBMITTED, clock.today())
    move(dossier, DossierStatus.SUBMITTED, by=by, note=form["name"], due_on=due)
    notices.dossier_submitted(dossier, by=by)
    return assessment


@transaction.atomic
def accept(dossier, *, by, note=""):
    """The office finds the dossier complete and gives it the product code of its regime."""
    dossier = _locked(dossier)
    require(permissions.may_accept(by, dossier))
    _require_samples(dossier)
    code = product_code(dossier)
    facts = {"accepted_on": clock.today(), "product_code": code, "due_on": None}
    move(dossier, DossierStatus.ACCEPTED, by=by, note=note, **facts)
    notices.dossier_accepted(dossier, by=by)


def _require_samples(dossier):
    """Where the regime says so, a dossier does not leave this status before its samples were received."""
    asked = dossier.criteria_set.sample_count
    if rules.samples_before(dossier.regime) != dossier.status or not asked:
        return
    got = max((row.samples for row in dossier.receipts.all()), default=0)
    if got < asked:
        raise ValidationError(
            f"Cần nhận đủ {asked} sản phẩm mẫu, mới ghi nhận {got}. Hãy ghi tiếp nhận trước."
        )


def product_code(dossier):
    """The next free code in the regime's format; the serial runs per commune and year."""
    area = dossier.product.area
    codes = {kind.value: (unit.code if (unit := area.part(kind)) else "") for kind in AreaKind}
    series = "-".join(("product", *codes.values(), str(dossier.year)))
    while True:
        serial = Serial.objects.take(series)
        code = dossier.regime.product_code(**codes, serial=serial, year=dossier.year)
        if not Dossier.objects.filter(product_code=code).exists():
            return code


def _locked(dossier):
    """The dossier, locked, with what its deeds read."""
    return (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("product__entity", "product__area__parent__parent", "regime", "criteria_set__regime")
        .get(pk=dossier.pk)
    )


def _held(dossier, by):
    """The dossier, locked, if it waits for this person's office."""
    dossier = _locked(dossier)
    require(permissions.may_check_dossier(by, dossier))
    return dossier
