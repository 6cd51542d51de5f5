"""From the first administrator's link to codes, recovery codes, a passkey and another system's sign-in."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.phones import Phone, agree

pytestmark = pytest.mark.xdist_group("portal")

NAME, PASSWORD, EMAIL = "quan.tri.moi", "ba con meo ngu tren mai", "quan.tri.moi@vi-du.vn"


def on_the_desk(page):
    """This page is the desk."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Bàn làm việc")


def sign_out(visitor):
    """By the menu, as people do."""
    visitor.page.locator("summary[aria-label^='Tài khoản']").click()
    visitor.press("Đăng xuất")


def type_in(visitor):
    """Name and password."""
    visitor.sign_in_anew(NAME, PASSWORD)


def choose_a_password(visitor, portal):
    """The link that the command prints, once."""
    printed = portal.manage("first_administrator", NAME, "Nguyễn Quản Trị", "--email", EMAIL)
    link = re.search(r"http\S+", printed)[0]
    visitor.page.goto(link)
    visitor.page.get_by_label("Mật khẩu mới").fill("ocop2024ocop")
    visitor.press("Lưu mật khẩu")
    visitor.sees("là từ ai cũng đoán được")
    visitor.look("dat-mat-khau")
    visitor.page.get_by_label("Mật khẩu mới").fill(PASSWORD)
    visitor.press("Lưu mật khẩu")
    visitor.sees("Đã lưu mật khẩu mới")


def set_up_the_phone(visitor):
    """Everything leads to the second factor until it stands; the phone."""
    page = visitor.page
    type_in(visitor)
    visitor.sees("Cần đặt xác nhận hai lớp")
    page.goto(f"{visitor.portal.url}/ban-lam-viec/")
    visitor.sees("Cần đặt xác nhận hai lớp")
    visitor.look("xac-nhan-hai-lop")
    visitor.follow("Bật ứng dụng tạo mã")
    square = page.get_by_alt_text("Ô vuông để quét")
    square.evaluate("image => image.decode()")  # waits until it has come; fails when it is no picture
    assert square.evaluate("image => image.naturalWidth") > 100
    visitor.look("ung-dung-tao-ma")
    phone = Phone(page.locator("[data-secret]").inner_text())
    page.get_by_label("Mã 6 số").fill(phone.code())
    visitor.press("Bật mã xác nhận")
    return phone


def keep_the_codes(visitor):
    """Shown once, downloaded; the codes."""
    visitor.sees("Các mã chỉ hiện một lần")
    visitor.look("ma-du-phong")
    with visitor.page.expect_download() as download:
        visitor.press("Tải về")
    codes = download.value.path().read_text(encoding="utf-8").split()
    assert len(codes) == 10
    visitor.page.reload()
    visitor.sees("Còn 10 mã chưa dùng")
    return codes


def add_a_passkey(visitor):
    """The browser's own key store, as the developer tools offer it."""
    page = visitor.page
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    ready = {"isUserVerified": True, "automaticPresenceSimulation": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": kind | ready})
    visitor.goto("/tai-khoan/xac-nhan/khoa-moi/")
    visitor.look("khoa-truy-cap")
    page.get_by_label("Tên thiết bị").fill("Máy cơ quan")
    visitor.press("Tạo khóa truy cập")
    visitor.sees("Đã thêm khóa truy cập")
    visitor.sees("Máy cơ quan")


def test_first_administrator_phone_recovery_code_passkey_and_another_system(visitor, portal, browser):
    page = visitor.page
    page.context.clear_cookies()
    choose_a_password(visitor, portal)
    phone = set_up_the_phone(visitor)
    codes = keep_the_codes(visitor)
    agree(visitor)
    visitor.goto("/ban-lam-viec/")
    add_a_passkey(visitor)
    visitor.look("xac-nhan-da-bat")
    for name in (
        "tai-khoan",
        "tai-khoan/phien",
        "tai-khoan/mat-khau",
        "tai-khoan/thu-dien-tu",
        "mat-thiet-bi",
    ):
        visitor.goto(f"/{name}/")
        visitor.look(name.replace("/", "-"))

    sign_out(visitor)
    type_in(visitor)
    visitor.look("ma-xac-nhan")
    page.get_by_label("Mã xác nhận").fill(phone.code())
    visitor.press("Xác nhận")
    on_the_desk(page)

    sign_out(visitor)
    type_in(visitor)
    page.get_by_label("Mã xác nhận").fill(codes[0])
    visitor.press("Xác nhận")
    on_the_desk(page)

    sign_out(visitor)
    type_in(visitor)
    page.get_by_label("Mã xác nhận").fill(codes[0])
    visitor.press("Xác nhận")
    visitor.sees("đã dùng rồi")
    visitor.press("Dùng khóa truy cập")
    on_the_desk(page)
    sign_in_elsewhere(Visitor(browser.new_page(locale="vi-VN"), portal), phone)


def sign_in_elsewhere(visitor, phone):
    """The other system says who it is; the phone still confirms."""
    page = visitor.page
    visitor.goto("/dang-nhap/")
    visitor.follow("Đăng nhập bằng Cổng đăng nhập tỉnh")
    page.get_by_role("button", name=NAME, exact=True).click()
    visitor.sees("Bước 2 trong 2")
    page.get_by_label("Mã xác nhận").fill(phone.code())
    visitor.press("Xác nhận")
    on_the_desk(page)
    page.close()


def test_who_is_unknown_here_reads_so_after_the_other_system(page, portal):
    visitor = Visitor(page, portal)
    visitor.goto("/dang-nhap/")
    visitor.follow("Đăng nhập bằng Cổng đăng nhập tỉnh")
    page.get_by_role("button", name="nguoi-la", exact=True).click()
    visitor.sees("Không có tài khoản nào trên cổng có địa chỉ thư la@vi-du.vn")


def test_demo_people_read_their_code_on_the_page(page, portal):
    visitor = Visitor(page, portal)
    visitor.sign_in("songanh")
    page.context.clear_cookies()
    visitor.goto("/dang-nhap/")
    row = page.get_by_role("row").filter(has_text="lanhdao")
    expect(row).to_contain_text(re.compile(r"\d{6} còn \d+ giây"))
    expect(page.get_by_role("row").filter(has_text="chuthe").first).to_contain_text("không cần")
