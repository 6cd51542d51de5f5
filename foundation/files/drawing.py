"""Pages of PDFs that are kept for good, drawn behind the pages, once for the same bytes; and what there is to read.

An upload brings its own images (``works.drawn``), which go when it goes. Files that came another way are drawn here.
"""

import hashlib
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage

from foundation.files import works
from foundation.files.models import Drawing, DrawnPage, PageImage
from foundation.inspection.opening import inspected
from foundation.inspection.words import Unfit
from foundation.jobs.files import clear_folder
from foundation.jobs.models import Job, JobState
from foundation.jobs.queue import enqueue, work

A4 = (990, 1400)  # of a page whose size was not kept
SHOWN = 30  # pages of one file in a page that shows many files; what comes after is read in the original
GONE = "Không tìm thấy tệp để vẽ trang."
CHANGED = "Tệp đã lưu không còn đúng mã băm nên không vẽ trang."


# ---------------------------------------------------------------- what there is to read


@dataclass(frozen=True)
class PageSize:
    """A page that was drawn."""

    number: int
    width: int
    height: int


@dataclass(frozen=True)
class Reading:
    """The drawn pages of one file, ``total`` of which it has."""

    pages: tuple
    total: int

    @property
    def shown(self):
        """The pages that stand beside other files."""
        return self.pages[:SHOWN]

    @property
    def left(self):
        """How many more are read in the original alone."""
        return self.total - len(self.shown)


def readings(files):
    """{code: Reading} of those (code, SHA-256) that were drawn, with or without success; two queries."""
    digests = {str(code): sha256 for code, sha256 in files}
    if not digests:
        return {}
    drawings = Drawing.objects.filter(sha256__in=set(digests.values())).order_by("pages__number")
    columns = ("sha256", "total", "pages__number", "pages__width", "pages__height")
    by_digest = _gathered(drawings.values_list(*columns))
    images = PageImage.objects.filter(upload__code__in=digests).order_by("number")
    columns = ("upload__code", "upload__pages", "number", "width", "height")
    by_code = _gathered(images.values_list(*columns))
    found = {code: by_code.get(code) or by_digest.get(sha256) for code, sha256 in digests.items()}
    return {code: reading for code, reading in found.items() if reading}


def _gathered(rows):
    """Rows of (key, total, number, width, height) as a reading of each key."""
    pages, totals = {}, {}
    for key, total, number, width, height in rows:
        totals[str(key)] = total
        kept = pages.setdefault(str(key), [])
        if number is not None:
            kept.append(PageSize(number, width or A4[0], height or A4[1]))
    return {key: Reading(tuple(pages[key]), total) for key, total in totals.items()}


# ---------------------------------------------------------------- drawing


def ask(files):
    """Have these PDFs drawn, (SHA-256, stored name), unless they are or somebody does; returns how many are new.

    A try that failed lets go of its key, so that asking again tries again. In the order of the digests: two that ask
    for the same files wait for one another and never in a circle.
    """
    wanted = dict(files)
    for sha256 in Drawing.objects.filter(sha256__in=wanted).values_list("sha256", flat=True):
        del wanted[sha256]
    keys = {f"draw-pages:{sha256}": sha256 for sha256 in sorted(wanted)}
    jobs = Job.objects.filter(effect_key__in=keys)
    jobs.filter(state=JobState.FAILED).update(effect_key=None)
    for key in set(jobs.values_list("effect_key", flat=True)):
        del keys[key]
    for key, sha256 in keys.items():
        title = f"Vẽ trang của tệp {sha256[:12]}"
        enqueue(draw, title=title, effect_key=key, sha256=sha256, name=wanted[sha256])
    return len(keys)


@work
def draw(step, *, sha256, name):
    """Draw the pages of a stored PDF. Runs at least once: a killed try leaves no row, and the next begins again.

    The row of the drawing comes first and is the lock: a second worker waits for it, and then finds it done.
    """
    drawing, new = Drawing.objects.get_or_create(sha256=sha256)
    if not new:
        return ""
    clear_folder(drawing.folder)  # of an earlier try
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        fetch(name, sha256, source)
        try:
            with inspected(source, "pdf") as found:
                drawing.total = found.facts["pages"]
            for page in works.pages_kept(source, drawing.total, drawing.folder, step):
                DrawnPage.objects.create(drawing=drawing, **page)
        except Unfit as refusal:  # what was drawn before stays; the rest is read in the original
            drawing.trouble = refusal.sentence
    drawing.save()
    return ""


def fetch(name, sha256, target):
    """Copy a stored file to this path. Raises ValidationError when it is not there, or no longer what it was."""
    if not default_storage.exists(name):
        raise ValidationError(GONE)
    with default_storage.open(name, "rb") as stored, target.open("wb") as copy:
        shutil.copyfileobj(stored, copy)
    with target.open("rb") as copy:
        if hashlib.file_digest(copy, "sha256").hexdigest() != sha256:
            raise ValidationError(CHANGED)
