"""Facts, people, invitations and sign-ups of the four producers; producers with a public page; imports of workbooks.

The four producers of the world are candidates without a public page. In ``known`` a second record of the first and the
last stands, which takes part, has a public page and nobody of its own; it has the phone of the first record.
"""

from dataclasses import dataclass, field

from django.core.files.base import ContentFile

from accounts.models import ImportStatus
from accounts.models.invitations import digest_of
from entities.models import EntityStatus, InviteStatus, MemberRole, SignUpStatus
from foundation.jobs.models import JobState
from tests.factories.accounts import UserFactory
from tests.factories.entities import (
    EntityFactory,
    EntityInvitationFactory,
    EntityPhotoFactory,
    MembershipFactory,
    SignUpFactory,
    SpellFactory,
    YearFiguresFactory,
)
from tests.factories.imports import ImportRowFactory, ImportRunFactory
from tests.factories.targets import JobFactory
from tests.rights.canaries import TENANTS, canary
from tests.rights.places import AWAY, OWN

PHONES = {OWN: "0226 111 111", AWAY: "0226 222 222"}
JOININGS = {OWN: "loi-moi-cua-chu-the", "withdrawn": "loi-moi-chu-the-thu-hoi"}
IMPORTERS = {OWN: "commune_officer", AWAY: "other_district_officer"}
YEAR = 2023


@dataclass
class Producers:
    """By producer's place: what belongs to it; by the place of the officer: what was imported."""

    known: dict = field(default_factory=dict)
    photos: dict = field(default_factory=dict)
    known_photos: dict = field(default_factory=dict)
    members: dict = field(default_factory=dict)
    invitations: dict = field(default_factory=dict)
    signups: dict = field(default_factory=dict)
    runs: dict = field(default_factory=dict)
    links: dict = field(default_factory=lambda: JOININGS)


def producers(people, tenants):
    """Everything of this kind."""
    found = Producers()
    for name, tenant in tenants.items():
        described(found, name, tenant.entity)
        peopled(found, name, tenant.entity)
        signed_up(found, name, tenant.entity.area, people["nobody"] if name == OWN else UserFactory())
    for name in (OWN, AWAY):
        found.known[name] = known(found, name, tenants[name].entity)
    for name, token in JOININGS.items():
        EntityInvitationFactory(
            entity=tenants[OWN].entity,
            invited_by=people["producer"],
            full_name=canary("Q", "joiner"),
            token_sha256=digest_of(token),
            status=InviteStatus.WITHDRAWN if name == "withdrawn" else InviteStatus.WAITING,
        )
    found.runs = {name: runs(name, people[role]) for name, role in IMPORTERS.items()}
    return found


def picture(word):
    """A stand-in for a photo with the word in it."""
    return ContentFile(f"jpeg {word}".encode(), name="a.jpg")


def described(found, name, entity):
    """Who represents it and where, its logo and photo, how it stood, a year of figures."""
    word = canary(name, "facts")
    entity.representative, entity.address, entity.registration_number = word, word, word
    entity.phone = PHONES.get(name, "")
    entity.logo.save("a.jpg", picture(word), save=False)
    entity.save()
    found.photos[name] = EntityPhotoFactory(entity=entity, caption=word, image=picture(word))
    SpellFactory(entity=entity, status=EntityStatus.CANDIDATE, note=word)
    YearFiguresFactory(entity=entity, year=YEAR)


def peopled(found, name, entity):
    """Somebody who edits, and somebody who is invited to."""
    owner = entity.memberships.first().user
    editor = UserFactory(full_name=canary(name, "member"))
    found.members[name] = MembershipFactory(entity=entity, user=editor, role=MemberRole.EDITOR)
    found.invitations[name] = EntityInvitationFactory(
        entity=entity, invited_by=owner, full_name=canary(name, "member")
    )


def signed_up(found, name, area, user):
    """A household of the commune waits; another one of the same person was refused."""
    word = canary(name, "signup")
    facts = {"area": area, "user": user, "name": f"Hộ {word}", "representative": word, "address": word}
    found.signups[name] = {
        "waiting": SignUpFactory(**facts),
        "refused": SignUpFactory(**facts, status=SignUpStatus.REFUSED, reason=word),
    }


def known(found, name, entity):
    """A producer of the same commune with a public page, whose contacts stand on none of the public ones."""
    shown, word = canary(name, "shown"), canary(name, "facts")
    row = EntityFactory(
        code=f"ct-{TENANTS[name].lower()}-cong-khai",
        area=entity.area,
        name=f"Hội {shown}",
        status=EntityStatus.PARTICIPATING,
        phone=PHONES[name],
        representative=word,
        address=word,
        note=word,
    )
    row.logo.save("b.jpg", picture(shown))
    SpellFactory(entity=row, note=word)
    YearFiguresFactory(entity=row, year=YEAR)
    found.known_photos[name] = EntityPhotoFactory(entity=row, caption=shown, image=picture(shown))
    return row


def runs(name, officer):
    """The officer's imports: one whose columns are to be chosen, one with a wrong row, one whose job was given up."""
    word = canary(name, "import")
    facts = {"by": officer, "file_name": f"{word}.xlsx"}
    given_up = JobFactory(by=officer, title="Kiểm tra tệp", state=JobState.FAILED, message="Đã thử ba lần.")
    found = {
        "mapping": ImportRunFactory(**facts, status=ImportStatus.MAPPING),
        "ready": ImportRunFactory(**facts),
        "stuck": ImportRunFactory(**facts, status=ImportStatus.CHECKING, job=given_up),
    }
    ImportRowFactory(run=found["ready"], title=word, reason=word, cells=[word, ""])
    return found
