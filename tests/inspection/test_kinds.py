"""What a file is, and what hides in it (T80–T85)."""

import io
import zipfile

import pikepdf
import pillow_heif
import pytest
import xlsxwriter
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from foundation.inspection import kinds, pictures
from foundation.inspection.opening import inspected_bytes
from foundation.inspection.words import REFUSALS, Unfit
from tests.ui.test_documents import action, attachment, named_script, nested_action, open_action, pdf

pillow_heif.register_heif_opener()
PAYLOAD = b"<script>alert(document.domain)</script>"


def picture(form="JPEG", size=(60, 40), **options):
    """A picture of that format."""
    out = io.BytesIO()
    Image.new("RGB", size, "#2a6").save(out, form, **options)
    return out.getvalue()


def workbook():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    book.add_worksheet().write(0, 0, "Khăn lụa")
    book.close()
    return out.getvalue()


def word_file(*, more=(), relations="", main="wordprocessingml.document.main+xml"):
    """A DOCX as small as one can be."""
    out = io.BytesIO()
    types = f'<Types><Override PartName="/word/document.xml" ContentType="application/vnd.{main}"/></Types>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("word/document.xml", "<w:document/>")
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
        for name, content in more:
            archive.writestr(name, content)
    return out.getvalue()


def released(content, name=""):
    """(facts, bytes of the copy that people get)."""
    with inspected_bytes(content, "release", name=name) as found:
        return found.facts, found.released.read_bytes()


def word_of(content, name=""):
    with pytest.raises(Unfit) as refusal:
        released(content, name)
    assert refusal.value.sentence == REFUSALS[refusal.value.word]
    return refusal.value.word


GOOD = {
    "pdf": (pdf(), "a.pdf", "pdf", "application/pdf"),
    "jpeg": (picture(), "IMG_1.JPG", "jpeg", "image/jpeg"),
    "png": (picture("PNG"), "a.png", "png", "image/jpeg"),
    "webp": (picture("WEBP"), "a.jpg", "webp", "image/jpeg"),
    "heic": (picture("HEIF"), "IMG_2.HEIC", "heic", "image/jpeg"),
    "docx": (word_file(), "a.docx", "docx", kinds.KINDS["docx"].content_type),
    "xlsx": (workbook(), "a.xlsx", "xlsx", kinds.KINDS["xlsx"].content_type),
}


@pytest.mark.parametrize("case", GOOD)
def test_every_kind_that_people_send_is_known_and_released(case):
    content, name, kind, content_type = GOOD[case]
    facts, copy = released(content, name)
    assert (facts["kind"], facts["content_type"]) == (kind, content_type)
    assert copy


PICTURE_LINK = (
    '<Relationship Id="r1" Type="http://x/relationships/{}" '
    'Target="https://a.example/b" TargetMode="External"/>'
)
FAR = {
    kind: word_file(relations=PICTURE_LINK.format(kind))
    for kind in ("attachedTemplate", "image", "hyperlink")
}
HUGE = picture("PNG", (20_000, 20_000))
MACROS = "ms-word.document.macroEnabled.main+xml"
BAD = {
    "a page": (b"<!DOCTYPE html><html></html>", "a.html", "other"),
    "a page called PDF": (b"<html>" + PAYLOAD, "a.pdf", "other"),
    "a PDF that is a page": (b"%PDF-1.7\n<html>" + PAYLOAD + pdf()[9:], "a.pdf", "polyglot"),
    "a picture that is a page": (picture(comment=PAYLOAD), "a.jpg", "polyglot"),
    "a picture that is an archive": (picture() + workbook(), "a.jpg", "polyglot"),
    "a PDF that is an archive": (pdf() + word_file(), "a.pdf", "polyglot"),
    "a picture that is a PDF": (picture(comment=b"%PDF-1.4"), "a.jpg", "polyglot"),
    "a drawing": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "a.svg", "other"),
    "a program": (b"MZ\x90\x00" + b"\0" * 600, "a.exe", "other"),
    "a program called PDF": (b"MZ\x90\x00" + b"\0" * 600, "a.pdf", "other"),
    "a PDF called program": (pdf(), "a.exe", "ending"),
    "a page by its ending": (picture(), "a.svg", "ending"),
    "nothing": (b"", "a.pdf", "empty"),
    "a damaged picture": (picture(size=(900, 900))[:300], "a.jpg", "damaged"),
    "20,000 by 20,000 pixels": (HUGE, "a.png", "pixels"),
    "a PDF with a script": (pdf(open_action), "a.pdf", "active"),
    "a PDF that launches": (pdf(nested_action), "a.pdf", "active"),
    "a PDF with a file": (pdf(attachment), "a.pdf", "active"),
    "a PDF with named scripts": (pdf(named_script), "a.pdf", "active"),
    "a PDF with a password": (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "a.pdf", "encrypted"),
    "a PDF of too many pages": (pdf(pages=1_001), "a.pdf", "pages"),
    "a PDF without pages": (pdf(pages=0), "a.pdf", "empty"),
    "a Word file with macros": (word_file(more=[("word/vbaProject.bin", b"x")]), "a.docx", "macro"),
    "a macro file by its type": (word_file(main=MACROS), "a.docx", "macro"),
    "a Word file with a file": (word_file(more=[("word/embeddings/a.bin", b"x")]), "a.docx", "embedded"),
    "a Word file with a far template": (FAR["attachedTemplate"], "a.docx", "links"),
    "a Word file with a far picture": (FAR["image"], "a.docx", "links"),
    "a bomb": (word_file(more=[("word/media/a.xml", b" " * 60_000_000)]), "a.docx", "bomb"),
    "paths": (word_file(more=[("../a", b"x")]), "a.docx", "paths"),
    "an archive of something else": (word_file(main="presentationml.presentation.main+xml"), "a.docx", "other"),
    "an old Word file": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "a.doc", "old"),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_what_is_not_wanted_is_refused_with_a_word(case):
    content, name, word = BAD[case]
    assert word_of(content, name) == word


