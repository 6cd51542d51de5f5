"""Lists: filters, pages, fragments, exports."""

import copy
import datetime as dt
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.urls")]
WHEN = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def our_templates(settings):
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(Path(__file__).parent / "templates")
    settings.TEMPLATES = templates


@pytest.fixture
def sessions():
    keys = [f"{letter}{number:02}" for letter in "ab" for number in range(13)]
    Session.objects.bulk_create(Session(session_key=key, session_data="", expire_date=WHEN) for key in keys)
    return keys


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ("2", 2),
        ("1000000000", 3),
        ("9" * 5000, 1),
        ("-1", 1),
        ("0", 1),
        ("NaN", 1),
        ("", 1),
        ("1e3", 1),
        ("²", 1),
    ],
)
def test_pages_are_clamped(client, sessions, asked, shown):
    page = client.get("/ds/", {"trang": asked}).context["page"]
    assert (page.number, page.paginator.num_pages) == (shown, 3)


def test_search_filter_and_sort_narrow_together(client, sessions):
    answer = client.get("/ds/", {"q": "1", "starts": "b", "sx": "-ma"})
    assert [row.session_key for row in answer.context["page"]] == ["b12", "b11", "b10", "b01"]
    assert "<strong>4</strong> phiên" in answer.content.decode()


@pytest.mark.parametrize("wrong", [{"starts": "x' or 1=1"}, {"sx": "password"}, {"q": "a" * 200}])
def test_unreadable_filters_narrow_nothing(client, sessions, wrong):
    assert client.get("/ds/", wrong).context["page"].paginator.count == len(sessions)


@pytest.mark.parametrize(("query", "opens"), [("?q=a0", False), ("?starts=a", True), ("", False)])
def test_further_filters_stand_open_on_a_phone_only_when_one_is_set(client, sessions, query, opens):
    html = client.get(f"/ds/{query}").content.decode()
    assert ('<details class="filters-toggle" open>' in html) is opens


def test_pages_keep_the_filters_in_their_links(client, sessions):
    assert "?q=1&amp;sx=-ma&amp;trang=2" not in client.get("/ds/", {"q": "1"}).content.decode()
    assert "?sx=-ma&amp;trang=2" in client.get("/ds/", {"sx": "-ma"}).content.decode()


@pytest.mark.parametrize(
    ("headers", "whole"),
    [
        ({}, True),
        ({"HX-Request": "true"}, False),
        ({"HX-Request": "true", "HX-Boosted": "true"}, True),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, True),
    ],
)
def test_htmx_gets_the_rows_and_everybody_else_the_page(client, sessions, headers, whole):
    answer = client.get("/ds/", headers=headers)
    assert ("<html" in answer.content.decode()) is whole
    assert "HX-Request" in answer["Vary"]


@pytest.mark.parametrize(("kind", "start"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK")])
def test_the_export_holds_exactly_what_is_shown(client, sessions, kind, start):
    answer = client.get("/ds/", {"starts": "b", "tep": kind, "trang": "2"})
    content = b"".join(answer.streaming_content)
    assert content.startswith(start)
    if kind == "csv":
        assert content.decode("utf-8-sig").split() == [
            "Mã",
            *[key for key in sessions if key.startswith("b")],
        ]


def test_an_unknown_export_is_the_page(client, sessions):
    assert "<html" in client.get("/ds/", {"tep": "exe"}).content.decode()


def test_an_empty_list_says_so_and_a_narrowed_one_says_how_to_widen(client):
    assert "Chưa có mục nào." in client.get("/ds/").content.decode()
    assert "Không có mục nào khớp" in client.get("/ds/", {"q": "zz"}).content.decode()


def test_a_list_asks_the_same_number_of_queries_for_one_row_and_for_many(
    client, sessions, django_assert_num_queries
):
    with django_assert_num_queries(2):
        client.get("/ds/")
    Session.objects.exclude(session_key="a00").delete()
    with django_assert_num_queries(2):
        client.get("/ds/")


def test_a_head_sorts_turns_round_and_says_which_way(client, sessions):
    first = client.get("/ds/", {"q": "1", "trang": "1"}).content.decode()
    assert 'aria-sort="ascending"' in first
    assert 'href="?q=1&amp;sx=-ma"' in first
    turned = client.get("/ds/", {"sx": "-ma"}).content.decode()
    assert 'aria-sort="descending"' in turned
    assert 'href="?sx=ma"' in turned


def test_a_head_that_the_filter_does_not_know_is_plain(client, sessions):
    assert '<th scope="col">Khác</th>' in client.get("/ds/").content.decode()
