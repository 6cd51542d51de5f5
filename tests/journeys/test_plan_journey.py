"""On a phone of 360 px: from the commune's screening list to an idea, a verdict, a plan, and its first progress."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.xdist_group("portal")
PRODUCT = "Quạt lụa Trình Diễn Chuyên Ngoại"
ENTITY = "Hợp tác xã Dệt lụa Trình Diễn Chuyên Ngoại"
SECTIONS = (
    "Thị trường",
    "Vùng nguyên liệu",
    "Công nghệ, quy trình sản xuất",
    "Đầu tư",
    "Chi phí và giá bán",
    "Bảo vệ môi trường",
    "An toàn thực phẩm",
    "Bao bì, nhãn, thương hiệu",
)
LINES = (
    ("Vốn đầu tư", "Máy may", "3000000"),
    ("Nguồn vốn", "Vốn góp", "3.000.000"),
    ("Chi phí một năm", "Vải, công", "40000000"),
    ("Doanh thu một năm", "Bán quạt", "70000000"),
)


@pytest.fixture
def phone(browser, portal, pytestconfig):
    """A phone that people hand to one another; what the browser complains of is a failure."""
    context = browser.new_context(locale="vi-VN", viewport={"width": 360, "height": 740})
    page, trouble = context.new_page(), []
    page.on("dialog", lambda dialog: dialog.accept())
    page.on("pageerror", lambda error: trouble.append(str(error)))
    found = Visitor(page, portal, shots=pytestconfig.getoption("--shots"))
    yield found
    context.close()
    assert trouble == []


def look(phone, name):
    """Wide and narrow, light and dark; then a phone again."""
    phone.look(name)
    phone.page.set_viewport_size({"width": 360, "height": 740})


def test_from_screening_to_a_plan_on_a_phone(phone):
    screen(phone)
    code = grow_the_idea(phone)
    judge(phone, code)
    write_the_plan(phone, code)
    carry_out(phone)


def screen(phone):
    """The commune puts the product on its list."""
    page = phone.page
    phone.sign_in("canboxa")
    phone.sees("Chu trình năm")
    phone.goto("/tiem-nang/moi/")
    page.get_by_label("Tên sản phẩm").fill(PRODUCT)
    page.get_by_label("Chủ thể").select_option(label=ENTITY)
    page.get_by_label("Điểm mạnh").fill("Có thợ và vải tại chỗ.")
    look(phone, "rang-buoc-tiem-nang")
    phone.press("Lưu vào danh sách")
    phone.sees("Lập ý tưởng")


def grow_the_idea(phone):
    """The producer takes the line up, finds the set by two questions, and sends the slip."""
    page = phone.page
    phone.sign_in("chuthe")
    phone.goto("/tiem-nang/")
    phone.follow(PRODUCT)
    phone.follow("Lập ý tưởng")
    expect(page.get_by_label("Tên sản phẩm")).to_have_value(PRODUCT)
    phone.follow("Tìm bộ sản phẩm bằng từ khóa hoặc vài câu hỏi")
    phone.follow("Hàng thủ công, đồ dùng, vải, quần áo")
    look(phone, "tim-bo-san-pham")
    phone.follow("Vải, lụa, khăn, quần áo")
    expect(page.get_by_label("Bộ sản phẩm").locator("option:checked")).to_have_text("22. Vải, may mặc")
    expect(page.get_by_label("Tên sản phẩm")).to_have_value(PRODUCT)
    page.get_by_label("Sản phẩm mới").check()
    phone.press("Lưu ý tưởng")
    phone.press("Gửi tới huyện")
    phone.sees("Chờ huyện xem xét")
    return page.url.rstrip("/").rpartition("/")[2]


def judge(phone, code):
    """The commune gives its opinion, the district accepts."""
    page = phone.page
    phone.sign_in("canboxa")
    phone.follow(PRODUCT)
    phone.follow("Cho ý kiến của xã")
    page.get_by_label("Đồng ý", exact=True).check()
    page.get_by_label("Ý kiến", exact=False).filter(visible=True).last.fill("Xã đồng ý, có nguyên liệu.")
    phone.press("Gửi ý kiến")
    phone.sees("Xã đồng ý, có nguyên liệu.")
    phone.sign_in("canbohuyen")
    phone.goto(f"/y-tuong/{code}/")
    phone.sees("Xã đồng ý, có nguyên liệu.")
    look(phone, "y-tuong-co-y-kien")
    phone.press("Chấp nhận ý tưởng")
    phone.sees("Đã chấp nhận")


def write_the_plan(phone, code):
    """Section by section, the finance table, a milestone; what is missing is said until nothing is."""
    page = phone.page
    phone.sign_in("chuthe")
    phone.goto(f"/y-tuong/{code}/")
    phone.press("Viết phương án")
    phone.sees("Còn thiếu để gửi")
    look(phone, "phuong-an-con-thieu")
    for title in SECTIONS:
        page.get_by_role("link", name=f"Viết phần {title}").click()
        page.get_by_label(title).fill(f"{title}: nội dung giả định.")
        phone.press("Lưu phần này")
        phone.sees(f"Đã lưu phần “{title}”")
    phone.follow("Lập bảng")
    for kind, name, price in LINES:
        page.get_by_label(kind).check()
        page.get_by_label("Nội dung").fill(name)
        page.get_by_label("Số lượng").fill("1")
        page.get_by_label("Đơn giá").fill(price)
        phone.press("Lưu dòng")
        phone.sees(f"Đã thêm “{name}”")
    phone.sees("30.000.000 đồng")
    look(phone, "bang-tai-chinh")
    page.goto(page.url.partition("tai-chinh/")[0])
    phone.follow("Thêm mốc")
    page.get_by_label("Việc", exact=False).filter(visible=True).first.fill("May xong 100 quạt")
    page.get_by_label("Hạn").fill("2024-11-30")
    phone.press("Thêm mốc")
    phone.press("Gửi tới huyện")
    phone.sees("Chờ huyện xem")


def carry_out(phone):
    """The district agrees; the producer reports that the milestone was reached."""
    page = phone.page
    phone.sign_in("canbohuyen")
    phone.goto("/phuong-an/")
    phone.follow(PRODUCT)
    phone.press("Đồng ý phương án")
    phone.sees("Đang thực hiện")
    address = page.url.replace(phone.portal.url.rstrip("/"), "")
    phone.sign_in("chuthe")
    phone.goto(address)
    page.get_by_role("link", name=re.compile("Ghi tiến độ.*May xong 100 quạt")).click()
    page.get_by_label("Kết quả").fill("May được 120 quạt.")
    phone.press("Ghi tiến độ")
    phone.sees("May được 120 quạt.")
    phone.press("Đã thực hiện xong")
    phone.sees("Đã thực hiện xong")
    look(phone, "phuong-an-xong")
