"""Draws the Word template of the progress report into targets/papers/word: python -m tools.report_template

The frame is ``word_frame.py``'s; the fields are those of ``progress.typ``, from the same dictionary.
"""

import sys
from pathlib import Path

from tools.word_frame import CENTRE, LEFT, Paper

WORD = Path(__file__).resolve().parent.parent / "targets" / "papers" / "word"
CELL = "{% if {f}.low is none %}–{% else %}{{ {f}.text }}{% endif %}"


def cell(figure):
    """A figure in a table; a dash while it is unknown."""
    return CELL.replace("{f}", figure)


def said(paper, key):
    """The paragraphs that people have edited, line by line."""
    paper.control("{%p for line in d.said." + key + ".splitlines() %}")
    paper.control("{%p if line.strip() %}")
    paper.line("{{ line }}", indent=10)
    paper.control("{%p endif %}")
    paper.control("{%p endfor %}")


def table_when(paper, condition, loop, columns):
    """A table that stands there only when it has rows."""
    paper.control("{%p if " + condition + " %}")
    paper.rows(loop, columns)
    paper.control("{%p endif %}")


def progress():
    """Báo cáo tiến độ."""
    paper = Paper()
    paper.title()
    paper.line("{{ d.area.name }}, số liệu đến hết ngày {{ d.as_of }}", align=CENTRE)
    paper.control("{%p if d.demo %}")
    paper.line("DỮ LIỆU TRÌNH DIỄN – KHÔNG PHẢI SỐ LIỆU CHÍNH THỨC", bold=True, align=CENTRE)
    paper.line("Trong các con số dưới đây có {{ d.demo }} bản ghi trình diễn.", align=CENTRE)
    paper.control("{%p endif %}")
    paper.control("{%p if d.missing %}")
    paper.mixed(
        "*Phần chưa lập được: ",
        "{{ d.missing|join('; ') }}. Các phần khác của báo cáo không thiếu vì lý do này.",
    )
    paper.control("{%p endif %}")
    results(paper)
    places(paper)
    lists(paper)
    closing(paper)
    signed(paper)
    return paper


def results(paper):
    """I. The targets."""
    paper.line("I. Kết quả thực hiện các chỉ tiêu", bold=True)
    said(paper, "results")
    paper.rows(
        "t in d.targets",
        [
            (7, "Chỉ tiêu", "{{ t.label }}{% if t.unit != '%' %} ({{ t.unit }}){% endif %}", LEFT),
            (3, "Kế hoạch", "{{ t.plan or 'không giao riêng' }}", CENTRE),
            (3, "Thực hiện", "{{ t.text }}", CENTRE),
            (3, "Đánh giá", "{{ t.word }}", CENTRE),
        ],
    )
    paper.control("{%p for t in d.targets %}")
    paper.control("{%p if t.note %}")
    paper.line("– {{ t.label }}: {{ t.note }}", size=11)
    paper.control("{%p endif %}")
    paper.control("{%p endfor %}")


def places(paper):
    """II. Districts and stars, with the whole in the last row."""
    paper.line("II. Tổng số sản phẩm từ 3 sao theo địa bàn và hạng sao", bold=True)
    said(paper, "places")
    paper.line("Dấu “–”: chưa có số liệu có nguồn.", size=11)
    table = paper.rows(
        "r in d.lines",
        [
            (4, "Địa bàn", "{{ r.name }}", LEFT),
            (2, "Tổng số", cell("r.total"), CENTRE),
            (1, "{%tc for s in d.stars %}", "{%tc for f in r.stars %}", CENTRE),
            (2, "{{ s.stars }} sao", cell("f"), CENTRE),
            (1, "{%tc endfor %}", "{%tc endfor %}", CENTRE),
        ],
    )
    table.autofit = True


