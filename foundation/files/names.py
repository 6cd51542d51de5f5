"""What people call their files: text to show, never a path, never part of a header or an address of ours."""

import re
import unicodedata

LONGEST = 150  # characters
LONGEST_ENDING = 12
HIDDEN = {
    "Cc",
    "Cf",
    "Cs",
    "Co",
    "Cn",
    "Zl",
    "Zp",
}  # control, invisible and direction marks, halves of letters
UNFIT = re.compile(r'[<>:"|?*]')
RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)  # devices of Windows
NAMELESS = "tep"


def clean_name(name):
    """The name in one form (NFC) on one line, without folders, hidden characters and what no system can store."""
    text = unicodedata.normalize("NFC", name.replace("\\", "/").rpartition("/")[2])
    text = "".join(letter for letter in text if unicodedata.category(letter) not in HIDDEN)
    text = UNFIT.sub("_", " ".join(text.split())).strip(". ")
    if RESERVED.match(text):
        text = f"_{text}"
    return shortened(text) or NAMELESS


def shortened(text):
    """Not longer than is kept; the ending stays."""
    stem, dot, ending = text.rpartition(".")
    if len(text) <= LONGEST or not stem or len(ending) > LONGEST_ENDING:
        return text[:LONGEST]
    return f"{stem[: LONGEST - len(ending) - 1]}{dot}{ending}"
