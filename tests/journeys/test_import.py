"""An officer's list in a browser: upload, columns, preview, confirmation, result, the wrong rows as a file."""

import re

import pytest
from playwright.sync_api import expect

from tests.imports.books import master_book, master_row

pytestmark = pytest.mark.xdist_group("portal")

LIST = master_book(
    [
        master_row(1, "Khăn lụa hành trình", "HTX Hành Trình"),
        master_row(2, "Áo lụa hành trình", None),
        master_row(3, "Nón hành trình", "HTX Hành Trình", "Xã Không Có"),
    ],
    merges=[(0, 1, 4)],
)


def finish(visitor):
    """Wait for the job on the page, then go on."""
    job = visitor.page.locator(".job")
    expect(job.get_by_role("link", name="Mở kết quả")).to_be_visible(timeout=40_000)
    job.get_by_role("link", name="Mở kết quả").click()


def test_a_list_is_sent_mapped_looked_at_and_confirmed(visitor):
    visitor.sign_in("canbohuyen")
    visitor.goto("/nhap-du-lieu/")
    visitor.look("nhap-du-lieu")
    visitor.follow("Nhập tệp mới")
    visitor.look("nhap-tep-moi")
    visitor.page.get_by_label("Danh sách sản phẩm OCOP của tỉnh (22 cột)").check()
    file = {"name": "danh-sach.xlsx", "mimeType": "application/vnd.ms-excel", "buffer": LIST}
    visitor.page.locator("input[type=file]").set_input_files(file)
    visitor.press("Tải lên và đọc tệp")
    finish(visitor)
    visitor.follow("Chọn cột")
    visitor.look("chon-cot")
    expect(visitor.page.get_by_label("Lần 1: số QĐ")).not_to_have_value("")
    visitor.press("Kiểm tra các dòng")
    finish(visitor)
    visitor.sees("không có xã, phường, thị trấn nào tên")
    visitor.look("xem-truoc-nhap")
    visitor.page.get_by_label("Kết quả", exact=True).select_option(label="Lỗi")
    expect(visitor.page.locator("[data-count]")).to_have_text(re.compile(r"^1\s+dòng"))
    visitor.press("Ghi vào cổng")
    finish(visitor)
    visitor.sees("đã được ghi vào cổng")
    visitor.look("ket-qua-nhap")
    with visitor.page.expect_download() as taken:
        visitor.follow("Tải các dòng lỗi để sửa")
    assert taken.value.suggested_filename.endswith(".xlsx")
