"""Draws the Word templates of councils' papers into evaluation/papers/word: python -m tools.word_templates

The frame is ``word_frame.py``'s; here stands each paper's own body, with the fields of the PDF templates beside them.
"""

import sys
from pathlib import Path

from tools.word_frame import CENTRE, LEFT, RIGHT, Paper

WORD = Path(__file__).resolve().parent.parent / "evaluation" / "papers" / "word"


def minutes():
    """Biên bản họp."""
    paper = Paper()
    paper.title()
    paper.line("Hôm nay, {{ d.day_text }}, {{ d.council }} (thành lập theo Quyết định số {{ d.council_decision }}) họp "
               "đánh giá, phân hạng {{ d.count }} sản phẩm.", indent=10)  # fmt: skip
    paper.control("{%p for m in d.meetings %}")
    paper.line("Thời gian: {{ m.when }}. Địa điểm: {{ m.where }}.", indent=10)
    paper.control("{%p endfor %}")
    paper.line("I. THÀNH PHẦN", bold=True)
    paper.line("Có mặt {{ d.present_count }}/{{ d.seat_count }} thành viên. Quy chế ({{ d.rules_source }}) yêu cầu ít "
               "nhất {{ d.quorum_percent }}% số phiếu.", indent=10)  # fmt: skip
    paper.rows(
        "m in d.attendance",
        [
            (1, "TT", "{{ m.order }}", CENTRE),
            (5, "Họ và tên", "{{ m.name }}", LEFT),
            (4, "Chức vụ trong Hội đồng", "{{ m.post }}", LEFT),
            (2, "Có mặt", "{{ m.present }}", CENTRE),
            (4, "Lý do vắng", "{{ m.reason }}", LEFT),
        ],
    )
    paper.line("II. KẾT QUẢ TỪNG SẢN PHẨM", bold=True)
    paper.control("{%p for c in d.cases %}")
    paper.mixed("*{{ c.order }}. {{ c.product }}", " ({{ c.code }}) – {{ c.entity }}, {{ c.place }}")
    paper.line("Hồ sơ {{ c.dossier }}, bộ tiêu chí “{{ c.criteria_set }}”. Căn cứ: {{ c.law }}.", indent=10)
    paper.control("{%p if not c.recusals %}")
    paper.line("Không có thành viên từ chối chấm vì xung đột lợi ích.", indent=10)
    paper.control("{%p endif %}")
    paper.control("{%p for r in c.recusals %}")
    paper.line(
        "Từ chối chấm vì xung đột lợi ích: {{ r.name }} ({{ r.reason }}, ngày {{ r.day }}).", indent=10
    )
    paper.control("{%p endfor %}")
    paper.control("{%p for t in c.turns %}")
    paper.line(
        "Chấm lại (lượt {{ t.turn }}, ngày {{ t.day }}): {{ t.members }}; {{ t.proposed_by }} đề nghị, "
        "{{ t.decided_by }} xác nhận. Lý do: {{ t.reason }}. Phiếu trước đó được lưu giữ.",
        indent=10,
    )
    paper.control("{%p endfor %}")
    paper.rows(
        "s in c.scores",
        [
            (1, "TT", "{{ s.order }}", CENTRE),
            (6, "Thành viên chấm", "{{ s.name }}", LEFT),
            (5, "Chức vụ trong Hội đồng", "{{ s.post }}", LEFT),
            (2, "Điểm", "{{ s.points }}", RIGHT),
        ],
        sums=("Điểm trung bình", "{{ c.total }}"),
    )
    paper.line(
        "Chênh lệch giữa phiếu cao nhất và thấp nhất: {{ c.spread }} điểm. {{ c.spread_rule }}", indent=10
    )
    paper.control("{%p for reason in c.reasons %}")
    paper.line("– {{ reason }}", indent=10)
    paper.control("{%p endfor %}")
    paper.mixed("*Kết quả: {{ c.verdict }}.", " {{ c.next }}", indent=10)
    paper.control("{%p if c.conclusion %}")
    paper.line("Kết luận của Chủ tịch Hội đồng: {{ c.conclusion }}", indent=10)
    paper.control("{%p endif %}")
    paper.control("{%p endfor %}")
    paper.line("III. KẾT LUẬN", bold=True)
    paper.line("{{ d.closing }} Biên bản lập ngày {{ d.day }}, đã đọc lại cho các thành viên dự họp cùng nghe "
               "và thống nhất.", indent=10)  # fmt: skip
    paper.both()
    return paper


