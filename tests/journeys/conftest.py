"""A whole real portal in a browser: PostgreSQL, broker, web, worker and beat, signed in as the demo's people."""

import os
import re
import sys
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from launcher.stack import Stack, fresh_database
from tests.accounts.oidc import provider

PASSWORD = "ocop-demo-2024"
SHOTS = Path(__file__).resolve().parent.parent.parent / "build" / "shots"


PEOPLE_ELSEWHERE = {
    "quan.tri.moi": {"email": "quan.tri.moi@vi-du.vn", "email_verified": True},
    "nguoi-la": {"email": "la@vi-du.vn", "email_verified": True},
}


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    """The portal as `portal.py run` starts it, with the demo, on 15/10/2024; its database is fresh.

    Another system for signing in stands beside it.
    """
    with ExitStack() as opened:
        addresses = {}
        elsewhere = {
            "OIDC_ISSUER": opened.enter_context(provider(PEOPLE_ELSEWHERE)),
            "OIDC_CLIENT_ID": "cong-ocop",
            "OIDC_CLIENT_SECRET": "bi-mat",
            "OIDC_NAME": "Cổng đăng nhập tỉnh",
        }
        if "DATABASE_APP_URL" in os.environ:
            owner, app = opened.enter_context(
                fresh_database(sys.executable, os.environ["DATABASE_URL"], os.environ["DATABASE_APP_URL"])
            )
            addresses = {"database_url": app, "owner_url": owner}
        stack = Stack(
            tmp_path_factory.mktemp("portal"),
            today="2024-10-15",
            environment={"JOB_LEASE_SECONDS": "3", "JOB_STEP_PAUSE": "0.4", **elsewhere},
            **addresses,
        )
        yield opened.enter_context(stack)


PHONE = {"width": 360, "height": 740}
# Milliseconds, bytes per second.
SLOW = {"offline": False, "latency": 150, "downloadThroughput": 400_000, "uploadThroughput": 400_000}
LOOKS = {"rong": (1280, "light"), "hep": (360, "light"), "toi": (1280, "dark"), "hep-toi": (320, "dark")}


def faults(page):
    """What is wrong with the page as it stands: axe's findings, and a page wider than its window."""
    found = Axe().run(page).response["violations"]
    lines = [
        f"{rule['id']}: {node['target']} {node['failureSummary']}" for rule in found for node in rule["nodes"]
    ]
    excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return lines + ([f"{excess} px wider than the window"] if excess > 0 else [])


class Visitor:
    """A person at a browser."""

    def __init__(self, page, portal, *, shots=False):
        self.page, self.portal, self.shots = page, portal, shots

    def look(self, name):
        """Look at this page wide and narrow, light and dark: no fault, and a picture of each when asked for."""
        for look, (width, scheme) in LOOKS.items():
            self.page.set_viewport_size({"width": width, "height": 800})
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            assert faults(self.page) == [], f"{name}, {look}"
            if self.shots:
                SHOTS.mkdir(parents=True, exist_ok=True)
                self.page.screenshot(path=SHOTS / f"{name}-{look}.png", full_page=True)
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.emulate_media(color_scheme="light", reduced_motion="no-preference")

    def goto(self, path):
        """Open a page of the portal; anything but 200 is a failure."""
        response = self.page.goto(f"{self.portal.url.rstrip('/')}{path}")
        assert response.status == 200, f"{path}: {response.status}"

    def sign_in(self, username):
        """Leave whoever was here and be one of the demo's people: signed in once, then by the session's cookies.

        A one-time code serves once in 30 seconds, so nobody signs in twice without need.
        """
        self.page.context.clear_cookies()
        kept = self.portal.__dict__.setdefault("signed_in", {})
        if username in kept:
            self.page.context.add_cookies(kept[username])
            self.goto("/ban-lam-viec/")
        if username not in kept or "/dang-nhap/" in self.page.url:
            self.sign_in_anew(username)
            kept[username] = self.page.context.cookies()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Bàn làm việc")

    def sign_in_anew(self, username, password=PASSWORD):
        """Type name and password, and the code that the demonstration shows in place of a phone."""
        self.goto("/dang-nhap/")
        self.page.get_by_label("Tên đăng nhập").fill(username)
        self.page.get_by_label("Mật khẩu").fill(password)
        self.page.get_by_role("button", name="Đăng nhập").click()
        self.page.wait_for_url(lambda url: not url.endswith("/dang-nhap/"))
        code = self.page.locator("[data-demo-code]")
        if code.count():
            self.page.get_by_label("Mã xác nhận").fill(code.inner_text())
            self.page.get_by_role("button", name="Xác nhận", exact=True).click()

    def press(self, name):
        """Press a button; whatever it asks is answered with yes."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name):
        """Follow a link."""
        self.page.get_by_role("link", name=name).first.click()

    def figure_of(self, target):
        """The numbers of a target's figure on the dashboard: both ends of a range, or one."""
        row = self.page.locator(".target").filter(
            has=self.page.get_by_role("heading", name=target, exact=True)
        )
        return [int(number) for number in re.findall(r"\d+", row.locator("a.figure-link").inner_text())]

    def job(self, day):
        """The block of the report job for that day (dd/mm/yyyy), among other jobs of this person."""
        return self.page.locator(".job").filter(has_text=f"đến ngày {day}")

    def sees(self, text):
        """The text stands on the page."""
        expect(self.page.locator("body")).to_contain_text(text)


class OnThePhone(Visitor):
    """A person at a phone."""

    def look(self, name):
        """As everywhere; then it is a phone again."""
        super().look(name)
        self.page.set_viewport_size(PHONE)

    def slow(self):
        """From now on the network is that of a village: about 3 Mbit/s, and 150 ms until anything answers."""
        self.page.context.new_cdp_session(self.page).send("Network.emulateNetworkConditions", SLOW)


@pytest.fixture(scope="session")
def mortal(tmp_path_factory):
    """A portal whose web server is killed, and whose drafts are handed in: nobody else's."""
    with Stack(tmp_path_factory.mktemp("mortal"), today="2024-10-15", durable=True) as stack:
        yield stack


@contextmanager
def phone_at(browser, portal, *, shots=False):
    """A phone of 360 px that people hand to one another; a broken script is a failure."""
    context = browser.new_context(locale="vi-VN", viewport=PHONE)
    page, trouble = context.new_page(), []
    page.on("dialog", lambda dialog: dialog.accept())
    page.on("pageerror", lambda error: trouble.append(str(error)))
    yield OnThePhone(page, portal, shots=shots)
    context.close()
    assert trouble == []


@pytest.fixture
def phone(browser, portal, pytestconfig):
    """A phone at the portal that all journeys share."""
    with phone_at(browser, portal, shots=pytestconfig.getoption("--shots")) as found:
        yield found


@pytest.fixture
def mortal_phone(browser, mortal, pytestconfig):
    """A phone at the portal that is killed."""
    with phone_at(browser, mortal, shots=pytestconfig.getoption("--shots")) as found:
        yield found


@pytest.fixture
def visitor(page, portal, pytestconfig):
    """A person whose browser reports every broken script and every refused resource."""
    trouble = []
    page.on("dialog", lambda dialog: dialog.accept())
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.on("console", lambda message: trouble.append(message.text) if message.type == "error" else None)
    yield Visitor(page, portal, shots=pytestconfig.getoption("--shots"))
    assert trouble == []
