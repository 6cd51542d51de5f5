"""T70, T71, T133 and the headers: every route of the URL table, signed in and not, with error pages, files and statics.

Links to cited sources are the only addresses of other hosts that a page may hold: plain ``<a href rel>`` that nothing
loads by itself.
"""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from foundation.ui.middleware import CalmErrors, SafeHeaders
from tests.rights.matrix import VIEWS, Visitor, cases_of, content_of
from tests.rights.places import MISSING, OWN, routes
from tests.rights.registry import BODIES
from tests.rights.table import FILE
from tests.test_promises import PUBLIC

pytestmark = pytest.mark.django_db
OURS = urlsplit(settings.PORTAL_URL).netloc
READERS = ("public", "producer", "chair", "manager")
FIXED = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
SILENT = {"area", "br", "img", "input", "link", "meta", "hr", "path"}
LOADING = {
    "src",
    "srcset",
    "href",
    "action",
    "formaction",
    "poster",
    "data",
    "hx-get",
    "hx-post",
    "xlink:href",
}


def policy(response):
    """The Content-Security-Policy as name → words."""
    parts = (part.split() for part in response.headers.get("Content-Security-Policy", "").split(";"))
    return {part[0]: part[1:] for part in parts if part}


class Reader(HTMLParser):
    """What a page holds that a browser would run or load."""

    def __init__(self, nonce):
        super().__init__()
        self.nonce, self.faults, self.hosts, self.inside = nonce, [], set(), ""

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.inside = tag
        if tag in {"script", "style"} or (tag == "link" and given.get("rel") == "stylesheet"):
            if not given.get("nonce") or given["nonce"] != self.nonce:
                self.faults.append(f"{tag} without the nonce of this answer")
            if tag == "script" and not given.get("src") and given.get("type") != "application/ld+json":
                self.faults.append("inline script")
        if tag in {"style", "base", "object", "embed", "iframe"}:
            self.faults.append(f"<{tag}>")
        self.faults += [f"{tag} {name}" for name in given if name == "style" or name.startswith("on")]
        for name in LOADING & set(given):
            self.judge(tag, name, given)

    def judge(self, tag, name, given):
        """An address: of this portal, or a plain link to a source."""
        value = (given[name] or "").strip()
        if re.match(r"(?i)(javascript|vbscript|data):", value):
            self.faults.append(f"{tag} {name}={value[:30]}")
        elif (host := urlsplit(value).netloc) and host != OURS and not self.is_source(tag, given):
            self.hosts.add(host)

    @staticmethod
    def is_source(tag, given):
        """A link that a person may follow, without telling where from."""
        return tag == "a" and {"noopener", "noreferrer", "external"} & set(given.get("rel", "").split())


def read(response, body):
    """Faults and foreign hosts of a page."""
    nonces = [word[7:-1] for word in policy(response).get("script-src", ()) if word.startswith("'nonce-")]
    reader = Reader(nonces[0] if nonces else None)
    reader.feed(body.decode())
    return reader


def judge(response, body):
    """Everything that is wrong with one answer, whatever it is."""
    faults = [f"{name}: {response.get(name)}" for name, value in FIXED.items() if response.get(name) != value]
    if "camera=()" not in response.get("Permissions-Policy", ""):
        faults.append("Permissions-Policy")
    rules = policy(response)
    text = response.get("Content-Security-Policy", "")
    if rules.get("frame-ancestors") != ["'none'"]:
        faults.append("frame-ancestors")
    if "unsafe" in text or "*" in text or "data:" in text:
        faults.append(f"loose policy: {text}")
    if "sandbox" not in rules:
        faults += policy_faults(rules)
    if "text/html" in response.get("Content-Type", ""):
        reader = read(response, body)
        faults += reader.faults + [f"host {host}" for host in reader.hosts]
    return faults


def policy_faults(rules):
    """What the policy of a page must say."""
    wanted = {"default-src": "'none'", "object-src": "'none'", "base-uri": "'none'", "form-action": "'self'"}
    found = [name for name, word in wanted.items() if rules.get(name, rules.get("default-src")) != [word]]
    for name in ("script-src", "style-src"):
        if any(not word.startswith("'nonce-") for word in rules.get(name, ["nothing"])):
            found.append(f"{name}: {rules.get(name)}")
    return found


@pytest.mark.parametrize("role", READERS)
def test_every_answer_has_its_headers_and_holds_nothing_foreign(world, role):
    visitor, faults = Visitor(world, role), []
    for name, place, methods in cases_of(world):
        if place.label.partition("/")[0] not in {"", OWN, MISSING}:
            continue  # foreign objects answer as missing ones do, byte by byte: the matrix
        method = "GET" if "GET" in methods else "POST"
        data = None if method == "GET" else BODIES[name](world, place, role)
        address = reverse(name, args=place.args) + place.query
        response, body, _, _ = visitor.ask(method, address, data)
        faults += [f"{name} {place.label} {response.status_code}: {fault}" for fault in judge(response, body)]
        signed_in = role != "public" and name not in PUBLIC and response.status_code == 200
        if signed_in and "no-store" not in response.get("Cache-Control", ""):
            faults.append(f"{name}: may be cached")
    assert faults == []


@pytest.mark.parametrize(
    ("address", "status", "headers"),
    [
        ("/khong-co-trang-nay/", 404, {}),
        ("/san-pham/?q=%00", 400, {}),
        ("/static/css/portal.css", 200, {}),
        ("/static/khong-co.css", 404, {}),
        ("/", 400, {"host": "evil.example"}),
        ("/ban-lam-viec/", 302, {}),
        ("/dang-xuat/", 302, {}),
    ],
)
def test_t71_error_pages_and_redirects_have_the_headers_too(client, address, status, headers):
    response = client.get(address, headers=headers)
    body = content_of(response)[0]

    if not address.startswith("/static/css"):  # whitenoise serves it where static files were collected
        assert response.status_code == status
    assert judge(response, body) == []


