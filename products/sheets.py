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


def facts(rows):
    """How rated products were kept up."""
    header = ("Sản phẩm", "Chủ thể", "Địa bàn", "Loại", "Ngày", "Nội dung", "Trình diễn")
    cells = (
        (
            row.product.name,
            row.product.entity.name if row.product.entity else "",
            row.product.area.place if row.product.area else "",
            row.get_kind_display(),
            row.day,
            row.note,
            row.is_demo,
        )
        for row in rows.iterator(chunk_size=CHUNK)
    )
    return Sheet("duy-tri-nang-hang", header, cells, "Duy trì, củng cố, nâng hạng sản phẩm OCOP")


def returns_of(year):
    """The returns of a year, with the ministry's columns (bảng PTNT_OCOP) first; empty where nothing was returned."""

    def sheet(rows):
        header = (
            "MA_OCOP", "Ma_DonViHanhChinh", "Ma_ThoiGian", "TenSanPham", "XepHang", "ChuTheSXKD",
            "DoanhThuNam (triệu đồng)", "TrangThai", "Sản lượng", "Đơn vị", "Lao động", "Kênh bán hàng",
            "Ngày khai", "Địa bàn", "Trình diễn",
        )  # fmt: skip
        cells = (return_cells(row, year) for row in rows.iterator(chunk_size=CHUNK))
        return Sheet(f"khai-bao-{year}", header, cells, f"Khai báo sản phẩm OCOP năm {year}")

    return sheet


def return_cells(row, year):
    """One product; its return, or empty cells."""
    held = row.filed[0] if row.filed else None
    figures = (
        (held.output, held.unit, held.workers, held.channels_in_words, held.returned_on)
        if held
        else (None, "", None, "", None)
    )
    return (
        row.code,
        row.area.code if row.area else "",
        year,
        row.name,
        row.stars,
        row.entity.name,
        held.revenue if held else None,
        held.get_state_display() if held else "Chưa khai",
        *figures,
        row.area.place if row.area else "",
        row.is_demo,
    )
