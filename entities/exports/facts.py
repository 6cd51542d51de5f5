"""Lists of channels and strengthening as sheets."""

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
