"""From an idea to stars to the dashboard: one invented product, its people, a real portal, a real browser."""

import io
import unicodedata

import pypdfium2 as pdfium
import pytest
import zxingcpp
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.journeys.conftest import SHOTS
from tests.journeys.people import FOUR_STARS, choose_all, licence, score_all, silk_photo

pytestmark = pytest.mark.xdist_group("portal")

PRODUCT = "Khăn lụa Trình Diễn hoa sen"
SET = "22. Vải, may mặc"
# How the members differ from one another: 87, 85 and 86 points.
MEMBERS = {"chutich": {}, "uyvien": {"6.3": 3}, "thuky": {"4.2": 3}}
MEAN_TOTAL = "86"


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
    visitor.look("y-tuong-da-gui")
    return page.url.rstrip("/").rpartition("/")[2]


def accept_the_idea(visitor, code):
    """The district sends it back once with a reason; the producer sends it again; the district accepts it."""
    page = visitor.page
    visitor.sign_in("canbohuyen")
    visitor.follow(PRODUCT)
    visitor.follow("Trả lại để bổ sung")
    page.get_by_label("Nội dung cần bổ sung").fill("Nêu rõ nguồn tơ.")
    visitor.press("Trả lại để bổ sung")
    visitor.sees("Cần bổ sung")
    visitor.sign_in("chuthe")
    visitor.follow(PRODUCT)
    visitor.sees("Nêu rõ nguồn tơ.")
    visitor.press("Gửi tới huyện")
    visitor.sees("Chờ huyện xem xét")
    visitor.sign_in("canbohuyen")
    visitor.goto(f"/y-tuong/{code}/")
    visitor.press("Chấp nhận ý tưởng")
    visitor.sees("việc tiếp theo: lập hồ sơ đánh giá")


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
    page.wait_for_url("**/tu-danh-gia/")
    for part in "ABC":
        visitor.goto(f"/ho-so/{dossier}/tu-danh-gia/?phan={part}")
        choose_all(page, FOUR_STARS)
    expect(page.locator("#score-bar")).to_contain_text("87")
    expect(page.locator("#score-bar")).to_contain_text("đã chấm đủ")
    visitor.look("tu-danh-gia-du")
    visitor.goto(f"/ho-so/{dossier}/minh-chung/?tieu-chi=3.1")
    page.locator("input[type=file]").set_input_files(licence())
    page.get_by_label("Loại giấy tờ").select_option("business_registration")
    page.get_by_label("Tên minh chứng").fill("Giấy đăng ký hợp tác xã")
    visitor.press("Tải lên")
    visitor.sees("Đã thêm minh chứng")
    visitor.goto(f"/ho-so/{dossier}/")
    visitor.look("ho-so-du")
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


def score(visitor, username, wanted):
    """One member scores the product on the real criteria; nobody else sees the sheet yet."""
    visitor.sign_in(username)
    visitor.follow(PRODUCT)
    visitor.press("Tôi không có xung đột lợi ích")
    if username.startswith("chutich"):
        visitor.look(f"phieu-cham-{username}")
    score_all(visitor.page, wanted, f"Ý kiến giả định của {username}.")
    visitor.sees("Đã nộp")


def evaluate(visitor, council, remark):
    """The secretary lays the dossier before the council, its members score it, the chair opens and concludes."""
    page = visitor.page
    visitor.sign_in(f"thuky.{council}")
    visitor.goto("/phien-danh-gia/dua-ra/")
    page.get_by_role("row").filter(has_text=PRODUCT).get_by_role("button").click()
    visitor.sees("Đang chấm, phiếu còn niêm phong")
    visitor.look(f"phien-niem-phong-{council}")
    case = page.url.rstrip("/").rpartition("/")[2]
    for person, change in MEMBERS.items():
        score(visitor, f"{person}.{council}", FOUR_STARS | change)
    visitor.sign_in(f"chutich.{council}")
    visitor.goto(f"/phien-danh-gia/{case}/")
    visitor.press("Mở phiếu")
    visitor.sees("Đã mở phiếu, chờ kết luận")
    visitor.goto(f"/phien-danh-gia/{case}/so-sanh/")
    visitor.look(f"so-sanh-{council}")
    visitor.goto(f"/phien-danh-gia/{case}/ket-luan/")
    page.get_by_label("Kết luận của Chủ tịch hội đồng").fill(remark)
    visitor.press("Kết luận")
    visitor.sees("Đã kết luận, chờ xử lý")
    visitor.sees(MEAN_TOTAL)
    visitor.look(f"ket-luan-{council}")
    return case