def scores():
    """Bảng tổng hợp điểm."""
    paper = Paper(landscape=True)
    paper.title()
    table = paper.rows(
        "r in d.rows",
        [
            (1, "TT", "{{ r.order }}", CENTRE),
            (5, "Sản phẩm", "{{ r.product }}", LEFT),
            (5, "Chủ thể", "{{ r.entity }}", LEFT),
            (1, "{%tc for m in d.members %}", "{%tc for p in r.points %}", CENTRE),
            (2, "{{ m.mark }}", "{{ p }}", CENTRE),
            (1, "{%tc endfor %}", "{%tc endfor %}", CENTRE),
            (2, "Trung bình", "{{ r.total }}", CENTRE),
            (2, "Chênh lệch", "{{ r.spread }}", CENTRE),
            (2, "Hạng sao", "{{ r.stars }}", CENTRE),
        ],
    )
    table.autofit = True
    paper.line("{% for m in d.members %}{{ m.mark }}: {{ m.name }} ({{ m.post }}); {% endfor %}ô trống: không chấm "
               "sản phẩm đó.", size=11)  # fmt: skip
    paper.both()
    return paper


def sheet():
    """Phiếu chấm đã nộp."""
    paper = Paper()
    paper.title()
    paper.mixed("Thành viên chấm: ", "*{{ d.member }}", " ({{ d.post }})")
    paper.mixed("Sản phẩm: ", "*{{ d.product }}", "; chủ thể: {{ d.entity }}, {{ d.place }}")
    paper.line("Phiên đánh giá {{ d.code }}, hồ sơ {{ d.dossier }}. Bộ tiêu chí: {{ d.criteria_set }}")
    paper.line("Phiếu nộp lúc {{ d.handed_in_at }}.")
    paper.control("{%p for p in d.parts %}")
    paper.line("{{ p.code }}. {{ p.name }}: {{ p.points }}/{{ p.most }} điểm", bold=True, align=LEFT)
    paper.rows(
        "r in p.rows",
        [
            (2, "Mã", "{{ r.code }}", LEFT),
            (6, "Tiêu chí", "{{ r.name }}", LEFT),
            (7, "Mức đã chọn", "{{ r.choice }}{% if r.note %} – {{ r.note }}{% endif %}", LEFT),
            (2, "Điểm", "{{ r.points }}", CENTRE),
            (2, "Tối đa", "{{ r.most }}", CENTRE),
        ],
    )
    paper.control("{%p endfor %}")
    paper.line("Tổng điểm: {{ d.total }}/100", bold=True)
    paper.control("{%p for s in d.strikes %}")
    paper.line("Đề nghị loại hồ sơ: {{ s.where }}: {{ s.reason }}.")
    paper.control("{%p endfor %}")
    paper.line("Ý kiến của người đánh giá: {{ d.remark or 'không có.' }}")
    paper.signed()
    return paper


