"""Lists of channels, strengthening and craft villages as sheets."""

from foundation.ui.exports import Sheet


def channel_sheet(rows):
    """Every channel as the list shows it."""
    header = (
        "Chủ thể", "Địa bàn", "Loại kênh", "Hiện đại", "Nơi bán, đối tác", "Liên kết", "Số hợp đồng",
        "Từ ngày", "Đến hết ngày", "Ghi chú", "Trình diễn",
    )  # fmt: skip
    cells = (
        (
            row.entity.name,
            row.entity.area.place,
            row.get_kind_display(),
            row.is_modern,
            row.partner,
            row.link,
            row.contract,
            row.since,
            row.until,
            row.note,
            row.is_demo,
        )
        for row in rows
    )
    return Sheet("kenh-ban-hang", header, cells, "Kênh bán hàng của chủ thể OCOP")


def strengthening_sheet(rows):
    """Every strengthening as the list shows it."""
    header = ("Chủ thể", "Loại hình", "Địa bàn", "Nội dung", "Ngày", "Kết quả", "Trình diễn")
    cells = (
        (
            row.entity.name,
            row.entity.get_kind_display(),
            row.entity.area.place,
            row.get_kind_display(),
            row.day,
            row.note,
            row.is_demo,
        )
        for row in rows
    )
    return Sheet("cung-co", header, cells, "Củng cố chủ thể OCOP")


def village_sheet(rows):
    """Every village as the list shows it."""
    header = (
        "Mã", "Làng nghề", "Nghề", "Thôn, làng", "Địa bàn", "Loại", "Công nhận", "Số quyết định", "Ngày ký",
        "Cơ quan ban hành", "Thu hồi ngày", "Số hộ", "Lao động", "Sản phẩm trong danh mục", "Trình diễn",
    )  # fmt: skip
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
    return Sheet("lang-nghe", header, cells, "Làng nghề")
