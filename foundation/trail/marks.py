"""Whether single entries are whole, for the pages that show them. The whole chain is verify_trail's business."""

from foundation.trail.canonical import GENESIS
from foundation.trail.models import Link


def marked(entries):
    """The entries (with their links) as a list; each says ``is_whole``: itself, its detail and its place in the chain.

    One query for all of them.
    """
    entries = list(entries)
    links = [entry.link for entry in entries if hasattr(entry, "link")]
    before = {0: GENESIS, **Link.objects.before(links)}
    for entry in entries:
        entry.is_whole = is_linked(entry, before) and has_its_detail(entry)
    return entries


def is_linked(entry, before):
    """The entry hangs in the chain where its link says, as it was written."""
    if not hasattr(entry, "link"):
        return False
    link = entry.link
    known = before.get(link.seq - 1)
    return known == bytes(link.previous) and link.expected_hash(known) == bytes(link.hash)


def has_its_detail(entry):
    """The detail is the one that was written, or erased as the law wants, or there never was one."""
    if hasattr(entry, "detail"):
        return entry.detail.is_whole
    return not bytes(entry.digest)
