"""The rail of a signed-in person and the areas of the public site."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts import permissions
from accounts.imports import importers
from accounts.models import OFFICERS, Role
from foundation import clock


def item(label, name, *args):
    """One line of the rail."""
    return {"label": label, "url": reverse(name, args=args)}


def for_user(user):
    """The sections that this person works in."""
    producer, officer = user.has_role(Role.PRODUCER), user.has_role(*OFFICERS)
    leader, judge = user.has_role(Role.MANAGER), user.has_role(Role.COUNCIL_MEMBER)
    work = [item("Bàn làm việc", "desk"), item("Chu trình năm", "products:calendar")]
    if producer or officer or leader:
        work.append(item("Sản phẩm tiềm năng", "products:potentials"))
        work.append(item("Ý tưởng sản phẩm", "products:ideas"))
        work.append(item("Phương án", "products:plans"))
        work.append(item("Hồ sơ đánh giá", "products:dossiers"))
        work.append(item("Chủ thể", "entities:producers"))
        work.append(item("Kênh bán hàng", "entities:channels"))
        work.append(item("Củng cố chủ thể", "entities:strengthenings"))
        work.append(item("Duy trì, nâng hạng", "products:product_facts"))
        work.append(item("Thời hạn giấy chứng nhận", "products:renewals"))
        work.append(item("Khai báo hằng năm", "products:returns"))
    if officer:
        work.append(item("Sổ làng nghề", "entities:village_book"))
    if judge or officer or leader:
        work.append(item("Đánh giá, phân hạng", "evaluation:cases"))
    sections = [{"title": "Công việc", "items": work}]
    if officer or leader or judge:
        lead = [item("Chỉ tiêu năm", "targets:plan", clock.today().year)]
        if officer or leader:
            lead.append(item("Báo cáo tiến độ", "targets:reports"))
        if may_import_any(user):
            lead.append(item("Nhập dữ liệu từ Excel", "accounts:import_runs"))
        sections.append({"title": "Điều hành", "items": lead})
    sections.append({"title": "Hỗ trợ", "items": support(producer or officer or leader)})
    if permissions.may_see_people(user):
        people = [item("Người dùng", "accounts:people")]
        if permissions.givable_roles(user):
            people.append(item("Lời mời", "accounts:invitations"))
        sections.append({"title": "Con người", "items": people})
    if keeping := upkeep(user, officer):
        sections.append({"title": "Quản trị", "items": keeping})
    look = [
        item("Sản phẩm OCOP", "products:catalogue"),
        item("Làng nghề", "entities:villages"),
        item("Sự kiện", "promotion:events"),
    ]
    sections.append({"title": "Tra cứu", "items": look})
    return sections


def support(concerned):
    """What producers get; policies and guidance are for everybody."""
    lines = [item("Chính sách hỗ trợ", "entities:policies"), item("Hướng dẫn", "entities:guides")]
    if concerned:
        visits = [
            item("Hỗ trợ tại thực địa", "entities:visits"),
            item("Việc đã thống nhất", "entities:agreed"),
        ]
        lines = [
            *visits,
            *lines,
            item("Hỗ trợ đã nhận", "entities:grants"),
            item("Lịch của tôi", "entities:calendar"),
        ]
    return lines


def may_import_any(user):
    """Whether some kind of workbook may be imported by this person."""
    return any(permissions.may_import(user, one) for one in importers().values())


def upkeep(user, officer):
    """What keeps the portal in order, for those who look after it."""
    lines = []
    if permissions.may_read_trail(user):
        lines.append(item("Nhật ký", "accounts:trail"))
    if officer or permissions.administers(user):
        lines.append(item("Thư đã gửi", "accounts:letters"))
    if permissions.may_see_placements(user):
        lines.append(item("Chờ xác định đơn vị", "accounts:waiting"))
    if permissions.may_see_resets(user):
        lines.append(item("Mất thiết bị xác nhận", "accounts:factor_resets"))
    if permissions.may_handle_requests(user):
        lines.append(item("Yêu cầu dữ liệu cá nhân", "accounts:data_requests"))
    return lines


def public():
    """The areas that everybody may read."""
    return [
        item(_("Sản phẩm"), "products:catalogue"),
        item(_("Làng nghề"), "entities:villages"),
        item(_("Sự kiện"), "promotion:events"),
    ]
