"""The invented screening list, calendar, plan, facts and return of the demonstration, through real deeds."""

import datetime as dt
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone

from foundation import clock
from foundation.regimes.models import CriteriaSet, Regime
from foundation.ui.papers import render_pdf
from products import permissions
from products.actions import inspections, plans, potentials, record_past_rating, renewals, tracking
from products.actions.cycle import set_calendar
from products.models import Product
from products.past import PastRating

PAPER = Path(__file__).with_name("paper.typ")


def tell(story, users, entities, place):
    """All of it up to today; ``place`` gives the unit of today for a code of the story."""
    for facts in story["potentials"]:
        tell_potential(facts, [users[name] for name in facts["by"]], entities[facts["entity"]])
    for facts in story["calendar"]:
        tell_calendar(facts, [users[name] for name in facts["by"]], place(facts["at"]))
    tell_plan(story["plan"], users, entities)
    tell_rated(story["rated"], users, entities)
    tell_revoked(story["revoked"], users, entities)


def first(people, allowed, *about):
    """Whoever of these people may, today."""
    return next((person for person in people if allowed(person, *about)), None)


def tell_potential(facts, officers, entity):
    """A line of the list, by the officer whose office it is today."""
    if (by := first(officers, permissions.may_screen, entity.area)) is None:
        return
    regime = Regime.objects.for_filing(clock.today())
    named = facts.get("producer", "")
    row = potentials.screen_product(
        by=by,
        year=clock.today().year,
        area=entity.area,
        name=facts["name"],
        entity=None if named else entity,
        producer_name=named,
        criteria_set=CriteriaSet.objects.offered().get(regime=regime, code=facts["set"]),
        strengths=facts["strengths"],
        gaps=facts["gaps"],
    )
    if "dropped" in facts and permissions.may_drop_potential(by, row):
        potentials.drop_potential(row, by=by, note=facts["dropped"])


def tell_calendar(facts, officers, area):
    """The days of this year's steps."""
    if (by := first(officers, permissions.may_set_calendar, area)) is None:
        return
    year = clock.today().year
    days = {
        code: (
            dt.date.fromisoformat(f"{year}-{begin}"),
            dt.date.fromisoformat(f"{year}-{end}"),
            note,
        )
        for code, (begin, end, note) in facts["steps"].items()
    }
    set_calendar(area, by=by, year=year, source=facts["source"], days=days)


def tell_plan(facts, users, entities):
    """A plan that was agreed to and is being carried out."""
    by, today = users[facts["by"]], clock.today()
    product = entities[facts["entity"]].products.get(idea__isnull=False)
    plan = plans.open_plan(product, by=by)
    for section, text in facts["parts"].items():
        plans.write_part(plan, by=by, section=section, text=text, version=0)
    for line in facts["lines"]:
        plans.add_line(plan, by=by, **line)
    steps = [
        plans.add_milestone(plan, by=by, title=row["title"], due_on=today + dt.timedelta(row["days"]))
        for row in facts["milestones"]
    ]
    plans.submit_plan(plan, by=by)
    plan.refresh_from_db()
    judge = first([users[name] for name in facts["judges"]], permissions.may_check_plan, plan)
    plans.approve_plan(plan, by=judge)
    for row, step in zip(facts["milestones"], steps, strict=True):
        if "done" in row:
            day = today + dt.timedelta(row["done"])
            plans.track_milestone(step, by=by, done_on=day, note=row["note"])


def tell_rated(facts, users, entities):
    """A product whose stars have run out: facts of its time, and the return of the last year when it is still due."""
    by, producer, entity = users[facts["by"]], users[facts["producer"]], entities[facts["entity"]]
    product = make_rated(facts, entity, by)
    for row in facts["facts"]:
        tracking.record_fact(product, by=by, **row)
    inspection = facts["inspection"]
    inspections.record_inspection(product, by=by, **inspection["found"])
    inspections.record_mending(product.inspections.get(), by=by, **inspection["mended"])
    tracking.tell_story(product, by=producer, text=facts["story"])
    for year in tracking.open_for(product, clock.today()):
        tracking.file_return(product, by=producer, year=year, **facts["return"])


def make_rated(facts, entity, by):
    """A product with the stars of a decision of the past, which the officer writes down."""
    product = Product.objects.create(
        code=facts["code"],
        name=facts["name"],
        entity=entity,
        area=entity.area,
        industry=facts["industry"],
        set_code=facts["set"],
        is_demo=True,
    )
    record_past_rating(product, PastRating(**facts["decision"]), by=by)
    return product


def tell_revoked(facts, users, entities):
    """Stars of the past that were taken back, by whoever of the officers keeps their papers today."""
    entity = entities[facts["entity"]]
    rating = make_rated(facts, entity, users[facts["recorder"]]).ratings.get()
    officer = first([users[name] for name in facts["by"]], permissions.may_tend, rating)
    if officer is not None:
        words = {"title": "Quyết định thu hồi (trình diễn)", "entity": entity.name, "product": facts["name"]}
        moment = timezone.make_aware(dt.datetime.combine(facts["revocation"]["day"], dt.time(8)))
        paper = ContentFile(render_pdf(PAPER, words, moment=moment), name="thu-hoi.pdf")
        renewals.revoke(rating, by=officer, file=paper, **facts["revocation"])
