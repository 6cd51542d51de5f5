"""Visits to files: on their way, behind evidence, packed."""

from accounts.models import User
from tests.bench.places import MORE_THAN_A_PAGE, Visit
from tests.factories.files import BundleFactory, EvidenceFileFactory, PageImageFactory, UploadFactory


def file_visits(evidence, who):
    """The producer's own evidence with many files, one of them of many pages."""
    person = User.objects.get(username=who)
    subject = str(evidence.code)
    uploads = UploadFactory.create_batch(MORE_THAN_A_PAGE, released=True, owner=person, subject=subject)
    for order, upload in enumerate(uploads):
        EvidenceFileFactory(evidence=evidence, upload=upload, order=order)
    paper = uploads[0]
    paper.kind, paper.content_type = "pdf", "application/pdf"
    paper.save()
    PageImageFactory.create_batch(MORE_THAN_A_PAGE, upload=paper)
    first = paper.images.first().number
    bundle = BundleFactory(by=person, subject=evidence.dossier.code)
    code = (evidence.dossier.code, evidence.code)
    return {
        "files:upload": Visit(who, (paper.code,)),
        "files:bundle": Visit(who, (bundle.code,)),
        "products:evidence_files": Visit(who, code),
        "products:evidence_pages": Visit(who, (*code, paper.code)),
        "products:evidence_page": Visit(who, (*code, paper.code, first)),
        "products:evidence_download": Visit(who, (*code, paper.code)),
    }