def test_links_to_click_may_stay_in_a_word_file():
    facts, _ = released(FAR["hyperlink"], "a.docx")
    assert facts["kind"] == "docx"


def test_redrawing_removes_what_the_ends_do_not_show():
    """Control of T80: in the middle nothing looks for the payload, and it is gone all the same."""
    content = picture("PNG", (1500, 1500), pnginfo=hidden(), compress_level=0)
    assert PAYLOAD in content
    facts, copy = released(content, "a.png")
    assert facts["kind"] == "png"
    assert PAYLOAD not in copy


def hidden():
    """A text that stands after 5,000 other bytes."""
    info = PngInfo()
    info.add_text("Comment", "x" * 5000 + PAYLOAD.decode())
    return info


def test_a_pdf_is_written_anew_without_what_lay_around_it():
    facts, copy = released(pdf() + b"\n" + b"x" * 5000 + PAYLOAD + b"y" * 5000, "a.pdf")
    assert facts["pages"] == 2
    assert PAYLOAD not in copy


def test_a_signed_pdf_is_kept_byte_for_byte():
    def signed(made):
        seal = made.make_indirect(pikepdf.Dictionary(ByteRange=pikepdf.Array([0, 1])))
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, V=seal)
        made.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))

    content = pdf(signed)
    assert released(content, "a.pdf")[1] == content
    assert released(pdf(), "a.pdf")[1] != pdf()  # control: an unsigned one is not


def test_position_is_removed_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[2] = (20.0, 35.0, 1.0)
    content = picture(size=(60, 40), exif=exif)
    with Image.open(io.BytesIO(content)) as sent:
        assert sent.getexif().get_ifd(0x8825)  # control
    with Image.open(io.BytesIO(released(content)[1])) as kept:
        assert kept.size == (40, 60)
        assert not kept.getexif()


def test_without_our_limit_the_library_would_decode(tmp_path, monkeypatch):
    """Control of T81: the number of pixels is what refuses it."""
    path = tmp_path / "a.png"
    path.write_bytes(picture("PNG", (300, 300)))
    monkeypatch.setattr(pictures, "MAX_PIXELS", 300 * 299)
    with pytest.raises(Unfit, match="pixels"):
        pictures.redrawn(path, tmp_path / "b", 100)
    monkeypatch.setattr(pictures, "MAX_PIXELS", 300 * 300)
    assert pictures.redrawn(path, tmp_path / "b", 100) == (100, 100)


def test_the_second_opinion_is_asked(tmp_path, monkeypatch):
    path = tmp_path / "a.jpg"
    path.write_bytes(picture())
    assert kinds.true_kind(path).word == "jpeg"  # control
    monkeypatch.setattr(kinds.puremagic, "magic_string", lambda head: [])
    with pytest.raises(Unfit, match="other"):
        kinds.true_kind(path)


def test_a_library_that_knows_nothing_says_no(monkeypatch):
    def unknown(head):
        raise kinds.puremagic.PureError

    monkeypatch.setattr(kinds.puremagic, "magic_string", unknown)
    assert not kinds.second_opinion(kinds.KINDS["pdf"], b"%PDF-")


def test_actions_written_in_pages_are_met(tmp_path):
    def on_page(made):
        made.pages[0].AA = pikepdf.Dictionary(O=action("/JavaScript", JS=pikepdf.String("1")))

    assert word_of(pdf(on_page), "a.pdf") == "active"
