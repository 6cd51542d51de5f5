"""How to reach every route: the objects behind its address, and what a form or deed is sent.

A new route needs one line in ``PLACES``: for each object a label (see ``docs/rights.md``) and the arguments of the
address. A route that takes a form or does a deed needs a line in ``BODIES`` too. ``python3 portal.py test tests/rights
--write-rights`` then writes its rows; read them before you commit them.
"""

from django.core.files.uploadedfile import SimpleUploadedFile

from evaluation.models import ScoreSheet
from foundation.regimes.engine import DOSSIER
from tests.factories.products import textile_set
from tests.rights import registry_catalogue as catalogue
from tests.rights import registry_certificates as afterwards
from tests.rights import registry_councils as councils
from tests.rights import registry_dossiers as dossiers
from tests.rights import registry_files as files
from tests.rights import registry_late as late
from tests.rights import registry_outcomes as outcomes
from tests.rights import registry_people as people
from tests.rights import registry_plans as plans
from tests.rights import registry_producers as producers
from tests.rights import registry_regimes as regimes
from tests.rights import registry_scoring as scoring
from tests.rights import registry_support as support
from tests.rights.places import AWAY, EVERYONE, MISSING, NO_CODE, NO_NUMBER, OWN, Place, nothing, plain, texts
from tests.ui.test_documents import pdf

# ---------------------------------------------------------------- objects


def of_tenants(find, *, missing=(NO_CODE,), args=lambda record: (record.code,)):
    """One place for each producer, and one that does not exist."""

    def places(world):
        found = [
            Place(name, args(find(world.tenants[name])), find(world.tenants[name]), world.tenants[name])
            for name in EVERYONE
        ]
        return [*found, Place(MISSING, missing)]

    return places


def in_states(kind, *states):
    """The ideas, dossiers or cases of every producer in these states; a state that is not sent only of its own."""

    def places(world):
        found = [
            Place(f"{name}/{state}", (getattr(world.tenants[name], kind)[state].code,),
                  getattr(world.tenants[name], kind)[state], world.tenants[name])
            for state in states
            for name in EVERYONE
        ]  # fmt: skip
        return [*found, Place(MISSING, (NO_CODE,))]

    return places


def files_in(kind, *states):
    """A file of evidence under the address of a dossier or of its case."""

    def places(world):
        found = []
        for state in states:
            for name in EVERYONE:
                tenant = world.tenants[name]
                row = tenant.evidence[state]
                found.append(
                    Place(f"{name}/{state}", (getattr(tenant, kind)[state].code, row.code), row, tenant)
                )
        mixed = (
            world.tenants[AWAY].evidence[states[-1]].code,
            getattr(world.tenants[OWN], kind)[states[-1]].code,
        )
        return [*found, Place("mixed", mixed[::-1]), Place(MISSING, (NO_CODE, NO_NUMBER))]

    return places


def strikes(world):
    """The whole dossier of each sealed case."""
    found = in_states("cases", "sealed")(world)
    return [Place(p.label, (*p.args, DOSSIER), p.record, p.tenant) for p in found]


def reports(*more):
    """The three reports, and none."""

    def places(world):
        return [
            *(Place(name, (row.code, *more), row) for name, row in world.reports.items()),
            Place(MISSING, (NO_CODE, *more)),
        ]

    return places


def report_files(world):
    """The three files of each report, and one of no kind."""
    others = [
        Place(f"{p.label}/{kind}", p.args, p.record)
        for kind in ("docx", "xlsx")
        for p in reports(kind)(world)
    ]
    return [*reports("pdf")(world), *others, Place("own/exe", (world.reports[OWN].code, "exe"))]


def ministry_tables(world):
    """The ministry's table of the province as both kinds of file, of one's own and of another district, and none."""
    csv = (world.plan.year, "csv")
    codes = {name: world.reports[name].area.code for name in (OWN, AWAY)}
    return [
        *years("csv")(world),
        Place("json", (world.plan.year, "json")),
        *(Place(name, csv, query=f"?dia-ban={code}") for name, code in codes.items()),
        Place("exe", (world.plan.year, "exe")),
    ]


def jobs(world):
    """A job of the manager, one of the other district's officer, and none."""
    return [
        *(Place(name, (row.code,), row) for name, row in world.jobs.items()),
        Place(MISSING, (NO_NUMBER,)),
    ]


def events(world):
    return [Place("", (world.event.code,)), Place(MISSING, (NO_CODE,))]


def years(*more):
    """The plan's year, and one without a plan."""
    return lambda world: [Place("", (world.plan.year, *more)), Place(MISSING, (1999, *more))]


