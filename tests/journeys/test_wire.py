"""T98 and T90 against the real portal: smuggled requests by raw sockets, and a browser that counts refused scripts."""

import socket
from urllib.parse import urlsplit

import pytest

from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.xdist_group("portal")
PAYLOAD = '<img src=x onerror="window.broken=1"><script>window.broken=1</script>'
COUNT = """
window.refused = [];
const note = found => window.refused.push(found.violatedDirective);
document.addEventListener("securitypolicyviolation", note);
"""
SMUGGLED = "GET /khong-co-smuggled/ HTTP/1.1\r\nHost: {host}\r\n\r\n"
HEADS = {
    "two lengths": "Content-Length: 5\r\nContent-Length: 60\r\n",
    "length and chunks": "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
    "two encodings": "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
    "hidden encoding": "Transfer-Encoding: xchunked\r\n",
    "spaced name": "Transfer-Encoding : chunked\r\n",
    "no number": "Content-Length: abc\r\n",
    "negative": "Content-Length: -1\r\n",
    "plus sign": "Content-Length: +5\r\n",
    "folded": "Content-Length: 5\r\n Transfer-Encoding: chunked\r\n",
    "bare line feed": "Content-Length: 5\nTransfer-Encoding: chunked\r\n",
}


def exchange(portal, text):
    """All that the server says until it closes or falls silent."""
    parts = urlsplit(portal.url)
    answer = b""
    with socket.create_connection((parts.hostname, parts.port), 5) as line:
        line.sendall(text.replace("{host}", parts.netloc).encode())
        line.settimeout(2)
        try:
            while piece := line.recv(65536):
                answer += piece
        except (TimeoutError, ConnectionResetError):
            pass
    return answer


@pytest.mark.parametrize("name", HEADS)
def test_t98_conflicting_lengths_are_refused_or_the_line_is_closed(portal, name):
    """Either 400 and an end, or one answer: what hides in the body is never heard as a request of its own."""
    body = "0\r\n\r\n" + SMUGGLED
    answer = exchange(portal, f"POST /dang-nhap/ HTTP/1.1\r\nHost: {{host}}\r\n{HEADS[name]}\r\n{body}")

    statuses = [line.split()[1] for line in answer.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")]
    assert statuses in ([], [b"400"]) or (
        len(statuses) == 1 and statuses[0] in {b"403", b"400", b"411", b"501"}
    )


HONEST = "GET /healthz HTTP/1.1\r\nHost: {host}\r\n\r\n"
LAST = "GET /khong-co-smuggled/ HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"


def test_t98_two_requests_sent_honestly_get_two_answers(portal):
    """The control: the server does read a second request from the same line."""
    assert exchange(portal, HONEST + LAST).count(b"HTTP/1.1 ") == 2


@pytest.fixture
def watched(context, portal):
    """A person whose browser counts what its policy refuses."""
    context.add_init_script(COUNT)
    return Visitor(context.new_page(), portal)


def test_t90_a_stored_script_is_text_in_a_real_browser_and_no_rule_is_ever_broken(watched):
    watched.sign_in("chuthe.tracvan")
    watched.goto("/y-tuong/moi/")
    page = watched.page
    page.get_by_label("Tên sản phẩm").fill(PAYLOAD)
    page.get_by_label("Mô tả").fill(PAYLOAD)
    page.get_by_label("Sản phẩm mới").check()
    page.locator("select[name=criteria_set]").select_option(index=1)
    page.get_by_role("button", name="Lưu ý tưởng").click()
    page.wait_for_url("**/y-tuong/yt-*/")

    for path in (urlsplit(page.url).path, "/y-tuong/", "/ban-lam-viec/", "/", "/san-pham/"):
        watched.goto(path)
        assert page.evaluate("[window.refused, window.broken]") == [[], None], path
    watched.goto("/y-tuong/")
    assert PAYLOAD in page.inner_text("body")


def test_t90_a_script_without_the_nonce_is_refused_and_counted(watched):
    """The control: the policy is in force in this browser."""
    watched.goto("/")
    page = watched.page
    page.evaluate(
        """() => { const s = document.createElement("script"); s.textContent = "window.broken = 1";
        document.body.append(s);
        document.body.insertAdjacentHTML("beforeend", "<p style='color:red' onclick='x()'>"); }"""
    )
    page.wait_for_function("window.refused.length > 0")

    assert page.evaluate("window.broken") is None
