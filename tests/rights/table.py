"""docs/rights.md: drawn from the findings, read back to be compared."""

import re
from pathlib import Path

from django.conf import settings

from tests.rights.matrix import ROLES, VIEWS

FILE = Path(settings.BASE_DIR) / "docs" / "rights.md"
LABELS = {
    "": "–",
    "own": "của mình, của xã mình",
    "same_commune": "cùng xã, chủ thể khác",
    "same_district": "cùng huyện, xã khác",
    "other_district": "huyện khác",
    "missing": "không có",
    "mixed": "của huyện khác, dưới địa chỉ của mình",
    "other": "của hội đồng huyện khác",
    "upper": "của hội đồng tỉnh",
    "province": "toàn tỉnh",
    "commune": "một xã",
    "administrator": "của quản trị",
    "withdrawn": "lời mời đã thu hồi",
    "no_kind": "loại bản ghi không có",
}
STATES = {
    "draft": "đang soạn",
    "submitted": "đã gửi",
    "at_commune": "xã đang đánh giá",
    "returned": "cần bổ sung",
    "accepted": "đã tiếp nhận",
    "proposed": "đang đề xuất",
    "dropped": "không đưa vào",
    "approved": "đang thực hiện",
    "moi": "chưa có hạng sao",
    "sealed": "phiếu niêm phong",
    "complete": "đủ phiếu, chưa mở",
    "opened": "đã mở phiếu",
    "asked": "đã mở phiếu, đang đề nghị chấm lại",
    "concluded": "đã kết luận, 3 sao",
    "to_forward": "đã kết luận, 4 sao",
    "forwarded": "đã chuyển cấp trên",
    "secret": "thư có đường dẫn riêng",
    "expired": "đã hết hạn",
    "planned": "đã lên lịch",
    "held": "đã thực hiện",
    "open": "việc chưa xong",
    "done": "việc đã xong",
    "known": "có trang công khai",
    "waiting": "chờ xã xác nhận",
    "refused": "bị từ chối",
    "mapping": "chờ chọn cột",
    "ready": "chờ xác nhận",
    "stuck": "việc nền đã bỏ cuộc",
}
METHODS = {"GET": "xem", "POST": "làm"}
SIGNS = {
    "xem": "✓ xem",
    "làm": "✓ làm",
    "không hợp lệ": "báo chưa được",
    "chuyển trang": "→",
    "đăng nhập": "đăng nhập",
    None: "LỖI",
}
HEAD = """# Ai được xem gì, làm gì

Tệp này do kiểm thử ghi (`python3 portal.py test tests/rights/test_matrix.py --write-rights`) và được so lại mỗi
lần kiểm thử; đừng sửa tay. Mỗi mục là một trang hoặc một việc. Mỗi dòng là một đối tượng, nhìn từ chủ thể và cán
bộ xã ở cột (3) và (5): *của mình*, *cùng xã*, *cùng huyện*, *huyện khác*, hoặc *không có*. Hội đồng ở các cột là
hội đồng huyện của chủ thể ấy; *hội đồng khác* là của huyện khác. Ở các trang của riêng từng người (thông báo, thư,
yêu cầu, tệp dữ liệu, phiên, khóa), *của mình* là của chủ thể ở cột (3), *huyện khác* là của cán bộ huyện ở cột (8);
lần nhập dữ liệu *của mình* là của cán bộ xã ở cột (5).

| Ô | Nghĩa |
|---|---|
| ✓ xem, ✓ làm | được xem; việc được thực hiện |
| báo chưa được | trang nói vì sao việc này lúc này chưa được, không có gì thay đổi |
| → | được đưa sang trang khác, không có gì thay đổi |
| 403 | thấy đối tượng nhưng không được làm |
| 404 | ngoài phạm vi: trả lời y hệt như khi không có |
| 410 | liên kết đã hết hạn hoặc đã thu hồi |
| đăng nhập | được mời đăng nhập |
| xác nhận lại | được mời nhập lại mật khẩu hoặc mã |

Mọi cách gọi khác (PUT, DELETE, GET vào một việc, đổi cách gọi bằng tiêu đề) đều nhận 405; HEAD và mảnh htmx trả lời như
trang. Các cột:
"""


def described(label):
    """The object in Vietnamese."""
    whose, _, state = label.partition("/")
    return f"{LABELS.get(whose, whose)}{', ' + STATES.get(state, state) if state else ''}"


def short(number):
    """Columns are numbered: sixteen names would not fit on a screen."""
    return f"({number})"


def title_of(name):
    """What the view says it is for."""
    return " ".join((VIEWS[name].__doc__ or name).split())


def rows_of(columns):
    """{(route, object, method): {role: cell}} from {role: {(route, object, method): cell}}."""
    found = {}
    for role in ROLES:
        for key, cell in columns[role].items():
            found.setdefault(key, {})[role] = cell
    return found


def drawn(columns):
    """The whole file."""
    lines = [HEAD, *(f"- {short(number)} {label}" for number, label in enumerate(ROLES.values(), 1))]
    rows = rows_of(columns)
    head = " | ".join(short(number) for number in range(1, len(ROLES) + 1))
    for name in VIEWS:
        own = {key: cells for key, cells in rows.items() if key[0] == name}
        lines += ["", f"## `{name}`", "", title_of(name), "", f"| Đối tượng | Cách | {head} |"]
        lines.append("|---|---|" + "---|" * len(ROLES))
        lines += [line(key, cells) for key, cells in sorted(own.items(), key=lambda item: order(item[0]))]
    return "\n".join([*lines, ""])


def order(key):
    """By method, then by state, then as the labels stand."""
    _, label, method = key
    whose, _, state = label.partition("/")
    return method, state, [*LABELS].index(whose) if whose in LABELS else 99


def line(key, cells):
    """One row."""
    _, label, method = key
    marks = " | ".join(SIGNS.get(cells[role], cells[role]) for role in ROLES)
    return f"| {described(label)} | {METHODS[method]} | {marks} |"


def read():
    """{role: {(route, object in words, method in words): sign}} as the file says."""
    found, name = {role: {} for role in ROLES}, ""
    for text in FILE.read_text(encoding="utf-8").splitlines():
        if title := re.fullmatch(r"## `(.+)`", text):
            name = title[1]
        elif name and text.startswith("| ") and not text.startswith("| Đối tượng"):
            label, method, *marks = (part.strip() for part in text.strip("| ").split(" | "))
            for role, mark in zip(ROLES, marks, strict=True):
                found[role][name, label, method] = mark
    return found


def spoken(cells):
    """One role's cells as they stand in the file."""
    return {
        (name, described(label), METHODS[method]): SIGNS.get(cell, cell)
        for (name, label, method), cell in cells.items()
    }


def differences(role, cells, names=None):
    """Where the portal and the file disagree, as sentences; of these routes only, if any are named."""
    now, then = spoken(cells), read()[role]
    then = {key: sign for key, sign in then.items() if names is None or key[0] in names}
    return [
        f"{' '.join(key)}: the file says {then.get(key, 'nothing')}, the portal {now.get(key, 'nothing')}"
        for key in sorted({*now, *then})
        if now.get(key) != then.get(key)
    ]
