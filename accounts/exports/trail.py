"""The trail as a sheet."""

from foundation.ui.exports import Sheet

MOST = 20_000  # rows: what a workbook is opened for; the whole trail is the database's backup
HEADER = (
    *(
        "Mắt xích",
        "Lúc",
        "Người thực hiện",
        "Vai trò khi đó",
        "Việc",
        "Loại bản ghi",
        "Số bản ghi",
        "Từ",
        "Thành",
    ),
    *("Lý do", "Nơi thực hiện", "Xoá nội dung ngày", "Dấu"),
)


def trail_sheet(entries):
    """The newest of these entries, all facts of each in a row."""
    title = f"Nhật ký (nhiều nhất {MOST} mục mới nhất theo bộ lọc)"
    return Sheet(name="nhat-ky", header=HEADER, rows=map(_row, entries[:MOST]), title=title)


def _row(entry):
    link, detail = getattr(entry, "link", None), getattr(entry, "detail", None)
    return (
        link.seq if link else None,
        entry.at,
        str(entry.by or "Hệ thống"),
        entry.role,
        entry.act,
        entry.kind,
        entry.subject_id,
        *entry.step,
        entry.note,
        detail.place if detail else "",
        detail.erased_on if detail else None,
        bytes(link.hash).hex() if link else "",
    )
