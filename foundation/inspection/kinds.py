"""What a file really is: by its first bytes, by a second opinion, and by what else hides in it."""

import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

import puremagic

from foundation.inspection import archives
from foundation.inspection.words import Unfit

WINDOW = 4096  # bytes at both ends in which browsers and readers look for a kind
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
# What makes a browser or an interpreter take the file for something else, wherever at the ends it stands.
FOREIGN = re.compile(rb"<(!doctype\s+html|html|head|body|script|iframe|svg|\?php)[\s>]|<\?php", re.IGNORECASE)
PROGRAMS = (b"MZ", b"\x7fELF", b"#!")


@dataclass(frozen=True)
class Kind:
    """One kind of file that people may send."""

    word: str
    content_type: str
    endings: tuple
    label: str

    @property
    def is_picture(self):
        return self.content_type.startswith("image/")


PICTURES = (
    ".jpg",
    ".jpeg",
    ".jpe",
    ".jfif",
    ".png",
    ".webp",
    ".heic",
    ".heif",
)  # telephones mix them up; all are redrawn
OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    kind.word: kind
    for kind in (
        Kind("pdf", "application/pdf", (".pdf",), "PDF"),
        Kind("jpeg", "image/jpeg", PICTURES, "Ảnh"),
        Kind("png", "image/png", PICTURES, "Ảnh"),
        Kind("webp", "image/webp", PICTURES, "Ảnh"),
        Kind("heic", "image/heic", PICTURES, "Ảnh"),
        Kind("docx", f"{OFFICE}.wordprocessingml.document", (".docx",), "Word"),
        Kind("xlsx", f"{OFFICE}.spreadsheetml.sheet", (".xlsx",), "Excel"),
    )
}


def true_kind(path, name=""):
    """The kind of the file at ``path``, or Unfit. ``name``: what people called it; its ending must agree."""
    with open(path, "rb") as file:
        head = file.read(WINDOW)
        file.seek(max(0, file.seek(0, 2) - WINDOW))
        tail = file.read()
    if not head:
        raise Unfit("empty")
    kind = by_first_bytes(head, path)
    refuse_second_nature(kind, head, tail, path)
    ending = PurePath(name).suffix.lower()
    if ending and ending not in kind.endings:
        raise Unfit("ending")
    return kind


def by_first_bytes(head, path):
    """The kind that the file begins as."""
    if head.startswith(b"%PDF-"):
        return KINDS["pdf"]
    if head.startswith(b"\xff\xd8\xff"):
        return KINDS["jpeg"]
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return KINDS["png"]
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return KINDS["webp"]
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        return KINDS["heic"]
    if head.startswith((b"PK\x03\x04", archives.OLD_OFFICE)):
        return KINDS[archives.kind_of(path)]
    raise Unfit("other")


def refuse_second_nature(kind, head, tail, path):
    """A file that is also something else: a page, a program, an archive, a PDF."""
    if FOREIGN.search(head) or FOREIGN.search(tail) or tail.startswith(PROGRAMS):
        raise Unfit("polyglot")
    if kind.word != "pdf" and b"%PDF-" in head:
        raise Unfit("polyglot")
    if kind.word not in archives.MAIN_PARTS and zipfile.is_zipfile(path):
        raise Unfit("polyglot")
    if not second_opinion(kind, head):
        raise Unfit("other")


def second_opinion(kind, head):
    """Whether a library that knows a thousand kinds also takes these bytes for this one."""
    known = {".zip", *kind.endings}
    try:
        said = {match.extension for match in puremagic.magic_string(head)}
    except puremagic.PureError:
        return False
    return bool(said & known)