def invitation():
    """Giấy mời."""
    paper = Paper()
    paper.title()
    paper.line("{{ d.council }} trân trọng kính mời các thành viên:", indent=10)
    paper.control("{%p for m in d.members %}")
    paper.line(
        "{{ loop.index }}. {{ m.name }}, {{ m.post }}{% if m.title %} ({{ m.title }}){% endif %}", align=LEFT
    )
    paper.control("{%p endfor %}")
    paper.line("dự họp Hội đồng đánh giá, phân hạng sản phẩm OCOP.")
    paper.mixed("*Thời gian: ", "{{ d.when }}")
    paper.mixed("*Địa điểm: ", "{{ d.where }}")
    paper.mixed("*Nội dung: ", "đánh giá, phân hạng {{ d.cases|length }} sản phẩm theo danh sách sau.")
    paper.rows(
        "c in d.cases",
        [
            (1, "TT", "{{ c.order }}", CENTRE),
            (3, "Phiên", "{{ c.code }}", LEFT),
            (5, "Sản phẩm", "{{ c.product }}", LEFT),
            (5, "Chủ thể", "{{ c.entity }}", LEFT),
            (4, "Địa bàn", "{{ c.place }}", LEFT),
        ],
    )
    paper.line("Hồ sơ điện tử và phiếu chấm ở {{ d.address }}. Thành viên có quyền lợi liên quan tới sản phẩm đề nghị "
               "khai báo trước khi xem hồ sơ.")  # fmt: skip
    paper.signed()
    return paper


def proposal():
    """Tờ trình."""
    paper = Paper()
    paper.title()
    paper.line("Kính gửi: {{ d.to }}", align=CENTRE)
    paper.control("{%p for one in d.grounds %}")
    paper.line("{{ one }}", italic=True, indent=10)
    paper.control("{%p endfor %}")
    paper.line("{{ d.council }} đã họp đánh giá, phân hạng sản phẩm và trình {{ d.to }} xem xét, ban hành quyết định "
               "công nhận {{ d.rows|length }} sản phẩm sau:", indent=10)  # fmt: skip
    paper.rows(
        "r in d.rows",
        [
            (1, "TT", "{{ r.order }}", CENTRE),
            (5, "Sản phẩm", "{{ r.product }}", LEFT),
            (5, "Chủ thể", "{{ r.entity }}", LEFT),
            (3, "Kết luận ngày", "{{ r.concluded_on }}", CENTRE),
            (2, "Điểm", "{{ r.total }}", RIGHT),
            (2, "Hạng sao", "{{ r.stars }}", CENTRE),
        ],
    )
    paper.control("{%p for one in d.lower %}")
    paper.line("Sản phẩm được cấp trên đánh giá lại: {{ one.product }} – {{ one.rule }}", indent=10)
    paper.control("{%p endfor %}")
    paper.line("Kèm theo: biên bản họp Hội đồng, bảng tổng hợp điểm, dự thảo quyết định.", indent=10)
    paper.line("Kính trình {{ d.to }} xem xét, quyết định./.", indent=10)
    paper.signed()
    return paper


def decision():
    """Quyết định công nhận, kèm phụ lục."""
    paper = Paper()
    paper.title()
    paper.line("{{ d.issuer|upper }}", bold=True, align=CENTRE)
    paper.control("{%p for one in d.grounds %}")
    paper.line("{{ one }}", italic=True, indent=10)
    paper.control("{%p endfor %}")
    paper.line("Theo đề nghị của {{ d.council }}.", italic=True, indent=10)
    paper.line("QUYẾT ĐỊNH:", bold=True, align=CENTRE)
    paper.mixed("*Điều 1. ", "Công nhận kết quả đánh giá, phân hạng đối với {{ d.rows|length }} sản phẩm thuộc "
                "Chương trình mỗi xã một sản phẩm (danh sách tại Phụ lục kèm theo).", indent=10)  # fmt: skip
    paper.mixed("*Điều 2. ", "Kết quả công nhận có giá trị {{ d.months }} tháng kể từ ngày ký Quyết định này. "
                "Sản phẩm được cấp giấy chứng nhận và in hạng sao trên nhãn theo quy định.", indent=10)  # fmt: skip
    paper.mixed("*Điều 3. ", "Quyết định này có hiệu lực kể từ ngày ký. Thủ trưởng các cơ quan, đơn vị liên quan "
                "và các chủ thể có tên tại Phụ lục chịu trách nhiệm thi hành Quyết định này./.", indent=10)  # fmt: skip
    paper.signed(note="")
    paper.document.add_page_break()
    paper.line("PHỤ LỤC", bold=True, size=14, align=CENTRE)
    paper.line("DANH SÁCH SẢN PHẨM ĐƯỢC CÔNG NHẬN", bold=True, size=14, align=CENTRE)
    paper.line(
        "(Kèm theo Quyết định số {{ d.number }} {{ d.day_text }} của {{ d.issuer }})",
        italic=True,
        align=CENTRE,
    )
    paper.rows(
        "r in d.rows",
        [
            (1, "TT", "{{ r.order }}", CENTRE),
            (4, "Sản phẩm", "{{ r.product }}", LEFT),
            (4, "Chủ thể", "{{ r.entity }}", LEFT),
            (4, "Địa chỉ", "{{ r.place }}", LEFT),
            (4, "Mã số sản phẩm", "{{ r.product_code }}", LEFT),
            (2, "Điểm", "{{ r.total }}", RIGHT),
            (2, "Hạng sao", "{{ r.stars }}", CENTRE),
        ],
    )
    paper.line("Tổng cộng: {{ d.rows|length }} sản phẩm ({{ d.sums }}).", size=11)
    return paper


