"""The invented channels, strengthening and craft village of the demonstration, through the deeds that people do."""

from entities.actions.channels import end_channel, open_channel
from entities.actions.strengthening import record_strengthening
from entities.actions.villages import recognise_village, register_village
from foundation import clock
from products.actions import put_on_channel


def tell(story, users, entities, place):
    """All of it up to today; ``place`` gives the unit of today for a commune of the story."""
    for facts in story["channels"]:
        if facts["since"] <= clock.today():
            tell_channel(dict(facts), users, entities)
    for facts in story["strengthenings"]:
        if facts["day"] <= clock.today():
            kept = {name: facts[name] for name in ("kind", "day", "note")}
            record_strengthening(entities[facts["entity"]], by=users[facts["by"]], **kept)
    for facts in story["villages"]:
        tell_village(dict(facts), users, place)


def tell_channel(facts, users, entities):
    """A channel, what it carries, and its end when that day has come."""
    by, entity = users[facts.pop("by")], entities[facts.pop("entity")]
    until, why, carries = (facts.pop(name, None) for name in ("until", "why", "carries"))
    channel = open_channel(entity, by=by, **facts)
    if carries and (product := entity.products.first()):
        put_on_channel(channel, product=product, since=channel.since, by=by)
    if until and until <= clock.today():
        end_channel(channel, by=by, until=until, note=why)


def tell_village(facts, users, place):
    """A village with its recognition."""
    by, area, paper = users[facts.pop("by")], place(facts.pop("commune")), facts.pop("decision")
    village = register_village(by=by, area=area, is_demo=True, **facts)
    if paper["decided_on"] <= clock.today():
        recognise_village(village, by=by, **paper)
