"""The frame of a Word template, for all papers: Nghị định 30/2020/NĐ-CP, Phụ lục I.

A4, lề 20/20/30/20 mm, Times New Roman 13–14, quốc hiệu, tiêu ngữ, số/ký hiệu, địa danh, nơi nhận, số trang.
"""

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONT = "Times New Roman"
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
JUSTIFIED = WD_ALIGN_PARAGRAPH.JUSTIFY
VML = "urn:schemas-microsoft-com:vml"
MARK = f"""
<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:r><w:pict>
<v:shape xmlns:v="{VML}" id="mark" type="#_x0000_t136"
 style="position:absolute;margin-left:0;margin-top:0;width:440pt;height:88pt;rotation:315;z-index:-251658240;
mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;
mso-position-vertical-relative:margin" fillcolor="#e4e4e4" stroked="f">
<v:path textpathok="t"/><v:textpath on="t" fitshape="t" style="font-family:'{FONT}';font-size:1pt"
 string="{{{{ d.mark }}}}"/></v:shape></w:pict></w:r></w:p>"""


class Paper:
    """A Word document in the official frame, filled line by line."""

    def __init__(self, *, landscape=False):
        self.document = Document()
        self._page(landscape)
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(13)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT)
        style.paragraph_format.space_after, style.paragraph_format.line_spacing = Pt(4), 1.1
        self._header()
        self.heading()

    def _page(self, landscape):
        section = self.document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin = section.bottom_margin = Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(20)
        if landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
            section.left_margin, section.right_margin = Mm(20), Mm(15)
        self.width = section.page_width - section.left_margin - section.right_margin

    def _header(self):
        """The page number from the second page on, and the mark of a draft behind every page."""
        section = self.document.sections[0]
        section.different_first_page_header_footer = True
        for header in (section.first_page_header, section.header):
            header.is_linked_to_previous = False
            first = header.paragraphs[0]
            first.text = "{%p if d.mark %}"
            first._p.addnext(parse_xml(MARK))
            header.add_paragraph("{%p endif %}")
            number = header.add_paragraph()
            number.alignment = CENTRE
            if header is section.header:
                field = OxmlElement("w:fldSimple")
                field.set(qn("w:instr"), "PAGE")
                number._p.append(field)

    def line(self, text="", *, bold=False, italic=False, size=13, align=JUSTIFIED, cell=None, indent=0):
        """A paragraph in one look; in ``cell`` the first one fills the empty paragraph that is there."""
        place = cell or self.document
        empty = cell is not None and len(cell.paragraphs) == 1 and not cell.paragraphs[0].text
        paragraph = cell.paragraphs[0] if empty else place.add_paragraph()
        run = paragraph.add_run(text)
        run.bold, run.italic, run.font.size = bold, italic, Pt(size)
        paragraph.alignment = align
        paragraph.paragraph_format.first_line_indent = Mm(indent)
        if cell is not None:
            paragraph.paragraph_format.space_after, paragraph.paragraph_format.line_spacing = Pt(0), 1
        return paragraph

    def mixed(self, *pieces, align=JUSTIFIED, indent=0):
        """A paragraph of plain and bold pieces: a text that begins with an asterisk is bold."""
        paragraph = self.line("", align=align, indent=indent)
        for piece in pieces:
            paragraph.add_run(piece.removeprefix("*")).bold = piece.startswith("*")
        return paragraph

    def control(self, text):
        """A line of the template's own language; nothing of it is printed."""
        self.line(text)

    def grid(self, widths, *, borders=False):
        """A table of one row with these shares of the width."""
        table = self.document.add_table(rows=1, cols=len(widths))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        if borders:
            table.style = "Table Grid"
        whole = sum(widths)
        for column, share in zip(table.columns, widths, strict=True):
            for cell in column.cells:
                cell.width = int(self.width * share / whole)
        return table

    def heading(self):
        """Office and number on the left, quốc hiệu, tiêu ngữ, place and day on the right."""
        table = self.grid((5, 8))
        left, right = table.rows[0].cells
        self.line("{%p if d.heading.parent %}", cell=left)
        self.line("{{ d.heading.parent|upper }}", size=12, align=CENTRE, cell=left)
        self.line("{%p endif %}", cell=left)
        self.ruled("{{ d.heading.agency|upper }}", 12, left)
        self.line("Số: {{ d.heading.number }}", align=CENTRE, cell=left)
        self.line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, size=12, align=CENTRE, cell=right)
        self.ruled("Độc lập - Tự do - Hạnh phúc", 13, right)
        self.line("{{ d.heading.place_date }}", italic=True, align=CENTRE, cell=right)
        self.line()

    def ruled(self, text, size, cell):
        """A bold line with a short rule under it."""
        self.line(text, bold=True, size=size, align=CENTRE, cell=cell)
        rule = self.line("", size=4, align=CENTRE, cell=cell)
        rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Mm(18)
        border = OxmlElement("w:pBdr")
        top = OxmlElement("w:top")
        for name, value in {"val": "single", "sz": "6", "space": "1", "color": "000000"}.items():
            top.set(qn(f"w:{name}"), value)
        border.append(top)
        rule._p.get_or_add_pPr().append(border)

    def title(self):
        self.line("{{ d.name|upper }}", bold=True, size=14, align=CENTRE)
        self.line("{{ d.about }}", bold=True, size=14, align=CENTRE)
        self.line()

    def rows(self, loop, columns, *, sums=()):
        """A table: a head, and a row for each of ``loop``. Columns: (share, head, field, alignment)."""
        table = self.grid([share for share, *_ in columns], borders=True)
        head = table.rows[0]
        repeat = OxmlElement("w:tblHeader")
        repeat.set(qn("w:val"), "true")
        head._tr.get_or_add_trPr().append(repeat)
        for cell, (_, name, _, _) in zip(head.cells, columns, strict=True):
            self.line(name, bold=True, size=11, align=CENTRE, cell=cell)
        self._tag(table, "{%tr for " + loop + " %}")
        row = table.add_row()
        for cell, (_, _, field, align) in zip(row.cells, columns, strict=True):
            self.line(field, size=11, align=align, cell=cell)
        self._tag(table, "{%tr endfor %}")
        if sums:
            last = table.add_row().cells
            merged = last[0].merge(last[-2])
            self.line(sums[0], bold=True, size=11, align=LEFT, cell=merged)
            self.line(sums[1], bold=True, size=11, align=columns[-1][3], cell=last[-1])
        self._fix(table, columns)
        self.line("", size=6)
        return table

    def _tag(self, table, text):
        table.add_row().cells[0].paragraphs[0].add_run(text)

    def _fix(self, table, columns):
        """Every row as wide as the columns say."""
        whole = sum(share for share, *_ in columns)
        for row in table.rows:
            for cell, (share, *_) in zip(row.cells, columns, strict=True):
                cell.width = int(self.width * share / whole)

    def signed(self, *, note="(Ký, ghi rõ họ tên)"):
        """Recipients on the left, who signs on the right."""
        left, right = self.grid((1, 1)).rows[0].cells
        self.line("{%p if d.recipients %}", cell=left)
        self.line("Nơi nhận:", bold=True, italic=True, size=12, align=LEFT, cell=left)
        self.line("{%p for one in d.recipients %}", cell=left)
        self.line("- {{ one }}", size=11, align=LEFT, cell=left)
        self.line("{%p endfor %}", cell=left)
        self.line("{%p endif %}", cell=left)
        self._signature(right, "d.sign", note)

    def both(self):
        """Secretary and chair beside each other."""
        for cell, field in zip(self.grid((1, 1)).rows[0].cells, ("d.left", "d.right"), strict=True):
            self._signature(cell, field, "(Ký, ghi rõ họ tên)")

    def _signature(self, cell, field, note):
        self.line("{%p if " + field + ".authority %}", cell=cell)
        self.line("{{ " + field + ".authority|upper }}", bold=True, align=CENTRE, cell=cell)
        self.line("{%p endif %}", cell=cell)
        self.line("{{ " + field + ".role|upper }}", bold=True, align=CENTRE, cell=cell)
        self.line(note, italic=True, align=CENTRE, cell=cell)
        for _ in range(4):
            self.line(" ", cell=cell)
        self.line("{{ " + field + ".name }}", bold=True, align=CENTRE, cell=cell)
