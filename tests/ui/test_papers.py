"""Official papers and QR codes."""

import datetime as dt
import io
import unicodedata
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp

from foundation.ui.papers import PaperFailed, qr_svg, render_pdf

TEMPLATE = Path(__file__).with_name("paper.typ")
MOMENT = dt.datetime(2024, 10, 15, 14, 3, tzinfo=dt.UTC)
NAMES = "Nguyễn Thị Ưu Đãi, Đặng Quỳnh Hưởng, Lỡ Tỵ Ẵm Ỗ ₫"
ADDRESS = "http://localhost:8000/giay-chung-nhan/abc/"


def paper(name=NAMES, moment=MOMENT):
    return render_pdf(
        TEMPLATE, {"title": "Biên bản", "name": name}, {"qr.svg": qr_svg(ADDRESS)}, moment=moment
    )


def text(content):
    return unicodedata.normalize("NFC", pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range())


def test_vietnamese_text_can_be_read_back():
    assert NAMES in text(paper())
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text(paper())


def test_data_never_become_markup():
    hostile = '*đậm* #panic("x") $x$ <nhãn> @ref #read("/official.typ")'
    assert hostile in text(paper(hostile))


def test_the_same_facts_give_the_same_bytes_and_others_do_not():
    assert paper() == paper()
    assert paper() != paper(moment=MOMENT + dt.timedelta(days=1))


def test_the_paper_is_tagged_and_archived():
    made = pikepdf.open(io.BytesIO(paper()))
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in made.Root.Metadata.read_bytes()
    assert made.Root.MarkInfo.Marked


def test_only_our_own_fonts_are_used():
    made = pikepdf.open(io.BytesIO(paper()))
    names = {
        str(thing.BaseFont)
        for thing in made.objects
        if isinstance(thing, pikepdf.Dictionary) and "/BaseFont" in thing
    }
    assert names
    assert all("Tinos" in name for name in names)


def test_a_template_cannot_reach_outside_its_folder(tmp_path):
    (tmp_path / "secret.txt").write_text("bí mật")
    (tmp_path / "mau").mkdir()
    template = tmp_path / "mau" / "a.typ"
    template.write_text('#set document(title: "x")\n#read("../../../../etc/hostname")')
    with pytest.raises(PaperFailed):
        render_pdf(template, {}, moment=MOMENT)


def test_the_printed_code_leads_to_the_address():
    page = pypdfium2.PdfDocument(paper())[0].render(scale=4).to_pil()
    assert [code.text for code in zxingcpp.read_barcodes(page)] == [ADDRESS]


def test_a_number_and_its_symbol_stay_on_one_line():
    for shift in range(6):  # a line ends inside the number at one of these lengths
        lines = text(
            paper("Căn cứ" + " x" * shift + " Quyết định số 148/QĐ-TTg và 26/2026/QĐ-TTg" * 8)
        ).splitlines()
        assert not [line for line in lines if line.rstrip().endswith("/") or line.startswith("QĐ-TTg")]
