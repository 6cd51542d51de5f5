"""Database or broker away: a calm page, nothing lost, and recovery by itself."""

import http.client
import time
import urllib.error
import urllib.request

import psycopg2
import pytest

from launcher.stack import Stack

pytestmark = pytest.mark.xdist_group("outage")


@pytest.fixture(scope="module")
def fragile(tmp_path_factory):
    """A portal with servers of its own, which may be stopped."""
    with Stack(tmp_path_factory.mktemp("fragile"), today="2024-10-15", durable=False) as stack:
        yield stack


def get(stack, path):
    """Status, headers and text of a page."""
    request = urllib.request.Request(f"{stack.url.rstrip('/')}{path}")
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers, refusal.read().decode()


def until(true, seconds=30):
    """Wait until the question is answered with yes."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if true():
                return True
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.3)
    return False


def test_without_its_database_the_portal_says_so_calmly_and_recovers_by_itself(fragile):
    assert get(fragile, "/")[0] == 200
    fragile.stop("postgres")

    status, headers, page = get(fragile, "/san-pham/")

    assert status == 503
    assert headers["Retry-After"]
    assert "Cổng đang tạm nghỉ" in page
    assert "Traceback" not in page
    fragile.start("postgres")
    assert until(lambda: get(fragile, "/san-pham/")[0] == 200)


def test_without_its_broker_pages_work_and_an_asked_report_is_written_when_it_is_back(fragile):
    fragile.stop("broker")
    assert get(fragile, "/")[0] == 200
    connection = psycopg2.connect(fragile.owner_url)
    with connection, connection.cursor() as cursor:
        cursor.execute("select id, area_id from targets_yearplan where year = 2024")
        plan, area = cursor.fetchone()
        cursor.execute(
            "insert into jobs_job (code, work, title, arguments, state, progress, message, result_url, attempts)"
            " values (gen_random_uuid(), 'targets.works.write_report', 'Báo cáo khi mất hàng đợi',"
            " jsonb_build_object('plan_id', %s, 'area_id', %s, 'as_of', '2024-10-13', 'period', ''),"
            " 'queued', 0, '', '', 0)",
            [plan, area],
        )
    fragile.start("broker")

    def written():
        with connection, connection.cursor() as cursor:
            cursor.execute("select count(*) from targets_progressreport where as_of = '2024-10-13'")
            return cursor.fetchone()[0] == 1

    assert until(written, seconds=90)
    connection.close()
