"""Evidence as ``foundation.files`` sees it: what files are sent for, and what is packed into a dossier's ZIP."""

import uuid

from django.db.models import Max, Min

from foundation.files.purposes import Entry, Provider, Purpose
from products import permissions
from products.models import Dossier, Evidence, Submission
from products.models.evidence_files import EvidenceFile

MOST_FILES = 30  # of one piece of evidence


def evidence_of(subject):
    """The evidence whose code this text is, or None."""
    try:
        code = uuid.UUID(subject)
    except ValueError:
        return None
    return Evidence.objects.select_related("dossier__product__entity").filter(code=code).first()


def may_add(user, subject):
    """Whoever may change this evidence may send files for it."""
    evidence = evidence_of(subject)
    return evidence is not None and permissions.may_edit_evidence(user, evidence)


def let_go(upload):
    """The evidence that it was sent for forgets it; False while a later dossier or a submission names it."""
    evidence = evidence_of(upload.subject)
    if evidence is None:
        return True
    EvidenceFile.objects.filter(evidence=evidence, upload=upload).delete()
    return not is_kept(upload, evidence.dossier.product)


def is_kept(upload, product):
    """Whether a dossier or a submission of this product still names the file."""
    named = upload.file and Submission.objects.names_file(product, upload.file.name).exists()
    return bool(named) or upload.evidence_files.exists()


def next_order(evidence):
    """The place after the last one."""
    return (evidence.files.aggregate(last=Max("order"))["last"] or 0) + 1


def begun(upload):
    """From the first byte on the file has its place."""
    evidence = evidence_of(upload.subject)
    EvidenceFile.objects.create(evidence=evidence, upload=upload, order=next_order(evidence))


def joined(upload, sources):
    """The joined PDF stands where the first of its photos stood."""
    rows = EvidenceFile.objects.filter(upload__in=sources)
    place = rows.aggregate(first=Min("order"))["first"] or 1
    EvidenceFile.objects.create(evidence=evidence_of(upload.subject), upload=upload, order=place)


def may_read(user, subject):
    """Whoever may see the dossier."""
    return Dossier.objects.visible_to(user).filter(code=subject).exists()


def heading(subject):
    """The first line of the index."""
    dossier = Dossier.objects.select_related("product__entity").get(code=subject)
    return f"Hồ sơ {dossier.code.upper()}: {dossier.product}, {dossier.product.entity}"


def entries(subject):
    """Every file of the dossier's evidence, in order; what was not released is left out."""
    found = []
    evidence = Evidence.objects.filter(dossier__code=subject).order_by("pk")
    for number, row in enumerate(evidence.prefetch_related("files__upload"), 1):
        folder = f"{number:02} {row.title}"
        found.append(entry(row.file, row.sha256, folder, f"{row.title}{ending(row.file)}", row.title))
        for file in row.files.all():
            upload = file.upload
            if upload is not None and upload.is_released:
                title = f"{row.title}: {upload.name}"
                found.append(entry(upload.file, upload.file_sha256, folder, upload.download_name, title))
    return found


def entry(file, sha256, folder, name, title):
    """A stored file as an entry of the pack; slashes in titles are no folders."""
    path = "/".join(step.replace("/", "-") for step in (folder, name))
    return Entry(path=path, title=title, open=lambda: file.storage.open(file.name), sha256=sha256)


def ending(file):
    """With its dot."""
    return f".{file.name.rpartition('.')[2]}"


EVIDENCE = Purpose(name="evidence", may=may_add, most=MOST_FILES, begun=begun, joined=joined, let_go=let_go)
DOSSIER = Provider(
    name="dossier", may=may_read, heading=heading, file_name=lambda subject: subject, entries=entries
)
