"""What became of stars in a year: ran out, revoked, evaluated again; and units that went over into another. No Django.

Each counts a product once, by the facts that were recorded; nothing here is estimated.
"""

import datetime as dt

from targets.counting import Figure

DAY = dt.timedelta(days=1)


def expired_figure(facts, scope, year, day):
    """Products whose stars ran out in the year by that day, and that had no others to go on with."""
    return _of(_last(facts, scope, year, day, lambda fact: _runs_out(facts, fact)))


def revoked_figure(facts, scope, year, day):
    """Products whose stars were revoked in the year by that day."""
    return _of(_last(facts, scope, year, day, _is_taken))


def reevaluated_figure(facts, scope, year, day):
    """Products that had stars before and were given stars again in the year, as many, more or fewer."""
    first = {}
    for fact in facts.facts:
        first[fact.product] = min(fact.starts_on, first.get(fact.product, fact.starts_on))
    rows = (
        fact
        for fact in _inside(facts, scope)
        if fact.starts_on.year == year and first[fact.product] < fact.starts_on <= day
    )
    return _of({fact.product: fact for fact in sorted(rows, key=lambda fact: fact.starts_on)})


def _inside(facts, scope):
    return (fact for fact in facts.facts if scope.takes(fact) and scope.stars in {None, fact.stars})


def _last(facts, scope, year, day, ended):
    """Product → the fact that ended in the year by the day; ``ended`` gives the day from which it counts no more."""
    found = {}
    for fact in _inside(facts, scope):
        over = ended(fact)
        if over and over.year == year and over <= day:
            found[fact.product] = fact
    return found


def _runs_out(facts, fact):
    over = fact.ends_on + DAY
    if fact.revoked_on is not None and fact.revoked_on <= fact.ends_on:
        return None
    return over if fact.product not in facts.best(over) else None


def _is_taken(fact):
    taken = fact.revoked_on is not None and fact.starts_on < fact.revoked_on <= fact.ends_on
    return fact.revoked_on if taken else None


def _of(rows):
    counted = tuple(sorted(rows.values(), key=lambda fact: (fact.starts_on, fact.rating)))
    return Figure(low=len(counted), high=len(counted), added=counted)


def joined_figure(facts, scope, parts, day, *, missing):
    """A unit that whole units went over into: their figures together, and what is recorded outside of them.

    ``parts`` are pairs of a former unit's key and its figure. A part of which nothing is sourced adds only what is
    recorded, and the figure says that it is not complete; of no part known, it is unknown.
    """
    known = {key: figure for key, figure in parts if figure.known}
    if not known:
        return Figure(note=missing)
    outside = tuple(
        fact for fact in facts.counted(scope, day).values() if not any(key in fact.areas for key in known)
    )
    gathered = {
        name: tuple(row for figure in known.values() for row in getattr(figure, name))
        for name in ("added", "ended", "unsure", "included", "stated")
    }
    gathered["added"] += outside
    return Figure(
        low=sum(figure.low for figure in known.values()) + len(outside),
        high=sum(figure.high for figure in known.values()) + len(outside),
        complete=len(known) == len(parts),
        **gathered,
    )
