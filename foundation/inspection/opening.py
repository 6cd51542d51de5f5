"""The door to the child process: hand it a file, get facts and what it made, or Unfit."""

import json
import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from foundation.inspection.words import Unfit

ROOT = Path(__file__).resolve().parents[2]
SECONDS = 30  # of wall time; the child has 20 of the processor
SECONDS_TO_LOAD = 60  # more, for a child with large libraries
CHILD = "foundation.inspection.child"
SIGNING = "foundation.inspection.signatures"
OWN_CHILD = {
    "signature": SIGNING,
    "test_signature": SIGNING,
}  # with libraries that the others need not wait for


@dataclass(frozen=True)
class Findings:
    """What the child said, and the folder with what it made (gone when the context ends)."""

    facts: dict
    folder: Path

    @property
    def released(self):
        return self.folder / "released"


@contextmanager
def inspected(source, deed, **options):
    """Findings about the file at ``source``; raises Unfit, also for a child that had to be stopped."""
    with tempfile.TemporaryDirectory(prefix="inspection-") as folder:
        yield Findings(answer(deed, source, folder, options), Path(folder))


@contextmanager
def inspected_bytes(content, deed, **options):
    """The same for bytes in memory."""
    with tempfile.NamedTemporaryFile(prefix="inspection-") as file:
        file.write(content)
        file.flush()
        with inspected(file.name, deed, **options) as findings:
            yield findings


def answer(deed, source, folder, options):
    """Run the child: no environment, no inherited files, killed when its time is over."""
    # -B: nothing is written beside the code; libraries are found as in this process.
    command = [sys.executable, "-B", "-s", "-m", OWN_CHILD.get(deed, CHILD)]
    try:
        done = subprocess.run(
            [*command, deed, os.fspath(source), folder, json.dumps(options)],
            cwd=ROOT,
            env={},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS + (SECONDS_TO_LOAD if deed in OWN_CHILD else 0),
            check=False,
        )
        said = json.loads(done.stdout) if done.returncode == 0 else {"refused": "heavy"}
    except (subprocess.TimeoutExpired, json.JSONDecodeError) as slow:
        raise Unfit("heavy") from slow
    if word := said.get("refused"):
        raise Unfit(word)
    return said
