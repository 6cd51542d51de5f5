"""The whole road on a phone, 360 px wide, slow network: from the commune's list to a dossier that is taken in.

An idea and its verdict, the plan and its progress, six files of which one fails, what is missing, the stars one gives
oneself, two items that come back, and only those open.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.people import FOUR_STARS, choose_all, licence, paper, photo

pytestmark = pytest.mark.xdist_group("mortal")
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
def phone(mortal_phone):
    """At a portal whose drafts nobody else counts."""
    return mortal_phone


def test_from_the_communes_list_to_a_dossier_that_is_taken_in(phone):
    phone.slow()
    screen(phone)
    idea = grow_the_idea(phone)
    judge(phone, idea)
    write_the_plan(phone, idea)
    carry_out(phone)
    dossier = fill_in(phone, idea)
    upload_six_files(phone, dossier)
    submit(phone, dossier)
    return_two_items(phone, dossier)
    mend_them(phone, dossier)
    take_it_in(phone, dossier)


def screen(phone):
    """The commune puts the product on its list."""
    page = phone.page
    phone.sign_in("canboxa")
    phone.sees("Chu trình năm")
    phone.goto("/tiem-nang/moi/")
    page.get_by_label("Tên sản phẩm").fill(PRODUCT)
    page.get_by_label("Chủ thể").select_option(label=ENTITY)
    page.get_by_label("Điểm mạnh").fill("Có thợ và vải tại chỗ.")
    phone.look("rang-buoc-tiem-nang")
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
    phone.look("tim-bo-san-pham")
    phone.follow("Vải, lụa, khăn, quần áo")
    expect(page.get_by_label("Bộ sản phẩm").locator("option:checked")).to_have_text("22. Vải, may mặc")
    expect(page.get_by_label("Tên sản phẩm")).to_have_value(PRODUCT)
    page.get_by_label("Sản phẩm mới").check()
    phone.press("Lưu ý tưởng")
    phone.press("Gửi tới huyện")
    phone.sees("Chờ huyện xem xét")
    return page.url.rstrip("/").rpartition("/")[2]


def judge(phone, idea):
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
    phone.goto(f"/y-tuong/{idea}/")
    phone.sees("Xã đồng ý, có nguyên liệu.")
    phone.look("y-tuong-co-y-kien")
    phone.press("Chấp nhận ý tưởng")
    phone.sees("Đã chấp nhận")


def write_the_plan(phone, idea):
    """Section by section, the finance table, a milestone; what is missing is said until nothing is."""
    page = phone.page
    phone.sign_in("chuthe")
    phone.goto(f"/y-tuong/{idea}/")
    phone.press("Viết phương án")
    phone.sees("Còn thiếu để gửi")
    phone.look("phuong-an-con-thieu")
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
    phone.look("bang-tai-chinh")
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
    phone.look("phuong-an-xong")


def fill_in(phone, idea):
    """The registration saves itself; the self-score says the stars as it grows. The dossier's code."""
    page = phone.page
    phone.goto(f"/y-tuong/{idea}/")
    phone.press("Lập hồ sơ đánh giá")
    dossier = page.url.rstrip("/").rpartition("/")[2]
    phone.goto(f"/ho-so/{dossier}/")
    phone.sees("Còn thiếu")
    phone.goto(f"/ho-so/{dossier}/dang-ky/")
    for name, text in (
        ("spec", "Quạt lụa khung tre"),
        ("capacity", "300 quạt mỗi tháng"),
        ("introduction", "Nội dung giả định."),
    ):
        page.locator(f"[name={name}]").fill(text)
        expect(note(page, name)).to_contain_text("Đã lưu", timeout=15_000)
    for part in "ABC":
        phone.goto(f"/ho-so/{dossier}/tu-danh-gia/?phan={part}")
        choose_all(page, FOUR_STARS)
    expect(page.locator("#score-bar")).to_contain_text("87")
    expect(page.locator("#score-bar").get_by_role("img", name="4 sao")).to_be_visible()
    return dossier


