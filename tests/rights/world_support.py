"""Support of the four producers: channels, strengthening, visits, agreed actions, grants; villages, policies, guidance.

Visits are the commune officer's of the producer's own kind: ``producer`` and ``other_producer`` have the
``commune_officer``, the others the officers of their own places.
"""

from dataclasses import dataclass, field

from django.core.files.base import ContentFile

from accounts.models.invitations import digest_of
from tests.factories.entities import (
    CraftVillageFactory,
    SalesChannelFactory,
    StrengtheningFactory,
    VillagePhotoFactory,
)
from tests.factories.products import CarriedFactory
from tests.factories.support import (
    DAY,
    AgreedActionFactory,
    CalendarLinkFactory,
    FieldVisitFactory,
    GuideFactory,
    GuideSampleFactory,
    GuideTickFactory,
    SupportGrantFactory,
    SupportPolicyFactory,
    VisitPhotoFactory,
)
from tests.rights.canaries import TENANTS, canary
from tests.rights.places import AWAY, OWN, SAME_COMMUNE, SAME_DISTRICT

PDF = "application/pdf"
OFFICER_OF = {
    OWN: "commune_officer",
    SAME_COMMUNE: "commune_officer",
    SAME_DISTRICT: "other_commune_officer",
    AWAY: "other_district_officer",
}
FEEDS = {OWN: "lich-cua-chu-the-thu", AWAY: "lich-cua-can-bo-huyen-khac"}


@dataclass
class Support:
    """What belongs to no producer; by producer's place: what does."""

    village: object
    recognised: object
    photos: dict
    policy: object
    guide: object
    sample: object
    channels: dict = field(default_factory=dict)
    carried: dict = field(default_factory=dict)
    strengthenings: dict = field(default_factory=dict)
    visits: dict = field(default_factory=dict)
    visit_photos: dict = field(default_factory=dict)
    actions: dict = field(default_factory=dict)
    grants: dict = field(default_factory=dict)


def support(people, tenants, village):
    """Everything of this kind."""
    guide = GuideFactory(code="ghi-nhan-thu")
    recognised = CraftVillageFactory(
        area=tenants[AWAY].entity.area,
        code="lang-cong-nhan",
        status="recognised",
        decision_number="12/QĐ-UBND",
        decided_on=DAY,
    )
    found = Support(
        village=village,
        recognised=recognised,
        photos={row: VillagePhotoFactory(village=row) for row in (village, recognised)},
        policy=SupportPolicyFactory(code="cho-vay-thu"),
        guide=guide,
        sample=GuideSampleFactory(guide=guide),
    )
    for name, tenant in tenants.items():
        sells(found, name, tenant)
        visited(found, name, tenant, people[OFFICER_OF[name]])
        GuideTickFactory(item=guide.items.first(), entity=tenant.entity)
    for name, role in ((OWN, "producer"), (AWAY, "other_district_officer")):
        CalendarLinkFactory(person=people[role], token_sha256=digest_of(FEEDS[name]))
    return found


def proof(word):
    """Evidence with the word in it."""
    return {"evidence": ContentFile(f"%PDF-1.7 {word}".encode(), name="a.pdf"), "evidence_type": PDF}


def sells(found, name, tenant):
    """Where the producer sells, how it was strengthened, what it received."""
    word = canary(name, "trade")
    letter = TENANTS[name].lower()
    facts = {"entity": tenant.entity, "note": word, **proof(word)}
    found.channels[name] = SalesChannelFactory(
        code=f"kenh-{letter}", partner=f"Siêu thị {canary(name, 'shop')}", **facts
    )
    found.carried[name] = CarriedFactory(channel=found.channels[name], product=tenant.rated.product)
    found.strengthenings[name] = StrengtheningFactory(code=f"cung-co-{letter}", **facts)
    found.grants[name] = SupportGrantFactory(
        entity=tenant.entity, policy=found.policy, decision_number=canary(name, "grant")
    )


def visited(found, name, tenant, officer):
    """A planned visit, one held with photo and agreed actions, of which one is done."""
    word = canary(name, "visit")
    facts = {"entity": tenant.entity, "officer": officer, "purpose": word}
    found.visits[name] = {
        "planned": FieldVisitFactory(**facts),
        "held": FieldVisitFactory(**facts, status="held", held_on=DAY, findings=word),
    }
    held = found.visits[name]["held"]
    photo = ContentFile(f"jpeg {word}".encode(), name="a.jpg")
    found.visit_photos[name] = VisitPhotoFactory(visit=held, image=photo)
    done = {"done_on": DAY, "done_by": officer, "done_note": word}
    found.actions[name] = {
        "open": AgreedActionFactory(visit=held, what=f"Sửa nhãn {word}"),
        "done": AgreedActionFactory(visit=held, what=f"Đã sửa {word}", **done, **proof(word)),
    }
