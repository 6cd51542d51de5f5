"""The rail of a signed-in person and the areas of the public site."""

from django.urls import reverse

from accounts.models import OFFICERS, Role
from accounts.permissions import may_see_resets
from foundation import clock


def item(label, name, *args):
    """One line of the rail."""
    return {"label": label, "url": reverse(name, args=args)}


def for_user(user):
    """The sections that this person works in."""
    producer, officer = user.has_role(Role.PRODUCER), user.has_role(*OFFICERS)
    leader, judge = user.has_role(Role.MANAGER), user.has_role(Role.COUNCIL_MEMBER)
    work = [item("Bàn làm việc", "desk")]
    if producer or officer or leader:
        work.append(item("Ý tưởng sản phẩm", "products:ideas"))
        work.append(item("Hồ sơ đánh giá", "products:dossiers"))
    if judge or officer or leader:
        work.append(item("Đánh giá, phân hạng", "evaluation:cases"))
    sections = [{"title": "Công việc", "items": work}]
    if officer or leader or judge:
        lead = [item("Chỉ tiêu năm", "targets:plan", clock.today().year)]
        if officer or leader:
            lead.append(item("Báo cáo tiến độ", "targets:reports"))
        sections.append({"title": "Điều hành", "items": lead})
    if may_see_resets(user):
        lost = item("Mất thiết bị xác nhận", "accounts:factor_resets")
        sections.append({"title": "Quản trị", "items": [lost]})
    look = [
        item("Sản phẩm OCOP", "products:catalogue"),
        item("Làng nghề", "entities:villages"),
        item("Sự kiện", "promotion:events"),
    ]
    sections.append({"title": "Tra cứu", "items": look})
    return sections


def public():
    """The areas that everybody may read."""
    return [
        item("Sản phẩm", "products:catalogue"),
        item("Làng nghề", "entities:villages"),
        item("Sự kiện", "promotion:events"),
    ]
