"""People in a browser: an invitation taken up on a phone, two roles, a hand-over, an administrator's eyes."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor
from tests.journeys.phones import agree, set_up

pytestmark = pytest.mark.xdist_group("portal")


@pytest.fixture
def invited(browser, portal):
    """Somebody with a phone who has never been here."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 360, "height": 740})
    yield Visitor(context.new_page(), portal)
    context.close()


def test_invited_acting_in_two_roles_handed_over_and_looked_through(visitor, invited, portal):
    """An administrator invites an officer; the officer works; then leaves and hands over."""
    link = invite(visitor, "Đinh Thị Trình Diễn Mới", "Cán bộ xã", "chuyen ngoai")
    join(invited, link)
    set_up(invited)
    agree(invited)
    expect(invited.page.get_by_role("heading", level=1)).to_have_text("Bàn làm việc")
    invited.look("ban-lam-viec-nguoi-moi")

    give_second_role(visitor)
    act_in_the_second_role(invited)
    look_through(visitor)
    hand_over(visitor)

    invited.page.reload()
    expect(invited.page.get_by_role("heading", level=1)).to_have_text("Đăng nhập")


def invite(visitor, name, role, area):
    """Invite somebody and return the link, which is shown once."""
    visitor.sign_in("quantri")
    visitor.goto("/loi-moi/moi/")
    visitor.look("moi-nguoi")
    visitor.page.get_by_label("Họ và tên").fill(name)
    visitor.page.get_by_label("Vai trò").select_option(label=role)
    pick(visitor, area)
    visitor.press("Tạo lời mời")
    visitor.look("loi-moi-moi-lap")
    return visitor.page.get_by_label("Liên kết", exact=True).input_value()


def pick(visitor, typed):
    """Find the unit by its name without marks, and take the first that is found."""
    picker = visitor.page.get_by_role("combobox", name="Địa bàn")
    picker.fill(typed)
    visitor.page.locator(".area-options [role=option]").first.click()


def join(invited, link):
    """Make an account by the link."""
    invited.page.goto(link)
    invited.look("nhan-loi-moi")
    invited.page.set_viewport_size({"width": 360, "height": 740})
    invited.page.get_by_label("Tên đăng nhập").fill("dinh.moi")
    invited.page.get_by_label("Mật khẩu", exact=True).fill("một câu dài dễ nhớ 8")
    invited.page.get_by_label("Nhắc lại mật khẩu").fill("một câu dài dễ nhớ 8")
    invited.press("Lập tài khoản")


def give_second_role(visitor):
    """The administrator gives another role, with its paper."""
    visitor.goto("/nguoi-dung/?q=dinh.moi")
    visitor.look("nguoi-dung")
    visitor.follow("Đinh Thị Trình Diễn Mới")
    visitor.follow("Giao vai trò")
    visitor.page.get_by_label("Vai trò").select_option(label="Lãnh đạo")
    pick(visitor, "tinh ha nam")
    visitor.page.get_by_label("Căn cứ").fill("Quyết định 12/QĐ-UBND")
    visitor.press("Giao vai trò")
    visitor.look("mot-nguoi-dung")
    visitor.sees("Quyết định 12/QĐ-UBND")


def act_in_the_second_role(invited):
    """The person chooses the role to act in; the bar shows it."""
    invited.page.set_viewport_size({"width": 1280, "height": 900})
    invited.goto("/vai-tro/")
    invited.look("vai-tro")
    invited.page.get_by_role("button", name=re.compile("Làm với vai trò này.*Lãnh đạo")).click()
    expect(invited.page.locator(".person-role")).to_have_text("Lãnh đạo – Tỉnh Hà Nam")
    expect(invited.page.get_by_role("navigation", name="Khu vực làm việc")).to_contain_text("Báo cáo tiến độ")


def look_through(visitor):
    """The administrator looks through the person's eyes, and can do nothing."""
    visitor.goto("/nguoi-dung/dinh.moi/nhin-qua/")
    visitor.page.get_by_label("Lý do").fill("Người dùng nhờ xem giúp")
    visitor.press("Bắt đầu nhìn qua")
    visitor.sees("Bạn đang nhìn qua tài khoản của Đinh Thị Trình Diễn Mới")
    visitor.look("dang-nhin-qua")
    visitor.press("Thôi nhìn qua")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Đinh Thị Trình Diễn Mới")


def hand_over(visitor):
    """Everything passes to a colleague; the account is closed."""
    visitor.goto("/nguoi-dung/dinh.moi/ban-giao/")
    visitor.look("ban-giao")
    visitor.page.get_by_label("Tên đăng nhập của người nhận").fill("canboxa")
    visitor.page.get_by_label("Lý do").fill("Chuyển công tác")
    visitor.page.get_by_label("Khóa tài khoản").check()
    visitor.press("Xem trước bàn giao")
    visitor.look("xem-truoc-ban-giao")
    visitor.sees("Chuyển cho Nguyễn Văn Trình Diễn")
    visitor.press("Bàn giao")
    visitor.sees("Tài khoản đã khóa từ 15/10/2024")
