"""Five judges score one invented product: apart at first, then again, until papers, certificate and check page say so.

Under QĐ 148 the district decides on it; two years later, in a portal that stands in 2026, the same product goes the
two-level way of QĐ 26/2026. No line of these tests but the expected figures knows which law it is.
"""

import datetime as dt
import io
import unicodedata
from dataclasses import replace

import docx
import pypdfium2 as pdfium
import pytest
import zxingcpp
from playwright.sync_api import expect

from launcher import programs
from tests.journeys.conftest import SHOTS
from tests.journeys.judges import judges_at, laid
from tests.journeys.laying import JUDGES, PRODUCT

pytestmark = pytest.mark.xdist_group("mortal")
# Boxes of at most so many points, and just these points at some criteria; what the one judge gives who is apart.
UNDER_148 = {"most": 3, "c_4_3": 0, "c_4_2": 0, "c_6_5": 0, "c_6_4": 0}, {"most": 99}
UNDER_26 = {"most": 99, "c_1_4": 2, "c_6_1": 3, "c_9": 1, "c_6_3": 0}, {"most": 2}
APART, LEAVES = "gk.hai", "gk.mot"
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
REASON = "Phiếu của Phạm Quỳnh Trình Diễn chênh quá mức: xem lại minh chứng về bao bì."
CONCLUSION = "Hội đồng thống nhất sau khi chấm lại."


@pytest.fixture
def judges(browser, mortal, pytestconfig):
    """The five, and a dossier that waits for them; not where other journeys count products."""
    laid(mortal)
    with judges_at(browser, mortal, shots=pytestconfig.getoption("--shots")) as found:
        yield found


@pytest.fixture
def two_years_later(browser, mortal):
    """The same people and data on 1 September 2026: another web server of the same portal, told another day."""
    later = replace(mortal, today="2026-09-01", port=0)
    web = replace(programs.web(later), name="web-2026")
    web.start()
    try:
        later.wait_ready()
        laid(later)
        with judges_at(browser, later, looks=False) as found:
            yield found
    finally:
        web.stop()


# ---------------------------------------------------------------- papers


def words(content):
    """The words of a PDF, composed, on one line."""
    pages = pdfium.PdfDocument(content)
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(unicodedata.normalize("NFC", text).split())


def word_words(content):
    """The words of a Word file, tables and the heads of its pages included."""
    file = docx.Document(io.BytesIO(content))
    roots = [file.element, *(part._element for section in file.sections for part in heads(section))]
    nodes = [
        words_of(node) for root in roots for node in root.iter() if node.tag.endswith(("}t", "}textpath"))
    ]
    return " ".join(" ".join(nodes).split())


def heads(section):
    """Where the mark of a draft stands, as a drawing."""
    return section.header, section.first_page_header


def words_of(node):
    """The words of a run, or those that a drawing shows."""
    return node.text or node.get("string", "")


def squeezed(text):
    """Without spaces: a line may break anywhere."""
    return "".join(text.split())


def paper(judge, path, *facts, name=""):
    """The paper at this address, PDF and Word, tells these facts and nothing of its making; kept when asked for."""
    readers = {"pdf": words, "docx": word_words} if path.endswith(".pdf") else {"": words}
    for form, read in readers.items():
        address = path.removesuffix("pdf") + form if form else path
        answer = judge.page.request.get(f"{judge.portal.url.rstrip('/')}{address}")
        assert answer.status == 200, address
        text = read(answer.body())
        assert not [scrap for scrap in ("{{", "{%", "None", "True", "…/…/") if scrap in text]
        for fact in facts:
            assert squeezed(fact) in squeezed(text), f"{address}: {fact}"
        keep(judge, f"{name or path.rpartition('/')[2].removesuffix('.pdf')}.{form or 'pdf'}", answer.body())
    return text


def keep(judge, name, content):
    """Leave a paper, and its pages as pictures, where people look at them, when asked for."""
    if not judge.shots:
        return
    SHOTS.mkdir(parents=True, exist_ok=True)
    (SHOTS / name).write_bytes(content)
    if name.endswith(".pdf"):
        for number, leaf in enumerate(pdfium.PdfDocument(content), start=1):
            leaf.render(scale=1.5).to_pil().save(SHOTS / f"{name}-{number}.png")


# ---------------------------------------------------------------- the way


def admit(secretary):
    """The secretary lays the dossier before the council; returns the case's code."""
    secretary.goto("/phien-danh-gia/dua-ra/")
    secretary.page.get_by_role("row").filter(has_text=PRODUCT).get_by_role("button").first.click()
    secretary.sees("Đang chấm, phiếu còn niêm phong")
    return secretary.page.url.rstrip("/").rpartition("/")[2]


