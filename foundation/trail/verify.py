"""Is the trail whole? Everything is computed again here, without the database's own function.

The rows come in the order of the chain as one stream (COPY), so a million of them need neither memory nor time to speak
of. Every fault is named by the link and the entry it was found at.
"""

import hashlib
import re
from dataclasses import dataclass, field

from django.db import connection, transaction

from foundation.trail.canonical import DETAIL_TAG, GENESIS, LINK_TAG, SALT_BYTES

SHOWN = 50  # faults that are written out; the rest are counted
# In the order of canonical.link_hash, then what it is held against.
ROWS = """
copy (
  select l.seq, encode(l.previous, 'hex'), l.entry_id,
    to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
    coalesce(e.by_id::text, ''), e.role, e.subject_type_id, e.subject_id, e.act, e.old, e.new, encode(e.digest, 'hex'),
    encode(l.hash, 'hex'), l.version, d.entry_id is not null, d.erased_on is not null,
    encode(d.salt, 'hex'), d.note, d.address, d.agent
  from trail_link l left join trail_entry e on e.id = l.entry_id left join trail_detail d on d.entry_id = l.entry_id
  order by l.seq
) to stdout
"""
UNLINKED = """
select e.id from trail_entry e where not exists (select 1 from trail_link l where l.entry_id = e.id) order by e.id
"""
GUARDS = {
    "trail_entry_no_change",
    "trail_entry_no_truncate",
    "trail_entry_is_linked",
    "trail_waiting_is_linked",
    "trail_link_no_change",
    "trail_link_no_truncate",
    "trail_detail_no_change",
    "trail_detail_no_truncate",
}
ALWAYS_ON = "select tgname from pg_trigger where tgname = any(%s) and tgenabled = 'A'"
ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
ESCAPES = {b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
TAG, DETAIL, US, YES = LINK_TAG.encode(), DETAIL_TAG.encode(), b"\x1f", b"t"
ABSENT = b"\\N"


@dataclass
class Outcome:
    """What was found: how long the chain is, its last hash, every fault in words."""

    count: int = 0
    head: str = GENESIS.hex()
    faults: list = field(default_factory=list)
    fault_count: int = 0
    hashes: dict = field(default_factory=dict)  # of the links that were asked for

    @property
    def is_whole(self):
        return not self.fault_count

    def blame(self, text):
        """Note one fault."""
        self.fault_count += 1
        if len(self.faults) < SHOWN:
            self.faults.append(text)


class Chain:
    """Takes the rows as the database writes them, one at a time, and holds each against the one before."""

    def __init__(self, outcome, wanted=()):
        self.outcome, self.wanted = outcome, set(wanted)
        self.seq, self.head = 0, GENESIS.hex().encode()

    def write(self, line):
        """One row of COPY's text format."""
        fields = line[:-1].split(b"\t")
        if b"\\" in line:
            fields = [value if value == ABSENT else ESCAPED.sub(unescaped, value) for value in fields]
        seq, stored = int(fields[0]), fields[12]
        if seq != self.seq + 1:
            self.miss(seq)
        elif fields[1] != self.head:
            self.outcome.blame(f"Mắt xích {seq} không nối với mắt xích trước nó.")
        if fields[3] == ABSENT:
            self.outcome.blame(f"Mục nhật ký số {text(fields[2])} (mắt xích {seq}) đã mất.")
        else:
            self.check(seq, fields)
        self.seq, self.head = seq, stored
        if seq in self.wanted:
            self.outcome.hashes[seq] = stored.decode()
        return len(line)

    def check(self, seq, fields):
        """Whether entry, link and detail are what was hashed."""
        computed = hashlib.sha256(US.join((TAG, *fields[:12]))).hexdigest().encode()
        if computed != fields[12] or fields[13] != b"1":
            self.outcome.blame(f"Mục nhật ký số {text(fields[2])} hoặc mắt xích {seq} của nó đã bị sửa.")
        digest, has_detail, erased = fields[11], fields[14] == YES, fields[15] == YES
        if not has_detail:
            if digest:
                self.outcome.blame(f"Chi tiết của mục nhật ký số {text(fields[2])} đã mất.")
        elif not erased and digest != detail_digest(*fields[16:20]):
            self.outcome.blame(
                f"Chi tiết của mục nhật ký số {text(fields[2])} đã bị sửa mà không phải là xoá theo luật."
            )

    def miss(self, seq):
        """A number that does not follow the one before."""
        if seq == self.seq + 2:
            self.outcome.blame(f"Thiếu mắt xích {seq - 1}.")
        elif seq > self.seq:
            self.outcome.blame(f"Thiếu các mắt xích từ {self.seq + 1} đến {seq - 1}.")
        else:
            self.outcome.blame(f"Mắt xích {seq} xuất hiện hai lần hoặc sai thứ tự.")


def unescaped(found):
    """What an escape of COPY's text format stands for."""
    return ESCAPES.get(found[1], found[1])


def text(value):
    """A field for a sentence."""
    return value.decode()


def detail_digest(salt, note, address, agent):
    """canonical.detail_digest over fields as they come, in hexadecimal. A detail without its salt has none."""
    if len(salt) != 2 * SALT_BYTES:
        return b"?"
    content = US.join((DETAIL, note, address, agent))
    return hashlib.sha256(bytes.fromhex(salt.decode()) + content).hexdigest().encode()


@transaction.atomic
def verify(wanted=()):
    """Walk the whole chain; ``wanted`` are numbers of links whose hashes the caller wants to see."""
    outcome = Outcome()
    chain = Chain(outcome, wanted)
    with connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")
        cursor.execute(UNLINKED)
        for (entry,) in cursor.fetchall():
            outcome.blame(f"Mục nhật ký số {entry} không có mắt xích.")
        cursor.copy_expert(ROWS, chain)
    outcome.count, outcome.head = chain.seq, chain.head.decode()
    return outcome


def guards_off():
    """Names of the triggers that should always fire and do not."""
    with connection.cursor() as cursor:
        cursor.execute(ALWAYS_ON, [sorted(GUARDS)])
        return sorted(GUARDS - {name for (name,) in cursor.fetchall()})