def indicators(world):
    """A figure of the whole, as a page and as both kinds of file."""
    args = (world.plan.year, "tong-san-pham")
    return [
        *years("tong-san-pham")(world),
        Place("csv", args, query="?tep=csv"),
        Place("xlsx", args, query="?tep=xlsx"),
    ]


def slips(world):
    """The slip of an idea, for one's own producer and for a foreign one."""
    return [Place(name, (), world.tenants[name].entity, world.tenants[name]) for name in (OWN, AWAY)]


def products_of(find):
    """Public products, and those that nobody was told of."""

    def places(world):
        secret = [
            Place(f"{name}/draft", (t.dossiers["draft"].product.code,), t.dossiers["draft"].product, t)
            for name, t in world.tenants.items()
        ]
        return [*of_tenants(find)(world), *secret]

    return places


certificates = of_tenants(lambda t: t.rated.certificate, args=lambda row: (row.token,))

PLACES = {
    "home": plain,
    "desk": plain,
    "health": plain,
    "jobs:jobs": plain,
    "jobs:job": jobs,
    "ui:gallery": plain,
    "promotion:events": plain,
    "promotion:event": events,
    "products:ideas": plain,
    "products:idea_new": slips,
    "products:idea": in_states("ideas", "draft", "submitted"),
    "products:idea_edit": in_states("ideas", "draft", "submitted"),
    "products:idea_photo": in_states("ideas", "draft", "submitted"),
    "products:idea_submission": in_states("ideas", "draft", "submitted"),
    "products:idea_acceptance": in_states("ideas", "draft", "submitted"),
    "products:idea_return": in_states("ideas", "draft", "submitted"),
    "products:idea_withdrawal": in_states("ideas", "draft", "submitted"),
    "products:dossiers": plain,
    "products:dossier": in_states("dossiers", "draft", "submitted"),
    "products:registration": in_states("dossiers", "draft", "submitted"),
    "products:self_score": in_states("dossiers", "draft", "submitted"),
    "products:choices": in_states("dossiers", "draft", "submitted"),
    "products:evidence_new": in_states("dossiers", "draft", "submitted"),
    "products:evidence_file": files_in("dossiers", "draft", "submitted"),
    "products:evidence_removal": files_in("dossiers", "draft", "submitted"),
    "products:submission": in_states("dossiers", "draft", "submitted"),
    "products:acceptance": in_states("dossiers", "draft", "submitted"),
    "products:return": in_states("dossiers", "draft", "submitted"),
    "products:dossier_withdrawal": in_states("dossiers", "draft", "submitted"),
    "products:catalogue": plain,
    "products:public": products_of(lambda t: t.rated.product),
    "products:photo": products_of(lambda t: t.rated.product),
    "products:dossier_opening": of_tenants(lambda t: t.openable),
    "products:certificate": certificates,
    "products:certificate_file": certificates,
    "evaluation:cases": plain,
    "evaluation:admissions": plain,
    "evaluation:admission": in_states("dossiers", "accepted"),
    "evaluation:case": in_states("cases", "sealed", "opened"),
    "evaluation:dossier": in_states("cases", "sealed"),
    "evaluation:evidence": files_in("cases", "sealed"),
    "evaluation:forwarded_admission": in_states("cases", "forwarded"),
    "evaluation:sheet": in_states("cases", "sealed", "opened"),
    "evaluation:choices": in_states("cases", "sealed"),
    "evaluation:strike": strikes,
    "evaluation:hand_in": in_states("cases", "sealed"),
    "evaluation:opening": in_states("cases", "complete"),
    "evaluation:comparison": in_states("cases", "sealed", "complete", "opened"),
    "evaluation:reopening": in_states("cases", "opened"),
    "evaluation:conclusion": in_states("cases", "opened"),
    "evaluation:forwarding": in_states("cases", "to_forward"),
    "evaluation:sending_down": in_states("cases", "concluded"),
    "evaluation:decision": in_states("cases", "concluded"),
    "evaluation:closing": in_states("cases", "concluded"),
    "targets:plans": plain,
    "targets:plan": years(),
    "targets:indicator": indicators,
    "targets:stage": years("ho-so-cho-huyen-kiem-tra"),
    "targets:reports": plain,
    "targets:report_new": plain,
    "targets:report": reports(),
    "targets:report_file": report_files,
    "targets:report_texts": reports(),
    "targets:report_signing": reports(),
    "targets:report_sending": reports(),
    "targets:report_again": reports(),
    "targets:ministry_table": ministry_tables,
    **councils.PLACES,
    **dossiers.PLACES,
    **late.PLACES,
    **outcomes.PLACES,
    **afterwards.PLACES,
    **people.PLACES,
    **catalogue.PLACES,
    **files.PLACES,
    **support.PLACES,
    **producers.PLACES,
    **plans.PLACES,
    **scoring.PLACES,
    **regimes.PLACES,
}


