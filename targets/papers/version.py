"""Which code made a report: one short digest of everything that decides what its files say."""

import hashlib
from functools import cache
from pathlib import Path

from foundation.ui import papers

TARGETS = Path(__file__).resolve().parent.parent
KINDS = {".py", ".typ", ".docx", ".yaml"}
APART = {"migrations", "__pycache__"}


@cache
def code_version():
    """Twelve digits over the source of this app and of the official frame: the same code, the same digits."""
    whole = hashlib.sha256()
    for path in (*_sources(TARGETS), Path(papers.__file__), papers.OFFICIAL):
        whole.update(path.name.encode())
        whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()[:12]


def _sources(folder):
    """Files of the app that matter, always in the same order."""
    found = (path for path in folder.rglob("*") if path.suffix in KINDS and not APART & set(path.parts))
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())
