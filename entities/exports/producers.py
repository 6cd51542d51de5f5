"""The list of producers as a sheet."""

from operator import attrgetter

from foundation.ui.exports import Sheet

COLUMNS = {
    "Mã": "code",
    "Tên": "name",
    "Tên viết tắt": "short_name",
    "Loại hình": "kind_in_words",
    "Tình trạng": "status_in_words",
    "Địa bàn": "area.place",
    "Địa chỉ": "address",
    "Mã số thuế": "tax_code",
    "Số đăng ký": "registration_number",
    "Ngày đăng ký": "registered_on",
    "Người đại diện": "representative",
    "Điện thoại": "phone",
    "Thư điện tử": "email",
    "Lao động": "workers",
    "Lao động địa phương": "local_workers",
    "Thành viên": "members_count",
    "Vốn (triệu đồng)": "capital",
    "Ghi chú": "note",
    "Trình diễn": "is_demo",
}


def producer_sheet(rows):
    """Every producer as the list shows it, with what an office keeps beside."""
    cells = attrgetter(*COLUMNS.values())
    return Sheet("chu-the", tuple(COLUMNS), map(cells, rows), "Chủ thể OCOP")
