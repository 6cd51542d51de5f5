"""Fields that save themselves, on a phone: a killed server, a second tab, an expired sign-in lose nothing."""

import re

import psycopg2
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PASSWORD, faults

pytestmark = pytest.mark.xdist_group("mortal")
FORM = "/ho-so/hs-2024-0001/dang-ky/"


@pytest.fixture
def phone(mortal_phone):
    """The server of this one may be killed."""
    return mortal_phone


def stored(mortal, column):
    """What the database holds in that field of the draft."""
    connection = psycopg2.connect(mortal.owner_url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"select {column} from products_dossier where code = 'hs-2024-0001'")
            return cursor.fetchone()[0]
    finally:
        connection.close()


def note(page, name):
    """The sentence under a field."""
    return page.locator(f"[name={name}] + .save-state")


def open_form(phone):
    """The registration of the draft, as its producer."""
    phone.sign_in("chuthe.tracvan")
    phone.goto(FORM)
    return phone.page.locator("[name=capacity]")


@pytest.mark.parametrize("rounds", [2, pytest.param(15, marks=pytest.mark.drill)])
def test_a_killed_server_loses_nothing_that_was_acknowledged(phone, mortal, rounds):
    field = open_form(phone)
    for turn in range(rounds):
        field.fill(f"{turn}: 400 khay mỗi tháng")
        expect(note(phone.page, "capacity")).to_contain_text("Đã lưu", timeout=15_000)
        mortal.kill("web")
        assert stored(mortal, "capacity") == f"{turn}: 400 khay mỗi tháng"  # what was acknowledged is there
        field.fill(f"{turn}: 450 khay mỗi tháng")
        expect(note(phone.page, "capacity")).to_contain_text("chưa lưu", timeout=15_000)
        mortal.start("web")
        mortal.wait_ready()
        expect(note(phone.page, "capacity")).to_contain_text("Đã lưu", timeout=30_000)
        assert (
            stored(mortal, "capacity") == f"{turn}: 450 khay mỗi tháng"
        )  # and what was not went out by itself


def test_a_second_tab_is_asked_which_text_to_keep(phone, mortal):
    field = open_form(phone)
    second = phone.page.context.new_page()
    second.goto(f"{mortal.url}{FORM}")
    second.locator("[name=capacity]").fill("Bản của tab hai")
    expect(note(second, "capacity")).to_contain_text("Đã lưu", timeout=15_000)

    field.fill("Bản của tab một")

    expect(phone.page.locator(".field-clash")).to_contain_text("Bản của tab hai", timeout=15_000)
    assert stored(mortal, "capacity") == "Bản của tab hai"
    expect(field).to_have_value("Bản của tab một")
    assert faults(phone.page) == []
    phone.press("Giữ nội dung của tôi")
    expect(note(phone.page, "capacity")).to_contain_text("Đã lưu", timeout=15_000)
    assert stored(mortal, "capacity") == "Bản của tab một"


def test_an_expired_sign_in_keeps_the_text_and_sends_it_after_signing_in(phone, mortal):
    field = open_form(phone)
    before = stored(mortal, "capacity")
    phone.page.context.clear_cookies(name=re.compile("session"))
    mortal.__dict__["signed_in"].pop("chuthe.tracvan")

    field.fill("Gõ khi phiên đã hết")

    expect(note(phone.page, "capacity")).to_contain_text("Phiên đăng nhập đã hết", timeout=15_000)
    assert stored(mortal, "capacity") == before
    phone.page.get_by_role("link", name="Đăng nhập lại").click()
    phone.page.get_by_label("Tên đăng nhập").fill("chuthe.tracvan")
    phone.page.get_by_label("Mật khẩu").fill(PASSWORD)
    phone.page.get_by_role("button", name="Đăng nhập").click()
    phone.page.wait_for_url(f"**{FORM}")
    expect(note(phone.page, "capacity")).to_contain_text("Đã lưu", timeout=15_000)
    assert stored(mortal, "capacity") == "Gõ khi phiên đã hết"
