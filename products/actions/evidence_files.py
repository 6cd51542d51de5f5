"""Deeds on what stands behind one piece of evidence."""

from django.core.exceptions import ValidationError
from django.db import transaction

from foundation.files import actions as files
from foundation.trail.moves import write
from products.actions import hands
from products.actions.evidence import forget, require_open
from products.evidence_files import EVIDENCE, MOST_FILES, next_order
from products.models import Evidence
from products.models.evidence_files import EvidenceFile


def in_hand(evidence, by):
    """The evidence, its dossier locked, if this person may still change it."""
    dossier = hands.in_hand(evidence.dossier, by)
    require_open(dossier, evidence.kind)
    return Evidence.objects.select_related("dossier__product").get(pk=evidence.pk)


@transaction.atomic
def add_address(evidence, *, by, url):
    """Add an address, as it stands."""
    evidence = in_hand(evidence, by)
    if evidence.files.count() >= MOST_FILES:
        raise ValidationError(f"Mỗi minh chứng có nhiều nhất {MOST_FILES} tệp và địa chỉ.")
    row = EvidenceFile(evidence=evidence, url=url, order=next_order(evidence))
    row.full_clean()
    row.save()
    write(evidence.dossier, "Thêm địa chỉ minh chứng", by=by, note=url)
    return row


def add_files(evidence, *, by, files_sent):
    """Files that came with an ordinary form, each by itself: one that is refused stops no other. Returns refusals."""
    refusals = []
    for file in files_sent:
        try:
            files.receive_whole(EVIDENCE.name, str(evidence.code), file, by=by)
        except ValidationError as refusal:
            refusals.append(f"{file.name}: {' '.join(refusal.messages)}")
        except files.NoRoom as full:
            refusals.append(f"{file.name}: {full}")
    return refusals


@transaction.atomic
def remove(row, *, by):
    """Take a file or an address away."""
    evidence = in_hand(row.evidence, by)
    write(
        evidence.dossier,
        "Bỏ tệp minh chứng" if row.upload_id else "Bỏ địa chỉ minh chứng",
        by=by,
        note=str(row),
    )
    forget(row, evidence.dossier.product)


def join(evidence, *, by, rows, name):
    """Have photos of this evidence made into one PDF, in their order. Returns the job."""
    in_hand_rows = EvidenceFile.objects.for_page().filter(
        evidence=evidence, pk__in=[row.pk for row in rows], upload__isnull=False
    )
    return files.join_photos([row.upload for row in in_hand_rows], name, by=by)
