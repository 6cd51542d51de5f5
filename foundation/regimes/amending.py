"""An amending regime: its files say only what changes, the rest is the regime it amends. No Django."""

from collections.abc import Mapping
from typing import Any

# What never passes from the amended regime to the amending one: the head of version.yaml says it anew or not at all.
OWN = (
    "id",
    "title",
    "status",
    "legal_basis",
    "effective_from",
    "effective_to",
    "effective_to_note",
    "replaces",
)


def amended(base: Mapping[str, Any], files: Mapping[str, Any]) -> dict[str, Any]:
    """The whole files of the amending regime: its sets over the base's, its keys over the base's.

    ``facts`` are merged by key and ``sources`` by id; every other key of process.yaml or version.yaml stands as a
    whole. The head of version.yaml (``OWN``) is never taken over.
    """
    version = {key: value for key, value in _dict(base, "version.yaml").items() if key not in OWN}
    head, process = _dict(files, "version.yaml"), _dict(files, "process.yaml")
    below = _dict(base, "process.yaml")
    whole = {**base, **files}
    whole["version.yaml"] = version | head | {"sources": _by_id(version, head)}
    whole["process.yaml"] = (
        below
        | process
        | {"facts": _dict(below, "facts") | _dict(process, "facts"), "sources": _by_id(below, process)}
    )
    return whole


def _dict(data: Mapping, key: str) -> dict:
    """The mapping under this key; empty where there is none."""
    value = data.get(key)
    return dict(value) if isinstance(value, Mapping) else {}


def _by_id(base: Mapping, own: Mapping) -> list:
    """The sources of both, the amending one's first."""
    rows = {row["id"]: row for row in [*own.get("sources", ()), *base.get("sources", ())][::-1]}
    return list(rows.values())[::-1]
