"""Which real page is held against which null page, and as whom."""

import re
from dataclasses import dataclass

from bench.client import Page, Visitor, choices
from launcher.report import Failure

CLIENTS = 8
SEED = 1
PASSWORD = "ocop-demo-2024"  # of every invented person, also of generated ones
SIGN_IN = "/dang-nhap/"
LOOKED_THROUGH = 60  # producers asked for a dossier that may still be changed
CERTIFICATE = re.compile(r"/giay-chung-nhan/[\w-]+/")


@dataclass(frozen=True)
class Pair:
    """A real page and its null page, each once per client."""

    name: str
    title: str
    null_name: str
    ours: list
    null: list


def pairs(port, null_port, null_password):
    """All pairs, with everybody signed in."""
    officer, leader = (person(port, name) for name in ("canbohuyen", "lanhdao"))
    drafts = list(open_dossiers(port, CLIENTS))
    rated = rated_product(port)
    found = CERTIFICATE.search(Visitor(port).page(rated))
    ours = {
        "catalogue": ("Danh mục công khai", "rows", Page(port, "/san-pham/")),
        "product": ("Trang sản phẩm", "plain", Page(port, rated)),
        "dossiers": ("Danh sách hồ sơ, cán bộ huyện", "rows", Page(port, "/ho-so/", officer)),
        "idea_form": ("Biểu mẫu ý tưởng", "form", Page(port, "/y-tuong/moi/", drafts[0].cookies)),
        "choice": ("Lưu một mức tự chấm", "save", drafts),
        "dashboard": ("Bảng chỉ tiêu năm", "rows", Page(port, "/ke-hoach/2024/", leader)),
        "certificate": ("Trang kiểm tra giấy chứng nhận", "plain", Page(port, found.group())),
    }
    null = null_pages(null_port, null_password)
    return [
        Pair(name, title, kind, page if isinstance(page, list) else [page] * CLIENTS, [null[kind]] * CLIENTS)
        for name, (title, kind, page) in ours.items()
    ]


def catalogue(port, null_port, null_password):
    """Only the public catalogue, for its growth."""
    null = null_pages(null_port, null_password)["rows"]
    return Pair("catalogue", "Danh mục công khai", "rows", [Page(port, "/san-pham/")], [null])


def wide_lists(port, null_port, null_password):
    """The lists of producers and what hangs on them, read by the province, whose scope is everything."""
    officer, null = person(port, "canbotinh"), null_pages(null_port, null_password)["rows"]
    asked = {
        "producers": ("Danh sách chủ thể", "/chu-the/"),
        "producers_last": ("Trang cuối của danh sách chủ thể", "/chu-the/?trang=99999"),
        "producers_found": ("Tìm trong chủ thể", "/chu-the/?q=hop+tac+sen"),
        "producers_alike": ("Chủ thể có thể trùng", "/chu-the/trung/"),
        "channels": ("Danh sách kênh bán hàng", "/kenh-ban-hang/"),
        "channels_found": ("Tìm trong kênh bán hàng", "/kenh-ban-hang/?q=sen&loai=hien-dai"),
    }
    return [
        Pair(name, title, "rows", [Page(port, path, officer)], [null])
        for name, (title, path) in asked.items()
    ]


def null_pages(port, password):
    """The four null pages."""
    signed_in = Visitor(port).sign_in("/login/", "null", password)
    return {
        "plain": Page(port, "/"),
        "rows": Page(port, "/rows/", signed_in),
        "form": Page(port, "/form/"),
        "save": Page(port, "/form/", {}, "/form/", {"title": "Dòng mới"}, expected=302),
    }


def person(port, username):
    """The cookies of a signed-in person of the demonstration."""
    return Visitor(port).sign_in(SIGN_IN, username, PASSWORD)


def open_dossiers(port, count):
    """Saving one choice in so many dossiers, each by its own producer: they do not wait for one another."""
    left = count
    for number in range(1, LOOKED_THROUGH + 1):
        visitor = Visitor(port)
        visitor.sign_in(SIGN_IN, f"g{SEED}-{number:05}", PASSWORD)
        path = f"/ho-so/g{SEED}-hs-{number:05}/tu-danh-gia/"
        status, text = visitor.ask(path)
        if status != 200:
            continue  # handed in: not to be changed any more
        question, boxes = next(iter(choices(text).items()))
        version = question.replace("c-", "v-", 1)
        yield Page(port, f"{path}chon/", visitor.cookies, path, {question: boxes[0]}, version)
        left -= 1
        if not left:
            return
    raise Failure(f"Không đủ {count} hồ sơ đang soạn để đo.", "Xem manage.py generate.")


def rated_product(port):
    """The address of a generated product that has a certificate."""
    for number in range(1, LOOKED_THROUGH + 1):
        path = f"/san-pham/g{SEED}-sp-{number:05}/"
        status, text = Visitor(port).ask(path)
        if status == 200 and CERTIFICATE.search(text):
            return path
    raise Failure("Không có sản phẩm nào có giấy chứng nhận để đo.", "Xem manage.py generate.")