def all_score(judges, case, together, apart):
    """Everybody scores at the keyboard at once, one far from the others; one leaves in the middle and loses nothing."""
    wanted, halves = {}, ({}, {})
    for username, judge in judges.items():
        judge.sit_down(case)
        wanted[username] = judge.digits(**(apart if username == APART else together))
        for at, code in enumerate(wanted[username]):
            part = halves[at >= len(wanted[username]) // 2]
            part.setdefault(username, {})[code] = wanted[username][code]
    all_type(judges, halves[0])
    judges[LEAVES].leave_and_come_back(case)
    assert judges[LEAVES].chosen() == halves[0][LEAVES]
    all_type(judges, halves[1])
    for username, judge in judges.items():
        assert judge.chosen() == wanted[username]
        judge.hand_in(f"Nhận xét giả định của {judge.name}.")


def all_type(judges, digits):
    """Everybody types at once; then all of it is kept."""
    for username, judge in judges.items():
        judge.type(digits[username])
    for judge in judges.values():
        judge.kept()


def again_and_open(judges, case, together):
    """Beyond the limit nobody concludes; the chair asks, the secretary agrees, one judge scores again; opened anew."""
    chair, secretary, apart = judges["gk.chutich"], judges["gk.thuky"], judges[APART]
    chair.goto(f"/phien-danh-gia/{case}/")
    chair.press("Mở phiếu")
    chair.sees("Đã mở phiếu, chờ kết luận")
    chair.goto(f"/phien-danh-gia/{case}/ket-luan/")
    chair.sees("Chưa kết luận được")
    expect(chair.page.get_by_label("Kết luận của Chủ tịch hội đồng")).to_have_count(0)
    chair.goto(f"/phien-danh-gia/{case}/do-chenh/")
    chair.sees("vượt mức của Quy chế")
    boxes = chair.page.get_by_role("checkbox")
    assert [box.is_checked() for box in boxes.all()] == [name == APART for name in judges]
    chair.look("ban-do-diem")
    chair.page.get_by_label("Lý do chấm lại").fill(REASON)
    chair.press("Đề nghị chấm lại")
    chair.sees("chờ Ủy viên kiêm Thư ký xác nhận")
    secretary.goto(f"/phien-danh-gia/{case}/")
    secretary.press("Xác nhận chấm lại")
    secretary.sees("Đã cho chấm lại")
    apart.goto(f"/phien-danh-gia/{case}/phieu/")
    apart.sees(REASON)
    apart.look("phieu-cham-lai")
    wanted = apart.digits(**together)
    apart.page.locator(f"[data-goes-to='{next(iter(wanted))}']").click()
    apart.type(wanted)
    apart.kept()
    apart.hand_in("Đã xem lại minh chứng, nội dung giả định.")
    chair.goto(f"/phien-danh-gia/{case}/")
    chair.press("Mở phiếu")
    chair.sees("Đã mở phiếu, chờ kết luận")


def conclude(judges, case, total):
    """The chair concludes; the case tells the mean."""
    chair = judges["gk.chutich"]
    chair.goto(f"/phien-danh-gia/{case}/do-chenh/")
    chair.sees("trong mức của Quy chế")
    chair.goto(f"/phien-danh-gia/{case}/ket-luan/")
    chair.page.get_by_label("Kết luận của Chủ tịch hội đồng").fill(CONCLUSION)
    chair.press("Kết luận")
    chair.sees("Đã kết luận, chờ xử lý")
    chair.sees(total)


def decide(secretary, number, day, *facts):
    """Draft, both papers of it, number and day, release; the address of the certificate."""
    secretary.goto("/quyet-dinh/moi/")
    choose_council(secretary)
    secretary.press("Tiếp tục")
    secretary.sees("Chưa công bố được")
    address = secretary.page.url.rstrip("/")
    path = address.removeprefix(secretary.portal.url.rstrip("/"))
    paper(secretary, f"{path}/to-trinh.pdf", *MOTTO, "TỜ TRÌNH", PRODUCT, *facts)
    paper(secretary, f"{path}/quyet-dinh.pdf", "DỰ THẢO", PRODUCT, *facts, name="quyet-dinh-du-thao")
    secretary.follow("Sửa nội dung")
    secretary.page.get_by_label("Số quyết định").fill(number)
    secretary.page.get_by_label("Ngày ký").fill(f"{day:%Y-%m-%d}")
    secretary.page.get_by_label("Họ tên người ký").fill("Vũ Văn Người Ký Trình Diễn")
    secretary.press("Lưu")
    secretary.look("xem-truoc-cong-bo")
    secretary.press("Công bố quyết định")
    secretary.sees("Đã công bố quyết định")
    text = paper(secretary, f"{path}/quyet-dinh.pdf", *MOTTO, number, PRODUCT, *facts)
    assert "DỰ THẢO" not in text
    return (
        secretary.page.get_by_role("row")
        .filter(has_text=PRODUCT)
        .get_by_role("link")
        .last.get_attribute("href")
    )


def check_the_certificate(judge, browser, path, *facts):
    """The paper tells these facts; its QR leads whoever holds it to a page that says valid."""
    address = f"{judge.portal.url.rstrip('/')}{path}"
    text = paper(judge, f"{path}tep/", PRODUCT, *facts, name="giay-chung-nhan")
    content = judge.page.request.get(f"{address}tep/").body()
    code = zxingcpp.read_barcode(pdfium.PdfDocument(content)[0].render(scale=3).to_pil())
    assert code.text.partition("#")[0] == address  # behind it stands what the portal has signed
    assert "None" not in text
    context = browser.new_context(locale="vi-VN", java_script_enabled=False)
    anybody = context.new_page()
    anybody.goto(code.text)
    expect(anybody.locator("body")).to_contain_text("Còn hiệu lực")
    expect(anybody.locator("body")).to_contain_text(PRODUCT)
    context.close()


def papers_of(judges, case, *facts):
    """Minutes, table of points and sheets, as PDF and Word."""
    secretary = judges["gk.thuky"]
    names = [name for _, name in JUDGES.values()]
    root = f"/phien-danh-gia/{case}"
    paper(secretary, f"{root}/bien-ban.pdf", *MOTTO, "BIÊN BẢN", PRODUCT, *names, CONCLUSION, *facts)
    paper(secretary, f"{root}/bang-diem.pdf", *MOTTO, "BẢNG TỔNG HỢP ĐIỂM", PRODUCT, *names)
    secretary.goto(f"{root}/")
    sheet = secretary.page.get_by_role("link", name="Phiếu PDF").first.get_attribute("href")
    paper(secretary, sheet, *MOTTO, "PHIẾU CHẤM", PRODUCT, names[0], name="phieu-cham")


def choose_council(secretary):
    """The council of the law of the day, which was set up last; its code."""
    choice = secretary.page.locator("select[name=hoi_dong]")
    code = choice.locator("option[value*=nam-giam-khao]").last.get_attribute("value")
    choice.select_option(code)
    return code


def invite(secretary, day):
    """The invitation to a sitting on it."""
    secretary.goto("/phien-danh-gia/giay-moi/")
    council = choose_council(secretary)
    asked = f"?hoi_dong={council}&ngay={day:%Y-%m-%d}&gio=08:30&noi=Hội trường Trình Diễn&tep="
    paper(secretary, f"/phien-danh-gia/giay-moi/{asked}pdf", *MOTTO, "GIẤY MỜI", PRODUCT, name="giay-moi")


def walk(judges, browser, law, *, total, stars, number, day, until, code):
    """From the council's table to the check page."""
    secretary = judges["gk.thuky"]
    case = admit(secretary)
    invite(secretary, day)
    all_score(judges, case, *law)
    again_and_open(judges, case, law[0])
    conclude(judges, case, total)
    papers_of(judges, case, total, f"{stars} sao")
    certificate = decide(secretary, number, day, total)
    facts = (f"ĐẠT HẠNG {stars} SAO", number, f"{until:%d/%m/%Y}", code)
    check_the_certificate(secretary, browser, certificate, *facts)
    return case


def test_five_judges_apart_then_again_until_the_check_page_says_valid(judges, browser):
    day = dt.date(2024, 10, 15)
    walk(
        judges,
        browser,
        UNDER_148,
        total="59",
        stars=3,
        number="1311/QĐ-UBND",
        day=day,
        until=dt.date(2027, 10, 15),
        code="35-349-13345-",
    )


def test_two_years_later_the_same_product_goes_the_two_level_way(two_years_later, browser):
    day = dt.date(2026, 9, 1)
    walk(
        two_years_later,
        browser,
        UNDER_26,
        total="87",
        stars=4,
        number="1312/QĐ-UBND",
        day=day,
        until=dt.date(2029, 9, 1),
        code="37-13324-",  # of the commune into which its own was merged
    )
