"""The list of producers as a sheet."""

from foundation.ui.exports import Sheet


def producer_sheet(rows):
    """Every producer as the list shows it, with what an office keeps beside."""
    header = (
        "Mã", "Tên", "Tên viết tắt", "Loại hình", "Tình trạng", "Địa bàn", "Địa chỉ", "Mã số thuế", "Số đăng ký",
        "Ngày đăng ký", "Người đại diện", "Điện thoại", "Thư điện tử", "Lao động", "Lao động địa phương",
        "Thành viên", "Vốn (triệu đồng)", "Ghi chú", "Trình diễn",
    )  # fmt: skip
    cells = (
        (
            row.code,
            row.name,
            row.short_name,
            row.get_kind_display(),
            row.get_status_display(),
            row.area.place,
            row.address,
            row.tax_code,
            row.registration_number,
            row.registered_on,
            row.representative,
            row.phone,
            row.email,
            row.workers,
            row.local_workers,
            row.members_count,
            row.capital,
            row.note,
            row.is_demo,
        )
        for row in rows
    )
    return Sheet("chu-the", header, cells, "Chủ thể OCOP")
