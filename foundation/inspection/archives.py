"""Judge a Word or Excel file before anything in it is opened: what the archive says of itself, then its real size.

Called in a process of its own (``child``, ``foundation.sheets.reader``).
"""

import re
import struct
import zipfile
import zlib

from foundation.inspection.words import Unfit

MAX_ENTRIES = 400
MAX_UNPACKED = 120 * 1024**2
MAX_RATIO = 150  # bytes unpacked for one byte packed; lists of offices stay below 40
SMALL = 1024**2  # below this a ratio says nothing
CHUNK = 256 * 1024
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_MARK = "EncryptedPackage".encode("utf-16-le")
LOCAL_HEADER = struct.Struct("<4s22xHH")
LINK, KIND = 0o120000, 0o170000
TEXT = re.compile(r"\.(xml|rels|vml)$", re.IGNORECASE)
MARKUP = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
UNFIT_PARTS = (
    (re.compile(r"vbaproject|/macrosheets/|/activex/", re.IGNORECASE), "macro"),
    (re.compile(r"^xl/externallinks/", re.IGNORECASE), "links"),
    (re.compile(r"/embeddings/|oleobject", re.IGNORECASE), "embedded"),
    (re.compile(r"^xl/workbook\.bin$", re.IGNORECASE), "binary"),
)
MAIN_PARTS = {"xlsx": "spreadsheetml.sheet.main+xml", "docx": "wordprocessingml.document.main+xml"}
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)
OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)


def kind_of(path):
    """The word of the kind that a sound archive holds, or Unfit."""
    return judged(path, kinds=tuple(MAIN_PARTS))


def judged(path, kinds=("xlsx",)):
    """The kind of the archive; Unfit unless it is one of ``kinds``, plain, and its parts are as small as it says."""
    with open(path, "rb") as file:
        head = file.read(8)
        if head == OLD_OFFICE:
            raise Unfit("encrypted" if ENCRYPTED_MARK in head + file.read() else "old")
        if not head.startswith(b"PK\x03\x04"):
            raise Unfit("other")
        try:
            with zipfile.ZipFile(file) as archive:
                parts = archive.infolist()
                judge_directory(parts, file.seek(0, 2))
                for part in parts:
                    unpack(file, part)
                refuse_outside(archive)
                return judge_kind(archive, kinds)
        except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, KeyError) as damage:
            raise Unfit("damaged") from damage


def judge_directory(parts, size):
    """What the directory of the archive states: nothing is unpacked for this."""
    if len(parts) > MAX_ENTRIES:
        raise Unfit("entries")
    names = [part.filename for part in parts]
    if len({name.lower() for name in names}) < len(names):
        raise Unfit("damaged")
    for part in parts:
        judge_part(part)
    packed, unpacked = (sum(getattr(part, name) for part in parts) for name in ("compress_size", "file_size"))
    if packed > size:  # parts lie over one another
        raise Unfit("bomb")
    if unpacked > MAX_UNPACKED or (unpacked > SMALL and unpacked > MAX_RATIO * max(packed, 1)):
        raise Unfit("bomb")


def judge_part(part):
    """One part by its name and kind."""
    name = part.orig_filename
    if part.flag_bits & 0x1:
        raise Unfit("encrypted")
    steps = name.replace("\\", "/").split("/")
    if ".." in steps or name.startswith(("/", "\\")) or ":" in name or "\x00" in name:
        raise Unfit("paths")
    if (part.external_attr >> 16) & KIND == LINK:
        raise Unfit("paths")
    if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise Unfit("damaged")
    for pattern, word in UNFIT_PARTS:
        if pattern.search(name):
            raise Unfit(word)


def unpack(file, part):
    """Unpack one part into nothing: it must not be larger than it says, and must not define entities."""
    file.seek(part.header_offset)
    mark, name_length, extra_length = LOCAL_HEADER.unpack(file.read(LOCAL_HEADER.size))
    if mark != b"PK\x03\x04":
        raise Unfit("damaged")
    file.seek(name_length + extra_length, 1)
    tail, total = b"", 0
    for piece in pieces(file, part):
        total += len(piece)
        if total > part.file_size:
            raise Unfit("bomb")
        if TEXT.search(part.filename) and MARKUP.search(tail + piece):
            raise Unfit("entities")
        tail = piece[-16:]
    if total != part.file_size:
        raise Unfit("damaged")


def pieces(file, part):
    """The content of a part, a quarter of a megabyte at a time."""
    left = part.compress_size
    unpacker = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0 and (packed := file.read(min(CHUNK, left))):
        left -= len(packed)
        if unpacker is None:
            yield packed
            continue
        while packed and not unpacker.eof:
            yield unpacker.decompress(packed, CHUNK)
            packed = unpacker.unconsumed_tail
    if unpacker is not None:
        yield unpacker.flush()


def refuse_outside(archive):
    """Nothing in it is fetched from elsewhere when it is opened: templates, pictures, data. Links to click may stay."""
    for name in archive.namelist():
        if name.lower().endswith(".rels"):
            for relation in RELATION.findall(archive.read(name)):
                if OUTSIDE.search(relation) and not HYPERLINK.search(relation):
                    raise Unfit("links")


def judge_kind(archive, kinds):
    """A document or workbook without macros, by what the archive says its main part is."""
    types = archive.read("[Content_Types].xml").decode("utf-8", "replace")
    if "macroenabled" in types.lower():
        raise Unfit("macro")
    for kind in kinds:
        if MAIN_PARTS[kind] in types:
            return kind
    raise Unfit("other")
