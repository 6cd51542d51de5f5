"""From the bell to what happened, and the letter that went out beside it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.xdist_group("portal")
IDEA = "Gạo nếp Trình Diễn Duy Hải"


def unread(page):
    """The number at the bell."""
    count = page.locator(".bell-count")
    return int(count.inner_text()) if count.count() else 0


def test_from_the_bell_to_the_idea_and_read(visitor):
    page = visitor.page
    visitor.sign_in("canbohuyen")
    before = unread(page)
    assert before >= 1

    page.locator("a.bell").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thông báo")
    visitor.look("thong-bao")
    page.locator(".notices .unread").get_by_role("button", name=re.compile(IDEA)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(IDEA)
    assert unread(page) == before - 1

    page.locator("a.bell").click()
    page.get_by_role("checkbox", name="Chưa đọc").check()
    expect(page.locator("#rows")).not_to_contain_text(IDEA)


def test_reading_works_without_scripts(browser, portal):
    context = browser.new_context(java_script_enabled=False, locale="vi-VN")
    visitor = Visitor(context.new_page(), portal)
    visitor.sign_in("chuthe.yennam")
    visitor.page.locator("a.bell").click()
    visitor.page.get_by_role("button", name=re.compile("Tương nếp Trình Diễn Yên Nam")).click()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Tương nếp Trình Diễn Yên Nam")
    visitor.page.locator("a.bell").click()
    assert visitor.page.locator(".notices .unread").count() == 0
    context.close()


def test_choosing_one_letter_a_day(visitor):
    visitor.sign_in("canbohuyen")
    visitor.goto("/thong-bao/cai-dat/")
    visitor.look("cai-dat-thong-bao")
    visitor.page.get_by_label("Báo cáo tiến độ").select_option(label="Không gửi thư")
    visitor.press("Lưu cài đặt")
    visitor.sees("Đã lưu cài đặt thông báo.")


def test_the_letter_beside_the_notice_went_out_as_a_file(visitor, portal):
    page = visitor.page
    visitor.sign_in("canbohuyen")
    visitor.follow("Thư đã gửi")
    page.get_by_role("searchbox").last.fill(IDEA)  # other journeys have sent more letters than a page holds
    expect(page.locator("tbody tr")).to_have_count(1)
    row = page.locator("tbody tr").filter(has_text=IDEA)
    for _ in range(40):  # beat rings each ten seconds
        if "Đã gửi" in row.inner_text():
            break
        page.wait_for_timeout(1000)
        page.reload()
    expect(row).to_contain_text("Đã gửi")
    visitor.sees("Bản trình diễn không gửi thư ra ngoài.")
    visitor.look("thu-da-gui")
    files = (portal.data / "letters").iterdir()
    assert any("canbohuyen@trinh-dien.example" in file.read_text("utf-8") for file in files)

    row.get_by_role("link").click()
    visitor.sees("Kính gửi Lê Thị Trình Diễn")
    visitor.look("mot-thu")
