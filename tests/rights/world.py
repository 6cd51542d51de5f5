"""Four producers with the same records, each text with a canary of its own, and everybody who might look.

``own``, ``same_commune``, ``same_district`` and ``other_district`` tell where the producer sits, seen from the
``producer`` and the ``commune_officer`` of the roles. A canary names the producer and the class of the text; who may
read which class stands in tests/rights/reading.py.
"""

import datetime as dt
import io
import zipfile
from dataclasses import dataclass, field

from django.core.files.base import ContentFile

from accounts.models import Role
from entities.models import Membership
from evaluation import actions as evaluation
from evaluation.models import Post, Seat
from foundation.areas.models import Area, AreaKind
from foundation.jobs.models import JobState
from foundation.trail.moves import write
from products.models import DossierStatus, IdeaStatus
from targets import papers, progress
from tests.conftest import area, person
from tests.evaluation.stories import FOUR_STARS, THREE_STARS, again, holder
from tests.factories.accounts import UserFactory
from tests.factories.entities import CraftVillageFactory, EntityFactory
from tests.factories.evaluation import CaseFactory, OpinionFactory, ScoreSheetFactory, council_of, fill
from tests.factories.products import (
    CertificateFactory,
    DossierFactory,
    EvidenceFactory,
    IdeaFactory,
    ProductFactory,
    RatingFactory,
)
from tests.factories.promotion import EventFactory, EventProductFactory
from tests.factories.targets import JobFactory, ProgressReportFactory, YearPlanFactory
from tests.products.whole import law_of_2026
from tests.rights.canaries import TENANTS, canary
from tests.rights.world_certificates import ended, inspections, petitions
from tests.rights.world_councils import council_life
from tests.rights.world_dossiers import dossiers
from tests.rights.world_files import files
from tests.rights.world_late import closed_days
from tests.rights.world_outcomes import outcomes
from tests.rights.world_people import personal
from tests.rights.world_plans import plans
from tests.rights.world_producers import producers
from tests.rights.world_scoring import asked_again
from tests.rights.world_support import support

SENT = dt.date(2024, 9, 1)


@dataclass
class Tenant:
    """A producer and its records: by name the state they are in."""

    name: str
    entity: object
    ideas: dict = field(default_factory=dict)
    dossiers: dict = field(default_factory=dict)
    evidence: dict = field(default_factory=dict)
    cases: dict = field(default_factory=dict)
    rated: object = None
    openable: object = None


@dataclass
class World:
    """All tenants, all people by role, and what belongs to no producer."""

    tenants: dict
    people: dict
    councils: dict
    reports: dict
    jobs: dict
    plan: object
    village: object
    event: object
    personal: object
    support: object
    producers: object
    plans: object
    files: object
    outcomes: dict
    inspections: object
    petitions: object
    ended: object


def build():
    """The whole world; takes seconds, so once per module."""
    commune = area("13345", AreaKind.COMMUNE)
    district, province = commune.parent, area("35", AreaKind.PROVINCE)
    beside = (
        Area.objects.communes().on(SENT).filter(parent=district).exclude(pk=commune.pk).with_parents().first()
    )
    away = area("13306", AreaKind.COMMUNE)
    places = {
        "own": commune,
        "same_commune": commune,
        "same_district": beside,
        "other_district": away,
    }
    councils = {
        "own": council_of(district, Post.CHAIR, Post.MEMBER, Post.SECRETARY, petition_days=15),
        "other": council_of(
            away.parent,
            Post.CHAIR,
            Post.MEMBER,
            Post.SECRETARY,
            issuer="UBND thành phố Phủ Lý",
            petition_days=15,
        ),
        "upper": council_of(province, level="province", issuer="Ủy ban nhân dân tỉnh Hà Nam"),
    }
    plan = YearPlanFactory()
    people = everybody(commune, beside, away, province, councils)
    tenants = {name: producer(name, place) for name, place in places.items()}
    for name, tenant in tenants.items():
        Membership.objects.create(
            entity=tenant.entity,
            user=people.get({"own": "producer", "same_commune": "other_producer"}.get(name)) or UserFactory(),
        )
        before_councils(tenant, councils["other" if name == "other_district" else "own"])
        asked_again(tenant, people["department_officer"])
    council_life(councils, tenants)
    dossiers(tenants)
    closed_days(province)
    EntityFactory(area=away, name=f"Tổ {canary('other_district', 'maker')}")  # no product of its own yet
    village = CraftVillageFactory(area=commune)
    event = EventFactory()
    for tenant in tenants.values():
        EventProductFactory(event=event, product=tenant.rated.product)
    return World(
        tenants=tenants,
        people=people,
        councils=councils,
        reports=reports(plan, {"own": district, "other_district": away.parent, "province": province}),
        jobs=jobs(people),
        plan=plan,
        village=village,
        event=event,
        personal=personal(people, places),
        support=support(people, tenants, village),
        producers=producers(people, tenants),
        plans=plans(tenants, province),
        files=files(tenants),
        outcomes=outcomes(tenants, councils),
        inspections=inspections(tenants),
        petitions=petitions(tenants),
        ended=ended(tenants),
    )


