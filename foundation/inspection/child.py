"""The process behind ``opening.inspected``: ``python -m foundation.inspection.child DEED SOURCE FOLDER OPTIONS``.

Opens the file at SOURCE within limits, leaves what it makes in FOLDER and prints one line: facts, or a refusal.
"""

import json
import shutil
import sys
from pathlib import Path

from foundation.inspection import kinds, pdfs, pictures
from foundation.inspection.limits import confine
from foundation.inspection.words import Unfit

MEMORY, CPU, OUTPUT = 1024, 20, 128  # megabytes, seconds, megabytes
PAPER_SIDE = 2400  # pixels of a photographed paper: small print stays readable


def release(source, folder, *, name=""):
    """What the file is, and the copy that people get."""
    kind = kinds.true_kind(source, name)
    target = folder / "released"
    facts = {"kind": kind.word, "content_type": kind.content_type, "ending": kind.endings[0], "pages": 0}
    if kind.is_picture:
        pictures.redrawn(source, target, PAPER_SIDE)
        return facts | {"content_type": "image/jpeg", "ending": ".jpg", "pages": 1}
    if kind.word == "pdf":
        return facts | {"pages": pdfs.cleaned(source, target)}
    shutil.copyfile(source, target)
    return facts


def pdf(source, folder):
    """Only the judgement, for a PDF that is kept byte for byte."""
    return {"pages": pdfs.judged(source)}


def photo(source, folder, *, longest_side):
    """A photo for a page."""
    width, height = pictures.redrawn(source, folder / "released", longest_side, pictures.PHOTO_FORMATS)
    return {"width": width, "height": height}


def pages(source, folder, *, first, last):
    """Images of some pages."""
    sizes = pdfs.drawn(source, folder, first, last)
    return {"numbers": list(range(first, first + len(sizes))), "sizes": sizes}


def join(source, folder):
    """One PDF from the JPEG files in the folder at SOURCE, in the order of their names."""
    return {"pages": pdfs.joined(sorted(source.iterdir()), folder / "released")}


DEEDS = {"release": release, "pdf": pdf, "photo": photo, "pages": pages, "join": join}


def main(deeds=DEEDS):
    """Do the one deed that the command line names, confined, and print what came of it."""
    deed, source, folder, options = sys.argv[1:]
    cut_off = confine(memory=MEMORY, cpu=CPU, output=OUTPUT)
    try:
        said = deeds[deed](Path(source), Path(folder), **json.loads(options))
    except Unfit as refusal:
        said = {"refused": refusal.word}
    except (MemoryError, RecursionError):
        said = {"refused": "heavy"}
    print(json.dumps(said | {"cut_off": cut_off}))


if __name__ == "__main__":
    main()
