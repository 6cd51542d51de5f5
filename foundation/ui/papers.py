"""Official papers as PDF/A-2a through Typst, and QR codes as SVG.

A template reads its data with ``#let d = json(bytes(sys.inputs.data))``: data never become markup. The
official heading, page and signature come from ``#import "/official.typ": official, official-heading,
signature``; pictures lie under ``/anh/``. The same data, pictures and moment give the same bytes.
"""

import io
import json
import shutil
import tempfile
from functools import cache
from pathlib import Path, PurePath

import segno
import typst

HERE = Path(__file__).parent
OFFICIAL = HERE / "typst" / "official.typ"
STANDARD = "a-2a"  # archived, and tagged for screen readers: a picture without alternative text is refused


class PaperFailed(RuntimeError):
    """The template could not be set; the message is Typst's."""


@cache
def fonts():
    """The vendored fonts, read once; fonts of the machine are never used."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(HERE / "fonts")]
    )


def render_pdf(template_path, data, images=None, *, moment):
    """The paper as bytes; raises PaperFailed.

    ``images`` maps names such as "qr.svg" to bytes. ``moment`` (an aware datetime) is the time written into
    the file: pass the record's own, not the clock's, and the bytes are the same every time.
    """
    template_path = Path(template_path)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copy(OFFICIAL, root / "official.typ")
        (root / "mau").mkdir()
        for piece in template_path.parent.glob("*.typ"):
            shutil.copy(piece, root / "mau" / piece.name)
        (root / "anh").mkdir()
        for name, content in (images or {}).items():
            (root / "anh" / PurePath(name).name).write_bytes(content)
        return compiled(root, root / "mau" / template_path.name, data, moment)


def compiled(root, main, data, moment):
    """One run of Typst, shut into ``root``."""
    try:
        return typst.Compiler(
            str(main),
            root=str(root),
            font_paths=fonts(),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False, default=str)},
        ).compile(format="pdf", pdf_standards=[STANDARD], timestamp=int(moment.timestamp()))
    except RuntimeError as failure:  # TypstError is one
        raise PaperFailed(str(failure)) from failure


def qr_svg(address, *, scale=4, error="q"):
    """The QR code of an address as SVG bytes with its quiet zone; a quarter of it may wear off (level Q).

    ``error="m"`` is for long texts on good paper: less may wear off, but the squares stay large.
    """
    out = io.BytesIO()
    segno.make_qr(address, error=error).save(
        out, kind="svg", scale=scale, border=4, xmldecl=False, light="#fff"
    )
    return out.getvalue()