# ---------------------------------------------------------------- what is sent


def idea(world, place, role):
    """The slip of an idea, for the producer of the place."""
    entity = place.tenant.entity if place.tenant else None
    return {
        "name": "Ý tưởng thử",
        "entity": entity.pk if entity else 10**9,
        "area": entity.area_id if entity else 10**9,
        "kind": "new",
        "criteria_set": textile_set().pk,
        "description": "Mô tả thử.",
    }


def self_choice(world, place, role):
    """The first box of the first criterion."""
    criterion = textile_set().criteria.order_by("position").first()
    return {f"c-{criterion.code}": criterion.options.first().key, f"v-{criterion.code}": "0"}


def paper(world, place, role):
    """A small true PDF."""
    file = SimpleUploadedFile("giay.pdf", pdf(), content_type="application/pdf")
    return {"file": file, "kind": "quality_declaration", "title": "Giấy thử"}


def council_of(world, place, role):
    """The council whose unit the record lies in."""
    name = "other" if place.tenant and place.tenant.name == AWAY else "own"
    return {"hoi_dong": world.councils[name].code}


def upper_council(world, place, role):
    return {"hoi_dong": world.councils["upper"].code}


def sheet_choice(world, place, role):
    """The best box of criterion 1.4, on the person's own sheet, or on a foreign one where there is none."""
    sheets = ScoreSheet.objects.filter(case=place.record)
    mine = sheets.filter(seat__user=world.people.get(role)).first() or sheets.first()
    criterion = textile_set().criteria.get(code="1.4")
    row = mine.scores.filter(criterion=criterion).first() if mine else None
    return {"phieu": mine.pk if mine else 0, "tieu_chi": "1.4", "chon": criterion.options.first().key,
            "phien_ban": row.version if row else 0}  # fmt: skip


def struck(world, place, role):
    """A ground, and what stood there."""
    return {"reason": "Căn cứ thử", "was": ""}


def report(world, place, role):
    """A report on the district of the table's own people; the province's people choose the province."""
    area = world.councils["other" if role == "other_district_officer" else "own"].area
    return {"area": area.code, "as_of": "2024-10-01"}


NOTE = texts(note="Bổ sung giấy tờ.")

BODIES = {
    "products:idea_new": idea,
    "products:idea_edit": idea,
    "products:idea_submission": nothing,
    "products:idea_acceptance": nothing,
    "products:idea_return": NOTE,
    "products:idea_withdrawal": nothing,
    "products:registration": texts(spec="a", capacity="b", introduction="c"),
    "products:choices": self_choice,
    "products:evidence_new": paper,
    "products:evidence_removal": nothing,
    "products:submission": nothing,
    "products:acceptance": nothing,
    "products:return": texts(**{"w-fact-spec": "Lý do thử.", "due_on": "2024-10-31"}),
    "products:dossier_withdrawal": nothing,
    "products:dossier_opening": nothing,
    "evaluation:admission": council_of,
    "evaluation:forwarded_admission": upper_council,
    "evaluation:choices": sheet_choice,
    "evaluation:strike": struck,
    "evaluation:hand_in": texts(remark=""),
    "evaluation:opening": nothing,
    "evaluation:conclusion": texts(conclusion="Nhất trí."),
    "evaluation:forwarding": nothing,
    "evaluation:sending_down": nothing,
    "evaluation:decision": texts(number="1085/QĐ-UBND", day="2024-10-15"),
    "evaluation:closing": nothing,
    "targets:report_new": report,
    "targets:report_texts": texts(edition="1", results="Lời văn thử."),
    "targets:report_signing": texts(
        number="1/BC-UBND", signed_on="2024-10-10", signer="Người Ký", signer_role="Chủ tịch"
    ),
    "targets:report_sending": nothing,
    "targets:report_again": nothing,
    **councils.BODIES,
    **dossiers.BODIES,
    **late.BODIES,
    **outcomes.BODIES,
    **afterwards.BODIES,
    **people.BODIES,
    **support.BODIES,
    **files.BODIES,
    **producers.BODIES,
    **plans.BODIES,
    **scoring.BODIES,
}
