"""A person answers the consent text, takes a copy of their data and asks for deletion; it is carried out."""

import io
import zipfile

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PASSWORD

pytestmark = pytest.mark.xdist_group("portal")

UNASKED, NAME, OTHER = "chuthe.moi", "Lưu Thị Trình Diễn", "Trần Thị Trình Diễn"


def sign_in_unasked(visitor):
    """Sign in as somebody who has not answered the text yet; the portal asks first."""
    visitor.page.context.clear_cookies()
    visitor.goto("/dang-nhap/")
    visitor.page.get_by_label("Tên đăng nhập").fill(UNASKED)
    visitor.page.get_by_label("Mật khẩu").fill(PASSWORD)
    visitor.page.get_by_role("button", name="Đăng nhập").click()
    heading = visitor.page.get_by_role("heading", level=1)
    expect(heading).to_have_text("Thông báo về xử lý dữ liệu cá nhân")


def answer_the_text(visitor):
    """Read the text of 2023, agree to one of two purposes, arrive at the desk."""
    visitor.sees("Nghị định 13/2023/NĐ-CP")
    boxes = visitor.page.get_by_role("checkbox")
    assert boxes.count() == 2
    assert not any(box.is_checked() for box in boxes.all())
    visitor.look("dong-y")
    boxes.first.check()
    visitor.press("Ghi nhận lựa chọn")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Bàn làm việc")


def take_a_copy(visitor):
    """Ask for the copy, watch the job, find it on the desk, open it."""
    visitor.goto("/tai-khoan/du-lieu/")
    visitor.press("Tải dữ liệu của tôi")
    expect(visitor.page.locator(".job progress")).to_be_visible(timeout=10_000)
    visitor.goto("/ban-lam-viec/")
    job = visitor.page.locator(".job").filter(has_text="Dữ liệu của tôi")
    link = job.get_by_role("link", name="Mở kết quả")
    expect(link).to_be_visible(timeout=30_000)
    body = visitor.page.request.get(visitor.portal.url.rstrip("/") + link.get_attribute("href")).body()
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        text = archive.read("du-lieu.json").decode()
    assert NAME in text
    assert OTHER not in text
    visitor.goto("/tai-khoan/du-lieu/")
    visitor.look("du-lieu-cua-toi")


def ask_for_deletion(visitor):
    """Send the request; its address."""
    visitor.follow("Gửi yêu cầu")
    visitor.page.get_by_label("Xóa", exact=True).check()
    visitor.page.get_by_label("Nội dung").fill("Tôi không tham gia chương trình nữa.")
    visitor.look("gui-yeu-cau")
    visitor.press("Gửi yêu cầu")
    visitor.sees("Chờ trả lời")
    visitor.sees("18/10/2024")
    return visitor.page.url.removeprefix(visitor.portal.url.rstrip("/"))


def carry_out(visitor, request):
    """The administrator finds the request on the desk, answers, and carries it out."""
    visitor.sign_in("quantri")
    visitor.look("ban-lam-viec-quan-tri")
    visitor.page.locator(f"main a[href='{request}']").click()
    visitor.sees("Tôi không tham gia chương trình nữa.")
    visitor.look("mot-yeu-cau")
    visitor.follow("Trả lời")
    visitor.page.get_by_label("Trả lời người yêu cầu").fill("Tài khoản sẽ được ẩn danh trong hôm nay.")
    visitor.press("Gửi trả lời")
    visitor.sees("Đã trả lời, chờ thực hiện")
    visitor.follow("Thực hiện")
    visitor.sees("không khôi phục được")
    visitor.look("thuc-hien-yeu-cau")
    visitor.press("Xác nhận đã thực hiện")
    visitor.sees("Đã thực hiện")
    visitor.goto("/yeu-cau-du-lieu/")
    visitor.sees("Người dùng đã ẩn danh")
    expect(visitor.page.locator("main")).not_to_contain_text(NAME)
    visitor.look("yeu-cau-du-lieu")


def test_a_person_is_asked_takes_a_copy_and_is_forgotten(visitor):
    sign_in_unasked(visitor)
    answer_the_text(visitor)
    take_a_copy(visitor)
    request = ask_for_deletion(visitor)
    carry_out(visitor, request)

    visitor.page.context.clear_cookies()
    visitor.goto("/dang-nhap/")
    visitor.page.get_by_label("Tên đăng nhập").fill(UNASKED)
    visitor.page.get_by_label("Mật khẩu").fill(PASSWORD)
    visitor.page.get_by_role("button", name="Đăng nhập").click()
    visitor.sees("chưa đúng")
