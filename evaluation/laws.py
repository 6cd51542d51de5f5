"""Criteria with their options, kept by this process: the law does not change once a dossier is judged by it."""

from dataclasses import dataclass

from foundation.regimes.engine import DOSSIER
from foundation.regimes.models import Criterion, Option

_KEPT = {}


@dataclass(frozen=True)
class Ask:
    """One criterion and its options by key."""

    row: Criterion
    options: dict[str, Option]

    def box(self, key):
        """The option of that key, or None."""
        return self.options.get(key)


def criteria_of(criteria_set):
    """The criteria of a set by code, in the order of the form; read once per state of the law."""
    key = (criteria_set.pk, criteria_set.regime.digest)
    if key not in _KEPT:
        rows = Criterion.objects.of(criteria_set)
        _KEPT[key] = {
            row.code: Ask(row, {option.key: option for option in row.options.all()}) for row in rows
        }
    return _KEPT[key]


@dataclass(frozen=True)
class StrikePlace:
    """Where a dossier may be struck out: a criterion by its code, or the dossier as a whole; on which grounds."""

    code: str
    label: str
    grounds: tuple[str, ...]


def strike_places(criteria_set):
    """The places where this set lets a member strike a dossier out: the whole first, then in the order of the form."""
    whole = StrikePlace(DOSSIER, "Toàn hồ sơ", tuple(criteria_set.engine_set().knockouts))
    rows = [ask.row for ask in criteria_of(criteria_set).values() if ask.row.can_strike]
    return [whole, *(StrikePlace(row.code, f"Tiêu chí {row.code}", _grounds(row)) for row in rows)]


def _grounds(row):
    return tuple(text for text in (row.knockout, row.stop_if) if text)
