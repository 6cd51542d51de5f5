"""An officer assigns waiting records in a browser; the picker searches without accents and does without scripts."""

import datetime as dt

import pytest
from django.conf import settings as django_settings
from django.test import Client
from playwright.sync_api import expect

from accounts.models import Role
from foundation.areas.models import AreaKind, Placement
from tests.conftest import area, person
from tests.factories.entities import EntityFactory
from tests.factories.products import ProductFactory
from tests.journeys.conftest import LOOKS, SHOTS, faults

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.xdist_group("placement")]
DAY = dt.date(2025, 2, 1)


@pytest.fixture
def officer(law, settings):
    """The district officer of Phủ Lý on 1 February 2025, with two producers and a product that wait."""
    settings.DEMO_DAY = DAY
    gone = area("13288", AreaKind.COMMUNE)
    makers = EntityFactory.create_batch(2, area=gone)
    ProductFactory(entity=makers[0])
    return person(Role.DISTRICT_OFFICER, area("347", AreaKind.DISTRICT))


@pytest.fixture
def open_page(live_server, context, officer):
    """A page of the signed-in officer; what the browser complains of is a failure."""
    client = Client()
    client.force_login(officer)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": live_server.url}])
    page, trouble = context.new_page(), []
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    page.goto(f"{live_server.url}/dia-ban/cho-xac-dinh/")
    yield page
    assert trouble == []


def look(page, name, pytestconfig):
    """No fault in any look, and a picture of each when asked for."""
    for kind, (width, scheme) in LOOKS.items():
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert faults(page) == [], f"{name}, {kind}"
        if pytestconfig.getoption("--shots"):
            SHOTS.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=SHOTS / f"{name}-{kind}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})


def choose_records(page):
    """From the list to the form, with both producers ticked."""
    page.get_by_role("link", name="Phường Lương Khánh Thiện").click()
    for box in page.locator("fieldset", has_text="Chủ thể").get_by_role("checkbox").all():
        box.check()


def enhanced(page):
    """The search in place of the list, once the script has put it there."""
    expect(page.locator(".area-picker")).to_be_visible()
    return page.get_by_role("combobox", name="Đơn vị mới")


def test_tick_search_rehearse_confirm(open_page, pytestconfig):
    page = open_page
    look(page, "cho-xac-dinh", pytestconfig)
    choose_records(page)
    look(page, "cho-xac-dinh-don-vi", pytestconfig)
    page.get_by_role("button", name="Chọn đơn vị mới").click()

    picker = enhanced(page)
    picker.fill("chau c")
    option = page.get_by_role("option", name="Phường Châu Cầu")
    expect(option).to_be_visible()
    look(page, "xac-dinh-tim", pytestconfig)
    picker.press("ArrowDown")
    picker.press("Enter")
    expect(picker).to_have_value("Phường Châu Cầu, Thành phố Phủ Lý")
    picker.fill("duy ha")  # of another district: not offered
    expect(page.locator("[data-none]")).to_be_visible()
    picker.press("Escape")
    picker.blur()
    expect(picker).to_have_value("Phường Châu Cầu, Thành phố Phủ Lý")

    page.get_by_role("button", name="Xem trước kết quả").click()
    expect(page.locator("body")).to_contain_text("Hãy điền mục này.")
    page.get_by_label("Lý do").fill("Cơ sở ở tổ 3, nay thuộc phường Châu Cầu")
    page.get_by_label("Nguồn").fill("Nghị quyết thử nghiệm ngày 01/12/2024")
    page.get_by_role("button", name="Xem trước kết quả").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Xem trước: 2 bản ghi")
    look(page, "xac-dinh-xem-truoc", pytestconfig)
    assert not Placement.objects.exists()
    page.get_by_role("button", name="Xác nhận 2 bản ghi").click()

    expect(page.locator("body")).to_contain_text("Đã xác định đơn vị cho 2 bản ghi.")
    assert {str(row.unit) for row in Placement.objects.select_related("unit")} == {"Phường Châu Cầu"}
    look(page, "da-xac-dinh", pytestconfig)


def test_the_list_comes_back_when_the_search_cannot_be_reached(open_page):
    page = open_page
    choose_records(page)
    page.get_by_role("button", name="Chọn đơn vị mới").click()
    page.route("**/dia-ban/tim/**", lambda route: route.fulfill(status=302, headers={"location": "/healthz"}))
    enhanced(page).fill("chau")

    select = page.locator("select[name=unit]")
    expect(select).to_be_visible()
    select.select_option(label="Phường Châu Cầu, Thành phố Phủ Lý")


@pytest.fixture
def browser_context_args(browser_context_args, request):
    """Without scripts where the test says so."""
    return {**browser_context_args, "java_script_enabled": "without_scripts" not in request.node.name}


def test_the_list_itself_does_it_without_scripts(open_page):
    page = open_page
    choose_records(page)
    page.get_by_role("button", name="Chọn đơn vị mới").click()
    page.get_by_label("Đơn vị mới").select_option(label="Phường Châu Cầu, Thành phố Phủ Lý")
    page.get_by_label("Lý do").fill("Cơ sở ở tổ 3")
    page.get_by_label("Nguồn").fill("Nghị quyết thử nghiệm")
    page.get_by_role("button", name="Xem trước kết quả").click()
    page.get_by_role("button", name="Xác nhận 2 bản ghi").click()

    expect(page.locator("body")).to_contain_text("Đã xác định đơn vị cho 2 bản ghi.")
