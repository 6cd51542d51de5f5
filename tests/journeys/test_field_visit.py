"""A commune's officer on a phone of 360 px: a visit with two photos and an action, which then stands on the desks."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.xdist_group("portal")

FINDINGS = "Nhãn mới chưa ghi xuất xứ, đã hướng dẫn tại chỗ."


def snapshot(colour, name):
    """A photo as a phone makes it."""
    out = io.BytesIO()
    Image.new("RGB", (1200, 900), colour).save(out, "JPEG")
    return {"name": name, "mimeType": "image/jpeg", "buffer": out.getvalue()}


@pytest.fixture
def officer(browser, portal, pytestconfig):
    """The officer of the commune, in the field; what the browser complains of is a failure."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 360, "height": 740})
    page, trouble = context.new_page(), []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    found = Visitor(page, portal, shots=pytestconfig.getoption("--shots"))
    found.sign_in("canboxa")
    yield found
    context.close()
    assert trouble == []


def test_an_officer_logs_a_visit_on_a_phone(officer, visitor):
    """Two short steps; nothing is lost without network; the action shows on both desks."""
    first_step(officer)
    second_step(officer)
    expect(officer.page.locator(".photos img")).to_have_count(2)
    officer.sees("Gửi ảnh nhãn đã sửa")
    officer.look("mot-chuyen-ho-tro")

    officer.goto("/ban-lam-viec/")
    officer.sees("Gửi ảnh nhãn đã sửa")
    visitor.sign_in("chuthe")
    visitor.sees("Gửi ảnh nhãn đã sửa")
    finish(visitor)
    officer.goto("/ban-lam-viec/")
    expect(officer.page.locator("main")).not_to_contain_text("Gửi ảnh nhãn đã sửa")


def first_step(officer):
    """Whom, when, what; what was typed survives a reload."""
    page = officer.page
    officer.goto("/ho-tro/moi/")
    officer.look("ho-tro-buoc-mot")
    page.set_viewport_size({"width": 360, "height": 740})
    page.get_by_label("Việc cần làm").fill("Xem nhãn mới")
    page.reload()
    expect(page.get_by_label("Việc cần làm")).to_have_value("Xem nhãn mới")
    page.get_by_label("Chủ thể").select_option(label="Hợp tác xã Dệt lụa Trình Diễn Chuyên Ngoại")
    page.get_by_label("Bao bì, nhãn hàng hóa").check()
    officer.press("Lưu và tiếp tục")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kết quả tại chỗ")


def second_step(officer):
    """What was seen, two photos, what was agreed; a press without network loses nothing."""
    page = officer.page
    officer.look("ho-tro-buoc-hai")
    page.set_viewport_size({"width": 360, "height": 740})
    assert page.get_by_label("Chụp ảnh").get_attribute("capture") == "environment"
    height = page.get_by_role("button", name="Lưu kết quả").bounding_box()["height"]
    assert height >= 44
    page.get_by_label("Tình hình tại chỗ").fill(FINDINGS)
    page.get_by_label("Chụp ảnh").set_input_files(snapshot("#2a6", "IMG_1.jpg"))
    page.get_by_label("Chọn ảnh có sẵn").set_input_files(snapshot("#a62", "IMG_2.jpg"))
    page.get_by_label("Việc", exact=False).filter(visible=True).first.fill("Gửi ảnh nhãn đã sửa")
    page.get_by_label(re.compile("^Hạn")).fill("2024-10-30")

    page.context.set_offline(True)
    officer.press("Lưu kết quả")
    officer.sees("Đang mất mạng nên chưa gửi được")
    page.context.set_offline(False)
    officer.press("Lưu kết quả")
    officer.sees(FINDINGS)


def finish(visitor):
    """The producer's person reports that it is done."""
    visitor.follow("Gửi ảnh nhãn đã sửa")
    visitor.page.get_by_role("link", name=re.compile("Báo đã xong.*Gửi ảnh nhãn đã sửa")).click()
    visitor.look("bao-da-xong")
    visitor.page.get_by_label("Kết quả").fill("Đã in nhãn mới")
    visitor.press("Báo đã xong")
    visitor.sees("Đã in nhãn mới")


def test_a_form_that_closed_meanwhile_gives_the_words_back(officer):
    """The visit is cancelled in another window; what was typed here comes back to be copied."""
    page = officer.page
    officer.goto("/ho-tro/moi/")
    page.get_by_label("Chủ thể").select_option(label="Hợp tác xã Dệt lụa Trình Diễn Chuyên Ngoại")
    page.get_by_label(re.compile("^Ngày")).fill("2024-10-28")
    page.get_by_label("Môi trường").check()
    officer.press("Lưu và tiếp tục")
    visit = re.search(r"/ho-tro/[0-9a-f-]{36}/", page.url)[0]
    officer.goto(f"{visit}sua/")
    page.get_by_label("Việc cần làm").fill("Xem bể lắng mới xây")

    other = Visitor(page.context.new_page(), officer.portal)
    other.goto(f"{visit}huy/")
    other.page.get_by_label("Lý do").fill("Chủ thể bận.")
    other.page.locator("main form button[type=submit]").click()
    other.sees("Chủ thể bận.")
    other.page.close()

    officer.press("Lưu lịch hẹn")
    officer.sees("Xem bể lắng mới xây")
    expect(page.get_by_role("heading", level=1)).to_have_text("Chưa lưu được")
    officer.look("bieu-mau-da-dong")
    officer.follow("Xem trang hiện tại")
    officer.sees("Chủ thể bận.")
