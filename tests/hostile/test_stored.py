"""T90 and T95: what people type is shown as text wherever it stands, and no address that they type is ever fetched."""

import io
import socketserver
import threading
from contextlib import ExitStack
from html.parser import HTMLParser

import pypdfium2
import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from foundation.ui.exports import Sheet, write_xlsx
from products import papers
from products.models import Certificate
from targets import papers as report_papers
from tests.factories.products import opened
from tests.rights.matrix import Visitor, cases_of
from tests.rights.places import OWN
from tests.test_promises import OUR_MODELS

pytestmark = pytest.mark.django_db
MARK = "zz9"
PAYLOADS = [
    f"<{MARK} onload=alert(1)>",
    f'"><{MARK} x="',
    f"'><{MARK} x='",
    f"</title></textarea></script><{MARK}>",
    f"{{{{ {MARK} }}}}<{MARK}>",
    f"<img src=x onerror=alert(1)><{MARK}>",
    f"javascript:alert(1)//<{MARK}>",
]
FIXED = {  # columns that only the portal itself fills
    *(
        "code",
        "status",
        "kind",
        "level",
        "industry",
        "set_code",
        "content_type",
        "sha256",
        "password",
        "username",
    ),
    *("product_code", "result_url", "work", "state", "effect_key", "gates_on", "knockout_by", "application"),
    *("section", "state", "step"),
    *("province_part", "link", "topic", "evidence_type", "importer"),
}
READERS = ("public", "producer", "district_officer", "judge", "chair", "manager")
# Attributes that a browser follows; elsewhere an address is text.
FOLLOWED = {
    "href",
    "src",
    "srcset",
    "action",
    "formaction",
    "data",
    "poster",
    "hx-get",
    "hx-post",
    "xlink:href",
}


class Elements(HTMLParser):
    """What a browser would make of a page: the elements, and attributes that our own pages never have."""

    def __init__(self):
        super().__init__()
        self.foreign, self.text = [], []

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if tag == MARK or any(name.startswith("on") or MARK in name for name in names):
            self.foreign.append((tag, names))
        self.foreign += [
            (tag, name)
            for name, value in attrs
            if name in FOLLOWED and (value or "").strip().startswith("javascript:")
        ]

    def handle_data(self, data):
        self.text.append(data)


def poison(world, payload):
    """The payload in every text of the producer's records, whatever the forms would let through."""
    tenant = world.tenants[OWN]
    records = [
        tenant.entity,
        *tenant.ideas.values(),
        *tenant.dossiers.values(),
        *tenant.evidence.values(),
        world.village,
        world.event,
    ]
    records += [dossier.product for dossier in tenant.dossiers.values()]
    records += [tenant.rated.product, tenant.rated.decision, world.councils["own"], *world.jobs.values()]
    records += [world.people[role] for role in READERS if role != "public"]
    with ExitStack() as stack:
        for dossier in {*tenant.dossiers.values(), *(row.dossier for row in tenant.evidence.values())}:
            stack.enter_context(opened(dossier))  # what was handed in is closed, in the database too
        for record in records + supported(world.support) + described(world.producers) + planned(world.plans):
            for field in texts(type(record)):
                value = (
                    f"{payload[: (field.max_length or 999) - 6]}{record.pk}"  # two ideas may not share a name
                )
                type(record).objects.filter(pk=record.pk).update(**{field.name: value})


def supported(support):
    """What officers and the producer wrote down about support, and what everybody signed in reads of it."""
    one = [getattr(support, kind)[OWN] for kind in ("channels", "strengthenings", "grants")]
    several = [*support.visits[OWN].values(), *support.actions[OWN].values(), *support.photos.values()]
    guidance = [support.guide, support.guide.current, support.guide.items.first(), support.sample]
    return [*one, *several, *guidance, support.policy, support.recognised]


def planned(plans):
    """What stands in screening lists, plans, facts, returns and stories."""
    kinds = (plans.potentials, plans.plans, plans.lines, plans.milestones)
    several = [row for kind in kinds for row in kind[OWN].values()]
    several += [part for plan in plans.plans[OWN].values() for part in plan.parts.all()]
    return [*several, *(kind[OWN] for kind in (plans.products, plans.facts, plans.returns, plans.stories))]


def described(producers):
    """What stands on the pages of producers, sign-ups and imports."""
    several = (kind[OWN] for kind in (producers.photos, producers.known_photos, producers.known))
    people = [producers.members[OWN].user, producers.invitations[OWN]]
    run = producers.runs[OWN]["ready"]
    spells = producers.known[OWN].spells.all()
    return [*several, *people, *producers.signups[OWN].values(), run, run.rows.first(), *spells]


