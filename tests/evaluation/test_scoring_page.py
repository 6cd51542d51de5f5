"""The scoring page in a real browser: keys, a lost network, a lost session, two tabs, signing out."""

import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from evaluation.models import Score
from tests.evaluation.stories import sheet_of
from tests.factories.files import DrawingFactory, DrawnPageFactory
from tests.factories.products import EvidenceFactory

pytestmark = pytest.mark.django_db(transaction=True)
MISSED = 15_000  # the page tries again each five seconds


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The browser that the launcher found."""
    chosen = {"executable_path": path} if (path := os.environ.get("CHROMIUM")) else {}
    return {**browser_type_launch_args, **chosen, "args": ["--no-sandbox", "--disable-background-networking"]}


def sign_in(context, live_server, user):
    """The browser holds that person's session from now on."""
    client = Client()
    client.force_login(user)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}
    context.add_cookies([cookie])


@pytest.fixture
def scoring(page, live_server, law, case, member):
    """The member's scoring page, on criterion 1.1."""
    sign_in(page.context, live_server, member)
    page.goto(live_server.url + reverse("evaluation:sheet", args=[case.code]))
    page.on("dialog", lambda dialog: dialog.accept())
    return page


def state(page):
    return page.locator("[data-state]")


def alarm(page):
    return page.locator("[data-alarm]")


def kept():
    """What the database holds: criterion code → points."""
    rows = Score.objects.select_related("criterion", "option")
    return {row.criterion.code: row.option.points if row.option else 0 for row in rows}


def waiting(page):
    """What waits in the browser."""
    return page.evaluate(
        "JSON.stringify(Object.entries(localStorage).filter(([k]) => k.startsWith('ocop-phieu:')))"
    )


def settled(page):
    """Wait until nothing waits in the browser any more."""
    for _ in range(100):
        if waiting(page) == "[]":
            return
        page.wait_for_timeout(100)
    pytest.fail(f"still waiting: {waiting(page)}")


def test_keys_choose_move_and_note(scoring):
    scoring.keyboard.press("2")
    expect(state(scoring)).to_have_text(re.compile(r"Đã lưu \d\d:\d\d:\d\d"))
    scoring.keyboard.press("j")
    expect(scoring.locator("#tc-1\\.2")).to_be_visible()
    expect(scoring.locator("#tc-1\\.1")).to_be_hidden()
    scoring.keyboard.press("0")
    scoring.keyboard.press("n")
    scoring.keyboard.type("j 3 không phải phím tắt")
    scoring.keyboard.press("Escape")
    scoring.keyboard.press("k")
    expect(scoring.locator("[data-bar]")).to_contain_text("còn 25 tiêu chí")
    scoring.keyboard.press("?")
    expect(scoring.get_by_role("heading", name="Phím tắt")).to_be_visible()

    settled(scoring)
    assert kept() == {"1.1": 3, "1.2": 0}
    assert Score.objects.get(criterion__code="1.2").note == "j 3 không phải phím tắt"


def test_keys_can_be_switched_off(scoring):
    scoring.get_by_role("button", name="Phím tắt").click()
    scoring.get_by_label("Dùng phím tắt trên trang này").uncheck()
    scoring.get_by_role("button", name="Đóng").click()
    scoring.keyboard.press("2")

    expect(scoring.locator("#tc-1\\.1 [data-digit='2']")).not_to_be_checked()


def test_a_lost_network_keeps_choices_and_sends_them_when_it_is_back(scoring):
    scoring.context.set_offline(True)
    for key in "2j3j":
        scoring.keyboard.press(key)
    expect(alarm(scoring)).to_contain_text("Mất kết nối. 2 lựa chọn đang giữ trong máy này, chưa gửi.")
    assert kept() == {}
    assert Axe().run(scoring).response["violations"] == []

    scoring.context.set_offline(False)
    expect(alarm(scoring)).to_be_hidden(timeout=MISSED)

    settled(scoring)
    assert kept() == {"1.1": 3, "1.2": 3}


def test_choices_survive_a_closed_page(scoring, live_server):
    scoring.context.set_offline(True)
    scoring.keyboard.press("2")
    expect(alarm(scoring)).to_be_visible()
    address, context = scoring.url, scoring.context
    scoring.close()
    context.set_offline(False)

    page = context.new_page()
    page.goto(address)

    expect(page.locator("#tc-1\\.1 [data-digit='2']")).to_be_checked()
    expect(state(page)).to_have_text(re.compile("Đã lưu"))
    assert kept() == {"1.1": 3}


def test_a_lost_session_tells_to_sign_in_again_and_sends_after_that(scoring, live_server, member):
    scoring.context.clear_cookies()
    scoring.keyboard.press("2")
    expect(alarm(scoring)).to_contain_text("Phiên đăng nhập đã hết. 1 lựa chọn đang giữ")
    expect(alarm(scoring).get_by_role("link", name="Đăng nhập lại trong thẻ khác")).to_be_visible()

    sign_in(scoring.context, live_server, member)
    other = scoring.context.new_page()
    other.goto(live_server.url + reverse("evaluation:cases"))
    expect(alarm(scoring)).to_be_hidden(timeout=MISSED)

    assert kept() == {"1.1": 3}


