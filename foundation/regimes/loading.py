"""The law's files into rows: whole, checked and only once. ``load`` may run as often as one likes."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.db import connection, transaction
from django.utils import timezone

from .criteria import RegimeError, option_key
from .models import CriteriaSet, Criterion, Option, Regime
from .validate import BrokenFiles, Problem, check_regime

DATA = Path(__file__).resolve().parent / "data"
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UsedRegimeChanged(RegimeError):
    """The files of a regime that dossiers already rest on are no longer those that were loaded."""


@dataclass
class Change:
    """What loading one regime did; ``differs`` names the files that are new, changed or gone."""

    regime: str
    kind: str
    differs: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        words = {"created": "nạp mới", "changed": "nạp lại", "unchanged": "không đổi"}
        detail = f" ({', '.join(self.differs)})" if self.kind == "changed" else ""
        return f"{self.regime}: {words[self.kind]}{detail}"


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


def read_folder(folder: Path) -> tuple[dict[str, Any], str]:
    """The parsed files of a regime by name, and the SHA-256 over all of them. Raises BrokenFiles."""
    digest, files = hashlib.sha256(), {}
    for path in sorted(folder.glob("*.yaml")):
        raw = path.read_bytes()
        digest.update(f"{path.name}\0{len(raw)}\0".encode() + raw)
        try:
            files[path.name] = yaml.load(raw, Loader=_Loader)
        except yaml.YAMLError as fault:
            raise BrokenFiles(
                [Problem(f"{folder.name}/{path.name}", "", f"không phải YAML: {fault}")]
            ) from fault
    return files, digest.hexdigest()


def _load_regime(folder: Path) -> Change:
    files, digest = read_folder(folder)
    known = Regime.objects.select_for_update().filter(pk=folder.name).first()
    if known and known.digest == digest:
        return Change(folder.name, "unchanged")
    if problems := check_regime(folder.name, files):
        raise BrokenFiles(problems)
    differs = _differs(known, files)
    if known and known.used_at:
        raise UsedRegimeChanged(
            f"Quy định {known.pk} đã có hồ sơ sử dụng từ {timezone.localtime(known.used_at):%d/%m/%Y}, "
            f"không nhận tệp khác với bản đã nạp: {', '.join(differs) or 'chỉ khác cách trình bày'}. "
            "Luật mới phải là một quy định mới."
        )
    _write_regime(files, digest)
    return Change(folder.name, "changed" if known else "created", differs)


def _differs(known: Regime | None, files: dict[str, Any]) -> list[str]:
    """Names of the files whose content is not what the rows hold."""
    if known is None:
        return sorted(files)
    held = {f"{row.code}.yaml": row.content for row in known.criteria_sets.all()}
    held |= {"version.yaml": known.data["version"], "process.yaml": known.data["process"]}
    return sorted(name for name in held.keys() | files.keys() if held.get(name) != files.get(name))


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
    contents = {name: data for name, data in files.items() if name not in ("version.yaml", "process.yaml")}
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
