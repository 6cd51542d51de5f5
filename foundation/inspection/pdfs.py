"""Judge PDFs, clean them, draw their pages, make one from photos. In the child process only."""

from contextlib import contextmanager
from pathlib import Path

import pikepdf
import pypdfium2
from PIL import Image

from foundation.inspection.words import Unfit

MAX_PAGES = 1_000
PAGE_PIXELS = 1_400  # the longer side of a page's image; a line of 10 pt is then readable on a telephone
A4 = (595, 842)  # points
ACTIVE_KINDS = {"/JavaScript", "/Launch", "/ImportData", "/RichMediaExecute"}
ACTIVE_KEYS = ("/JS", "/JavaScript", "/EF", "/EmbeddedFiles")
ACTIVE_TYPES = {"/EmbeddedFile"}
DEEPEST = 40  # levels of direct objects inside one another


def is_active(thing, depth=0):
    """Whether this object, or one written directly inside it, carries code or a file."""
    if depth > DEEPEST:
        return True
    if isinstance(thing, pikepdf.Array):
        return any(is_active(item, depth + 1) for item in thing if not leads_elsewhere(item))
    if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        return False
    if str(thing.get("/S", "")) in ACTIVE_KINDS or str(thing.get("/Type", "")) in ACTIVE_TYPES:
        return True
    if any(key in thing for key in ACTIVE_KEYS):
        return True
    return any(is_active(value, depth + 1) for _, value in thing.items() if not leads_elsewhere(value))


def leads_elsewhere(value):
    """References are met on their own in the list of all objects; plain values hold nothing."""
    return not isinstance(value, pikepdf.Object) or value.is_indirect


@contextmanager
def opened(path):
    """A PDF that opens without a password, has pages and does nothing by itself; else Unfit."""
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                raise Unfit("encrypted")
            if not len(pdf.pages):
                raise Unfit("empty")
            if len(pdf.pages) > MAX_PAGES:
                raise Unfit("pages")
            if any(is_active(thing) for thing in pdf.objects):
                raise Unfit("active")
            yield pdf
    except pikepdf.PasswordError as closed:
        raise Unfit("encrypted") from closed
    except (pikepdf.PdfError, ValueError, RuntimeError) as broken:
        raise Unfit("damaged") from broken


def judged(path):
    """The number of pages of a harmless PDF."""
    with opened(path) as pdf:
        return len(pdf.pages)


def is_signed(pdf):
    """Whether a signature stands in it: then not one byte may change."""
    return any(
        isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)) and "/ByteRange" in thing
        for thing in pdf.objects
    )


def cleaned(path, target):
    """Write the copy that people get: only what the pages need; a signed one byte for byte. Returns its pages."""
    with opened(path) as pdf:
        if is_signed(pdf):
            Path(target).write_bytes(Path(path).read_bytes())
        else:
            pdf.remove_unreferenced_resources()
            pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return len(pdf.pages)


def drawn(path, folder, first, last):
    """Draw pages ``first`` to ``last`` (from 1) as JPEG files into the folder; returns width and height of each."""
    try:
        with pypdfium2.PdfDocument(path) as pdf:
            sizes = []
            for number in range(first, min(last, len(pdf)) + 1):
                page = pdf[number - 1]
                scale = min(PAGE_PIXELS / max(page.get_size()), 4)
                picture = page.render(scale=scale).to_pil().convert("RGB")
                picture.save(folder / f"{number:04}.jpg", "JPEG", quality=75, optimize=True)
                sizes.append(picture.size)
            return sizes
    except (pypdfium2.PdfiumError, OSError, ValueError) as broken:
        raise Unfit("damaged") from broken


def joined(paths, target):
    """One PDF from JPEG files that this room made, a picture on each A4 page, not compressed again."""
    with pikepdf.new() as pdf:
        for path in paths:
            with Image.open(path) as picture:
                wide, high = picture.size
            sheet = A4 if high >= wide else A4[::-1]
            scale = min(sheet[0] / wide, sheet[1] / high)
            width, height = wide * scale, high * scale
            page = pdf.add_blank_page(page_size=sheet)
            page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=photo(pdf, path, wide, high)))
            left, low = (sheet[0] - width) / 2, (sheet[1] - height) / 2
            page.Contents = pdf.make_stream(
                f"{width:.2f} 0 0 {height:.2f} {left:.2f} {low:.2f} cm /P Do".encode()
            )
        pdf.save(target)
        return len(pdf.pages)


def photo(pdf, path, wide, high):
    """The JPEG itself as an object of the PDF."""
    facts = {"Type": "/XObject", "Subtype": "/Image", "ColorSpace": "/DeviceRGB", "Filter": "/DCTDecode"}
    names = {key: pikepdf.Name(value) for key, value in facts.items()}
    return pikepdf.Stream(pdf, Path(path).read_bytes(), Width=wide, Height=high, BitsPerComponent=8, **names)
