"""What exactly is hashed: the written form of an entry and of its detail, without Django and without the database.

The database computes the same text when it links an entry (migration ``0004_trail_chain``); ``verify_trail`` computes
it here.
The form is fixed by its version, which is part of the text: a later version may differ, old rows stay readable. See
``docs/decisions/0010-the-trail-is-a-chain.md``.
"""

import hashlib
import unicodedata

VERSION = 1
SEPARATOR = "\x1f"
GENESIS = bytes(32)  # what the first link follows
LINK_TAG = f"ocop-trail/{VERSION}"
DETAIL_TAG = f"ocop-trail-detail/{VERSION}"
SALT_BYTES = 16


def one_line(text):
    """Text in its composed form without control characters: one way to write it, and no separator inside."""
    composed = unicodedata.normalize("NFC", str(text))
    return "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in composed)


def several_lines(text):
    """The same, but lines and tabs stay."""
    composed = unicodedata.normalize("NFC", str(text)).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(s if s in "\n\t" or unicodedata.category(s) != "Cc" else " " for s in composed)


def detail_digest(salt, note, address, agent):
    """The only trace of a detail in the chain; without the salt nobody can guess what it stood for."""
    text = SEPARATOR.join((DETAIL_TAG, note, address, agent))
    return hashlib.sha256(salt + text.encode()).digest()


def moment(at):
    """A moment in UTC with microseconds: 2024-10-15T03:04:05.000006Z. ``at`` is an aware datetime in UTC."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def link_hash(fields):
    """The hash of a link over its twelve fields as text, in order.

    Number, previous hash, number of the entry, moment, person, role, kind of record, record, act, from, to, digest of
    the detail; hashes in hexadecimal, what is missing is empty.
    """
    return hashlib.sha256(SEPARATOR.join((LINK_TAG, *fields)).encode()).digest()
