"""A buyer from abroad on a phone: finds a product without its marks, in English, compares it, prints labels."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.xdist_group("portal")


def test_a_buyer_finds_compares_and_prints(visitor):
    page = visitor.page
    page.set_viewport_size({"width": 360, "height": 740})
    visitor.goto("/san-pham/")
    page.locator(".public-header summary").click()
    visitor.follow("English")
    expect(page).to_have_url(re.compile(r"/en/san-pham/$"))
    page.get_by_label("Name of product or producer").fill("khan lua theu tay")
    expect(page).to_have_url(re.compile(r"q=khan"))  # rows come while one types
    first = page.locator(".card-product").first
    expect(first).to_contain_text("Khăn lụa thêu tay cao cấp")

    first.get_by_role("link").click()
    visitor.sees("4 stars")
    expect(page.get_by_role("heading", level=1)).to_have_text("Khăn lụa thêu tay cao cấp")
    page.go_back()
    page.locator(".card-product").first.get_by_role("checkbox").check()
    visitor.press("Compare chosen products")
    expect(page.get_by_role("heading", level=1)).to_have_text("Compare products")
    visitor.sees("Khăn lụa thêu tay cao cấp")
    page.go_back()
    page.locator(".card-product").first.get_by_role("checkbox").check()
    visitor.press("Print labels of chosen products")
    expect(page.get_by_role("heading", level=1)).to_have_text("Labels with QR codes")
    expect(page.locator(".label svg").first).to_be_visible()


def test_a_typo_still_finds_and_says_so(visitor):
    visitor.goto("/san-pham/?q=khan+lua+thue+tay")
    visitor.sees("Không có sản phẩm nào khớp đúng")
    visitor.sees("Khăn lụa thêu tay cao cấp")
