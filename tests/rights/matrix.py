"""Every role at every route, every object and every method: what came out, and what it gave away."""

import contextlib
import copy
import gc
import io
import logging
import re
import time
import zipfile
from dataclasses import dataclass, field

import pypdfium2
from django.contrib.messages import constants
from django.db import connection, transaction
from django.template.base import Template
from django.test import Client
from django.test.utils import _TestState
from django.urls import reverse

from accounts.backends import PortalBackend
from tests.rights.canaries import canaries
from tests.rights.places import AWAY, routes
from tests.rights.reading import may_read
from tests.rights.registry import BODIES, PLACES
from tests.rights.registry_catalogue import COUNTED

ROLES = {
    "public": "Khách",
    "nobody": "Chưa có vai trò",
    "producer": "Chủ thể",
    "other_producer": "Chủ thể khác cùng xã",
    "commune_officer": "Cán bộ xã",
    "other_commune_officer": "Cán bộ xã khác",
    "district_officer": "Cán bộ huyện",
    "other_district_officer": "Cán bộ huyện khác",
    "province_officer": "Cán bộ tỉnh",
    "department_officer": "Cán bộ sở, ngành",
    "manager": "Lãnh đạo",
    "judge": "Ủy viên hội đồng",
    "other_judge": "Ủy viên hội đồng khác",
    "secretary": "Thư ký hội đồng",
    "chair": "Chủ tịch hội đồng",
    "administrator": "Quản trị",
}
SEEN, DONE, AGAIN, ELSEWHERE = "xem", "làm", "không hợp lệ", "chuyển trang"
DENIED, ABSENT, GONE, SIGN_IN, NO_METHOD = "403", "404", "410", "đăng nhập", "405"
CONFIRM = "xác nhận lại"
OTHERS = {
    201: DONE,
    400: AGAIN,
    403: DENIED,
    404: ABSENT,
    405: NO_METHOD,
    409: AGAIN,
    410: GONE,
    415: AGAIN,
    422: AGAIN,
}
WRITING = re.compile(r"^\s*(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)
OWN_BOOKS = {"django_session", "usersessions_usersession"}  # the session itself, and when it was last used
IN_SESSION = {"accounts:role_choice"}  # what this deed changes is the session
TRAIL = {"trail_entry", "trail_detail"}
# What a page that is looked at may write, and why.
BOOKS = {
    **{name: {"accounts_tries"} for name in COUNTED},  # how often an address asks
    "products:certificate": {"accounts_tries"},  # how often an address guesses a number that nobody gave out
    "products:certificate_file": {"accounts_tries"},
    "accounts:joining": TRAIL,  # a dead link was tried
    "entities:member_joining": TRAIL,
    "mfa_view_recovery_codes": {
        "mfa_authenticator"
    },  # shown once: the library fetches the page and marks them seen
}
ONE_TIME = re.compile(
    rb'(csrfmiddlewaretoken" value|csrf-token" content|nonce|data-options)="[^"]*"'
    rb"|data-secret>[^<]*<|<code>[0-9a-f]{32}</code>"
)
# Whether a method is answered stands on the view, and a fragment or HEAD asks for the same rows: these stand for all.
SAMPLE = {"public", "producer", "district_officer", "administrator"}
# They have their own page for numbers and links that nobody gave out.
OWN_MISSING = {
    "products:certificate",
    "products:certificate_file",
    "accounts:joining",
    "entities:member_joining",
}
FRAGMENT = {"HX-Request": "true"}
VIEWS = dict(routes())


@dataclass
class Finding:
    """What one role met: rows of the table, how many requests were made, what went wrong, what was read."""

    cells: dict = field(default_factory=dict)
    cases: int = 0
    faults: list = field(default_factory=list)
    read: set = field(default_factory=set)


def bare(body):
    """A page without what differs from one request to the next."""
    return ONE_TIME.sub(b"", body)


def content_of(response):
    """All that an answer says: its head, its body, what is packed inside a workbook, the text of a paper."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    head = " ".join(f"{name}: {value}" for name, value in response.items()).encode()
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            body = b"\n".join(archive.read(name) for name in archive.namelist())
    elif body.startswith(b"%PDF-"):
        body += printed(body)
    return body, head + b"\n" + body


def printed(body):
    """The text that a reader sees in a PDF; the short stand-ins of tests are no real ones."""
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError:
        return b""
    return "\n".join(page.get_textpage().get_text_range() for page in document).encode()


def outcome(response):
    """The cell of the table for this answer; None for what may never come out."""
    status = response.status_code
    if status in {301, 302}:
        if response["Location"].startswith("/dang-nhap/?"):  # with the way back
            return SIGN_IN
        if response["Location"].startswith("/xac-nhan-lai/"):
            return CONFIRM
        if response.wsgi_request.method in {"GET", "HEAD"}:
            return ELSEWHERE
        told = getattr(response.wsgi_request, "_messages", None)
        refused = any(message.level >= constants.ERROR for message in getattr(told, "_queued_messages", ()))
        return AGAIN if refused else DONE
    if status == 200:
        return (
            SEEN
            if response.wsgi_request.method in {"GET", "HEAD"}
            else DONE
            if is_fragment(response)
            else AGAIN
        )
    return OTHERS.get(status)


def is_fragment(response):
    """A deed that answers 200 with the part of the page that it changed."""
    return response.headers.get("Content-Type", "").startswith("application/json")


def sign_in(client, user):
    """As with the password and the second factor, this very moment: what asks for both again is open."""
    client.force_login(user)
    session = client.session
    now = {"method": "mfa", "at": time.time(), "reauthenticated": True}
    session["account_authentication_methods"] = [now]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


class Visitor:
    """One role at the portal; what a request changes is taken back at once."""

    def __init__(self, world, role):
        self.world, self.role, self.client = world, role, Client(raise_request_exception=False)
        if role != "public":
            sign_in(self.client, world.people[role])
        self.cookies = self.client.cookies.copy()
        self.allowed = may_read(role)
        self.found = Finding()
        self.missing = {}
        self.refused = set()  # routes whose other methods were tried
        self.again = set()  # routes that were asked for as a fragment, by whose object

    def ask(self, method, address, data=None, **headers):
        """One request inside a savepoint: the response and the tables that it wrote to."""
        written = []

        def watch(execute, sql, params, many, context):
            if match := WRITING.match(str(sql)):
                written.append(match[2])
            return execute(sql, params, many, context)

        self.client.cookies = self.cookies.copy()
        with transaction.atomic(), connection.execute_wrapper(watch):
            response = getattr(self.client, method.lower())(address, data, headers=headers)
            body, said = content_of(response)
            transaction.set_rollback(True)
        self.found.cases += 1
        return response, body, said, set(written)

    def visit(self, name, place, method, data=None, **headers):
        """One case: judge the answer, write down its cell."""
        address = reverse(name, args=place.args) + place.query
        response, body, said, written = self.ask(method, address, data, **headers)
        cell = outcome(response)
        written -= BOOKS.get(name, set()) | (OWN_BOOKS if name not in IN_SESSION else set())
        if cell == DONE and response.status_code == 302 and not written:
            cell = ELSEWHERE  # there was nothing to do
        where = f"{self.role} {method} {name} {place.label}"
        seen = canaries(said) - typed(data)
        self.found.read |= seen
        if cell is None:
            self.found.faults.append(f"{where}: status {response.status_code}")
        if leaked := seen - self.allowed:
            self.found.faults.append(f"{where}: reads {sorted(leaked)}")
        if (
            written and cell not in {DONE, AGAIN} and not hasattr(response, "taken")
        ):  # an export is written down
            self.found.faults.append(f"{where}: {cell}, yet writes {sorted(written)}")
        if cell == ABSENT and method != "HEAD":
            self.compare_missing(name, body, where)
        return cell

    def compare_missing(self, name, body, where):
        """T50: an object out of sight answers with the same bytes as one that does not exist."""
        if name in OWN_MISSING:
            return
        kind = "for machines" if name.startswith("products:api") else "for people"
        if bare(body) != self.missing.setdefault(kind, bare(body)):
            self.found.faults.append(f"{where}: its 404 differs from others")


def typed(data):
    """Canaries that the request itself carries come back legitimately."""
    return canaries(" ".join(map(str, (data or {}).values())).encode())


def cases_of(world, names=None):
    """(route, place, methods) for every route of the portal."""
    for name, view in VIEWS.items():
        if names is None or name in names:
            for place in PLACES[name](world):
                yield name, place, view.methods


def walk(world, role, names=None):
    """The role's whole column: every route, object and method."""
    visitor = Visitor(world, role)
    logging.disable(logging.WARNING)  # a line for each refusal would be thousands
    try:
        with unwatched_templates(), known_person(visitor):
            for name, place, methods in cases_of(world, names):
                visit_one(visitor, name, place, methods)
    finally:
        logging.disable(logging.NOTSET)
    return visitor.found


@contextlib.contextmanager
def unwatched_templates():
    """Tests keep a copy of the context of every template, for assertions that nobody makes here."""
    watched = Template._render
    Template._render = _TestState.saved_data.template_render
    try:
        yield
    finally:
        Template._render = watched


@contextlib.contextmanager
def known_person(visitor):
    """What a request changes is taken back, so the person with their roles is the same at every one: asked for once."""
    person, asked = visitor.world.people.get(visitor.role), PortalBackend.get_user
    if person is not None:
        person = PortalBackend().get_user(person.pk)
        person.charges  # noqa: B018 – kept from here on
        PortalBackend.get_user = lambda backend, key: (
            copy.copy(person) if key == person.pk else asked(backend, key)
        )
    thresholds = gc.get_threshold()
    gc.set_threshold(50_000, *thresholds[1:])
    try:
        yield
    finally:
        PortalBackend.get_user = asked
        gc.set_threshold(*thresholds)


def visit_one(visitor, name, place, methods):
    """GET, as page and as fragment, HEAD; POST; and methods that no page of the portal answers."""
    found = visitor.found
    if "GET" in methods:
        cell = found.cells[name, place.label, "GET"] = visitor.visit(name, place, "GET")
        if visitor.role in SAMPLE:
            ask_again(visitor, name, place, cell)
    if "POST" in methods:
        body = BODIES[name](visitor.world, place, visitor.role)
        found.cells[name, place.label, "POST"] = visitor.visit(name, place, "POST", body)
    if visitor.role in SAMPLE and name not in visitor.refused:
        visitor.refused.add(name)
        refuse_methods(visitor, name, place, methods)


def ask_again(visitor, name, place, cell):
    """The same page as a fragment and by HEAD: once where there is no object, once for what is somebody else's."""
    whose = place.label.partition("/")[0]
    if whose not in {"", AWAY} or (name, whose) in visitor.again:  # what is one's own has nothing to hide
        return
    visitor.again.add((name, whose))
    found = {"fragment": visitor.visit(name, place, "GET", **FRAGMENT)}
    if whose == AWAY:
        found["HEAD"] = visitor.visit(name, place, "HEAD")
    visitor.found.faults += [
        f"{visitor.role} {name} {place.label}: {cell}, yet {way} {other}"
        for way, other in found.items()
        if other != cell
    ]


def refuse_methods(visitor, name, place, methods):
    """T54: GET of a deed, PUT, DELETE and disguises are never carried out."""
    tries = [("PUT", {}), ("DELETE", {})]
    if "GET" not in methods:
        tries.append(("GET", {"X-HTTP-Method-Override": "POST"}))
    if "POST" not in methods:
        tries += [("POST", {}), ("POST", {"X-HTTP-Method-Override": "GET"})]
    for method, headers in tries:
        cell = visitor.visit(name, place, method, {"_method": "GET"} if method == "POST" else None, **headers)
        if cell not in {NO_METHOD, SIGN_IN}:
            visitor.found.faults.append(f"{visitor.role} {method} {name} {place.label}: {cell}, not 405")
