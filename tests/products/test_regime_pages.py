"""Everybody can read which law applied when, from where we know it, and how two periods differ."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from foundation import clock
from foundation.regimes.models import Regime

pytestmark = pytest.mark.django_db


@pytest.fixture
def visitor(law):
    return Client()


def text(client, name, *args, query=""):
    response = client.get(reverse(f"products:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_all_periods_are_listed_and_those_that_take_dossiers_marked(visitor, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: dt.date(2026, 6, 1))
    page = text(visitor, "regimes")
    assert page.count("Đang nhận hồ sơ") == 2
    assert page.count("Chỉ để tra cứu") == 1
    assert "sửa đổi bởi Quyết định 1489/QĐ-TTg" in page


@pytest.mark.parametrize("regime", ["qd148-2023", "qd148-2025", "qd26-2026", "qd781-2020"])
def test_every_rule_says_where_it_was_read_and_how_sure_we_are(visitor, regime):
    page = text(visitor, "regime", regime)
    process = Regime.objects.get(pk=regime).process
    for words in ("Hạng sao", "Cấp đánh giá, công nhận", "Thành phần hồ sơ", "Bộ tiêu chí"):
        assert words in page
    assert ("căn cứ thu hồi" in page) == bool(process.revocation_grounds)
    assert "Đã đọc trong nguồn" in page
    if regime != "qd26-2026":
        assert "Không thấy trong nguồn" in page


def test_what_was_recalled_only_is_said_to_be(visitor):
    page = text(visitor, "regime", "qd148-2023")
    assert "Nhớ lại, chưa đối chiếu" in page
    assert "Cấp huyện: công nhận theo kết quả của cấp trên" in page
    assert "thuvienphapluat.vn" in page


def test_a_law_in_use_says_so(visitor):
    assert "không sửa được nữa" not in text(visitor, "regime", "qd148-2023")
    Regime.objects.get(pk="qd148-2023").mark_used()
    assert "không sửa được nữa" in text(visitor, "regime", "qd148-2023")


def test_two_periods_are_compared_by_process_and_by_set(visitor):
    page = text(visitor, "regime_comparison", "qd148-2023", "qd148-2025")
    assert "facts › intake_level › value" in page
    assert "<td>district</td><td>commune</td>" in page
    same = text(visitor, "regime_comparison", "qd148-2023", "qd148-2025", query="?bo=22-vai-may-mac")
    assert "Không có gì khác nhau" in same
    differs = text(visitor, "regime_comparison", "qd148-2025", "qd26-2026", query="?bo=22-vai-may-mac")
    assert "3.6" in differs


def test_of_too_many_differences_the_rest_is_counted(visitor, monkeypatch):
    monkeypatch.setattr("products.views.regimes.MOST", 5)
    assert "chỗ khác, không hiện ở đây" in text(visitor, "regime_comparison", "qd148-2023", "qd26-2026")


@pytest.mark.parametrize("address", ["/quy-dinh/qd9-1999/", "/quy-dinh/qd148-2023/so-voi/qd9-1999/",
                                     "/quy-dinh/qd148-2023/so-voi/qd26-2026/?bo=khong-co"])  # fmt: skip
def test_what_is_not_there_is_not_found(visitor, address):
    assert visitor.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "args", "most"),
    [
        ("regimes", (), 4),
        ("regime", ("qd26-2026",), 5),
        ("regime_comparison", ("qd148-2023", "qd26-2026"), 5),
    ],
)
def test_pages_ask_the_database_little(visitor, django_assert_max_num_queries, name, args, most):
    with django_assert_max_num_queries(most):
        text(visitor, name, *args)
