"""What the launcher says: one short line per step, and failures that tell what to do next."""

import contextlib
import time

STARTED = time.monotonic()


class Failure(Exception):
    """Something that stops the launcher: what happened, and what the person can do about it."""

    def __init__(self, what, todo):
        super().__init__(what, todo)
        self.what = what
        self.todo = todo

    def __str__(self):
        return f"LỖI: {self.what}\n  → {self.todo}"


def say(text):
    """Print one line with the seconds since the start; a terminal that has gone away is no reason to stop."""
    with contextlib.suppress(OSError, ValueError):
        print(f"[{time.monotonic() - STARTED:5.1f}s] {text}", flush=True)