def recognise(visitor, case):
    """The province's secretary records the signed decision; the certificate is there; returns its address."""
    visitor.sign_in("thuky.tinh")
    visitor.goto(f"/phien-danh-gia/{case}/")
    visitor.follow("Ghi quyết định công nhận")
    visitor.look("ghi-quyet-dinh")
    visitor.page.get_by_label("Số quyết định").fill("1234/QĐ-UBND")
    visitor.page.get_by_label("Ngày").fill("2024-10-15")
    visitor.press("Ghi quyết định")
    visitor.sees("Đã có quyết định công nhận")
    visitor.follow("Mở giấy chứng nhận")
    visitor.sees("Còn hiệu lực")
    return visitor.page.url


def read_the_certificate(visitor, address):
    """The paper is read back as text, and its QR leads to the page that says valid."""
    page = visitor.page
    page.context.clear_cookies()
    answer = page.request.get(f"{address.rstrip('/')}/tep/")
    assert answer.headers["content-type"] == "application/pdf"
    paper = pdfium.PdfDocument(answer.body())
    text = unicodedata.normalize("NFC", paper[0].get_textpage().get_text_range())
    for fact in (PRODUCT, "ĐẠT HẠNG 4 SAO", "1234/QĐ-UBND", "15/10/2027", "35-349-13345-1-2024"):
        assert fact in text
    code = zxingcpp.read_barcode(paper[0].render(scale=3).to_pil())
    assert code.text.partition("#")[0] == address  # behind it stands what the portal has signed
    page.goto(code.text)
    visitor.sees("Còn hiệu lực")
    visitor.sees(PRODUCT)
    visitor.look("giay-chung-nhan")
    keep(visitor, "giay-chung-nhan.pdf", answer.body())


def keep(visitor, name, content):
    """Leave a paper, and its pages as pictures, where people look at them, when asked for."""
    if not visitor.shots:
        return
    (SHOTS / name).write_bytes(content)
    for number, leaf in enumerate(pdfium.PdfDocument(content), start=1):
        leaf.render(scale=1.5).to_pil().save(SHOTS / f"{name}-{number}.png")


def figures(visitor):
    """The two ends of the total and the number of new products, as the dashboard shows them."""
    visitor.sign_in("lanhdao")
    visitor.goto("/ke-hoach/2024/")
    total = visitor.figure_of("Tổng số sản phẩm từ 3 sao")
    return total, visitor.figure_of("Sản phẩm mới đạt từ 3 sao")[0]


def write_the_report(visitor):
    """A report is asked for, its progress shown, and the file counts the product."""
    page = visitor.page
    visitor.goto("/bao-cao/lap/")
    visitor.press("Lập báo cáo")
    visitor.goto("/ban-lam-viec/")
    visitor.sees("Báo cáo tiến độ 2024")
    visitor.job("15/10/2024").get_by_role("link", name="Mở kết quả").click(timeout=30_000)
    visitor.sees(PRODUCT)
    visitor.look("mot-bao-cao")
    page_address = page.url.rstrip("/")
    sheet = page.request.get(f"{page_address}/xlsx/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(sheet.body()))
    cells = [
        str(cell)
        for name in book.sheet_names
        for row in book.get_sheet_by_name(name).to_python()
        for cell in row
    ]
    assert any(PRODUCT in cell for cell in cells)
    body = page.request.get(f"{page_address}/pdf/").body()
    keep(visitor, "bao-cao.pdf", body)
    paper = pdfium.PdfDocument(body)
    text = unicodedata.normalize("NFC", "".join(leaf.get_textpage().get_text_range() for leaf in paper))
    assert "118" in text
    assert "123" in text
    assert PRODUCT in " ".join(text.split())


def test_a_product_walks_from_idea_to_stars_to_the_dashboard(visitor):
    total_before, new_before = figures(visitor)
    code = register_the_idea(visitor)
    accept_the_idea(visitor, code)
    dossier = hand_in_the_dossier(visitor, code)
    check_the_dossier(visitor, dossier)
    case = evaluate(visitor, "huyen", "Hội đồng huyện đề nghị chuyển tỉnh.")
    visitor.sign_in("thuky.huyen")
    visitor.goto(f"/phien-danh-gia/{case}/")
    visitor.press("Chuyển cấp trên")
    visitor.sees("Đã chuyển cấp trên")
    case = evaluate(visitor, "tinh", "Hội đồng tỉnh thống nhất 4 sao.")
    address = recognise(visitor, case)
    read_the_certificate(visitor, address)

    total, new = figures(visitor)
    visitor.look("ke-hoach-sau")
    assert total == [number + 1 for number in total_before] == [118, 123]
    assert new == new_before + 1
    write_the_report(visitor)
