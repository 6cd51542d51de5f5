"""What belongs to people themselves: colleagues, invitations, notices, letters, requests, copies, sessions, factors.

``own`` is the producer's, or of the producer's commune; ``other_district`` belongs to the officer of the other
district, or lies there. Letters P and N stand for what these two persons alone may know.
"""

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.sessions.backends.db import SessionStore
from django.core.files.base import ContentFile
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from accounts.factors import encrypt
from accounts.models import LetterKind, LetterStatus, Role
from foundation import clock
from foundation.areas.models import AreaKind
from tests.conftest import person
from tests.factories.accounts import FactorResetFactory, InvitationFactory, LetterFactory, NoticeFactory
from tests.factories.areas import AreaFactory, WhereaboutsFactory
from tests.factories.entities import EntityFactory
from tests.factories.privacy import ConsentFactory, DataExportFactory, DataRequestFactory
from tests.factories.products import ProductFactory
from tests.rights.canaries import canary

ENDED = dt.date(2023, 12, 31)
DAY = dt.timedelta(days=1)
OFFICES = ("own", "same_district", "other_district")
LETTERS = {"own": "P", "other_district": "N"}
LINKS = {"own": "loi-moi-con-cho", "withdrawn": "loi-moi-da-thu-hoi"}


@dataclass
class Personal:
    """By whose: the rows of each kind."""

    colleagues: dict
    charges: dict
    invitations: dict
    notices: dict
    letters: dict
    requests: dict
    copies: dict
    sessions: dict
    passkeys: dict
    resets: dict
    ended: dict
    lost: dict
    links: dict = field(default_factory=lambda: LINKS)


def personal(people, places):
    """Everything of this kind, given the people of the roles and the communes of the producers."""
    owners = {"own": people["producer"], "other_district": people["other_district_officer"]}
    keepers = {"own": people["second_administrator"], "other_district": people["second_administrator"]}
    colleagues = colleagues_in(places)
    ended = {name: ended_unit(places[name].parent, number) for number, name in enumerate(owners)}
    for owner in owners.values():
        ConsentFactory(person=owner)
    return Personal(
        colleagues={**colleagues, "administrator": people["second_administrator"]},
        charges={name: user.assignments.first() for name, user in colleagues.items()},
        invitations=invitations_to(places, people),
        notices={name: notice(owner, LETTERS[name]) for name, owner in owners.items()},
        letters=letters_to(owners, places),
        requests=requests_of({**owners, "administrator": people["administrator"]}),
        copies=copies_of(owners),
        sessions={name: session(owner) for name, owner in owners.items()},
        passkeys={name: passkey(owner) for name, owner in owners.items()},
        resets={
            "own": FactorResetFactory(person=colleagues["own"], asked_by=keepers["own"]),
            "other_district": FactorResetFactory(
                person=colleagues["other_district"], asked_by=keepers["other_district"]
            ),
        },
        ended=ended,
        lost={name: lost(unit, name) for name, unit in ended.items()},
    )


def colleagues_in(places):
    """An officer of each commune, who is none of the roles."""
    return {
        name: person(
            Role.COMMUNE_OFFICER,
            places[name],
            username=f"can-bo-{name.replace('_', '-')}",
            full_name=f"Cán bộ {canary(name, 'person')}",
        )
        for name in OFFICES
    }


def invitations_to(places, people):
    """To be an officer of each commune; and two producers, of whom one was taken back. An administrator sent them."""
    facts = {"role": Role.COMMUNE_OFFICER, "invited_by": people["second_administrator"]}
    for name, token in LINKS.items():  # their full name stands behind a link that anybody may hold
        status = "withdrawn" if name == "withdrawn" else "waiting"
        InvitationFactory(
            token=token, full_name=canary("Q", "guest"), status=status, **facts | {"role": Role.PRODUCER}
        )
    return {
        name: InvitationFactory(full_name=canary(name, "invited"), area=places[name], **facts)
        for name in OFFICES
    }


