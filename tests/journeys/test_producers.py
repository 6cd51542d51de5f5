"""A producer signs up on a phone, the commune confirms; an officer merges two records of one producer."""

import re

from playwright.sync_api import expect

PHONE = {"width": 360, "height": 740}
COMMUNE = "Chuyên Ngoại"


def choose_commune(page, name):
    """Type into the search of units and take the first that is found."""
    field = page.get_by_role("combobox", name=re.compile("Xã, phường"))
    field.fill(name)
    page.locator("li[role=option]").first.click()


def no_wider(page):
    """Nothing sticks out of the phone."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def sign_up(visitor, name):
    """The public form, filled in on a phone; returns the user name that the portal gave."""
    page = visitor.page
    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    visitor.goto("/chu-the/tu-dang-ky/")
    no_wider(page)
    page.get_by_label("Tên chủ thể").fill(name)
    page.get_by_label("Loại hình").select_option(label="Hộ sản xuất kinh doanh")
    choose_commune(page, COMMUNE)
    page.get_by_label("Người đại diện").fill("Người Tự Đăng Ký Trình Diễn")
    page.get_by_label("Điện thoại").fill("0912 000 111")
    page.get_by_label("Mật khẩu").fill("mot cau de nho cua toi 71")
    visitor.press("Gửi đăng ký")
    if "dong-y" in page.url or page.get_by_role("button", name="Lưu lựa chọn").count():
        answer_consent(visitor)
    expect(page.get_by_text("Tên đăng nhập của bạn")).to_be_visible()
    no_wider(page)
    return re.search(r"ct\d{7}", page.locator("body").inner_text())[0]


def answer_consent(visitor):
    """The text about personal data comes first, once."""
    visitor.page.locator("main form button[type=submit]").first.click()


def test_a_producer_signs_up_on_a_phone_and_the_commune_confirms(visitor):
    page = visitor.page
    name = "Hộ Trà Sen Tự Đăng Ký Trình Diễn"
    username = sign_up(visitor, name)

    page.set_viewport_size({"width": 1280, "height": 900})
    visitor.sign_in("canboxa")
    visitor.sees(name)
    visitor.follow(name)
    visitor.look("don-dang-ky")
    visitor.press("Xác nhận chủ thể")
    visitor.sees("Đã xác nhận chủ thể.")

    page.context.clear_cookies()
    page.set_viewport_size(PHONE)
    visitor.sign_in_anew(username, "mot cau de nho cua toi 71")
    visitor.goto("/chu-the/")
    page.get_by_role("link", name=name).click()
    visitor.look("chu-the")
    page.get_by_role("link", name="Sửa chủ thể").click()
    visitor.look("chu-the-sua")
    page.locator("[data-point] svg").click(position={"x": 120, "y": 120})
    assert page.get_by_label("Vĩ độ").input_value().startswith("20.")
    visitor.press("Lưu chủ thể")
    visitor.sees("Đã sửa chủ thể.")


def test_an_officer_merges_two_records_of_one_producer(visitor):
    page = visitor.page
    visitor.sign_in("canboxa")
    for name in ("Hộ Bún Khô Trùng Trình Diễn", "Hộ bún khô trùng trình diễn"):
        visitor.goto("/chu-the/moi/")
        page.get_by_label("Tên", exact=False).first.fill(name)
        page.get_by_label("Loại hình").select_option(label="Hộ sản xuất kinh doanh")
        choose_commune(page, COMMUNE)
        visitor.press("Lưu chủ thể")
        visitor.sees("Đã ghi chủ thể.")
    visitor.goto("/chu-the/trung/")
    visitor.look("chu-the-trung")
    visitor.follow("Hộ Bún Khô Trùng Trình Diễn")
    visitor.follow("Gộp hồ sơ này vào đó")
    visitor.look("chu-the-gop")
    page.get_by_label("Vì sao là một chủ thể").fill("Ghi hai lần")
    page.get_by_label("Tôi hiểu").check()
    visitor.press("Gộp vĩnh viễn")
    visitor.sees("Hồ sơ đã gộp vào đây")
    visitor.follow("Hộ Bún Khô Trùng Trình Diễn")
    visitor.sees("Hồ sơ này đã gộp")
    visitor.goto("/chu-the/")
    visitor.look("chu-the-danh-sach")