def everybody(commune, beside, away, province, councils):
    """One person of each role, by the name of the role in docs/rights.md."""
    found = {
        "nobody": UserFactory(),
        "producer": person(Role.PRODUCER),
        "other_producer": person(Role.PRODUCER),
        "commune_officer": person(Role.COMMUNE_OFFICER, commune),
        "other_commune_officer": person(Role.COMMUNE_OFFICER, beside),
        "district_officer": person(Role.DISTRICT_OFFICER, commune.parent),
        "other_district_officer": person(Role.DISTRICT_OFFICER, away.parent),
        "province_officer": person(Role.PROVINCE_OFFICER, province),
        "department_officer": person(Role.DEPARTMENT_OFFICER, province),
        "manager": person(Role.MANAGER, province),
        "administrator": person(Role.ADMINISTRATOR),
        "second_administrator": person(Role.ADMINISTRATOR),  # no column: whom administrators look at
    }
    seats = {
        "judge": ("own", Post.MEMBER),
        "other_judge": ("other", Post.MEMBER),
        "secretary": ("own", Post.SECRETARY),
        "chair": ("own", Post.CHAIR),
    }
    for role, (council, post) in seats.items():
        user = person(Role.COUNCIL_MEMBER, councils[council].area)
        Seat.objects.filter(council=councils[council], post=post).update(user=user)
        found[role] = user
    for user in found.values():
        user.set_password("mot-cau-khong-ai-biet")
        user.save(update_fields=["password"])
    return found


def producer(name, place):
    """A producer with ideas and dossiers in every state."""

    def word(kind):
        return canary(name, kind)

    entity = EntityFactory(area=place, name=f"Hợp tác xã {word('name')}", note=word("note"))
    tenant = Tenant(name, entity)
    for status in IdeaStatus:
        kind = "draft" if status == IdeaStatus.DRAFT else "idea"
        tenant.ideas[status.value] = IdeaFactory(
            code=f"yt-{TENANTS[name].lower()}-{status.value}",
            entity=entity,
            name=f"Lụa {status.value} {word(kind)}",
            description=word(kind),
            photo=ContentFile(b"jpeg " + word(kind).encode(), name="a.jpg"),
            status=status,
            submitted_on=None if status == IdeaStatus.DRAFT else SENT,
        )
        write(tenant.ideas[status.value], "Ghi", by=None, note=word(kind))
    for status in DossierStatus:
        if status not in {DossierStatus.UNDER_EVALUATION, DossierStatus.RATED}:
            tenant.dossiers[status.value] = dossier(tenant, status)
    tenant.openable = ProductFactory(
        code=f"sp-{TENANTS[name].lower()}-moi",
        entity=entity,
        idea=IdeaFactory(entity=entity, status=IdeaStatus.ACCEPTED, submitted_on=SENT, name=word("idea")),
        name=word("idea"),
    )
    tenant.rated = rated(tenant)
    return tenant


def dossier(tenant, status, label=None):
    """A dossier in this state with evidence and a word in its story."""
    sent = status != DossierStatus.DRAFT
    kind, label = "dossier" if sent else "secret", label or str(status.value)
    word = canary(tenant.name, kind)
    law = law_of_2026() if status == DossierStatus.AT_COMMUNE else {}  # only there the commune assesses
    row = DossierFactory(
        **law,
        code=f"hs-{TENANTS[tenant.name].lower()}-{label}"[:20].replace("_", "-"),
        product=ProductFactory(entity=tenant.entity, name=f"Lụa {word}", description=word),
        status=status,
        spec=word,
        capacity=word,
        introduction=word,
        submitted_on=SENT if sent else None,
        accepted_on=SENT if status == DossierStatus.ACCEPTED else None,
    )
    content = f"%PDF-1.7 {word}".encode()
    tenant.evidence[label] = EvidenceFactory(
        dossier=row, title=word, file=ContentFile(content, name="a.pdf"), size=len(content)
    )
    write(row, "Ghi", by=None, note=word)
    return row


