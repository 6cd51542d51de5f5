"""Files of the four producers: a released one behind each evidence, one on its way, an address, a pack."""

from dataclasses import dataclass, field

from django.core.files.base import ContentFile

from entities.models import Membership
from tests.factories.files import BundleFactory, EvidenceFileFactory, PieceFactory, UploadFactory
from tests.rights.canaries import canary

STATES = {"draft": "secret", "submitted": "dossier"}


@dataclass
class Files:
    """By producer's place and state of the dossier: rows of evidence files; by place: files on their way, packs."""

    released: dict = field(default_factory=dict)
    addresses: dict = field(default_factory=dict)
    sending: dict = field(default_factory=dict)
    bundles: dict = field(default_factory=dict)


def files(tenants):
    """Everything of this kind."""
    found = Files()
    for name, tenant in tenants.items():
        owner = Membership.objects.filter(entity=tenant.entity).first().user
        for state, kind in STATES.items():
            evidence, word = tenant.evidence[state], canary(name, kind)
            upload = UploadFactory(
                released=True,
                owner=owner,
                subject=str(evidence.code),
                name=f"{word}.jpg",
                file=ContentFile(f"jpeg {word}".encode(), name="uploads/a.jpg"),
            )
            found.released[name, state] = EvidenceFileFactory(evidence=evidence, upload=upload)
            address = {"upload": None, "url": f"https://vi-du.vn/{word}", "order": 2}
            found.addresses[name, state] = EvidenceFileFactory(evidence=evidence, **address)
        subject, word = str(tenant.evidence["draft"].code), canary(name, "secret")
        facts = {"owner": owner, "subject": subject, "name": f"{word}.pdf", "size": 8}
        found.sending[name] = PieceFactory(
            upload__received=4, **{f"upload__{k}": v for k, v in facts.items()}
        ).upload
        pack = ContentFile(f"PK {word}".encode(), name="bundles/a.zip")
        found.bundles[name] = BundleFactory(by=owner, subject=tenant.dossiers["submitted"].code, file=pack)
    return found
