"""The gallery of components, and how it looks and behaves in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse

from tests.factories.accounts import UserFactory

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
TARGETS = "a, button, input, select, summary"
SMALL_TARGETS = """(targets) => [...document.querySelectorAll(targets)].filter((element) => {
  const box = element.getBoundingClientRect();
  const inline = getComputedStyle(element).display === "inline";
  return box.width > 2 && !inline && (box.width < 24 || box.height < 24);
}).map((element) => element.outerHTML)"""


@pytest.fixture
def address(live_server):
    return live_server.url + reverse("ui:gallery")


@pytest.fixture
def signed_in(chromium, client, live_server):
    """A browser that is signed in, and what its console complained about."""
    client.force_login(UserFactory(full_name="Nguyễn Thị Hoài An"))
    context = chromium.new_context()
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    yield page
    context.close()


@pytest.mark.django_db
def test_the_gallery_is_for_people_who_signed_in(client):
    address = reverse("ui:gallery")
    assert client.get(address).status_code == 302
    client.force_login(UserFactory(full_name="Nguyễn Thị Hoài An"))
    html = client.get(address).content.decode()
    assert "<title>Thành phần giao diện · Cổng OCOP" in html
    assert "Nguyễn Thị Hoài An" in html


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_every_component_is_accessible(signed_in, address, scheme, width):
    signed_in.emulate_media(color_scheme=scheme)
    signed_in.set_viewport_size({"width": width, "height": 900})
    signed_in.goto(address)
    violations = Axe().run(signed_in, options=RULES).response["violations"]
    assert [(found["id"], [node["html"] for node in found["nodes"]]) for found in violations] == []
    assert signed_in.evaluate("document.documentElement.scrollWidth") <= width
    assert signed_in.evaluate(SMALL_TARGETS, TARGETS) == []
    assert signed_in.complaints == []


def test_the_first_key_leads_to_the_content_and_the_summary_takes_the_focus(signed_in, address):
    signed_in.goto(address)
    assert signed_in.evaluate("document.activeElement.matches('[data-focus]')")
    signed_in.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    assert signed_in.locator(".skip-link").get_attribute("href") == "#noi-dung"
    assert signed_in.locator("#noi-dung").count() == 1


def test_the_rail_opens_on_a_phone_without_scripts(chromium, signed_in, address):
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    context.add_cookies(signed_in.context.cookies())
    page = context.new_page()
    page.goto(address)
    assert not page.locator("nav.rail").is_visible()
    page.locator(".rail-toggle summary").click()
    assert page.locator("nav.rail").is_visible()
    context.close()


def test_print_hides_the_chrome_and_shows_the_heading(signed_in, address):
    signed_in.goto(address)
    signed_in.emulate_media(media="print")
    assert not signed_in.locator(".topbar").is_visible()
    assert not signed_in.locator("nav.rail").is_visible()
    assert signed_in.locator(".official-heading").last.is_visible()
    assert signed_in.locator(".demo-banner").is_visible()
