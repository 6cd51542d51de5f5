"""What counts on a day, and how a sourced balance and later facts make one figure. No Django.

The rule: the figure on day D is the latest balance not after D, plus what began to count after the balance's day, minus
what counted then and counts no more. What counted already on the balance's day is inside the balance and is listed,
not added. Without a balance the figure is unknown, never zero.
"""

import datetime as dt
from dataclasses import dataclass, field, replace


def between(low, high):
    """A value or a range, as people write it."""
    return f"{low}" if low == high else f"{low}–{high}"


@dataclass(frozen=True)
class Fact:
    """One rating, as far as counting needs it. ``areas`` are the keys of every unit it lies in."""

    rating: int
    product: int
    village: int | None
    areas: frozenset
    stars: int
    starts_on: dt.date
    ends_on: dt.date
    revoked_on: dt.date | None = None
    is_demo: bool = False
    village_until: dt.date | None = None  # the day from which its village is recognised no more
    industry: str = ""
    maker: str = ""  # the kind of its producer

    def makes_village_count(self, day):
        """Its village's recognition was not withdrawn by that day."""
        return self.village_until is None or day < self.village_until

    def holds(self, day):
        """In force that day; the last day counts, the day of revocation does not."""
        return self.starts_on <= day <= self.ends_on and (self.revoked_on is None or day < self.revoked_on)


@dataclass(frozen=True)
class Stated:
    """A product that sources name as recognised without its decision: inside balances from its year on.

    ``year`` and ``stars`` are None where no source states them.
    """

    product: int
    village: int | None
    areas: frozenset
    stars: int | None
    year: int | None


@dataclass(frozen=True)
class Balance:
    """A sourced figure of a day: a value (low = high) or a range. ``sources`` are (key, publisher, address)."""

    day: dt.date
    low: int
    high: int
    stars: int | None = None
    unit: str = ""
    note: str = ""
    sources: tuple = ()

    @property
    def text(self):
        """157, or 117–122."""
        return between(self.low, self.high)


@dataclass(frozen=True)
class Scope:
    """What is counted: in which unit (its key), of which star (None: every certified one), products or villages.

    ``industry`` and ``maker`` narrow it to one group of products or one kind of producer.
    """

    area: str
    stars: int | None = None
    by_village: bool = False
    industry: str | None = None
    maker: str | None = None

    def thing(self, record):
        """What the record counts as: its product or its village; None when it has no village."""
        return record.village if self.by_village else record.product

    def takes(self, record):
        """Whether the record lies inside, by unit, thing, group and kind; stars are asked separately."""
        inside = self.area in record.areas and self.thing(record) is not None
        return inside and self._fits(record, "industry") and self._fits(record, "maker")

    def _fits(self, record, name):
        wanted = getattr(self, name)
        return wanted is None or wanted == getattr(record, name, None)


@dataclass(frozen=True)
class Figure:
    """A number with everything it is made of. ``low`` and ``high`` are None while it is unknown.

    ``unsure``: began to count, but a source without a year may have counted it before; adds to ``high`` only.
    ``against``: the earlier balance with which ``balance`` was compared, for growth within a year.
    ``complete`` is False when sourced totals say that more happened than the records show.
    """

    low: int | None = None
    high: int | None = None
    balance: Balance | None = None
    against: Balance | None = None
    added: tuple = ()
    ended: tuple = ()
    unsure: tuple = ()
    included: tuple = ()
    stated: tuple = ()
    note: str = ""
    complete: bool = True

    @property
    def known(self):
        return self.low is not None

    @property
    def sure(self):
        """Whether more knowledge could only raise the number."""
        return True

    def noted(self, note):
        """The same figure with something to say."""
        return replace(self, note=note)

    @property
    def demo(self):
        """How many of the records that move this figure are invented ones of a demonstration."""
        return sum(fact.is_demo for fact in (*self.added, *self.unsure, *self.ended))

    @property
    def text(self):
        """157, 117–122, or that nothing or not everything is known."""
        if not self.known:
            return "chưa có số liệu"
        said = between(self.low, self.high)
        return said if self.complete else f"{said} đã ghi"