def test_t71_a_server_error_and_a_static_file_have_the_headers_too():
    for inner in (HttpResponse("body{}", content_type="text/css"), HttpResponse(status=500)):
        answer = SafeHeaders(CalmErrors(lambda request, inner=inner: inner))(RequestFactory().get("/"))
        assert {name: answer[name] for name in FIXED} == FIXED
    middleware = settings.MIDDLEWARE
    assert middleware[:2] == ["foundation.ui.middleware.SafeHeaders", "csp.middleware.CSPMiddleware"]


def test_a_nonce_is_used_once(client):
    first, second = (policy(client.get(reverse("home")))["script-src"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<script nonce="n" src="/a.js"></script>', None),
        ('<script src="/a.js"></script>', "script without the nonce of this answer"),
        ('<script nonce="n">x()</script>', "inline script"),
        ('<link rel="stylesheet" href="/a.css">', "link without the nonce of this answer"),
        ('<script nonce="n" type="application/ld+json">{}</script>', None),
        ("<p style='color:red'>", "p style"),
        ("<p onclick='x()'>", "p onclick"),
        ("<a href=' javascript:x()'>", "a href=javascript:x()"),
        ("<iframe src='/a'>", "<iframe>"),
    ],
)
def test_the_reader_finds_what_a_browser_would_run(html, fault):
    reader = Reader("n")
    reader.feed(html)
    assert reader.faults == ([fault] if fault else [])


def test_the_reader_knows_foreign_hosts_from_links_to_sources():
    reader = Reader("n")
    reader.feed('<a rel="noopener" href="https://bao.example/1">x</a><img src="//cdn.example/x.png">')
    assert reader.hosts == {"cdn.example"}


# ---------------------------------------------------------------- T70: forms and deeds from elsewhere

WRITING = sorted(name for name, view in VIEWS.items() if "POST" in view.methods)


def forged(world, role, name, **headers):
    """A form sent without this portal's own token, or from another place."""
    client = Client(enforce_csrf_checks=True)
    if role != "public":
        client.force_login(world.people[role])
    place = next(place for route, place, _ in cases_of(world, {name}))
    return client.post(reverse(name, args=place.args), BODIES[name](world, place, role), headers=headers)


@pytest.mark.parametrize("name", WRITING)
def test_t70_a_form_without_its_token_is_refused_with_a_helpful_page(world, name):
    response = forged(world, "public" if name in PUBLIC else "producer", name)

    assert response.status_code == 403
    assert "Trang đã mở quá lâu" in response.content.decode()
    assert "tải lại trang" in response.content.decode()


@pytest.mark.parametrize("name", WRITING)
def test_t70_a_form_from_another_place_is_refused_even_with_a_token(world, name):
    client = Client(enforce_csrf_checks=True)
    role = "public" if name in PUBLIC else "producer"
    if role != "public":
        client.force_login(world.people[role])
    page = client.get(reverse("account_login" if role == "public" else "desk"))
    token = re.search(r'csrf(?:middlewaretoken" value|-token" content)="([^"]+)"', page.content.decode())[1]
    place = next(place for route, place, _ in cases_of(world, {name}))
    body = BODIES[name](world, place, role) | {"csrfmiddlewaretoken": token}
    address = reverse(name, args=place.args)

    assert client.post(address, body, headers={"origin": "https://evil.example"}).status_code == 403
    assert client.post(address, body, headers={"origin": "null"}).status_code == 403
    same = client.post(address, body, headers={"origin": "http://testserver"})
    assert (
        "Trang đã mở quá lâu" not in same.content.decode()
    )  # the control: with token and origin it is heard


def test_no_view_is_exempt_from_the_token():
    assert [name for name, view in routes() if getattr(view, "csrf_exempt", False)] == []


# ---------------------------------------------------------------- T133: what is not there


def test_t133_no_seed_no_admin_no_debug_route():
    addresses = [str(pattern) for pattern in snapshot()]
    assert [a for a in addresses if re.search(r"admin|seed|debug|__|silk|metrics|graphql", a)] == []


def snapshot():
    """Every address as it is written in the table, with its name."""
    return re.findall(r"^## `(.+)`$", FILE.read_text(encoding="utf-8"), re.MULTILINE)


def test_t133_docs_rights_lists_exactly_the_routes_that_exist():
    assert sorted(snapshot()) == sorted(VIEWS)


@pytest.mark.parametrize(
    "address", ["/admin/", "/.git/config", "/.env", "/media/evidence/a.pdf", "/static/", "/seed/", "/debug/"]
)
def test_t133_nothing_answers_at_addresses_that_scanners_try(client, address):
    assert client.get(address).status_code == 404


def test_the_static_files_that_pages_name_exist(client):
    body = client.get(reverse("home")).content.decode()
    for url in set(re.findall(r'/static/([^"]+)"', body)):
        assert finders.find(url), url


def test_own_objects_are_what_the_producer_sees(world):
    """The control of the walk above: it does meet real pages."""
    visitor = Visitor(world, "producer")
    met = {
        name
        for name, place, methods in cases_of(world)
        if "GET" in methods
        and place.label.partition("/")[0] in {"", OWN}
        and visitor.ask("GET", reverse(name, args=place.args))[0].status_code == 200
    }
    assert met >= {
        "products:dossier",
        "products:evidence_file",
        "products:idea_photo",
        "desk",
        "products:certificate_file",
    }
