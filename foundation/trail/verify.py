"""Is the trail whole? Everything is computed again here, without the database's own function.

The rows come as one stream (COPY), so a million of them need little memory and a few seconds. They are read in the
order of the entries, which the tables' keys give without sorting; that is nearly the order of the chain, and who comes
early waits. Only when something is wrong is everything read again in the very order of the chain, to name the place.
"""

import hashlib
import re
from dataclasses import dataclass, field

from django.db import connection, transaction

from foundation.trail.canonical import GENESIS, SALT_BYTES

SHOWN = 50  # faults that are written out; the rest are counted
EARLY = 50_000  # rows that may wait for those before them
ROWS = """
copy (
  select l.seq, l.entry_id, encode(l.previous, 'hex'), encode(l.hash, 'hex'),
    case when e.id is null then 'lost' when l.version <> 1 then 'unknown' else 'kept' end,
    concat_ws(chr(31), 'ocop-trail/1', l.seq, encode(l.previous, 'hex'), e.id,
      to_char(e.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
      coalesce(e.by_id::text, ''), e.role, e.subject_type_id, e.subject_id, e.act, e.old, e.new,
      encode(e.digest, 'hex')),
    encode(e.digest, 'hex'),
    case when d.entry_id is null then 'none' when d.erased_on is not null then 'erased' else 'kept' end,
    encode(d.salt, 'hex'),
    concat_ws(chr(31), 'ocop-trail-detail/1', d.note, d.address, d.agent)
  from trail_link l left join trail_entry e on e.id = l.entry_id left join trail_detail d on d.entry_id = l.entry_id
  order by {order}
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
KEPT, NONE = b"kept", b"none"


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
    """Takes the rows as the database writes them, one at a time, and holds each against the one before.

    Up to ``early`` rows may come before their turn.
    """

    def __init__(self, outcome, wanted, early):
        self.outcome, self.wanted, self.early = outcome, wanted, early
        self.seq, self.head, self.waiting = 0, GENESIS.hex().encode(), {}

    def write(self, line):
        """One row of COPY's text format."""
        fields = line[:-1].split(b"\t")
        if b"\\" in line:
            fields = [ESCAPED.sub(unescaped, value) for value in fields]
        seq = int(fields[0])
        if seq == self.seq + 1:
            self.take(seq, *fields[1:])
            self.catch_up()
        else:
            self.waiting[seq] = fields
            if len(self.waiting) > self.early:
                self.jump()
        return len(line)

    def catch_up(self):
        """Take those whose turn has come."""
        while self.waiting and (fields := self.waiting.pop(self.seq + 1, None)):
            self.take(self.seq + 1, *fields[1:])

    def jump(self):
        """Go on behind a gap."""
        seq = min(self.waiting)
        self.miss(seq)
        self.seq, self.head = seq - 1, self.waiting[seq][2]  # what is missing cannot be compared
        self.catch_up()

    def close(self):
        """No more rows come."""
        while self.waiting:
            self.jump()

    def take(self, seq, entry, previous, stored, state, text, digest, *detail):
        """Whether entry, link and detail are what was hashed, and follow the link before."""
        if previous != self.head:
            self.outcome.blame(f"Mắt xích {seq} không nối với mắt xích trước nó.")
        if state == KEPT and hashlib.sha256(text).hexdigest().encode() == stored:
            self.check_detail(entry, digest, *detail)
        elif state == b"lost":
            self.outcome.blame(f"Mục nhật ký số {entry.decode()} (mắt xích {seq}) đã mất.")
        else:
            self.outcome.blame(f"Mục nhật ký số {entry.decode()} hoặc mắt xích {seq} của nó đã bị sửa.")
        self.seq, self.head = seq, stored
        if seq in self.wanted:
            self.outcome.hashes[seq] = stored.decode()

    def check_detail(self, entry, digest, state, salt, text):
        """Whether the detail is the one that the entry vouches for, or erased as the law wants."""
        if state == KEPT:
            whole = len(salt) == 2 * SALT_BYTES
            if (
                not whole
                or hashlib.sha256(bytes.fromhex(salt.decode()) + text).hexdigest().encode() != digest
            ):
                entry = entry.decode()
                self.outcome.blame(
                    f"Chi tiết của mục nhật ký số {entry} đã bị sửa mà không phải là xoá theo luật."
                )
        elif state == NONE and digest:
            self.outcome.blame(f"Chi tiết của mục nhật ký số {entry.decode()} đã mất.")

    def miss(self, seq):
        """A number that does not follow the one before."""
        if seq == self.seq + 2:
            self.outcome.blame(f"Thiếu mắt xích {seq - 1}.")
        elif seq > self.seq:
            self.outcome.blame(f"Thiếu các mắt xích từ {self.seq + 1} đến {seq - 1}.")
        else:
            self.outcome.blame(f"Mắt xích {seq} xuất hiện hai lần hoặc sai thứ tự.")


def unescaped(found):
    """What an escape of COPY's text format stands for; its mark of nothing stays."""
    return ESCAPES.get(found[1], found[1])


def verify(wanted=()):
    """Walk the whole chain; ``wanted`` are numbers of links whose hashes the caller wants to see."""
    wanted = set(wanted)
    outcome = walk(wanted, "l.entry_id", EARLY)
    return outcome if outcome.is_whole else walk(wanted, "l.seq", 0)


@transaction.atomic
def walk(wanted, order, early):
    """Read and check everything in this order."""
    outcome = Outcome()
    chain = Chain(outcome, wanted, early)
    with connection.cursor() as cursor:
        cursor.execute("set local statement_timeout = 0")
        cursor.execute(UNLINKED)
        for (entry,) in cursor.fetchall():
            outcome.blame(f"Mục nhật ký số {entry} không có mắt xích.")
        cursor.copy_expert(ROWS.format(order=order), chain)
    chain.close()
    outcome.count, outcome.head = chain.seq, chain.head.decode()
    return outcome


def guards_off():
    """Names of the triggers that should always fire and do not."""
    with connection.cursor() as cursor:
        cursor.execute(ALWAYS_ON, [sorted(GUARDS)])
        return sorted(GUARDS - {name for (name,) in cursor.fetchall()})
