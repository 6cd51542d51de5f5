"""The report on paper, in the form of Nghị định 30/2020/NĐ-CP: a PDF, and a Word file that the office may edit."""

import datetime as dt
import io
import zipfile
from pathlib import Path

from docxtpl import DocxTemplate

from foundation.ui.papers import render_pdf
from targets.papers.paper import told

HERE = Path(__file__).parent
TEMPLATE = HERE / "progress.typ"
WORD_TEMPLATE = HERE / "word" / "progress.docx"
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the time that every part of the Word file carries


def printed(figures, *, moment, **facts):
    """The report as PDF bytes; the same figures, facts and moment give the same bytes. Facts: see ``told``."""
    return render_pdf(TEMPLATE, told(figures, moment=moment, **facts), moment=moment)


def worded(figures, *, moment, **facts):
    """The same as a Word file; byte for byte the same too."""
    data = told(figures, moment=moment, **facts)
    template = DocxTemplate(WORD_TEMPLATE)
    template.render({"d": data}, autoescape=True)
    properties = template.docx.core_properties
    properties.title, properties.author = (
        f"{data['name']} {data['about']}"[:255],
        data["heading"]["agency"][:255],
    )
    properties.comments, properties.language = "", "vi-VN"
    properties.created = properties.modified = moment.astimezone(dt.UTC)
    out = io.BytesIO()
    template.save(out)
    return steady(out.getvalue())


def steady(content):
    """The same archive without the times at which its parts were packed."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as packed,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again,
    ):
        for part in sorted(
            packed.infolist(), key=lambda part: (part.filename != "[Content_Types].xml", part.filename)
        ):
            info = zipfile.ZipInfo(part.filename, EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            again.writestr(info, packed.read(part))
    return out.getvalue()
