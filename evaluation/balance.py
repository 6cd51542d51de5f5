"""Which judges take which cases, so that the work is even. No Django."""

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Division:
    """``pairs`` of case and judge to add; ``short``: cases for which not enough judges may score."""

    pairs: tuple[tuple[Hashable, Hashable], ...]
    short: tuple[Hashable, ...]


def divided(
    cases: Iterable, judges: Collection, barred: Collection, taken: Collection, wanted: int
) -> Division:
    """Give each case ``wanted`` judges, always those with the fewest cases so far.

    ``barred`` and ``taken`` are pairs of case and judge that may not, or already do, go together. Of two judges who
    may score the same cases and begin with as many, neither ends with two more than the other.
    """
    load, pairs, short = _load(judges, taken), [], []
    for case in cases:
        missing = wanted - sum((case, judge) in taken for judge in judges)
        able = [judge for judge in judges if (case, judge) not in barred and (case, judge) not in taken]
        if len(able) < missing:
            short.append(case)
            continue
        for judge in sorted(able, key=lambda judge: (load[judge], judge))[: max(missing, 0)]:
            load[judge] += 1
            pairs.append((case, judge))
    return Division(tuple(pairs), tuple(short))


def _load(judges: Collection, taken: Collection) -> Mapping:
    """How many cases each judge has."""
    return {judge: sum(row == judge for _, row in taken) for judge in judges}
