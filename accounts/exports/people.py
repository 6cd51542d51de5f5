"""People as a sheet."""

from foundation.ui.exports import Sheet

HEADER = ("Họ và tên", "Tên đăng nhập", "Chức vụ", "Vai trò hôm nay", "Tình trạng", "Dữ liệu trình diễn")


def people_sheet(people):
    """The list of people as it is narrowed and sorted."""
    return Sheet(name="nguoi-dung", header=HEADER, rows=_rows(people), title="Người dùng của cổng OCOP")


def _rows(people):
    for person in people.iterator(chunk_size=1000):
        roles = "; ".join(charge.label for charge in person.held_today)
        state = "Đang dùng" if person.is_active else "Đã khóa"
        yield person.full_name, person.username, person.title, roles, state, person.is_demo
