"""What a worker does for the portal as a whole: take the head of the trail out of the house, every day."""

import datetime as dt
import logging
import os
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from foundation.jobs.files import sync_folder
from foundation.jobs.queue import enqueue, work
from foundation.trail import heads
from foundation.trail.verify import verify

log = logging.getLogger("portal.trail")
SUBJECT = "Dấu cuối nhật ký ngày {day}: mắt xích {seq}"
LETTER = """Kính gửi người giữ dấu cuối nhật ký,

Đây là dấu cuối của nhật ký trên {portal}, ký lúc {at}.
Số mục: {seq}
Dấu cuối: {hash}

Xin giữ tệp kèm theo ở nơi ngoài cổng. Khi cần biết nhật ký có bị viết lại hay không, hãy gửi tệp này cho
đơn vị vận hành để đối chiếu. Nếu hai tệp cùng số mục mà khác dấu, hãy báo ngay cho lãnh đạo chương trình.
"""
BROKEN_SUBJECT = "Nhật ký KHÔNG nguyên vẹn ngày {day}"
BROKEN_LETTER = """Kính gửi người giữ dấu cuối nhật ký,

Kiểm tra hằng ngày trên {portal} thấy nhật ký không còn nguyên vẹn, nên hôm nay không có dấu cuối nào được ký:

{faults}

Xin giữ các dấu cuối đã nhận và báo ngay cho lãnh đạo chương trình.
"""


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
        facts = {"day": day, "portal": head.portal, "at": head.at, "seq": head.seq, "hash": head.hash}
        mail_witnesses(day, SUBJECT.format(**facts), LETTER.format(**facts), path.name, paper)
    else:
        log.error("the trail is broken", extra={"facts": {"faults": outcome.fault_count}})
        facts = {"day": day, "portal": settings.PORTAL_URL, "faults": "\n".join(outcome.faults)}
        mail_witnesses(day, BROKEN_SUBJECT.format(**facts), BROKEN_LETTER.format(**facts))
    return ""


def verified():
    """The outcome of walking the trail and holding it against every head of ours that lies here."""
    known, refused = heads.kept(sorted(heads_folder().glob("*.json")), [heads.public_key()])
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


def mail_witnesses(day, subject, text, name="", paper=""):
    """One letter to each witness; who cannot be reached today gets tomorrow's, the file stays here anyway.

    A job that is tried again sends the letter again, with the same Message-ID.
    """
    domain = urlsplit(settings.PORTAL_URL).hostname
    for number, address in enumerate(settings.TRAIL_WITNESSES, start=1):
        headers = {"Message-ID": f"<trail-head-{day}-{number}@{domain}>"}
        letter = EmailMessage(subject, text, to=[address], headers=headers)
        if paper:
            letter.attach(name, paper, "application/json")
        try:
            letter.send()
        except OSError:  # includes everything that smtplib raises
            log.warning("a witness was not reached")