def notice(owner, letter):
    """Something that this person was told."""
    return NoticeFactory(person=owner, text=canary(letter, "notice"))


def letters_to(owners, places):
    """A letter about a record of the commune that could not be sent, and one with a secret in it, to each."""
    found = {}
    for name, owner in owners.items():
        facts = {"person": owner, "area": places[name], "to": f"{name.replace('_', '-')}@example.org"}
        found[name] = LetterFactory(
            kind=LetterKind.NOTICE,
            status=LetterStatus.GIVEN_UP,
            subject=canary(name, "subject"),
            body=canary(LETTERS[name], "body"),
            **facts,
        )
        found[f"{name}/secret"] = LetterFactory(
            kind=LetterKind.PASSWORD, body=canary(LETTERS[name], "door"), **facts | {"area": None}
        )
    return found


def requests_of(owners):
    """An open request of each person; the administrator's own as well."""
    return {
        name: DataRequestFactory(
            person=owner,
            code=f"yc-{name.replace('_', '-')}"[:20],
            what=canary(LETTERS.get(name, "R"), "request"),
        )
        for name, owner in owners.items()
    }


def copies_of(owners):
    """A copy of each person's data, and one that has expired."""
    found = {}
    for name, owner in owners.items():
        content = ContentFile(canary(LETTERS[name], "copy").encode(), name="a.zip")
        found[name] = DataExportFactory(person=owner, file=content)
    past = clock.now() - 9 * DAY
    found["own/expired"] = DataExportFactory(
        person=owners["own"],
        created_at=past,
        expires_at=past + DAY,
        file=ContentFile(canary("P", "old").encode(), name="b.zip"),
    )
    return found


def session(owner):
    """The person is signed in on another machine."""
    store = SessionStore()
    store.create()
    return UserSession.objects.create(
        user=owner, session_key=store.session_key, ip="127.0.0.1", user_agent="Firefox"
    )


def passkey(owner):
    """The person has a passkey and recovery codes. Written past the hooks, as the factory does."""
    row = Authenticator(
        user=owner, type=Authenticator.Type.WEBAUTHN, data={"name": "Khóa thử", "credential": credential()}
    )
    codes = {"seed": encrypt(f"hat-giong-{owner.pk}"), "used_mask": 0}
    spare = Authenticator(user=owner, type=Authenticator.Type.RECOVERY_CODES, data=codes)
    return Authenticator.objects.bulk_create([row, spare])[0]


def credential():
    """What a device answers when it makes a key."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    number = b"khoa-thu-nghiem!"
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    held = AttestedCredentialData.create(Aaguid.NONE, number, key)
    data = AuthenticatorData.create(hashlib.sha256(b"localhost").digest(), flags, 0, held)
    client = CollectedClientData.create("webauthn.create", b"0" * 32, "http://localhost")
    attested = AttestationObject.create("none", data, {})
    response = {"clientDataJSON": websafe_encode(client), "attestationObject": websafe_encode(attested)}
    named = dict.fromkeys(("id", "rawId"), websafe_encode(number))
    return {**named, "type": "public-key", "response": response}


def ended_unit(district, number):
    """A commune of the district that is no more and that nobody knows what became of."""
    unit = AreaFactory(
        kind=AreaKind.COMMUNE,
        code=f"9900{number}",
        name=f"Cũ {number}",
        parent=district,
        valid_to=ENDED,
    )
    WhereaboutsFactory(origin=unit, last=ENDED)
    WhereaboutsFactory(origin=unit, place=district, first=ENDED + DAY, left=unit, continues=False)
    return unit


def lost(unit, name):
    """A product of that commune, which waits to be assigned."""
    entity = EntityFactory(area=unit, name=f"Tổ {canary(name, 'lost')}")
    return ProductFactory(
        code=f"sp-{LETTERS[name].lower()}-lac", entity=entity, name=f"Chiếu {canary(name, 'lost')}"
    )