@dataclass
class Facts:
    """All facts of a unit, read once; answers for any part of it without asking the database again."""

    facts: list
    stated: list
    _best: dict = field(default_factory=dict)

    def best(self, day):
        """The rating that counts for each product that day: of several in force the highest, then the newest."""
        if day not in self._best:
            held = sorted(
                (fact for fact in self.facts if fact.holds(day)), key=lambda f: (f.stars, f.starts_on)
            )
            self._best[day] = {fact.product: fact for fact in held}
        return self._best[day]

    def counted(self, scope, day):
        """The things that count in the scope that day, each with one fact that makes it count."""
        inside = (fact for fact in self.best(day).values() if scope.takes(fact))
        if scope.by_village:
            inside = (fact for fact in inside if fact.makes_village_count(day))
        return {scope.thing(fact): fact for fact in inside if scope.stars in {None, fact.stars}}

    def began(self, scope, since, day):
        """The first fact after ``since`` of each thing that has one by ``day``, whether or not it still counts."""
        later = [fact for fact in self.facts if scope.takes(fact) and since < fact.starts_on <= day]
        return {scope.thing(fact): fact for fact in sorted(later, key=lambda f: f.starts_on, reverse=True)}

    def named(self, scope, year):
        """What sources name in the scope: (surely by that year, perhaps by that year), as things with their rows."""
        surely, perhaps = {}, {}
        for row in filter(scope.takes, self.stated):
            if row.year is not None and row.year > year:
                continue
            if scope.stars is not None and row.stars not in {None, scope.stars}:
                continue
            vague = row.year is None or (scope.stars is not None and row.stars is None)
            (perhaps if vague else surely)[scope.thing(row)] = row
        return surely, perhaps


def moved(facts, scope, since, day):
    """What changed in the scope after ``since`` up to ``day``: parts of a Figure, without its numbers."""
    now, then = facts.counted(scope, day), facts.counted(scope, since)
    surely, perhaps = facts.named(scope, since.year)
    rows = {**perhaps, **surely}
    late = {thing: fact for thing, fact in facts.began(scope, since, day).items() if thing in surely}
    base = late | then
    fresh = {thing: fact for thing, fact in now.items() if thing not in base}
    gone = {thing: fact for thing, fact in base.items() if thing not in now}
    if scope.by_village:  # other products of the village, named by sources, are not known to have ended
        gone = {
            thing: fact
            for thing, fact in gone.items()
            if thing not in rows or not fact.makes_village_count(day)
        }
    return {
        "added": ordered(fact for thing, fact in fresh.items() if thing not in perhaps),
        "unsure": ordered(fact for thing, fact in fresh.items() if thing in perhaps),
        "ended": ordered(gone.values()),
        "included": ordered(now[thing] for thing in base if thing in now),
        "stated": tuple(row for thing, row in rows.items() if thing not in base and thing not in fresh),
    }


def ordered(facts):
    """Facts by the day on which they began."""
    return tuple(sorted(facts, key=lambda fact: (fact.starts_on, fact.rating)))


def balance_figure(facts, scope, balance, day, *, missing):
    """The figure by the rule of balances; ``missing`` says what is not known when there is no balance."""
    if balance is None:
        return Figure(note=missing)
    parts = moved(facts, scope, balance.day, day)
    steady = len(parts["added"]) - len(parts["ended"])
    return Figure(
        low=max(balance.low + steady, 0),
        high=balance.high + steady + len(parts["unsure"]),
        balance=balance,
        **parts,
    )


def first_figure(facts, scope, year, day):
    """Things of the scope that count on ``day`` and first began to in ``year``; named earlier by a source: not new."""
    start = dt.date(year - 1, 12, 31)
    parts = moved(facts, scope, start, day)
    earlier = {scope.thing(fact) for fact in facts.facts if scope.takes(fact) and fact.starts_on <= start}
    added, unsure = (
        tuple(fact for fact in parts[name] if scope.thing(fact) not in earlier)
        for name in ("added", "unsure")
    )
    return Figure(low=len(added), high=len(added) + len(unsure), added=added, unsure=unsure)


def growth(figure, before):
    """(low, high) of how much the balance behind ``figure`` lies above the figure ``before``; None where unknown."""
    if figure.balance is None or not before.known:
        return None
    return max(figure.balance.low - before.high, 0), max(figure.balance.high - before.low, 0)


def share_gone(year, day):
    """The part of the year that has passed with the end of that day, 0 to 1."""
    whole = (dt.date(year, 12, 31) - dt.date(year - 1, 12, 31)).days
    gone = (day - dt.date(year - 1, 12, 31)).days
    return min(max(gone / whole, 0.0), 1.0)
