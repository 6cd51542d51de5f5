"""On a phone 360 px wide: a dossier comes back with two items, only those open, it is mended and accepted.

And the fields that save themselves: a killed server, a second tab, an expired sign-in lose nothing.
"""

import io
import re

import psycopg2
import pytest
from PIL import Image
from playwright.sync_api import expect

from launcher.stack import Stack
from tests.journeys.conftest import PASSWORD, Visitor, faults
from tests.journeys.people import licence

pytestmark = pytest.mark.xdist_group("rounds")
DOSSIER = "/ho-so/hs-2024-0001"
FORM = f"{DOSSIER}/dang-ky/"


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A portal of its own: its web server is killed, and its one draft is handed in."""
    with Stack(tmp_path_factory.mktemp("rounds"), today="2024-10-15", durable=True) as stack:
        yield stack


@pytest.fixture
def phone(browser, own, pytestconfig):
    """A person at a phone."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    yield Visitor(page, own, shots=pytestconfig.getoption("--shots"))
    context.close()


def stored(own, column):
    """What the database holds in that field of the draft."""
    connection = psycopg2.connect(own.owner_url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"select {column} from products_dossier where code = 'hs-2024-0001'")
            return cursor.fetchone()[0]
    finally:
        connection.close()


def note(page, name):
    """The sentence under a field."""
    return page.locator(f"[name={name}] + .save-state")


def open_form(phone):
    """The registration of the draft, as its producer."""
    phone.sign_in("chuthe.tracvan")
    phone.goto(FORM)
    return phone.page.locator("[name=capacity]")


@pytest.mark.parametrize("rounds", [2, pytest.param(15, marks=pytest.mark.drill)])
def test_a_killed_server_loses_nothing_that_was_acknowledged(phone, own, rounds):
    field = open_form(phone)
    for turn in range(rounds):
        field.fill(f"{turn}: 400 khay mỗi tháng")
        expect(note(phone.page, "capacity")).to_contain_text("Đã lưu", timeout=15_000)
        own.kill("web")
        assert stored(own, "capacity") == f"{turn}: 400 khay mỗi tháng"  # what was acknowledged is there
        field.fill(f"{turn}: 450 khay mỗi tháng")
        expect(note(phone.page, "capacity")).to_contain_text("chưa lưu", timeout=15_000)
        own.start("web")
        own.wait_ready()
        expect(note(phone.page, "capacity")).to_contain_text("Đã lưu", timeout=30_000)
        assert stored(own, "capacity") == f"{turn}: 450 khay mỗi tháng"  # and what was not went out by itself


def test_a_second_tab_is_asked_which_text_to_keep(phone, own):
    field = open_form(phone)
    second = phone.page.context.new_page()
    second.goto(f"{own.url}{FORM}")
    second.locator("[name=capacity]").fill("Bản của tab hai")
    expect(note(second, "capacity")).to_contain_text("Đã lưu", timeout=15_000)

    field.fill("Bản của tab một")

    expect(phone.page.locator(".field-clash")).to_contain_text("Bản của tab hai", timeout=15_000)
    assert stored(own, "capacity") == "Bản của tab hai"
    expect(field).to_have_value("Bản của tab một")
    assert faults(phone.page) == []
    phone.press("Giữ nội dung của tôi")
    expect(note(phone.page, "capacity")).to_contain_text("Đã lưu", timeout=15_000)
    assert stored(own, "capacity") == "Bản của tab một"


def test_an_expired_sign_in_keeps_the_text_and_sends_it_after_signing_in(phone, own):
    field = open_form(phone)
    before = stored(own, "capacity")
    phone.page.context.clear_cookies(name=re.compile("session"))
    own.__dict__["signed_in"].pop("chuthe.tracvan")

    field.fill("Gõ khi phiên đã hết")

    expect(note(phone.page, "capacity")).to_contain_text("Phiên đăng nhập đã hết", timeout=15_000)
    assert stored(own, "capacity") == before
    phone.page.get_by_role("link", name="Đăng nhập lại").click()
    phone.page.get_by_label("Tên đăng nhập").fill("chuthe.tracvan")
    phone.page.get_by_label("Mật khẩu").fill(PASSWORD)
    phone.page.get_by_role("button", name="Đăng nhập").click()
    phone.page.wait_for_url(f"**{FORM}")
    expect(note(phone.page, "capacity")).to_contain_text("Đã lưu", timeout=15_000)
    assert stored(own, "capacity") == "Gõ khi phiên đã hết"


