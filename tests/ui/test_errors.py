"""Calm answers when something is wrong."""

import json
import logging

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError
from django.test import Client

from foundation.ui.logs import JsonFormatter

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.urls")]


@pytest.fixture
def calm():
    """A browser that sees error pages instead of exceptions."""
    return Client(raise_request_exception=False)


@pytest.fixture
def lines(caplog):
    """What the error log says, as the JSON that is written."""
    caplog.set_level(logging.ERROR, logger="portal.errors")

    def read():
        chosen = [record for record in caplog.records if record.name == "portal.errors"]
        return [json.loads(JsonFormatter().format(record)) for record in chosen]

    return read


@pytest.mark.parametrize("address", ["/mat-csdl/", "/mat-noi/"])
def test_a_missing_database_is_a_calm_503(calm, lines, django_assert_num_queries, address):
    with django_assert_num_queries(0):
        answer = calm.get(address)
    assert answer.status_code == 503
    assert answer["Retry-After"] == "5"
    assert "Cổng đang tạm nghỉ" in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
    (line,) = lines()
    assert line["request_id"] == answer["X-Request-ID"]
    assert line["path"] == address


def test_a_database_lost_inside_a_middleware_is_the_same_503(calm, monkeypatch, lines):
    def lost(self):
        raise OperationalError("could not connect")

    monkeypatch.setattr(SessionStore, "load", lost)
    calm.cookies["sessionid"] = "a" * 32
    answer = calm.get("/thanh-phan/")
    assert answer.status_code == 503
    assert len(lines()) == 1


def test_our_own_mistake_is_500_with_a_number_to_quote(calm, lines):
    answer = calm.get("/loi/", headers={"X-Request-ID": "abcd-1234"})
    assert answer.status_code == 500
    assert answer["X-Request-ID"] == "abcd-1234"
    assert "abcd-1234" in answer.content.decode()
    (line,) = lines()
    assert "a mistake of ours" in line["trace"]
    assert line["status"] == 500


def test_a_strange_request_id_is_replaced(calm):
    assert "<" not in calm.get("/loi/", headers={"X-Request-ID": "<script>"})["X-Request-ID"]


@pytest.mark.parametrize("query", ["a=%00", "%00=1", "q=ch%C3%A8%00"])
def test_null_bytes_in_the_address_are_400(calm, query):
    assert calm.get(f"/go/?{query}").status_code == 400


def test_null_bytes_in_a_form_are_400_and_the_same_without_is_read(calm):
    assert calm.post("/go/", {"ten": "ch\x00è"}).status_code == 400
    assert calm.post("/go/", {"ten": "chè"}).content.decode() == "chè"


@pytest.mark.parametrize(
    ("address", "status", "words"), [("/khong/", 404, "Không tìm thấy"), ("/cam/", 403, "chưa được")]
)
def test_other_refusals_are_calm_too(calm, address, status, words):
    answer = calm.get(address)
    assert answer.status_code == status
    assert words in answer.content.decode()


def test_a_form_without_its_token_gets_an_explanation():
    answer = Client(enforce_csrf_checks=True).post("/go/", {"ten": "x"})
    assert answer.status_code == 403
    assert "mở quá lâu" in answer.content.decode()


@pytest.mark.parametrize("address", ["/mat-csdl/", "/loi/", "/khong/", "/cam/"])
def test_error_pages_carry_the_security_policy(calm, address):
    assert "default-src 'none'" in calm.get(address)["Content-Security-Policy"]
