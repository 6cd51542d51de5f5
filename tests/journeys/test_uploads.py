"""A producer's phone, 360 px, slow network: six files, a page closed on the way, one that fails and is sent again."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE
from tests.journeys.people import paper, photo

pytestmark = pytest.mark.xdist_group("portal")
LIE = {"name": "sai.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 <html><script>1</script>"}


def go_to_files(phone):
    """One piece of evidence with its first file, then the page of its other files."""
    page = phone.page
    phone.sign_in("chuthe.tracvan")
    phone.goto("/ho-so/hs-2024-0001/minh-chung/")
    page.get_by_label("Tệp minh chứng").set_input_files(paper("chinh.pdf", 1))
    page.get_by_label("Loại giấy tờ").select_option(index=1)
    page.get_by_label("Tên minh chứng").fill("Phiếu kiểm nghiệm")
    page.locator("form").get_by_role("button", name="Tải lên").click()
    page.get_by_role("listitem").filter(has_text="Phiếu kiểm nghiệm").get_by_role(
        "link", name="Tệp kèm theo"
    ).last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Phiếu kiểm nghiệm")


def test_six_files_on_a_slow_phone_one_fails_and_is_sent_again(phone):
    page, failing = phone.page, {"left": 1, "dropped": 0, "pieces": 0}
    go_to_files(phone)
    phone.slow()

    def trouble(route):
        failing["pieces"] += 1
        if failing["pieces"] == 2:  # a piece that is lost on its way is sent again by itself
            failing["dropped"] += 1
            return route.abort()
        if failing["pieces"] >= 6 and failing["left"]:  # one that is turned away waits for the person
            failing["left"] -= 1
            return route.fulfill(status=403, body="")
        return route.continue_()

    page.route("**/tu/*/", trouble)
    photos = [photo(number) for number in range(4)]
    page.locator("input[name=files]").set_input_files([*photos, paper("giay.pdf", 3), LIE])
    expect(page.locator("[data-queue] li").first).to_contain_text(re.compile("Đã gửi [1-9]"), timeout=30_000)
    page.reload()  # the page is closed on the way: it goes on by itself
    again = page.get_by_role("button", name="Thử lại")
    expect(again).to_be_visible(timeout=60_000)
    again.click()
    expect(page.locator("[data-files] li")).to_have_count(6, timeout=60_000)
    for number in range(4):
        row = page.locator("[data-files] li").filter(has_text=f"IMG_{number}.jpg")
        expect(row).to_contain_text("Dùng được", timeout=60_000)
    expect(page.locator("[data-files] li").filter(has_text="giay.pdf")).to_contain_text("Dùng được")
    bad = page.locator("[data-files] li").filter(has_text="sai.pdf")
    expect(bad).to_contain_text("lẫn nội dung của một loại tệp khác", timeout=60_000)
    assert (failing["dropped"], failing["left"]) == (1, 0)

    phone.look("tep-kem-minh-chung")
    page.get_by_role("link", name="giay.pdf").click()
    expect(page.locator("main img")).to_have_count(3)
    phone.look("trang-cua-tep")


def test_without_scripts_the_same_field_is_an_ordinary_form(browser, phone):
    go_to_files(phone)
    cookies, address = phone.page.context.cookies(), phone.page.url
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(address)
    page.locator("input[name=files]").set_input_files([photo(8), paper("b.pdf", 1)])
    page.get_by_role("button", name="Tải lên").click()
    expect(page.locator("body")).to_contain_text("Đã nhận 2 tệp")
    context.close()