def answer_the_rest(page):
    """Tick the best box wherever none is ticked, each saved by itself."""
    for fieldset in page.locator("fieldset.criterion").all():
        if fieldset.locator("input[type=radio]:checked").count():
            continue
        boxes = fieldset.locator(".choice:not(:has(input[value=khong])) input")
        with page.expect_response(lambda response: "/chon/" in response.url and response.ok):
            boxes.last.check()


def test_two_items_come_back_only_they_open_and_the_dossier_is_accepted(phone, own):
    page = phone.page
    phone.sign_in("chuthe.tracvan")
    phone.sees("Khay mây tre Trình Diễn Trác Văn")  # the desk shows the draft that exists
    for part in "ABC":
        phone.goto(f"{DOSSIER}/tu-danh-gia/?phan={part}")
        answer_the_rest(page)
    phone.goto(f"{DOSSIER}/can-gi/")
    phone.sees("Tài liệu này hỗ trợ tới")
    phone.look("can-gi")
    phone.goto(f"{DOSSIER}/")
    phone.sees("Còn thiếu 1 việc")
    phone.goto(f"{DOSSIER}/minh-chung/?tieu-chi=3.1")
    page.locator("input[type=file]").set_input_files(licence())
    page.get_by_label("Loại giấy tờ").select_option("business_registration")
    page.get_by_label("Tên minh chứng").fill("Giấy đăng ký tổ hợp tác")
    phone.press("Tải lên")
    phone.goto(f"{DOSSIER}/")
    page.set_viewport_size({"width": 360, "height": 740})
    phone.press("Nộp hồ sơ")
    phone.sees("Chờ huyện kiểm tra")
    phone.sees("Lần 1")

    phone.sign_in("canbohuyen")
    phone.goto(f"{DOSSIER}/tra-lai/")
    page.set_viewport_size({"width": 360, "height": 740})
    page.get_by_label("Quy cách, tiêu chuẩn sản phẩm", exact=True).check()
    page.get_by_label("Lý do: quy cách, tiêu chuẩn sản phẩm").fill("Ghi rõ kích thước.")
    page.get_by_role("heading", name="Minh chứng").click()
    page.get_by_label("Công bố chất lượng", exact=True).check()
    page.get_by_label("Lý do: Công bố chất lượng").fill("Chưa có bản công bố.")
    phone.look("tra-lai-tung-muc")
    phone.press("Trả lại để bổ sung")
    phone.sees("Cần bổ sung")

    phone.sign_in("chuthe.tracvan")
    phone.goto(f"{DOSSIER}/")
    phone.sees("Bổ sung 2 mục")
    phone.goto(FORM)
    expect(page.locator("[name=capacity]")).to_be_disabled()
    expect(page.locator("[name=introduction]")).to_be_disabled()
    page.locator("[name=spec]").fill("Khay tròn 30 cm, cao 4 cm")
    expect(note(page, "spec")).to_contain_text("Đã lưu", timeout=15_000)
    phone.look("dang-ky-chi-mo-mot-muc")
    phone.goto(f"{DOSSIER}/tu-danh-gia/")
    assert page.locator("fieldset.criterion:not([disabled])").count() == 0
    phone.goto(f"{DOSSIER}/minh-chung/")
    assert page.locator("#id_kind option").count() == 2
    page.locator("input[type=file]").set_input_files(
        {"name": "cong-bo.png", "mimeType": "image/png", "buffer": picture()}
    )
    page.get_by_label("Loại giấy tờ").select_option("quality_declaration")
    page.get_by_label("Tên minh chứng").fill("Bản công bố chất lượng")
    phone.press("Tải lên")
    phone.goto(f"{DOSSIER}/thay-doi/")
    phone.sees("Khay tròn 30 cm, cao 4 cm")
    phone.look("thay-doi")
    phone.goto(f"{DOSSIER}/")
    phone.press("Nộp hồ sơ")
    phone.sees("Lần 2")

    phone.sign_in("canbohuyen")
    phone.goto(f"{DOSSIER}/ban-nop/2/so-voi/1/")
    phone.sees("Yêu cầu: Ghi rõ kích thước.")
    phone.sees("Bản công bố chất lượng")
    phone.goto(f"{DOSSIER}/ban-nop/2/")
    phone.sees("Nội dung khớp với mã băm")
    phone.look("ban-nop")
    phone.goto(f"{DOSSIER}/")
    phone.look("ho-so-nop-lai")
    phone.press("Tiếp nhận hồ sơ")
    phone.sees("Đủ điều kiện, chờ hội đồng")


def picture():
    """A small PNG."""
    out = io.BytesIO()
    Image.new("RGB", (400, 300), "#246").save(out, "PNG")
    return out.getvalue()
