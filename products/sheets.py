"""Lists of what comes before and after the dossier as sheets."""

from foundation.ui.exports import Sheet

CHUNK = 500


def potentials(rows):
    """The screening list as the district consolidates it."""
    header = (
        "Năm", "Mã", "Sản phẩm", "Người sản xuất", "Địa bàn", "Bộ sản phẩm", "Điểm mạnh", "Còn thiếu",
        "Trạng thái", "Trình diễn",
    )  # fmt: skip
    cells = (
        (
            row.year,
            row.code,
            row.name,
            row.producer,
            row.area.place,
            str(row.criteria_set or ""),
            row.strengths,
            row.gaps,
            row.get_status_display(),
            row.is_demo,
        )
        for row in rows.iterator(chunk_size=CHUNK)
    )
    return Sheet("san-pham-tiem-nang", header, cells, "Sản phẩm tiềm năng")


def plans(rows):
    """Plans with their milestones."""
    header = (
        "Năm", "Mã", "Sản phẩm", "Chủ thể", "Địa bàn", "Trạng thái", "Ngày gửi", "Ngày đồng ý", "Số mốc",
        "Mốc đã xong", "Mốc quá hạn", "Trình diễn",
    )  # fmt: skip
    cells = (
        (
            row.year,
            row.code,
            row.product.name,
            row.product.entity.name,
            row.product.area.place if row.product.area else "",
            row.get_status_display(),
            row.submitted_on,
            row.approved_on,
            row.all,
            row.done,
            row.late,
            row.is_demo,
        )
        for row in rows.iterator(chunk_size=CHUNK)
    )
    return Sheet("phuong-an", header, cells, "Phương án sản xuất kinh doanh")
