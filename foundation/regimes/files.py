"""The law's files, read and put together; also where there is no database. No Django."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from .amending import amended
from .criteria import CriteriaSet, RegimeError
from .validate import BrokenFiles, Problem

DATA = Path(__file__).resolve().parent / "data"
HEADS = ("version.yaml", "process.yaml")
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_folder(folder: Path) -> tuple[dict[str, Any], str]:
    """The parsed files of one folder by name, and the SHA-256 over all of them. Raises BrokenFiles."""
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


def read_regime(folder: Path) -> tuple[dict[str, Any], str]:
    """The files of a regime as a whole: of an amending one, over those of the regime that it amends.

    The digest of an amending regime covers both. Raises BrokenFiles.
    """
    files, digest = read_folder(folder)
    version = files.get("version.yaml")
    base = version.get("criteria_from") if isinstance(version, Mapping) else None
    if base is None:
        return files, digest
    below, its_digest = _base(folder, base)
    return amended(below, files), hashlib.sha256(f"{digest}\0{its_digest}".encode()).hexdigest()


def _base(folder: Path, base: str) -> tuple[dict[str, Any], str]:
    """The files of the amended regime, which must lie beside and stand on its own."""
    beside = {each.name: each for each in folder.parent.iterdir() if each.is_dir()}
    if base == folder.name or base not in beside:
        raise BrokenFiles(
            [Problem(f"{folder.name}/version.yaml", "criteria_from", f"không có quy định {base}.")]
        )
    files, digest = read_folder(beside[base])
    if (files.get("version.yaml") or {}).get("criteria_from"):
        raise BrokenFiles(
            [
                Problem(
                    f"{folder.name}/version.yaml",
                    "criteria_from",
                    f"{base} cũng là bản sửa đổi, không nối chuỗi.",
                )
            ]
        )
    return files, digest


def set_from_files(regime: str, code: str) -> CriteriaSet:
    """A criteria set of our own data by its code or number, for the engine. Raises RegimeError, in Vietnamese."""
    known = sorted(each.name for each in DATA.iterdir() if each.is_dir())
    if regime not in known:
        raise RegimeError(f"Không có quy định “{regime}”. Có: {', '.join(known)}.")
    files, _ = read_regime(DATA / regime)
    sets = [data for name, data in files.items() if name not in HEADS]
    found = next((data for data in sets if code in (data["code"], str(data["number"]))), None)
    if found is None:
        raise RegimeError(f"Quy định {regime} không có bộ tiêu chí “{code}”.")
    if found.get("incomplete"):
        raise RegimeError(
            f"Bộ tiêu chí {found['code']} của {regime} thiếu điểm trong nguồn nên không dùng để chấm."
        )
    return CriteriaSet.from_dict(found, files["version.yaml"])
