"""The list of craft villages as a sheet."""

from foundation.ui.exports import Sheet

HEADER = (
    "Mã", "Làng nghề", "Nghề", "Thôn, làng", "Địa bàn", "Loại", "Công nhận", "Số quyết định", "Ngày ký",
    "Cơ quan ban hành", "Thu hồi ngày", "Số hộ", "Lao động", "Sản phẩm trong danh mục", "Trình diễn",
)  # fmt: skip


def village_sheet(rows):
    """Every village as the list shows it."""
    cells = (
        (
            row.code,
            row.name,
            row.craft,
            row.hamlet,
            row.area.place,
            row.get_kind_display(),
            row.get_status_display(),
            row.decision_number,
            row.decided_on,
            row.issuer,
            row.withdrawn_on,
            row.households,
            row.workers,
            row.products_here,
            row.is_demo,
        )
        for row in rows
    )
    return Sheet("lang-nghe", HEADER, cells, "Làng nghề")
