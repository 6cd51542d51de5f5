"""The measuring client against a small server of its own."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from bench import client
from launcher.report import Failure

FORM = (
    '<input type="hidden" name="csrfmiddlewaretoken" value="t"><input type="hidden" name="v-1.1" value="{}">'
)


class Site(BaseHTTPRequestHandler):
    """A form whose counter grows with each save, a page of one's own, an error."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    counter, seen, stuck = 0, [], False

    def do_GET(self):
        self.seen.append((self.path, self.client_address, self.headers.get("Cookie", "")))
        self.answer(500 if self.path == "/error/" else 200, FORM.format(Site.counter))

    def do_POST(self):
        fields = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.seen.append((self.path, fields, self.headers.get("HX-Request")))
        if self.path == "/sign-in/":
            self.answer(
                302 if fields["password"] == ["right"] else 200, "", ("Set-Cookie", "sessionid=s; Path=/")
            )
            return
        Site.counter += not Site.stuck and fields["v-1.1"] == [str(Site.counter)]
        self.answer(200, FORM.format(Site.counter))

    def answer(self, status, text, *headers):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *args):
        """Quiet."""


@pytest.fixture
def port(monkeypatch):
    monkeypatch.setattr(client, "LINES", {})
    Site.counter, Site.seen, Site.stuck = 0, [], False
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    for visitor in client.LINES.values():
        visitor.line.close()
    server.shutdown()
    thread.join()
    server.server_close()


def test_it_asks_again_and_again_on_one_connection_until_the_time_is_over(port):
    began = time.monotonic()
    taken = client.ask_for(client.Page(port, "/", {"sessionid": "s"}), began, 0.1)

    assert time.monotonic() - began >= 0.1
    assert len(taken) == len(Site.seen) > 1
    assert len({address for _, address, _ in Site.seen}) == 1
    assert Site.seen[0][2] == "sessionid=s"
    assert all(0 < one < 0.2 for one in taken)


def test_it_waits_for_the_common_start(port):
    start = time.monotonic() + 0.1
    client.ask_for(client.Page(port, "/"), start, 0.01)

    assert time.monotonic() >= start + 0.01


def test_a_save_sends_the_token_and_the_counter_of_the_last_answer(port):
    page = client.Page(port, "/save/", {}, "/form/", {"c-1.1": "a"}, "v-1.1")
    taken = client.ask_for(page, time.monotonic(), 0.05)

    assert Site.counter == len(taken) > 1
    path, fields, from_script = Site.seen[-1]
    assert (path, fields["csrfmiddlewaretoken"], fields["c-1.1"], from_script) == (
        "/save/",
        ["t"],
        ["a"],
        "true",
    )


def test_a_save_that_saved_nothing_is_a_failure(port):
    Site.stuck = True
    page = client.Page(port, "/save/", {}, "/form/", {"c-1.1": "a"}, "v-1.1")

    with pytest.raises(Failure, match="không lưu"):
        client.ask_for(page, time.monotonic(), 0.05)


def test_an_error_page_is_a_failure_however_fast_it_is(port):
    with pytest.raises(Failure, match="500"):
        client.ask_for(client.Page(port, "/error/"), time.monotonic(), 0.05)


def test_signing_in_keeps_the_cookie_and_a_wrong_password_is_a_failure(port):
    assert client.Visitor(port).sign_in("/sign-in/", "a", "right") == {"sessionid": "s"}
    with pytest.raises(Failure, match="không đăng nhập được"):
        client.Visitor(port).sign_in("/sign-in/", "a", "wrong")


def test_choices_are_grouped_by_their_question():
    text = (
        '<input type="radio" id="o-1" name="c-1.1" value="a"><input type="radio" id="o-2" name="c-1.1" value="b" '
        'checked><input type="radio" id="o-3" name="c-1.2" value="c">'
    )
    assert client.choices(text) == {"c-1.1": ["a", "b"], "c-1.2": ["c"]}
