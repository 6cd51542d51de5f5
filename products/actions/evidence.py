"""Files of evidence: put in, taken out, copied to a later dossier. All that knows where their bytes lie is here."""

from django.core.exceptions import ValidationError
from django.db import transaction

from foundation.files import works
from foundation.trail.moves import write
from products import openings
from products.actions.hands import in_hand
from products.evidence_files import is_kept
from products.models import Evidence, EvidenceFile, Submission

LOCKED = "Loại giấy tờ này không nằm trong các mục phải bổ sung nên đang khóa."


@transaction.atomic
def attach(dossier, *, by, kind, title, criteria, file, valid_until=None):
    """Add a file of evidence. ``file`` comes checked, with ``content_type``, ``size`` and ``sha256``."""
    dossier = in_hand(dossier, by)
    require_open(dossier, kind)
    evidence = Evidence(
        dossier=dossier,
        kind=kind,
        title=title,
        content_type=file.content_type,
        size=file.size,
        sha256=file.sha256,
        valid_until=valid_until,
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
    """Take a file of evidence out; its bytes stay while a submission or another dossier names them."""
    dossier = in_hand(evidence.dossier, by)
    require_open(dossier, evidence.kind)
    write(dossier, "Bỏ minh chứng", by=by, note=evidence.title)
    stored, storage = evidence.file.name, evidence.file.storage
    for row in evidence.files.for_page():
        forget(row, dossier.product)
    evidence.criteria.clear()
    evidence.delete()
    if not is_named(dossier.product, stored):
        transaction.on_commit(lambda: storage.delete(stored))


def forget(row, product):
    """Take out a file or an address behind a piece of evidence; its bytes go when nobody names them any more."""
    upload = row.upload
    row.delete()
    if upload is not None and not is_kept(upload, product):
        works.erase(upload)


def is_named(product, stored):
    """Whether some dossier or submission of this product still needs the stored file."""
    return (
        Evidence.objects.filter(file=stored).exists()
        or Submission.objects.names_file(product, stored).exists()
    )


def copy_evidence(source, target, *, by):
    """Copy the papers of kinds that the target's regime knows; each keeps its own end. Returns those left behind.

    Bytes are shared, not copied. Criteria are kept where the new set has one of the same code and name.
    """
    kinds = {kind.code for kind in target.regime.document_kinds}
    criteria = {(row.code, row.name): row for row in target.criteria_set.criteria.all()}
    left = []
    for row in source.evidence.prefetch_related("criteria"):
        if row.kind not in kinds:
            left.append(row.title)
            continue
        about = [criteria[row_key] for c in row.criteria.all() if (row_key := (c.code, c.name)) in criteria]
        names = ("kind", "title", "content_type", "size", "sha256", "valid_until")
        facts = {name: getattr(row, name) for name in names}
        copied = Evidence.objects.create(dossier=target, file=row.file.name, added_by=by, **facts)
        copied.criteria.set(about)
        EvidenceFile.objects.bulk_create(
            EvidenceFile(evidence=copied, upload=more.upload, url=more.url, order=more.order)
            for more in row.files.for_page().readable()
        )
    return left


def require_open(dossier, kind):
    """Stop here when the office did not open this kind of paper."""
    if not dossier.openings.has(openings.EVIDENCE, kind):
        raise ValidationError(LOCKED)
