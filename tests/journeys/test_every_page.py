"""Every page as people meet it: wide and narrow, light and dark, by keyboard, without a fault that a tool can find."""

import pytest

from tests.journeys.conftest import LOOKS, SHOTS, Visitor, faults

pytestmark = pytest.mark.xdist_group("portal")

PAGES = {
    "trang-chu": ("", "/"),
    "dang-nhap": ("", "/dang-nhap/"),
    "quen-mat-khau": ("", "/dang-nhap/quen-mat-khau/"),
    "thu-da-gui": ("", "/dang-nhap/quen-mat-khau/da-gui/"),
    "tai-khoan-chu-the": ("chuthe", "/tai-khoan/"),
    "xac-nhan-hai-lop-chu-the": ("chuthe", "/tai-khoan/xac-nhan/"),
    "phien-dang-nhap": ("canbohuyen", "/tai-khoan/phien/"),
    "mat-thiet-bi-tinh": ("canbotinh", "/mat-thiet-bi/"),
    "xac-nhan-lai": ("canbohuyen", "/xac-nhan-lai/"),
    "san-pham": ("", "/san-pham/"),
    "mot-san-pham": ("", "/san-pham/hn-p014/"),
    "san-pham-chua-thay-quyet-dinh": ("", "/san-pham/hn-p001/"),
    "san-pham-tim-gan-dung": ("", "/san-pham/?q=banh+dda"),
    "so-sanh": ("", "/san-pham/so-sanh/?ma=hn-p014&ma=hn-p001&ma=hn-p009"),
    "nhan": ("", "/san-pham/nhan/?ma=hn-p014&ma=hn-p001"),
    "du-lieu-mo": ("", "/du-lieu-mo/"),
    "quy-dinh": ("", "/quy-dinh/"),
    "mot-quy-dinh": ("", "/quy-dinh/qd26-2026/"),
    "so-hai-quy-dinh": ("", "/quy-dinh/qd148-2025/so-voi/qd26-2026/"),
    "so-giay-chung-nhan": ("", "/giay-chung-nhan/so/"),
    "kiem-tra-giay": ("", "/giay-chung-nhan/kiem-tra/"),
    "han-giay": ("canbohuyen", "/han-giay/"),
    "trang-chu-tieng-anh": ("", "/en/"),
    "san-pham-tieng-anh": ("", "/en/san-pham/"),
    "mot-san-pham-tieng-anh": ("", "/en/san-pham/hn-p014/"),
    "lang-nghe": ("", "/lang-nghe/"),
    "mot-lang-nghe": ("", "/lang-nghe/hn-v02/"),
    "chu-the": ("canbotinh", "/chu-the/"),
    "chu-the-moi": ("canboxa", "/chu-the/moi/"),
    "chu-the-trung": ("canbotinh", "/chu-the/trung/"),
    "chu-the-tu-dang-ky": ("", "/chu-the/tu-dang-ky/"),
    "don-tu-dang-ky": ("canboxa", "/chu-the/don/"),
    "mot-chu-the": ("canbotinh", "/chu-the/td-trac-van/"),
    "gioi-thieu-chu-the": ("", "/chu-the/td-trac-van/gioi-thieu/"),
    "sua-chu-the": ("chuthe", "/chu-the/td-chuyen-ngoai/sua/"),
    "tinh-trang-chu-the": ("canbotinh", "/chu-the/td-trac-van/tinh-trang/"),
    "so-lieu-nam-cua-chu-the": ("chuthe", "/chu-the/td-chuyen-ngoai/nam/"),
    "them-anh-chu-the": ("chuthe", "/chu-the/td-chuyen-ngoai/anh/"),
    "nguoi-cua-chu-the": ("chuthe", "/chu-the/td-chuyen-ngoai/nguoi/"),
    "moi-nguoi-cua-chu-the": ("chuthe", "/chu-the/td-chuyen-ngoai/nguoi/moi/"),
    "gop-chu-the": ("canbotinh", "/chu-the/td-trac-van/gop/td-chuyen-ngoai/"),
    "kenh-ban-hang": ("canbotinh", "/kenh-ban-hang/"),
    "kenh-cua-chu-the": ("canbotinh", "/chu-the/td-trac-van/kenh-ban-hang/"),
    "ghi-kenh": ("chuthe", "/chu-the/td-chuyen-ngoai/kenh-ban-hang/moi/"),
    "cung-co": ("canbotinh", "/cung-co/"),
    "ghi-cung-co": ("canbotinh", "/chu-the/td-trac-van/cung-co/moi/"),
    "so-lang-nghe": ("canbotinh", "/lang-nghe/so/"),
    "mot-lang-trong-so": ("canbotinh", "/lang-nghe/hn-v02/so/"),
    "sua-lang-nghe": ("canbotinh", "/lang-nghe/hn-v02/sua/"),
    "cong-nhan-lang-nghe": ("canbotinh", "/lang-nghe/hn-v02/cong-nhan/"),
    "chi-so-chu-the": ("lanhdao", "/ke-hoach/2024/chi-so/chu-the/"),
    "chi-so-kenh": ("lanhdao", "/ke-hoach/2024/chi-so/kenh-hien-dai/"),
    "su-kien": ("", "/su-kien/"),
    "mot-su-kien": ("", "/su-kien/hn-ev05/"),
    "thanh-phan": ("canbohuyen", "/thanh-phan/"),
    "ban-lam-viec-huyen": ("canbohuyen", "/ban-lam-viec/"),
    "ban-lam-viec-chu-the": ("chuthe", "/ban-lam-viec/"),
    "y-tuong": ("canbohuyen", "/y-tuong/"),
    "y-tuong-moi": ("chuthe", "/y-tuong/moi/"),
    "mot-y-tuong": ("chuthe.tracvan", "/y-tuong/yt-2024-0003/"),
    "tra-lai-y-tuong": ("canbohuyen", "/y-tuong/yt-2024-0001/tra-lai/"),
    "ho-so": ("chuthe.tracvan", "/ho-so/"),
    "mot-ho-so": ("chuthe.tracvan", "/ho-so/hs-2024-0001/"),
    "ho-so-can-bo-sung": ("chuthe.duyhai", "/ho-so/hs-2024-0002/"),
    "ho-so-lap-lai": ("chuthe.phuly", "/ho-so/hs-2024-0004/"),
    "nhan-muon": ("canbohuyen", "/ho-so/hs-2024-0001/nhan-muon/"),
    "dang-ky": ("chuthe.tracvan", "/ho-so/hs-2024-0001/dang-ky/"),
    "tu-danh-gia": ("chuthe.tracvan", "/ho-so/hs-2024-0001/tu-danh-gia/"),
    "minh-chung": ("chuthe.tracvan", "/ho-so/hs-2024-0001/minh-chung/"),
    "can-gi-de-them-sao": ("chuthe.tracvan", "/ho-so/hs-2024-0001/can-gi/"),
    "lap-ho-so": ("chuthe.tracvan", "/ho-so/moi/"),
    "phieu-dang-ky": ("chuthe.tracvan", "/ho-so/hs-2024-0001/phieu/"),
    "phien-danh-gia": ("thuky.huyen", "/phien-danh-gia/"),
    "hoi-dong": ("canbohuyen", "/hoi-dong/"),
    "mot-hoi-dong": ("canbohuyen", "/hoi-dong/hd-349-2024/"),
    "lap-hoi-dong": ("canbohuyen", "/hoi-dong/lap/"),
    "quy-che": ("canbohuyen", "/hoi-dong/hd-349-2024/quy-che/"),
    "cu-thanh-vien": ("canbohuyen", "/hoi-dong/hd-349-2024/thanh-vien/"),
    "mo-dot": ("thuky.huyen", "/hoi-dong/hd-349-2024/dot/"),
    "phan-cong-cham": ("thuky.huyen", "/hoi-dong/hd-349-2024/phan-cong/"),
    "phieu-cua-toi": ("uyvien.huyen", "/phien-danh-gia/phieu-cua-toi/"),
    "quyet-dinh-cong-nhan": ("thuky.huyen", "/quyet-dinh/"),
    "lap-du-thao": ("thuky.huyen", "/quyet-dinh/moi/"),
    "giay-moi-hop": ("thuky.huyen", "/phien-danh-gia/giay-moi/"),
    "dua-ra-hoi-dong": ("thuky.huyen", "/phien-danh-gia/dua-ra/"),
    "ke-hoach": ("lanhdao", "/ke-hoach/2024/"),
    "ke-hoach-cuoi-nam": ("lanhdao", "/ke-hoach/2024/?ngay=2024-12-31"),
    "chi-so": ("lanhdao", "/ke-hoach/2024/chi-so/tong-san-pham/?ngay=2024-12-31"),
    "dang-lam": ("canbohuyen", "/ke-hoach/2024/dang-lam/y-tuong-cho-huyen-xem-xet/"),
    "cac-chi-so": ("canboxa", "/ke-hoach/2024/chi-so/"),
    "giao-chi-tieu": ("canbotinh", "/ke-hoach/2024/giao-chi-tieu/"),
    "lap-ke-hoach": ("canbotinh", "/ke-hoach/moi/"),
    "nhiem-vu": ("canbotinh", "/ke-hoach/2024/nhiem-vu/"),
    "giao-nhiem-vu": ("canbotinh", "/ke-hoach/2024/nhiem-vu/moi/"),
    "chi-so-y-tuong": ("lanhdao", "/ke-hoach/2024/chi-so/y-tuong/"),
    "bao-cao": ("lanhdao", "/bao-cao/"),
    "lap-bao-cao": ("lanhdao", "/bao-cao/lap/"),
    "viec-nen": ("lanhdao", "/viec-nen/"),
    "nhat-ky": ("quantri", "/nhat-ky/"),
    "nhat-ky-mot-ban-ghi": ("quantri", "/nhat-ky/products.idea/1/"),
    "du-lieu-ca-nhan": ("", "/du-lieu-ca-nhan/"),
    "du-lieu-cua-toi": ("lanhdao", "/tai-khoan/du-lieu/"),
    "dong-y": ("lanhdao", "/tai-khoan/du-lieu/dong-y/"),
    "rut-dong-y": ("lanhdao", "/tai-khoan/du-lieu/rut-dong-y/"),
    "gui-yeu-cau-du-lieu": ("lanhdao", "/tai-khoan/du-lieu/yeu-cau/"),
    "yeu-cau-du-lieu": ("quantri", "/yeu-cau-du-lieu/"),
    "ho-tro": ("canboxa", "/ho-tro/"),
    "ho-tro-moi": ("canboxa", "/ho-tro/moi/"),
    "viec-da-thong-nhat": ("chuthe", "/ho-tro/viec/"),
    "lich-cua-toi": ("canboxa", "/lich/"),
    "chinh-sach": ("songanh", "/chinh-sach/"),
    "mot-chinh-sach": ("songanh", "/chinh-sach/nd-57-2018/"),
    "sua-chinh-sach": ("songanh", "/chinh-sach/nd-57-2018/sua/"),
    "ghi-ho-tro-da-nhan": ("canboxa", "/chinh-sach/nd-57-2018/ho-tro/"),
    "ho-tro-da-nhan": ("canboxa", "/ho-tro-da-nhan/"),
    "ho-tro-cua-chu-the": ("chuthe", "/chu-the/td-chuyen-ngoai/ho-tro/"),
    "huong-dan": ("chuthe", "/huong-dan/"),
    "mot-huong-dan": ("chuthe", "/huong-dan/ghi-nhan-hang-hoa/"),
    "cac-ban-huong-dan": ("songanh", "/huong-dan/ghi-nhan-hang-hoa/ban/"),
    "mot-ban-huong-dan": ("songanh", "/huong-dan/ghi-nhan-hang-hoa/ban/1/"),
    "viet-huong-dan": ("songanh", "/huong-dan/ghi-nhan-hang-hoa/sua/"),
    "nhap-du-lieu": ("canbohuyen", "/nhap-du-lieu/"),
    "nhap-tep-moi": ("canbohuyen", "/nhap-du-lieu/moi/"),
    "thong-bao": ("canbohuyen", "/thong-bao/"),
    "tiem-nang": ("canbohuyen", "/tiem-nang/"),
    "mot-san-pham-tiem-nang": ("canboxa", "/tiem-nang/tn-2024-0001/"),
    "them-tiem-nang": ("canboxa", "/tiem-nang/moi/"),
    "khong-dua-vao": ("canbohuyen", "/tiem-nang/tn-2024-0001/khong-dua-vao/"),
    "tim-bo-san-pham": ("chuthe", "/y-tuong/tim-bo/?q=lụa&hoi=thu-cong"),
    "khong-chap-nhan-y-tuong": ("canbohuyen", "/y-tuong/yt-2024-0001/khong-chap-nhan/"),
    "phuong-an": ("canbohuyen", "/phuong-an/"),
    "mot-phuong-an": ("chuthe.tracvan", "/phuong-an/pa-2024-0001/"),
    "moc-phuong-an": ("chuthe.tracvan", "/phuong-an/pa-2024-0001/moc/"),
    "dung-phuong-an": ("chuthe.tracvan", "/phuong-an/pa-2024-0001/dung/"),
    "chu-trinh": ("canbohuyen", "/chu-trinh/"),
    "duy-tri": ("canbotinh", "/duy-tri/"),
    "so-san-pham": ("canbotinh", "/san-pham/td-khan-tron/so/"),
    "ghi-duy-tri": ("canbotinh", "/san-pham/td-khan-tron/duy-tri/"),
    "khai-bao": ("canbotinh", "/khai-bao/"),
    "khai-bao-mot-san-pham": ("chuthe", "/khai-bao/2023/td-khan-tron/"),
    "cau-chuyen": ("chuthe", "/san-pham/td-khan-tron/cau-chuyen/"),
    "viet-cau-chuyen": ("chuthe", "/san-pham/td-khan-tron/cau-chuyen/moi/"),
    "cai-dat-thong-bao": ("canbohuyen", "/thong-bao/cai-dat/"),
}


@pytest.fixture(scope="module")
def sessions(browser, portal):
    """Signed-in cookies of each person, taken once."""
    kept = {"": []}

    def of(username):
        if username not in kept:
            context = browser.new_context(locale="vi-VN")
            Visitor(context.new_page(), portal).sign_in(username)
            kept[username] = context.cookies()
            context.close()
        return kept[username]

    return of


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", PAGES)
def test_page(browser, portal, sessions, name, look, pytestconfig):
    username, path = PAGES[name]
    width, scheme = LOOKS[look]
    context = browser.new_context(
        locale="vi-VN", viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    context.add_cookies(sessions(username))
    page, trouble, hosts = context.new_page(), [], set()
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: hosts.add(request.url.split("/")[2]) if "://" in request.url else None)

    Visitor(page, portal).goto(path)
    wrong = faults(page)
    if pytestconfig.getoption("--shots"):
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}-{look}.png", full_page=True)
    context.close()

    assert wrong == []
    assert trouble == []
    assert hosts == {portal.url.split("/")[2]}
