"""What a worker does for the portal as a whole: take the head of the trail out of the house, every day."""

import datetime as dt
import logging
import os

from django.conf import settings
from django.utils import timezone

from accounts.models import LetterKind
from accounts.notices import write_to
from foundation.jobs.files import sync_folder
from foundation.jobs.queue import enqueue, work
from foundation.trail import heads
from foundation.trail.keys import PortalKey
from foundation.trail.verify import verify

log = logging.getLogger("portal.trail")


def ask_for_head():
    """The job for today's head, in real time; asked again it is the same one."""
    day = timezone.localdate().isoformat()
    return enqueue(
        sign_head, title=f"Ký dấu cuối nhật ký ngày {day}", effect_key=f"trail-head:{day}", day=day
    )


@work
def sign_head(step, *, day):
    """Verify the whole trail; sign its head, keep it as a file and mail it. A broken one is told instead of signed."""
    step(5, "Đang kiểm tra nhật ký")
    outcome = verified()
    step(80, "Đang ký dấu cuối")
    if outcome.is_whole:
        head = heads.head_of(outcome.count, outcome.head)
        paper = heads.signed(head)
        path = keep_head(head, paper)
        mail_witnesses(
            day, "trail_head", {"seq": head.seq, "hash": head.hash, "file": path.name, "head": paper}
        )
    else:
        log.error("the trail is broken", extra={"facts": {"faults": outcome.fault_count}})
        mail_witnesses(day, "trail_broken", {"faults": outcome.faults})
    return ""


def verified():
    """The outcome of walking the trail and holding it against every head of ours that lies here."""
    keys = {heads.public_key(), *PortalKey.objects.texts()}
    known, refused = heads.kept(sorted(heads_folder().glob("*.json")), keys)
    for sentence in refused:
        log.warning("a head was not read", extra={"facts": {"why": sentence}})
    outcome = verify(head.seq for head in known.values())
    for fault in heads.contradictions(known, outcome):
        outcome.blame(fault)
    return outcome


def heads_folder():
    """Where signed heads are kept; made when it is missing."""
    folder = settings.STATE_DIR / "heads"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def keep_head(head, paper):
    """The signed head as a file below STATE_DIR/heads, whole and on the disk before it has its name; its path."""
    folder = heads_folder()
    moment = dt.datetime.fromisoformat(head.at)
    path = folder / f"{moment:%Y%m%dT%H%M%SZ}-{head.seq}.json"
    half = path.with_name(f".{path.name}.part")
    with half.open("w", encoding="utf-8") as file:
        file.write(paper)
        file.flush()
        os.fsync(file.fileno())
    half.rename(path)
    sync_folder(folder)
    return path


def mail_witnesses(day, name, facts):
    """One letter to each witness, in the outbox: it is tried until it is out; the file stays here anyway.

    A job that is tried again finds the letters of its first try.
    """
    for address in settings.TRAIL_WITNESSES:
        key = f"{name}:{day}:{address}"
        write_to(address, f"mail/{name}.txt", {"day": day, **facts}, kind=LetterKind.TRAIL_HEAD, key=key)
