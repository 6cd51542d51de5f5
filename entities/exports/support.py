"""Visits, agreed actions and grants as sheets."""

from foundation.ui.exports import Sheet


def visits(rows):
    """Visits with what was found."""
    heads = ("Ngày", "Chủ thể", "Địa bàn", "Nội dung", "Cán bộ", "Trạng thái", "Tình hình tại chỗ")
    cells = (
        (
            v.day,
            v.entity.name,
            v.entity.area.place,
            v.topics_in_words,
            str(v.officer),
            v.get_status_display(),
            v.findings,
        )
        for v in rows.iterator(chunk_size=500)
    )
    return Sheet("ho-tro-tai-thuc-dia", heads, cells, title="Hỗ trợ tại thực địa")


def actions(rows):
    """Agreed actions with their state today."""
    heads = ("Việc", "Chủ thể", "Người làm", "Người theo dõi", "Hạn", "Ngày xong", "Tình trạng", "Kết quả")
    cells = (
        (a.what, a.visit.entity.name, a.done_by_whom, str(a.keeper), a.due_on, a.done_on, a.get_status_display(),
         a.done_note)
        for a in rows.iterator(chunk_size=500)
    )  # fmt: skip
    return Sheet("viec-da-thong-nhat", heads, cells, title="Việc đã thống nhất tại thực địa")


def grants(rows):
    """What producers received."""
    heads = ("Chủ thể", "Địa bàn", "Chính sách", "Số tiền (đồng)", "Ngày nhận", "Số quyết định", "Ghi chú")
    cells = (
        (
            g.entity.name,
            g.entity.area.place,
            g.policy.title,
            g.amount,
            g.granted_on,
            g.decision_number,
            g.note,
        )
        for g in rows.iterator(chunk_size=500)
    )
    return Sheet("ho-tro-da-nhan", heads, cells, title="Hỗ trợ chủ thể đã nhận")


def policies(rows):
    """The catalogue."""
    heads = ("Chính sách", "Loại", "Văn bản", "Ngày văn bản", "Đối tượng", "Nội dung", "Từ ngày", "Đến ngày")
    cells = (
        (p.title, p.get_kind_display(), p.document, p.document_on, p.kinds_in_words, p.what, p.start, p.until)
        for p in rows.iterator(chunk_size=500)
    )
    return Sheet("chinh-sach-ho-tro", heads, cells, title="Chính sách hỗ trợ")