def establishment():
    """Quyết định thành lập Hội đồng, kèm danh sách thành viên."""
    paper = Paper()
    paper.title()
    paper.line("{{ d.issuer|upper }}", bold=True, align=CENTRE)
    paper.control("{%p for one in d.grounds %}")
    paper.line("{{ one }}", italic=True, indent=10)
    paper.control("{%p endfor %}")
    paper.line("QUYẾT ĐỊNH:", bold=True, align=CENTRE)
    paper.mixed("*Điều 1. ", "Thành lập {{ d.council }} gồm {{ d.seats|length }} thành viên (danh sách tại Phụ lục "
                "kèm theo).", indent=10)  # fmt: skip
    paper.mixed("*Điều 2. ", "Hội đồng đánh giá, phân hạng sản phẩm thuộc Chương trình mỗi xã một sản phẩm theo quy "
                "định hiện hành và làm việc theo {{ d.rules_source }}.{% if d.advisers %} Giúp việc Hội đồng có Tổ tư "
                "vấn gồm {{ d.advisers|length }} người.{% endif %}", indent=10)  # fmt: skip
    paper.mixed("*Điều 3. ", "Quyết định này có hiệu lực kể từ ngày ký. Thủ trưởng các cơ quan, đơn vị liên quan và "
                "các ông, bà có tên tại Phụ lục chịu trách nhiệm thi hành Quyết định này./.", indent=10)  # fmt: skip
    paper.signed(note="")
    paper.document.add_page_break()
    paper.line("PHỤ LỤC", bold=True, size=14, align=CENTRE)
    paper.line("DANH SÁCH THÀNH VIÊN HỘI ĐỒNG", bold=True, size=14, align=CENTRE)
    paper.line(
        "(Kèm theo Quyết định số {{ d.number }} {{ d.day_text }} của {{ d.issuer }})",
        italic=True,
        align=CENTRE,
    )
    name, title = (5, "Họ và tên", "{{ s.name }}", LEFT), (6, "Chức vụ, cơ quan", "{{ s.title }}", LEFT)
    turn = (1, "TT", "{{ s.order }}", CENTRE)
    post, scores = (
        (4, "Chức vụ trong Hội đồng", "{{ s.post }}", LEFT),
        (2, "Chấm điểm", "{{ s.scores }}", CENTRE),
    )
    paper.rows("s in d.seats", [turn, name, title, post, scores])
    paper.control("{%p if d.advisers %}")
    paper.line("Tổ tư vấn giúp việc Hội đồng", bold=True)
    paper.rows("s in d.advisers", [turn, name, title, (4, "Nhiệm vụ", "{{ s.duty }}", LEFT)])
    paper.control("{%p endif %}")
    return paper


PAPERS = {
    one.__name__: one for one in (minutes, scores, sheet, invitation, proposal, decision, establishment)
}


def main(folder=WORD):
    """Write every template."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, paper in PAPERS.items():
        paper().document.save(folder / f"{name}.docx")
    return 0


if __name__ == "__main__":
    sys.exit(main())