def rated(tenant):
    """A public product with stars and a certificate."""
    product = ProductFactory(
        code=f"sp-{TENANTS[tenant.name].lower()}-sao",
        entity=tenant.entity,
        name=f"Khăn {canary(tenant.name, 'name')}",
        photo=ContentFile(b"jpeg", name="b.jpg"),
    )
    row = dossier(tenant, DossierStatus.RATED)
    tenant.dossiers["rated"] = row
    certificate = CertificateFactory(
        number=f"35-{TENANTS[tenant.name]}/2024/0001",
        rating=RatingFactory(product=product),
        file=ContentFile(b"%PDF-1.7 " + canary(tenant.name, "name").encode(), name="c.pdf"),
    )
    certificate.rating.certificate = certificate
    return certificate.rating


def before_councils(tenant, council):
    """Cases: sealed, ready to be opened, opened, asked to be scored again, concluded, forwarded."""
    chair, clerk = holder(council, Post.CHAIR), holder(council, Post.SECRETARY)
    for name, (choices, steps) in STAGES.items():
        case = lay_before(tenant, council, name)
        if choices is None:
            half_filled(tenant, case)
        else:
            hand_in(tenant, case, "sheet" if steps else "sealed", choices)
        if steps:
            evaluation.open_case(case, by=chair)
        if steps > 1:
            evaluation.conclude(again(case), by=chair, conclusion="Nhất trí.")
        if steps > 2:
            evaluation.forward(again(case), by=clerk)
        tenant.cases[name] = again(case)


# Stage → what is chosen on the sheets (nothing is handed in when None), how many steps the council has taken since.
STAGES = {
    "sealed": (None, 0),
    "complete": (THREE_STARS, 0),
    "opened": (THREE_STARS, 1),
    "asked": (THREE_STARS, 1),
    "concluded": (THREE_STARS, 2),
    "to_forward": (FOUR_STARS, 2),
    "forwarded": (FOUR_STARS, 3),
}


def hand_in(tenant, case, kind, choices):
    """Every sheet filled in and handed in with an opinion."""
    for sheet in case.sheets.select_related("seat__user"):
        fill(sheet, **choices)
        evaluation.hand_in(sheet, by=sheet.seat.user, remark=canary(tenant.name, kind))


def lay_before(tenant, council, name):
    """A case with a sheet for each seat."""
    row = dossier(tenant, DossierStatus.UNDER_EVALUATION, label=name)
    case = CaseFactory(
        code=f"PDG-{TENANTS[tenant.name]}-{name.replace('_', '-')}", council=council, dossier=row
    )
    for seat in council.seats.all():
        ScoreSheetFactory(case=case, seat=seat)
    write(case, "Ghi", by=None, note=canary(tenant.name, "case"))
    return case


def half_filled(tenant, case):
    """The member has answered everything and not handed in; a note and a strike that nobody else may read."""
    sheet = case.sheets.get(seat__post=Post.MEMBER)
    fill(sheet)
    sheet.scores.update(note=canary(tenant.name, "sealed"))
    word = canary(tenant.name, "sealed")
    OpinionFactory(sheet=sheet, struck=[["6.2", word]], remark=word)


def zipped(word):
    """A workbook-like file that holds the word compressed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<sst><si><t>{word}</t></si></sst>")
    return buffer.getvalue()


def reports(plan, places):
    """A report on each unit; letters E, F and G stand for their readers' unit."""
    found = {}
    for letter, (name, place) in zip("EFG", places.items(), strict=True):
        word = canary(letter, "report")
        found[name] = ProgressReportFactory(
            code=f"bc-{name.replace('_', '-')}",
            plan=plan,
            area=place,
            figures=papers.frozen(progress.open_books(plan, SENT), place),
            pdf=ContentFile(f"%PDF-1.7 {word}".encode(), name="a.pdf"),
            docx=ContentFile(zipped(word), name="a.docx"),
            xlsx=ContentFile(zipped(word), name="a.xlsx"),
        )
    return found


def jobs(people):
    """A job of the manager and one of the other district's officer."""
    facts = {"state": JobState.DONE, "result_url": "/bao-cao/"}
    return {
        "own": JobFactory(
            by=people["manager"], title=canary("M", "job"), message=canary("M", "job"), **facts
        ),
        "other_district": JobFactory(by=people["other_district_officer"], title=canary("N", "job"), **facts),
    }