def test_somebody_elses_session_gets_nothing(scoring, live_server, chair, member, case):
    sign_in(scoring.context, live_server, chair)
    scoring.keyboard.press("2")
    expect(alarm(scoring)).to_contain_text("tài khoản khác")
    assert kept() == {}

    sign_in(scoring.context, live_server, member)
    expect(alarm(scoring)).to_be_hidden(timeout=MISSED)
    assert Score.objects.get().sheet == sheet_of(case, member)


@pytest.mark.parametrize(("button", "points"), [("Giữ lựa chọn ở đây", 5), ("Giữ lựa chọn nơi khác", 3)])
def test_t02_two_tabs_are_asked_which_value_to_keep(scoring, button, points):
    other = scoring.context.new_page()
    other.goto(scoring.url)
    other.keyboard.press("2")
    expect(state(other)).to_have_text(re.compile("Đã lưu"))

    scoring.keyboard.press("3")
    conflict = scoring.locator("[data-conflict]:visible")
    expect(conflict).to_contain_text("3 điểm – Nguyên liệu trong tỉnh: từ 50% đến dưới 75%")
    assert kept() == {"1.1": 3}
    scoring.get_by_role("button", name=button).click()

    expect(conflict).to_have_count(0)
    expect(scoring.locator("#tc-1\\.1 input:checked")).to_have_attribute("value", f"1.1:{points}")
    settled(scoring)
    assert kept() == {"1.1": points}


def test_handing_in_waits_for_what_is_unsent(scoring):
    scoring.context.set_offline(True)
    scoring.keyboard.press("2")
    expect(alarm(scoring)).to_be_visible()
    address = scoring.url

    scoring.get_by_role("link", name="Xem lại và nộp phiếu").click()

    expect(state(scoring)).to_contain_text("chưa gửi")
    assert scoring.url == address


def test_signing_out_takes_what_waits_out_of_the_browser(scoring):
    scoring.context.set_offline(True)
    scoring.keyboard.press("2")
    expect(alarm(scoring)).to_be_visible()
    assert "ocop-phieu:" in waiting(scoring)
    scoring.context.set_offline(False)
    scoring.locator(".menu summary").click()
    scoring.get_by_role("button", name="Đăng xuất").click()
    scoring.wait_for_url("**/")

    assert waiting(scoring) == "[]"


def test_without_scripts_each_criterion_has_its_own_button(browser, live_server, law, case, member):
    context = browser.new_context(java_script_enabled=False)
    sign_in(context, live_server, member)
    page = context.new_page()
    page.goto(live_server.url + reverse("evaluation:sheet", args=[case.code]))

    page.locator("#tc-1\\.4 [data-digit='3']").check()
    page.get_by_role("button", name="Lưu tiêu chí 1.4").click()

    expect(page.locator(".alert-success")).to_contain_text("Đã lưu tiêu chí 1.4")
    assert kept() == {"1.4": 2}
    context.close()


@pytest.fixture
def papers(law, case):
    """A paper for criterion 1.1 and one of the whole dossier, three pages each."""
    for title, codes in (("Hợp đồng mua tơ", ["1.1"]), ("Giấy phép", [])):
        row = EvidenceFactory(dossier=case.dossier, title=title)
        row.criteria.set(case.dossier.criteria_set.criteria.filter(code__in=codes))
        drawing = DrawingFactory(sha256=row.sha256, total=3)
        for number in range(1, 4):
            DrawnPageFactory(drawing=drawing, number=number, width=990, height=1400)


def test_pages_are_read_beside_the_criterion_and_common_papers_go_along(papers, scoring):
    own = scoring.get_by_role("region", name="Các trang của Hợp đồng mua tơ")
    expect(own).to_be_visible()
    first = own.get_by_role("img", name="Trang 1 của Hợp đồng mua tơ")
    expect(first).to_have_js_property("complete", True)
    assert first.evaluate("image => image.naturalWidth") == 40
    last = own.get_by_role("img", name="Trang 3 của Hợp đồng mua tơ")
    expect(last).not_to_be_in_viewport()
    own.focus()
    scoring.keyboard.press("End")
    expect(last).to_be_in_viewport()

    scoring.locator("#tc-1\\.1 [data-common] summary").click()
    common = scoring.get_by_role("region", name="Các trang của Giấy phép")
    expect(common).to_be_visible()
    common.evaluate("region => { region.scrollTop = 200; }")
    scoring.get_by_role("button", name="Tiếp").click()

    expect(scoring.locator("#tc-1\\.2 [data-common]")).to_be_visible()
    expect(common).to_be_visible()
    assert common.evaluate("region => region.scrollTop") == 200


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_accessible_and_fits(browser, live_server, law, case, papers, member, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 740}, color_scheme=scheme)
    sign_in(context, live_server, member)
    page = context.new_page()
    page.goto(live_server.url + reverse("evaluation:sheet", args=[case.code]))
    if width == 360:
        page.get_by_role("button", name="Minh chứng").click()
        expect(page.locator("#tc-1\\.1 .score-evidence")).to_be_visible()
        expect(page.locator("#tc-1\\.1 form")).to_be_hidden()
    page.locator("#giay-to-chung summary").click()
    expect(page.locator("#tc-1\\.1 .pages")).to_have_count(2)

    assert Axe().run(page).response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    context.close()
