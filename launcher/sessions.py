"""What is still alive of the programs started in a folder, also by a launcher that was killed. Linux only.

Every program leads a session of its own. Its number and the moment of its birth are noted in a file, so that
a number which by now belongs to somebody else is never mistaken for ours.
"""

import contextlib
import os
import signal
import time
from pathlib import Path

PROC = Path("/proc")
NOTES = "sessions"


def facts(pid):
    """A process's session and birth (clock ticks since the machine's); None when it is gone or a zombie."""
    try:
        text = (PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()
    return None if fields[0] in "ZX" else (int(fields[3]), int(fields[19]))


def note(folder, name, pid, stop_signal):
    """Remember a program that has just been started."""
    if known := facts(pid):
        notes = folder / NOTES
        notes.mkdir(exist_ok=True)
        (notes / name).write_text(f"{pid} {known[1]} {int(stop_signal)}\n", encoding="ascii")


def alive(folder):
    """Processes of the programs noted in this folder: {number: the signal that stops it}."""
    everyone = {int(path.name): facts(path.name) for path in PROC.glob("[0-9]*")}
    found = {}
    for path in (folder / NOTES).glob("*"):
        leader, born, stop_signal = map(int, path.read_text(encoding="ascii").split())
        if everyone.get(leader) not in (None, (leader, born)):
            continue  # the number was given away
        members = {pid: stop_signal for pid, known in everyone.items() if known and known[0] == leader}
        found.update(members)
    return found


def sweep(folder, patience=10.0):
    """End what an earlier launcher left in this folder, while holding its lock; how many there were."""
    found = alive(folder)
    for pid, number in found.items():
        _send(pid, number)
    deadline = time.monotonic() + patience
    while (left := alive(folder)) and time.monotonic() < deadline:
        time.sleep(0.1)
    for pid in left:
        _send(pid, signal.SIGKILL)
    return len(found)


def _send(pid, number):
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)
