"""From an idea to stars to the dashboard: one invented product, its people, a real portal, a real browser."""

import pytest
from playwright.sync_api import expect

from tests.journeys.people import FOUR_STARS, choose_all, licence, silk_photo

pytestmark = pytest.mark.xdist_group("portal")

PRODUCT = "Khăn lụa Trình Diễn hoa sen"
SET = "22. Vải, may mặc"


def register_the_idea(visitor):
    """The producer writes the slip, sees it refused for a gap, completes it and sends it."""
    page = visitor.page
    visitor.sign_in("chuthe")
    visitor.goto("/y-tuong/moi/")
    page.get_by_label("Tên sản phẩm").fill(PRODUCT)
    visitor.press("Lưu ý tưởng")
    visitor.sees("chỗ cần sửa")
    expect(page.get_by_label("Tên sản phẩm")).to_have_value(PRODUCT)
    page.get_by_label("Sản phẩm mới").check()
    page.get_by_label("Bộ sản phẩm").select_option(label=SET)
    page.get_by_label("Mô tả").fill("Khăn dệt từ tơ tằm, nhuộm màu tự nhiên. Nội dung giả định.")
    page.locator("input[type=file]").set_input_files(silk_photo())
    visitor.press("Lưu ý tưởng")
    expect(page.get_by_role("heading", level=1)).to_have_text(PRODUCT)
    visitor.press("Gửi tới huyện")
    visitor.sees("Chờ huyện xem xét")
    return page.url.rstrip("/").rpartition("/")[2]


def accept_the_idea(visitor, code):
    """The district sends it back once with a reason; the producer sends it again; the district accepts it."""
    page = visitor.page
    visitor.sign_in("canbohuyen")
    visitor.follow(PRODUCT)
    visitor.follow("Trả lại để bổ sung")
    page.get_by_label("Nội dung cần bổ sung").fill("Nêu rõ nguồn tơ.")
    visitor.press("Trả lại để bổ sung")
    visitor.sign_in("chuthe")
    visitor.follow(PRODUCT)
    visitor.sees("Nêu rõ nguồn tơ.")
    visitor.press("Gửi tới huyện")
    visitor.sign_in("canbohuyen")
    visitor.goto(f"/y-tuong/{code}/")
    visitor.press("Chấp nhận ý tưởng")
    visitor.sees("Đã chấp nhận")


def hand_in_the_dossier(visitor, code):
    """Registration, self-assessment on the 27 real criteria, evidence, submission."""
    page = visitor.page
    visitor.sign_in("chuthe")
    visitor.goto(f"/y-tuong/{code}/")
    visitor.press("Lập hồ sơ đánh giá")
    dossier = page.url.rstrip("/").rpartition("/")[2]
    visitor.goto(f"/ho-so/{dossier}/dang-ky/")
    page.get_by_label("Quy cách").fill("Hộp một khăn 60 × 180 cm")
    page.get_by_label("Năng lực sản xuất").fill("500 khăn mỗi tháng")
    page.get_by_label("Giới thiệu").fill("Cơ sở dệt lụa từ năm 2010. Nội dung giả định.")
    visitor.press("Lưu phần đăng ký")
    for part in "ABC":
        visitor.goto(f"/ho-so/{dossier}/tu-danh-gia/?phan={part}")
        choose_all(page, FOUR_STARS)
    expect(page.locator("#score-bar")).to_contain_text("87")
    expect(page.locator("#score-bar")).to_contain_text("đã chấm đủ")
    visitor.goto(f"/ho-so/{dossier}/minh-chung/?tieu-chi=3.1")
    page.locator("input[type=file]").set_input_files(licence())
    page.get_by_label("Loại giấy tờ").select_option("business_registration")
    page.get_by_label("Tên minh chứng").fill("Giấy đăng ký hợp tác xã")
    visitor.press("Tải lên")
    visitor.sees("Đã thêm minh chứng")
    visitor.goto(f"/ho-so/{dossier}/")
    visitor.press("Nộp hồ sơ")
    visitor.sees("Chờ huyện kiểm tra")
    return dossier


def check_the_dossier(visitor, dossier):
    """The district finds it complete; it gets its product code."""
    visitor.sign_in("canbohuyen")
    visitor.follow(PRODUCT)
    visitor.press("Tiếp nhận hồ sơ")
    visitor.sees("Đủ điều kiện, chờ hội đồng")
    visitor.sees("35-349-13345-1-2024")


def test_a_product_walks_from_idea_to_stars_to_the_dashboard(visitor):
    code = register_the_idea(visitor)
    accept_the_idea(visitor, code)
    dossier = hand_in_the_dossier(visitor, code)
    check_the_dossier(visitor, dossier)
