"""PDFs that do something, never end, or cannot be read: refused, quickly, outside the server (T84)."""

import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest
from django import forms

from foundation.inspection import opening, pdfs
from foundation.inspection.opening import inspected_bytes
from foundation.inspection.words import Unfit
from tests.ui.test_documents import action, attachment, cleaned, named_script, nested_action, open_action, pdf

ROOT = Path(__file__).resolve().parents[2]
PAGE = "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"


def written(*objects, trailer=""):
    """A PDF of these objects, byte by byte, numbered from 1; the first is its catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<</Root 1 0 R/Size {len(objects) + 1}{trailer}>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def catalogue(more=""):
    return f"<</Type/Catalog/Pages 2 0 R{more}>>"


def pages(kids, count):
    return f"<</Type/Pages/Kids[{kids}]/Count {count}>>"


def levels(deep, wide):
    """A tree in which each level names the next ``wide`` times: wide ** deep pages of a thousand bytes."""
    trees = [
        pages(f"{number + 1} 0 R " * wide, wide ** (deep - at))
        for at, number in enumerate(range(2, deep + 2))
    ]
    return written(catalogue(), *trees, PAGE)


def page_action(made):
    made.pages[0].AA = pikepdf.Dictionary(O=action("/Launch", F="cmd.exe"))


def rich_media(made):
    made.Root.OpenAction = action("/RichMediaExecute")


def next_action(made):
    """A harmless action that a script follows."""
    link = action("/URI", URI=pikepdf.String("https://example.vn"))
    link.Next = pikepdf.Array([action("/JavaScript", JS=pikepdf.String("1"))])
    made.Root.OpenAction = link


def file_note(made):
    """A file pinned to a page."""
    file = made.make_stream(b"MZ")
    pinned = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F="a.exe", EF=pikepdf.Dictionary(F=file))
    note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, FS=pinned)
    made.pages[0].Annots = pikepdf.Array([note])


ENDLESS = "[" * 400 + "]" * 400
REFUSED = {
    "script": (pdf(open_action), {"active"}),
    "script in names": (pdf(named_script), {"active"}),
    "script after a link": (pdf(next_action), {"active"}),
    "launch": (pdf(nested_action), {"active"}),
    "launch of a page": (pdf(page_action), {"active"}),
    "rich media": (pdf(rich_media), {"active"}),
    "attachment": (pdf(attachment), {"active"}),
    "attachment pinned to a page": (pdf(file_note), {"active"}),
    "password": (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), {"encrypted"}),
    "password of the owner only": (pdf(encryption=pikepdf.Encryption(owner="a", user="")), {"encrypted"}),
    "tree that names itself": (written(catalogue(), pages("2 0 R", 1)), {"damaged", "empty"}),
    "tree that names its parent": (
        written(catalogue(), pages("3 0 R", 1), pages("2 0 R", 1)),
        {"damaged", "empty"},
    ),
    "catalogue that is its own tree": (written("<</Type/Catalog/Pages 1 0 R>>"), {"damaged", "empty"}),
    "deeper than a reader goes": (written(catalogue(f"/X {ENDLESS}"), pages("3 0 R", 1), PAGE), {"active", "damaged"}),
    "100,000 pages": (written(catalogue(), pages("3 0 R " * 100_000, 100_000), PAGE), {"pages", "heavy"}),
    "ten thousand million pages": (levels(10, 10), {"pages", "heavy", "damaged"}),
    "pages that it only claims": (written(catalogue(), pages("", 100_000)), {"pages", "empty", "damaged"}),
}  # fmt: skip
HARMLESS = {
    "plain": pdf(),
    "outline that goes in a circle": written(
        catalogue("/Outlines 4 0 R"), pages("3 0 R", 1), PAGE, "<</First 5 0 R/Last 5 0 R/Count 1>>",
        "<</Title(a)/Parent 4 0 R/Next 5 0 R/Prev 5 0 R/First 5 0 R>>",
    ),
    "references that go in a circle": written(
        catalogue("/X 4 0 R"), pages("3 0 R", 1), PAGE, "<</Y 5 0 R>>", "<</X 4 0 R>>"
    ),
    "table of objects that comes before itself": written(catalogue(), pages("3 0 R", 1), PAGE, trailer="/Prev 9"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_t84_what_acts_never_ends_or_is_closed_is_refused_in_time(case):
    content, words = REFUSED[case]
    began = time.monotonic()
    with pytest.raises(Unfit) as refusal, inspected_bytes(content, "release", name="a.pdf"):
        pass
    assert refusal.value.word in words
    assert time.monotonic() - began < opening.SECONDS
    with pytest.raises(
        forms.ValidationError, match="Tệp"
    ):  # a form without scripts leads through the same door
        cleaned(content)


@pytest.mark.parametrize("case", HARMLESS)
def test_t84_circles_that_harm_nobody_are_walked_once(case):
    with inspected_bytes(HARMLESS[case], "release", name="a.pdf") as found:
        assert found.facts["pages"] in {1, 2}


@pytest.mark.parametrize("case", ["script", "launch", "attachment"])
def test_control_without_the_look_at_objects_it_would_pass(tmp_path, monkeypatch, case):
    path = tmp_path / "a.pdf"
    path.write_bytes(REFUSED[case][0])
    with pytest.raises(Unfit, match="active"):
        pdfs.judged(path)
    monkeypatch.setattr(pdfs, "is_active", lambda thing: False)
    assert pdfs.judged(path) == 2


def test_control_without_the_limit_many_pages_would_pass(tmp_path, monkeypatch):
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(pages=12))
    monkeypatch.setattr(pdfs, "MAX_PAGES", 11)
    with pytest.raises(Unfit, match="pages"):
        pdfs.judged(path)
    monkeypatch.setattr(pdfs, "MAX_PAGES", 12)
    assert pdfs.judged(path) == 12


def test_t84_the_server_has_no_reader_of_pdfs_in_it():
    """Opened in the child process only: what receives files does not even load the library."""
    code = (
        "import sys, django; django.setup();"
        "import foundation.files.views, foundation.files.works, foundation.ui.forms;"
        "print([name for name in ('pikepdf', 'pypdfium2') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
