"""What the people of the journey choose and do, in the words of the pages."""

import io
import os
import re

import pikepdf
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.ui.test_documents import pdf

# Points chosen per criterion of set 22 (Vải, may mặc) under qd148-2023; all others take the best box. 87 points, and
# every minimum for 4 stars; 1.3, 2.2 and others stay below the minimum for 5 stars.
FOUR_STARS = {"4.1": 3, "1.3": 2, "2.2": 3, "5.3": 1, "6.1": 3, "6.2": 3, "7": 3, "8": 3}


def silk_photo():
    """A photo for the slip: bytes of a PNG."""
    image = Image.new("RGB", (1200, 900), "#b8322a")
    draw = ImageDraw.Draw(image)
    for step in range(0, 1200, 40):
        draw.line([(step, 0), (1200 - step, 900)], fill="#e7b04b", width=4)
    out = io.BytesIO()
    image.save(out, "PNG")
    return {"name": "khan-lua.png", "mimeType": "image/png", "buffer": out.getvalue()}


def licence():
    """The business registration as a PDF of one page."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    return {"name": "dang-ky-kinh-doanh.pdf", "mimeType": "application/pdf", "buffer": out.getvalue()}


def photo(number):
    """A photo of a phone, about 900 KB: two pieces on their way."""
    out = io.BytesIO()
    Image.frombytes("RGB", (800, 700), os.urandom(1_680_000)).save(out, "JPEG", quality=97)
    return {"name": f"IMG_{number}.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}


def paper(name, pages):
    """A PDF of so many pages."""
    return {"name": name, "mimeType": "application/pdf", "buffer": pdf(pages=pages)}


def choose_all(page, wanted):
    """Tick one box in every criterion on the page: the wanted points, else the best box; wait until each is kept."""
    codes = page.locator("fieldset.criterion .criterion-code").all_inner_texts()
    for fieldset in page.locator("fieldset.criterion").all():
        code = fieldset.locator(".criterion-code").inner_text().strip()
        boxes = fieldset.locator(".choice")
        points = [int(text) for text in boxes.locator(".choice-points").all_inner_texts()]
        target = wanted.get(code, max(points))
        with page.expect_response(lambda response: "/chon/" in response.url and response.ok):
            boxes.nth(points.index(target)).locator("input").check()
        # What came back is this criterion, ticked as chosen, saved once and alone.
        expect(fieldset.locator(".criterion-code")).to_have_text(code)
        expect(boxes.nth(points.index(target)).locator("input")).to_be_checked()
        expect(fieldset.locator("input[type=hidden]")).to_have_value("1")
    assert page.locator("fieldset.criterion .criterion-code").all_inner_texts() == codes


def score_all(page, wanted, remark):
    """Score every criterion of a sheet by keyboard: the digit of the box, then on; wait until each choice is kept."""
    items = page.locator("section.score-item")
    for position in range(items.count()):
        item = items.nth(position)
        code = item.get_attribute("data-criterion")
        boxes = item.locator("input[name=chon]")
        points = [
            int(re.match(r"\d+", text).group()) for text in item.locator(".choice-points").all_inner_texts()
        ]
        digit = boxes.nth(points.index(wanted.get(code, max(points)))).get_attribute("data-digit")
        with page.expect_response(lambda response: "/phieu/chon/" in response.url and response.ok):
            page.keyboard.press(digit)
        page.keyboard.press("j")
    page.get_by_role("link", name="Xem lại và nộp phiếu").click()
    page.get_by_label("Ý kiến của người đánh giá").fill(remark)
    page.get_by_role("button", name="Nộp phiếu", exact=True).click()