def upload_six_files(phone, dossier):
    """The compulsory paper with five photos beside it; one is turned away on its way and sent again."""
    page = phone.page
    phone.goto(f"/ho-so/{dossier}/")
    phone.sees("Còn thiếu 1 việc")
    phone.goto(f"/ho-so/{dossier}/minh-chung/?tieu-chi=3.1")
    page.locator("input[type=file]").set_input_files(licence())
    page.get_by_label("Loại giấy tờ").select_option("business_registration")
    page.get_by_label("Tên minh chứng").fill("Giấy đăng ký hợp tác xã")
    page.locator("form").get_by_role("button", name="Tải lên").click()
    page.get_by_role("link", name="Tệp kèm theo").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Giấy đăng ký hợp tác xã")
    turned_away = []

    def once(route):
        if turned_away or "/tu/0/" in route.request.url:
            return route.continue_()
        turned_away.append(route.request.url)
        return route.fulfill(status=403, body="")

    page.route("**/tu/*/", once)
    page.locator("input[name=files]").set_input_files(
        [*(photo(number) for number in range(4)), paper("giay.pdf", 3)]
    )
    again = page.get_by_role("button", name="Thử lại")
    expect(again).to_be_visible(timeout=60_000)
    again.click()
    files = page.locator("[data-files] li")
    expect(files).to_have_count(5, timeout=60_000)
    expect(files.filter(has_text="Dùng được")).to_have_count(5, timeout=90_000)
    assert len(turned_away) == 1
    phone.look("tep-cua-ho-so")


def submit(phone, dossier):
    """What supports which points, how many stars, what is missing: nothing."""
    phone.goto(f"/ho-so/{dossier}/can-gi/")
    phone.sees("Tài liệu này hỗ trợ tới")
    phone.look("can-gi")
    phone.goto("/ban-lam-viec/")
    phone.sees(PRODUCT)  # the desk shows the draft that exists
    phone.goto(f"/ho-so/{dossier}/")
    phone.press("Nộp hồ sơ")
    phone.sees("Chờ huyện kiểm tra")
    phone.sees("Lần 1")


def return_two_items(phone, dossier):
    """The district ticks a fact and a kind of paper, and says why."""
    page = phone.page
    phone.sign_in("canbohuyen")
    phone.goto(f"/ho-so/{dossier}/tra-lai/")
    page.get_by_label("Quy cách, tiêu chuẩn sản phẩm", exact=True).check()
    page.get_by_label("Lý do: quy cách, tiêu chuẩn sản phẩm").fill("Ghi rõ kích thước.")
    page.get_by_role("heading", name="Minh chứng").click()
    page.get_by_label("Công bố chất lượng", exact=True).check()
    page.get_by_label("Lý do: Công bố chất lượng").fill("Chưa có bản công bố.")
    phone.look("tra-lai-tung-muc")
    phone.press("Trả lại để bổ sung")
    phone.sees("Cần bổ sung")


def mend_them(phone, dossier):
    """Only those two are open; the difference is shown; it is handed in again."""
    page, home = phone.page, f"/ho-so/{dossier}/"
    phone.sign_in("chuthe")
    phone.goto(home)
    phone.sees("Bổ sung 2 mục")
    phone.goto(f"{home}dang-ky/")
    expect(page.locator("[name=capacity]")).to_be_disabled()
    expect(page.locator("[name=introduction]")).to_be_disabled()
    page.locator("[name=spec]").fill("Quạt lụa khung tre, dài 30 cm")
    expect(note(page, "spec")).to_contain_text("Đã lưu", timeout=15_000)
    phone.look("dang-ky-chi-mo-mot-muc")
    phone.goto(f"{home}tu-danh-gia/")
    assert page.locator("fieldset.criterion:not([disabled])").count() == 0
    phone.goto(f"{home}minh-chung/")
    assert page.locator("#id_kind option").count() == 2
    page.locator("input[type=file]").set_input_files(paper("cong-bo.pdf", 1))
    page.get_by_label("Loại giấy tờ").select_option("quality_declaration")
    page.get_by_label("Tên minh chứng").fill("Bản công bố chất lượng")
    phone.press("Tải lên")
    phone.goto(f"{home}thay-doi/")
    phone.sees("Quạt lụa khung tre, dài 30 cm")
    phone.look("thay-doi")
    phone.goto(home)
    phone.press("Nộp hồ sơ")
    phone.sees("Lần 2")


def take_it_in(phone, dossier):
    """The district sees what became of its two requests, and accepts."""
    home = f"/ho-so/{dossier}/"
    phone.sign_in("canbohuyen")
    phone.goto(f"{home}ban-nop/2/so-voi/1/")
    phone.sees("Yêu cầu: Ghi rõ kích thước.")
    phone.sees("Bản công bố chất lượng")
    phone.goto(f"{home}ban-nop/2/")
    phone.sees("Nội dung khớp với mã băm")
    phone.look("ban-nop")
    phone.goto(home)
    phone.look("ho-so-nop-lai")
    phone.press("Tiếp nhận hồ sơ")
    phone.sees("Đủ điều kiện, chờ hội đồng")


def note(page, name):
    """The sentence under a field that saves itself."""
    return page.locator(f"[name={name}] + .save-state")
