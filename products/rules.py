"""What surrounds a dossier under its regime: clocks, slip, the commune's form, papers and criteria. No Django.

From ``data/dossier_rules.yaml``; a regime that the file does not name has the defaults.
"""

import datetime as dt
from functools import cache
from pathlib import Path

import yaml

DATA = Path(__file__).resolve().parent / "data" / "dossier_rules.yaml"
LOCAL = "local"
NO_FORM = {"name": "Đánh giá của xã", "findings": ()}


@cache
def facts():
    """The file as it stands."""
    return yaml.safe_load(DATA.read_text(encoding="utf-8"))


def of(regime_id):
    """What the file says of this regime."""
    return facts()["regimes"].get(regime_id) or facts()["regimes"]["default"]


def clock_of(regime, status):
    """The clock of a status under a regime: ``(working days, whether it is a local default)``; None where none runs."""
    row = of(regime.pk)["clocks"].get(status)
    if row is None:
        return None
    days = regime.process.value(row["fact"]) if "fact" in row else row["working_days"]
    return days, row["sure"] == LOCAL


def most_late_days():
    """How many days an office may at most keep a dossier open late, at one time."""
    return facts()["late"]["most_days"]


def province_round(regime, day):
    """The province's next round for what is proposed from that day on: (proposed before, decided before), or None.

    The law promises these rounds; who comes later waits for the next one, nobody is refused.
    """
    rounds = regime.process.value("province_rounds") or ()
    dated = [
        tuple(dt.date.fromisoformat(f"{year}-{row[name]}") for name in ("proposed_before", "decided_before"))
        for year in (day.year, day.year + 1)
        for row in rounds
    ]
    return min((row for row in dated if day < row[0]), default=None)


def goes_to_commune(regime):
    """Whether a dossier is filed with the commune, which assesses it first."""
    return regime.intake_level == "commune"


def commune_form(regime):
    """The commune's form: its name and findings; without findings where the regime has none."""
    return of(regime.pk)["commune_form"] or NO_FORM


def slip(regime):
    """The registration slip's number and its blocks, or None where the regime's form has none."""
    return of(regime.pk)["slip"]


def samples_before(regime):
    """The status that a dossier does not leave before its samples were received; None where nothing waits."""
    return of(regime.pk)["samples_before"]


def supported(regime, kind, criteria):
    """Of these criteria those that a kind of paper supports, by the words of their names."""
    words = of(regime.pk)["supports"]["kinds"].get(kind, ())
    return [row for row in criteria if any(word.casefold() in row.name.casefold() for word in words)]
