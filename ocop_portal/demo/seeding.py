"""Writes the demonstration: people and councils as rows, everything else through the deeds that people do."""

import datetime as dt
from pathlib import Path

import yaml
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.db import transaction

from accounts.models import GUARDED, Assignment, Consent, Role, User
from entities.actions import visits
from entities.models import Entity, Membership, Spell, SupportPolicy, YearFigures
from entities.permissions import may_plan_visit
from evaluation.models import Council, Seat
from foundation import clock
from foundation.areas.models import Area
from foundation.regimes.models import CriteriaSet, Criterion, Regime
from ocop_portal.demo import dossiers, planning, trade
from products import actions
from products.permissions import may_judge_idea

HERE = Path(__file__).resolve().parent
PASSWORD = "ocop-demo-2024"
STORY_BEGINS = dt.date(2024, 1, 1)  # invented producers are candidates until they send an idea
CODES_DAY = dt.date(2024, 12, 31)  # the story names units by the codes of 2024
WITHOUT_AREA = {Role.PRODUCER, Role.ADMINISTRATOR}


@transaction.atomic
def seed():
    """Everything or nothing; returns how many people, councils and ideas there are now."""
    people, story = read("people.yaml"), read("story.yaml")
    place = Area.objects.places_on(CODES_DAY)
    users = make_people(people["people"], people["start"], place)
    entities = {facts["code"]: make_entity(facts, users, place) for facts in story["entities"]}
    for facts in story["councils"]:
        make_council(facts, users, place)
    for facts in story["ideas"]:
        judges = [users[name] for name in facts.get("judges", ())]
        tell_idea(facts, users[facts["by"]], judges, entities[facts["entity"]])
    trade.tell(read("trade.yaml"), users, entities, lambda code: seat(place(code)))
    dossiers.tell(read("dossiers.yaml"), users, entities)  # before the calendar, which may be closed today
    planning.tell(
        read("planning.yaml"),
        users,
        entities,
        lambda code: place(district=code) if len(code) == 3 else province(),
    )
    for facts in story["visits"]:
        tell_visit(facts, [users[name] for name in facts["by"]], entities[facts["entity"]])
    for facts in story["policies"]:
        SupportPolicy.objects.create(is_demo=True, **facts)
    return len(users), len(story["councils"]), len(story["ideas"])


def read(name):
    """A file of the story."""
    return yaml.safe_load((HERE / name).read_text(encoding="utf-8"))


def make_people(rows, start, place):
    """The people with their charges, by user name. They share one password, so it is hashed once.

    Whoever needs a second factor has one; the sign-in page shows its codes in place of a phone.
    """
    password, users = make_password(PASSWORD), {}
    for order, facts in enumerate(rows, 1):
        user = User.objects.create(
            username=facts["username"],
            full_name=facts["full_name"],
            title=facts["title"],
            email=f"{facts['username']}@trinh-dien.example",
            password=password,
            is_demo=True,
            demo_order=order,
        )
        area = (
            None
            if facts["role"] in WITHOUT_AREA
            else seat(place(facts.get("commune"), facts.get("district")))
        )
        Assignment.objects.create(user=user, role=facts["role"], area=area, start=start)
        users[user.username] = user
        if facts["role"] in GUARDED:
            TOTP.activate(user, generate_totp_secret())
    unasked = {facts["username"] for facts in rows if facts.get("unasked")}
    Consent.objects.grant([user for user in users.values() if user.username not in unasked], clock.today())
    return users


def province():
    """The province of today."""
    return Area.objects.provinces().current().with_parents().order_by("code").first()


def seat(area):
    """The unit where such an officer sits today: the heir of the same level, else the unit of 2024 as history."""
    heir = area.place_on(clock.today()).unit
    return heir if heir.kind == area.kind else area


def make_entity(facts, users, place):
    """An invented producer with the people who act for it."""
    entity = Entity.objects.create(
        code=facts["code"],
        name=facts["name"],
        kind=facts["kind"],
        area=seat(place(facts["commune"])),
        is_demo=True,
        **facts.get("facts", {}),
    )
    Spell.objects.create(entity=entity, status=entity.status, since=STORY_BEGINS, seen_on=STORY_BEGINS)
    for year, (revenue, profit, workers) in facts.get("years", {}).items():
        figures = {"revenue": revenue, "profit": profit, "workers": workers}
        YearFigures.objects.create(entity=entity, year=year, **figures)
    Membership.objects.bulk_create([Membership(entity=entity, user=users[name]) for name in facts["people"]])
    return entity


def make_council(facts, users, place):
    """A council with the rules of its Quy chế and its seats."""
    given = ("code", "name", "level", "issuer", "decision_number", "decided_on")
    council = Council.objects.create(
        area=place(district=facts.get("district")),
        is_demo=True,
        **{name: facts[name] for name in given},
        **facts["rules"],
    )
    Seat.objects.bulk_create(
        [
            Seat(council=council, user=users[name], name=users[name].full_name, post=post)
            for name, post in facts["seats"].items()
        ]
    )


def tell_idea(facts, author, judges, entity):
    """An idea, taken through real deeds as far as the story says; of the judges the one whose office it is today."""
    regime = Regime.objects.for_filing(clock.today())
    idea = actions.register_idea(
        by=author,
        entity=entity,
        area=entity.area,
        kind=facts["kind"],
        criteria_set=CriteriaSet.objects.offered().get(regime=regime, code=facts["set"]),
        name=facts["name"],
        description=facts["description"],
    )
    actions.submit_idea(idea, by=author)
    judge = next((person for person in judges if may_judge_idea(person, idea)), None)
    if facts["becomes"] == "returned":
        actions.return_idea(idea, by=judge, note=facts["note"])
    if facts["becomes"] == "accepted":
        product = actions.accept_idea(idea, by=judge, note=facts["note"])
        tell_dossier(facts["dossier"], product, author)


def tell_visit(facts, officers, entity):
    """A visit by whoever of the officers looks after the place today; days are counted from today."""
    officer = next((person for person in officers if may_plan_visit(person, entity)), None)
    if officer is None:
        return
    today = clock.today()
    visit = visits.plan_visit(
        by=officer,
        entity=entity,
        planned_on=today + dt.timedelta(days=facts["days"]),
        topics=facts["topics"],
        purpose=facts["purpose"],
    )
    if "findings" in facts:
        due_on = today + dt.timedelta(days=facts["due"])
        agreed = [{"what": facts["agreed"], "due_on": due_on, "owner": None}]
        visits.hold_visit(
            visit, by=officer, held_on=visit.planned_on, findings=facts["findings"], agreed=agreed
        )


def tell_dossier(facts, product, author):
    """A dossier in the middle of being written."""
    dossier = actions.open_dossier(product, by=author)
    actions.save_registration(dossier, by=author, **facts["registration"])
    for criterion in Criterion.objects.of(dossier.criteria_set)[: facts["answered"]]:
        options = criterion.options.all()
        actions.choose(dossier, criterion, options[len(options) // 2], version=0, by=author)
