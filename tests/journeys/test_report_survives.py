"""The worker is killed while it writes a report: the report is there once, soon after the worker is back."""

import re
import time

import psycopg2
import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.xdist_group("portal")

SECONDS_TO_COME_BACK = 45
DAY = "14/10/2024"


def ask(portal, sql):
    """One value from the portal's database, read as its owner."""
    connection = psycopg2.connect(portal.owner_url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0]
    finally:
        connection.close()


def reports(portal):
    """How many reports of this test's day there are."""
    return ask(portal, "select count(*) from targets_progressreport where as_of = '2024-10-14'")


def begin_a_report(visitor):
    """A person asks for a report and sees it begin; returns when the worker is in the middle of it."""
    visitor.sign_in("lanhdao")
    visitor.goto("/bao-cao/lap/")
    visitor.page.get_by_label("Số liệu đến hết ngày").fill("2024-10-14")
    visitor.press("Lập báo cáo")
    progress = visitor.job(DAY).locator("progress")
    expect(progress).to_have_attribute("value", re.compile("[1-9]"), timeout=20_000)


def test_a_report_is_written_once_although_its_worker_is_killed(visitor, portal):
    begin_a_report(visitor)
    portal.kill("worker")
    assert reports(portal) == 0
    portal.start("worker")
    back = time.monotonic()

    result = visitor.job(DAY).get_by_role("link", name="Mở kết quả")
    expect(result).to_be_visible(timeout=SECONDS_TO_COME_BACK * 1000)

    assert time.monotonic() - back < SECONDS_TO_COME_BACK
    assert reports(portal) == 1
