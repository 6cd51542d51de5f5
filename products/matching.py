"""Whether a PDF that somebody holds is a certificate of this portal, unchanged. Compared by digest, never opened."""

import hashlib
from dataclasses import dataclass

from products.models import Certificate

END = b"%%EOF"
MOST_REVISIONS = 20  # a file with more is somebody's experiment


@dataclass(frozen=True)
class Match:
    """``word``: signed, unsigned (ours as it was printed), changed (ours, and something added), unknown."""

    word: str
    certificate: Certificate | None = None


def match(content):
    """What the register knows of these bytes."""
    digest = hashlib.sha256(content).hexdigest()
    papers = Certificate.objects.for_check()
    if found := papers.filter(signed__sha256=digest).first():
        return Match("signed", found)
    if found := papers.filter(sha256=digest).first():
        return Match("unsigned", found)
    bases = list(digests_of_revisions(content))
    found = papers.filter(sha256__in=bases).first() or papers.filter(signed__sha256__in=bases).first()
    return Match("changed", found) if found else Match("unknown")


def digests_of_revisions(content):
    """The digests of the file as it was before each addition: updates of a PDF only append."""
    running, last, at = hashlib.sha256(), 0, content.find(END)
    for _ in range(MOST_REVISIONS):
        if at < 0:
            return
        for end in (at + len(END), *line_ends(content, at + len(END))):
            running.update(content[last:end])
            last = end
            yield running.hexdigest()
        at = content.find(END, last)


def line_ends(content, end):
    """Where the line after the mark may end: nothing, LF, CR or CR LF follow it."""
    while end < len(content) and content[end : end + 1] in {b"\r", b"\n"}:
        end += 1
        yield end
        if content[end - 1 : end] == b"\n":
            return
