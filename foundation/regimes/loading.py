"""The law's files into rows: whole, checked and only once. ``load`` may run as often as one likes."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from .criteria import RegimeError, option_key
from .differences import Difference, differences
from .files import DATA, HEADS, read_folder, read_regime
from .models import CriteriaSet, Criterion, Option, Regime
from .validate import BrokenFiles, check_regime

__all__ = ["DATA", "Change", "Summary", "UsedRegimeChanged", "compare", "load", "read_folder", "read_regime"]
MANY = 40  # differing places that are named; of more only the count is said


class UsedRegimeChanged(RegimeError):
    """The files of a regime that dossiers already rest on are no longer those that were loaded."""


@dataclass
class Change:
    """What loading one regime did; ``differs`` are the places in its files that are new, changed or gone."""

    regime: str
    kind: str
    differs: list[Difference] = field(default_factory=list)

    def __str__(self) -> str:
        words = {"created": "nạp mới", "changed": "nạp lại", "unchanged": "không đổi"}
        detail = f" ({', '.join(files_of(self.differs))})" if self.kind == "changed" else ""
        return "\n".join([f"{self.regime}: {words[self.kind]}{detail}", *places_of(self.differs)])


def files_of(differs: list[Difference]) -> list[str]:
    """The names of the files in which something differs."""
    return sorted({row.file for row in differs})


def places_of(differs: list[Difference]) -> list[str]:
    """The differing places as lines, as far as a person reads on."""
    more = [f"  … và {len(differs) - MANY} chỗ khác"] if len(differs) > MANY else []
    return [*(f"  {row}" for row in differs[:MANY]), *more]


@dataclass
class Summary:
    """What ``load`` did, and how much there is now in the regimes it looked at."""

    changes: list[Change]
    sets: int
    criteria: int
    options: int

    def __str__(self) -> str:
        lines = [str(change) for change in self.changes]
        return "\n".join(
            [*lines, f"{self.sets} bộ tiêu chí, {self.criteria} tiêu chí, {self.options} mức điểm."]
        )


@transaction.atomic
def load(path: Path | str | None = None) -> Summary:
    """Load every regime below ``path`` (our own data if None). All or nothing.

    Raises BrokenFiles for files that break a rule, UsedRegimeChanged for changed files of a regime in use.
    """
    folders = sorted(each for each in Path(path or DATA).iterdir() if each.is_dir())
    changes = [_load_regime(folder) for folder in folders]
    if any(change.kind != "unchanged" for change in changes):
        _learn_sizes()
    regimes = [change.regime for change in changes]
    return Summary(
        changes,
        CriteriaSet.objects.filter(regime__in=regimes).count(),
        Criterion.objects.filter(criteria_set__regime__in=regimes).count(),
        Option.objects.filter(criterion__criteria_set__regime__in=regimes).count(),
    )


def _learn_sizes() -> None:
    """Tell the planner that the tables are no longer empty: with stale figures a join of them took over 15 s."""
    with connection.cursor() as cursor:
        for model in (CriteriaSet, Criterion, Option):
            cursor.execute(f"analyze {connection.ops.quote_name(model._meta.db_table)}")


def compare(path: Path | str | None = None) -> list[Change]:
    """What loading would change, without doing it. Raises BrokenFiles."""
    folders = sorted(each for each in Path(path or DATA).iterdir() if each.is_dir())
    return [_change(folder.name, *_checked(folder)) for folder in folders]


def _checked(folder: Path) -> tuple[dict[str, Any], str]:
    """The whole files of a regime and their digest. Raises BrokenFiles for files that break a rule."""
    files, digest = read_regime(folder)
    if problems := check_regime(folder.name, files):
        raise BrokenFiles(problems)
    return files, digest


def _change(name: str, files: dict[str, Any], digest: str) -> Change:
    known = Regime.objects.filter(pk=name).first()
    if known is None:
        return Change(name, "created")
    return (
        Change(name, "unchanged")
        if known.digest == digest
        else Change(name, "changed", _differs(known, files))
    )


def _load_regime(folder: Path) -> Change:
    known = Regime.objects.select_for_update().filter(pk=folder.name).first()
    if known and known.digest == read_regime(folder)[1]:
        return Change(folder.name, "unchanged")
    files, digest = _checked(folder)
    change = _change(folder.name, files, digest)
    if known and known.used_at:
        named = ", ".join(files_of(change.differs)) or "chỉ khác cách trình bày"
        raise UsedRegimeChanged(
            f"Quy định {known.pk} đã có hồ sơ sử dụng từ {timezone.localtime(known.used_at):%d/%m/%Y}, "
            f"không nhận tệp khác với bản đã nạp: {named}. "
            + "\n".join(["Luật mới phải là một quy định mới.", *places_of(change.differs)])
        )
    _write_regime(files, digest)
    return change


def _differs(known: Regime, files: dict[str, Any]) -> list[Difference]:
    """Every place in which the files are not what the rows hold."""
    held = {f"{row.code}.yaml": row.content for row in known.criteria_sets.all()}
    held |= {"version.yaml": known.data["version"], "process.yaml": known.data["process"]}
    return differences(held, files)


def _write_regime(files: dict[str, Any], digest: str) -> None:
    """Replace a regime that nobody uses yet; sets that stay the same keep their rows."""
    version, process = files["version.yaml"], files["process.yaml"]
    regime, _ = Regime.objects.update_or_create(
        pk=version["id"],
        defaults={
            "title": version["title"],
            "effective_from": version["effective_from"],
            "effective_to": version.get("effective_to"),
            "offered": process["offered"],
            "data": {"version": version, "process": process},
            "digest": digest,
            "loaded_at": timezone.now(),
        },
    )
    contents = {name: data for name, data in files.items() if name not in HEADS}
    kept = {
        row.pk: f"{row.code}.yaml"
        for row in regime.criteria_sets.all()
        if row.content == contents.get(f"{row.code}.yaml")
    }
    regime.criteria_sets.exclude(pk__in=kept).delete()
    _write_sets(regime, [data for name, data in contents.items() if name not in kept.values()])


def _write_sets(regime: Regime, contents: list[dict]) -> None:
    sets = CriteriaSet.objects.bulk_create([_set_row(regime, data) for data in contents])
    criteria, options = [], []
    for row in sets:
        for criterion, raw in _criterion_rows(row):
            criteria.append(criterion)
            options.extend(_option_rows(criterion, raw))
    Criterion.objects.bulk_create(criteria)
    _learn_sizes()  # the guard of each option looks its criterion up: planned for an empty table, it reads all of them
    Option.objects.bulk_create(options, batch_size=2000)


def _set_row(regime: Regime, data: dict) -> CriteriaSet:
    return CriteriaSet(
        regime=regime,
        industry_code=data["industry"]["code"],
        industry_name=data["industry"]["name"],
        subgroup=data.get("subgroup", ""),
        incomplete=bool(data.get("incomplete")),
        content=data,
        **{name: data[name] for name in ("code", "number", "name", "group", "confidence")},
    )


def _criterion_rows(criteria_set: CriteriaSet):
    """Each criterion of a set with its raw form, in the order of the form."""
    position = 0
    for part in criteria_set.content["parts"]:
        for section in part["sections"]:
            for raw in section["criteria"]:
                position += 1
                yield _criterion_row(criteria_set, part, section, raw, position), raw


def _criterion_row(
    criteria_set: CriteriaSet, part: dict, section: dict, raw: dict, position: int
) -> Criterion:
    texts = ("label", "requirement", "guidance", "knockout", "stop_if")
    return Criterion(
        criteria_set=criteria_set,
        part=part["code"],
        section_code=section["code"],
        section_name=section["name"],
        group_code=raw.get("group", ""),
        position=position,
        none_allowed=raw.get("none_allowed", False),
        gates=raw.get("min_points_for_star", {}),
        applies_if=raw.get("applies_if"),
        cases=raw.get("cases", []),
        **{name: raw[name] for name in ("code", "name", "max_points")},
        **{name: raw.get(name, "") for name in texts},
    )


def _option_rows(criterion: Criterion, raw: dict) -> list[Option]:
    return [
        Option(
            criterion=criterion,
            key=option_key(criterion.code, each["points"], each.get("case")),
            position=position,
            points=each["points"],
            text=each["text"],
            min_star=each.get("min_star"),
            case=each.get("case"),
        )
        for position, each in enumerate(raw["options"], 1)
    ]
