"""The server is killed in the middle of a sheet: acknowledged choices are there, the others follow by themselves."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.xdist_group("mortal")
PROJECT = Path(__file__).resolve().parents[2]
LAY_BEFORE = """
from evaluation.models import Council
from foundation.areas.models import Area
from tests.factories.evaluation import case_before
council = Council.objects.get(code="hd-349-2024")
print(case_before(council, area=Area.objects.get(code="13345")).code)
"""


@pytest.fixture
def case(mortal):
    """The code of a case before the demonstration's district council."""
    told = {
        **os.environ,
        **{k: v for k, v in mortal.told(owner=True, DATABASE_URL=mortal.owner_url).items() if v},
    }
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", LAY_BEFORE]
    done = subprocess.run(command, cwd=PROJECT, env=told, capture_output=True, text=True, check=True)
    return done.stdout.split()[-1]


def stored(mortal, case):
    """Criterion → box of the member's sheet, as the database holds them."""
    connection = psycopg2.connect(mortal.owner_url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "select k.code, coalesce(o.key, '') from evaluation_score s"
                " join evaluation_scoresheet h on h.id = s.sheet_id join evaluation_case c on c.id = h.case_id"
                " join evaluation_seat t on t.id = h.seat_id join accounts_user u on u.id = t.user_id"
                " join regimes_criterion k on k.id = s.criterion_id left join regimes_option o on o.id = s.option_id"
                " where c.code = %s and u.username = 'uyvien.huyen'",
                [case],
            )
            return dict(cursor.fetchall())
    finally:
        connection.close()


@pytest.mark.parametrize("rounds", [2, pytest.param(13, marks=pytest.mark.drill)])
def test_a_server_killed_in_the_middle_of_a_sheet_loses_no_choice(mortal_phone, mortal, case, rounds):
    phone = mortal_phone
    phone.sign_in("uyvien.huyen")
    phone.goto(f"/phien-danh-gia/{case}/phieu/")
    page, acknowledged = phone.page, {}
    state = page.locator("[data-state]")
    for _ in range(rounds):
        for _ in range(2):
            code = page.locator("[data-criterion]:visible").get_attribute("data-criterion")
            page.keyboard.press("1")
            acknowledged[code] = f"{code}:1"
            expect(page.locator(f"[data-goes-to='{code}']")).not_to_have_class("is-unsent")
            expect(state).to_contain_text("Đã lưu", timeout=20_000)
            page.keyboard.press("j")
        mortal.kill("web")
        assert set(acknowledged) <= set(stored(mortal, case))  # what was acknowledged is there
        code = page.locator("[data-criterion]:visible").get_attribute("data-criterion")
        page.keyboard.press("1")
        expect(page.locator("[data-alarm]")).to_be_visible(timeout=20_000)
        page.keyboard.press("j")
        mortal.start("web")
        mortal.wait_ready()
        expect(page.locator("[data-alarm]")).to_be_hidden(timeout=40_000)
        acknowledged[code] = f"{code}:1"
        assert set(acknowledged) <= set(stored(mortal, case))  # and what was not went out by itself