def texts(model):
    """Fields that hold what people typed."""
    kinds = {"CharField", "TextField"}
    return [
        field
        for field in model._meta.fields
        if field.get_internal_type() in kinds
        and field.name not in FIXED
        and not field.choices
        and not field.unique
    ]


def shown(world, role):
    """Pages on which something foreign became an element, and how many showed the payload as text."""
    visitor, broken, seen = Visitor(world, role), [], 0
    for name, place, methods in cases_of(world):
        if "GET" in methods and place.label.partition("/")[0] in {"", OWN}:
            response, body, _, _ = visitor.ask("GET", reverse(name, args=place.args) + place.query)
            if "text/html" in response.get("Content-Type", ""):
                page = Elements()
                page.feed(body.decode())
                broken += [(name, place.label, found) for found in page.foreign]
                seen += MARK in "".join(page.text)
    return broken, seen


@pytest.mark.parametrize("payload", PAYLOADS[:2])
def test_t90_what_people_typed_is_shown_as_text(world, payload):
    poison(world, payload)
    results = {role: shown(world, role) for role in ("public", "producer", "chair")}

    assert {role: broken for role, (broken, _) in results.items() if broken} == {}
    assert all(seen > 2 for _, seen in results.values())


@pytest.mark.drill
@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_t90_every_payload_is_shown_as_text_to_every_reader(world, payload, role):
    poison(world, payload)

    assert shown(world, role)[0] == []


def test_t90_a_page_that_does_not_escape_would_be_seen():
    """The control."""
    page = Elements()
    page.feed(f"<p>{PAYLOADS[0]}</p><a href=' javascript:x()'>x</a>")
    assert len(page.foreign) == 2


@pytest.mark.parametrize("payload", PAYLOADS)
def test_t90_exports_hold_it_as_a_text_cell(payload):
    file = io.BytesIO()
    write_xlsx(Sheet("a", [payload], [[payload]], title=payload), file)
    file.seek(0)
    rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()

    assert rows[0] == rows[3] == [payload]


def test_t90_models_of_ours_have_their_texts_poisoned():
    assert {model.__name__ for model in OUR_MODELS if texts(model)} >= {
        "Entity",
        "Idea",
        "Dossier",
        "Evidence",
        "Council",
        "Event",
    }


# ---------------------------------------------------------------- T95


class Listener(socketserver.BaseRequestHandler):
    """Somebody who waits to be called."""

    def handle(self):
        self.server.calls.append(self.client_address)


@pytest.fixture
def trap():
    """A server on this machine that counts who connects; its address."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Listener) as server:
        server.calls = []
        threading.Thread(target=server.serve_forever, daemon=True).start()
        server.address = f"http://127.0.0.1:{server.server_address[1]}/x.png"
        yield server
        server.shutdown()


def lures(address):
    """Ways by which a renderer may be made to fetch."""
    return [
        address,
        f'<img src="{address}">',
        f'#image("{address}")',
        f'#read("{address}")',
        f'#link("{address}")[x]',
        f"![x]({address})",
        f'"); #import "{address}',
        '#read("/etc/passwd")',
    ]


def test_t95_no_page_paper_or_workbook_fetches_an_address_that_somebody_typed(world, trap):
    for lure in lures(trap.address):
        poison(world, lure)
        assert "root:" not in certificate_text(world)
        report = world.reports[OWN]
        report_papers.workbook(report.figures, digest=lure, code=lure)
    assert shown(world, "producer")[0] == []
    assert trap.calls == []


def certificate_text(world):
    """What a reader sees on the certificate, set anew from what the records say now."""
    tenant = world.tenants[OWN]
    certificate = Certificate.objects.for_check().get(pk=tenant.rated.certificate.pk)
    certificate.rating.dossier = tenant.dossiers["rated"]
    return printed(papers.certificate_paper(certificate)[0].read())


def printed(content):
    """The text of a paper."""
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def test_t95_the_certificate_prints_the_lure_as_text(world, trap):
    """The control: the text does reach the paper."""
    poison(world, f'#image("{trap.address}")')

    assert "#image" in certificate_text(world)


def test_t95_a_call_would_be_counted(trap):
    """The control: the trap hears."""
    with socketserver.socket.create_connection(("127.0.0.1", trap.server_address[1]), 2) as caller:
        caller.recv(1)
    assert len(trap.calls) == 1
