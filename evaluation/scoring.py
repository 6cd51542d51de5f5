"""When a case may be opened and where its verdict leads. The law's numbers come from the regime; no Django."""

from dataclasses import dataclass
from enum import StrEnum

# What a regime's rule about products that ended lower above may allow.
BY_RESULT, KEEP_OWN, REASSESS = "recognise_by_result", "keep_own_result", "reassess"
# Levels that work inside this portal; what goes further leaves it as a proposal on paper.
HERE = frozenset({"commune", "district", "province"})


class Step(StrEnum):
    """What the office does with a verdict."""

    FORWARD = "forward"
    RECOGNISE = "recognise"
    SEND_DOWN = "send_down"
    CLOSE = "close"
    CENTRAL = "central"


@dataclass(frozen=True)
class NextStep:
    """``stars``: those to be recognised. ``onward``: the regime's rule for going on, when the total reaches it."""

    step: Step
    stars: int | None = None
    onward: object = None


def quorum_reached(handed_in, seats, percent):
    """Whether so many sheets are at least that percentage of the seats."""
    return seats > 0 and handed_in * 100 >= percent * seats


def entry_level(process):
    """The level whose council takes a dossier up first: the one that recognises the lowest stars."""
    return min(process.levels, key=lambda row: min(row.recognises)).level


def next_step(verdict, process, level, below=None):
    """Where a verdict of this level leads by the regime's data; ``below`` is the level that forwarded the case.

    A dossier that was struck out ends here. Otherwise the total alone decides about going on to a level inside the
    portal, as the law words it, whatever minimum was missed here: the level above scores anew. Else the highest stars
    that this level recognises, or those that the level below recognises; without a certified star it ends.
    """
    if verdict.stars is None:
        return NextStep(Step.CLOSE)
    onward = process.forward_from(level)
    if onward and verdict.compared < onward.min_total:
        onward = None
    if onward and onward.to_level in HERE:
        return NextStep(Step.FORWARD, onward=onward)
    if not verdict.certified:
        return NextStep(Step.CLOSE)
    own = max((stars for stars in process.recognised_at(level) if stars <= verdict.stars), default=None)
    if own:
        return NextStep(Step.RECOGNISE, own, onward)
    if below and verdict.stars in process.recognised_at(below):
        return NextStep(Step.SEND_DOWN, verdict.stars, onward)
    return NextStep(Step.CLOSE)


def after_above(step, stars, process, level):
    """Where a case of this level leads once the level above, beyond this portal, has answered with so many stars.

    What it recognises is its own decision, so nothing is left to recognise here. Lower: where the regime's rule lets
    this level recognise by that result, the most stars of it that it may recognise; else its own verdict stands.
    """
    above = step.onward.to_level
    if stars in process.recognised_at(above):
        return NextStep(Step.CENTRAL, stars, step.onward)
    rule = process.after_ending_lower(level)
    if rule is None or BY_RESULT not in rule.ways:
        return step
    own = max((one for one in process.recognised_at(level) if one <= stars), default=None)
    return NextStep(Step.RECOGNISE, own, step.onward) if own else NextStep(Step.CLOSE)