def lists(paper):
    """III and IV. What is new in the year."""
    paper.line("III. Sản phẩm được công nhận lần đầu trong năm", bold=True)
    said(paper, "new")
    demo = "{% if r.is_demo %} (dữ liệu trình diễn){% endif %}"
    table_when(
        paper,
        "d.new",
        "r in d.new",
        [
            (1, "TT", "{{ r.order }}", CENTRE),
            (4, "Sản phẩm", "{{ r.product }}" + demo, LEFT),
            (5, "Chủ thể, địa bàn", "{{ r.entity }}, {{ r.place }}", LEFT),
            (2, "Hạng", "{{ r.stars }} sao", CENTRE),
            (4, "Quyết định", "{{ r.decision }} ngày {{ r.decided_on }}", LEFT),
        ],
    )
    left(paper, "new_left", "sản phẩm")
    paper.line("IV. Chủ thể phát triển mới và củng cố trong năm", bold=True)
    said(paper, "producers")
    paper.control("{%p if d.developed %}")
    paper.line("Theo loại hình: {{ d.kinds_said }}. Mỗi chủ thể tính một lần.", indent=10)
    paper.control("{%p endif %}")
    table_when(
        paper,
        "d.developed",
        "r in d.developed",
        [
            (1, "TT", "{{ r.order }}", CENTRE),
            (5, "Chủ thể", "{{ r.entity }}" + demo, LEFT),
            (5, "Loại hình, địa bàn", "{{ r.kind }}, {{ r.place }}", LEFT),
            (5, "Căn cứ", "{{ r.why }}", LEFT),
        ],
    )
    left(paper, "developed_left", "chủ thể")


def left(paper, field, noun):
    """How many rows stand in the workbook only."""
    paper.control("{%p if d." + field + " %}")
    paper.line("Còn {{ d." + field + " }} " + noun + " nữa trong phụ lục Excel kèm theo.", indent=10)
    paper.control("{%p endif %}")


def closing(paper):
    """V to VII. Assessment, sources, reports from below."""
    paper.line("V. Đánh giá chung và nhiệm vụ thời gian tới", bold=True)
    said(paper, "assessment")
    said(paper, "next")
    paper.line("VI. Số liệu đầu kỳ và nguồn", bold=True)
    paper.control("{%p if not d.balances %}")
    paper.line("Chưa có số liệu đầu kỳ có nguồn đến ngày này.", indent=10)
    paper.control("{%p endif %}")
    paper.control("{%p for b in d.balances %}")
    paper.line("– Ngày {{ b.day }}: {{ b.text }} {{ b.unit }} – {{ b.note }}. Nguồn: {{ b.from }}.")
    paper.control("{%p endfor %}")
    paper.line("Con số đến ngày báo cáo = số liệu đầu kỳ gần nhất, cộng sản phẩm được công nhận sau ngày đó, trừ sản "
               "phẩm hết hạn hoặc bị thu hồi sau ngày đó. Chỗ không có nguồn ghi “chưa có số liệu”.",
               indent=10)  # fmt: skip
    paper.control("{%p if d.remarks %}")
    paper.line(
        "Các nguồn còn nêu những số liệu sau; chúng không rõ ngày hoặc khác nhau nên không được cộng:",
        indent=10,
    )
    paper.control("{%p for r in d.remarks %}")
    paper.line("– {{ r }}")
    paper.control("{%p endfor %}")
    paper.control("{%p endif %}")
    paper.control("{%p if d.annex %}")
    paper.line("VII. Báo cáo của các huyện", bold=True)
    paper.rows(
        "r in d.annex",
        [
            (4, "Địa bàn", "{{ r.name }}", LEFT),
            (4, "Tình trạng", "{{ r.state }}", LEFT),
            (3, "Gửi ngày", "{{ r.sent_on }}", CENTRE),
            (3, "Tổng số theo báo cáo của huyện", "{{ r.theirs }}", CENTRE),
            (3, "Theo cổng", "{{ r.ours }}", CENTRE),
        ],
    )
    paper.control("{%p endif %}")


def signed(paper):
    """Recipients and signature, and the marks by which the report is found again."""
    paper.signed()
    paper.line(
        "Mã báo cáo {{ d.code }} · số liệu đọc lúc {{ d.read_at }} · mã băm SHA-256 của số liệu {{ d.digest }}",
        size=9,
        align=LEFT,
    )


def main(folder=WORD):
    """Write the template."""
    folder.mkdir(parents=True, exist_ok=True)
    progress().document.save(folder / "progress.docx")
    return 0


if __name__ == "__main__":
    sys.exit(main())
