"""A browser without pictures: one connection kept alive, cookies, forms. Standard library only."""

import http.client
import re
import signal
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from launcher.report import Failure

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
CHOICE = re.compile(r'<input type="radio"[^>]* name="(c-[^"]+)" value="([^"]+)"')
CODE = re.compile(r"data-demo-code>(\d+)<")
TIME_LIMIT = 30  # seconds for one answer


@dataclass(frozen=True)
class Page:
    """What one client asks for again and again.

    form       where the form stands whose fields are sent; empty: the page is only read
    fields     what is typed into it
    counter    a hidden field that grows by one with every save, as the version of a choice does
    """

    port: int
    path: str
    cookies: dict = field(default_factory=dict)
    form: str = ""
    fields: dict = field(default_factory=dict)
    counter: str = ""
    expected: int = 200


class Visitor:
    """A person at a site of this machine."""

    def __init__(self, port, cookies=None):
        self.line = http.client.HTTPConnection("localhost", port, timeout=TIME_LIMIT)
        self.cookies = dict(cookies or {})

    def ask(self, path, fields=None, **headers):
        """Get the page, or send the fields to it: status and text."""
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        body = None if fields is None else urlencode(fields)
        self.line.request("GET" if fields is None else "POST", path, body, headers)
        answer = self.line.getresponse()
        text = answer.read().decode("utf-8")
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        return answer.status, text

    def page(self, path):
        """The text of a page that must be there."""
        status, text = self.ask(path)
        if status != 200:
            raise Failure(f"{path} trả lời {status}.", "Xem nhật ký của máy chủ web.")
        return text

    def sign_in(self, path, username, password):
        """Sign in through the form at this address; the cookies that prove it."""
        fields = hidden(self.page(path)) | {"username": username, "password": password}
        if self.ask(path, fields)[0] != 302:
            raise Failure(f"{username} không đăng nhập được ở {path}.", "Xem nhật ký của máy chủ web.")
        self.confirm(f"{path}ma/")
        return self.cookies

    def confirm(self, path):
        """The one-time code that a demonstration shows to whoever needs one; the others have no such page."""
        status, text = self.ask(path)
        if status == 200 and (code := CODE.search(text)):
            self.ask(path, hidden(text) | {"code": code[1]})


def hidden(text):
    """The hidden fields of a page's forms."""
    return dict(HIDDEN.findall(text))


def choices(text):
    """The boxes of a page's questions: name of the question → values."""
    found = {}
    for name, value in CHOICE.findall(text):
        found.setdefault(name, []).append(value)
    return found


LINES = {}  # one visitor per site and process


def ignore_interrupts():
    """The person's Ctrl-C is for the launcher, which then ends its clients."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def ask_for(page, start, seconds):
    """Ask for the page from ``start`` (monotonic clock) on for so long, one request after another.

    Returns how long each took, in seconds. An unexpected answer is a Failure: a fast error page is no result.
    """
    visitor = LINES.setdefault(page.port, Visitor(page.port))
    visitor.line.close()  # the server hangs up on a line that was silent too long
    visitor.line.connect()
    visitor.cookies = dict(page.cookies)
    fields, headers = None, {}
    if page.form:
        fields = hidden(visitor.page(page.form)) | page.fields
        headers = {"HX-Request": "true"} if page.counter else {}
    time.sleep(max(start - time.monotonic(), 0))
    taken, end = [], start + seconds
    while (begun := time.monotonic()) < end:
        status, text = visitor.ask(page.path, fields, **headers)
        taken.append(time.monotonic() - begun)
        if status != page.expected:
            raise Failure(f"{page.path} trả lời {status}.", "Xem nhật ký của máy chủ web.")
        if page.counter:
            fields[page.counter] = grown(text, page, fields)
    return taken


def grown(text, page, fields):
    """The counter after a save; a Failure when nothing was saved."""
    now, before = hidden(text).get(page.counter), int(fields[page.counter])
    if now != str(before + 1):
        raise Failure(
            f"{page.path} không lưu: {page.counter} là {now}, không phải {before + 1}.", "Xem trang đó."
        )
    return now
