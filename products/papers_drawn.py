"""The pages of what was handed in as images: have them drawn, find them, answer with one."""

from dataclasses import replace

from foundation.files import drawing, serving


def ask_to_draw(frozen):
    """Have every PDF of a dossier drawn that cannot be read page by page; returns how many were asked for."""
    papers = [paper for paper in with_pages(frozen).papers if paper.is_pdf and paper.reading is None]
    return drawing.ask((paper.sha256, paper.file) for paper in papers)


def with_pages(frozen):
    """The same dossier; each PDF says which of its pages were drawn. Two queries, however many files."""
    found = drawing.readings((paper.code, paper.sha256) for paper in frozen.papers if paper.is_pdf)
    return replace(frozen, papers=tuple(replace(row, reading=found.get(row.code)) for row in frozen.papers))


def serve_paper_page(request, paper, number):
    """One page of a paper as an image, once the caller has checked the right to it; else 404."""
    return serving.serve_drawn(request, paper.code, paper.sha256, number)
