"""How to reach the routes of certificates after the decision: terms, papers, inspections, petitions, the register."""

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.rights.places import EVERYONE, MISSING, NO_CODE, Place, plain, texts
from tests.rights.places import nothing as no_fields
from tests.ui.test_documents import pdf


def ratings(world):
    """The rated product of every producer."""
    found = []
    for name in EVERYONE:
        row = world.tenants[name].rated
        found.append(Place(name, (row.product.code, row.day_number), row, world.tenants[name]))
    return [*found, Place(MISSING, (NO_CODE, 20241001))]


def products(world):
    """The same products by their codes."""
    return [Place(row.label, row.args[:1], row.record, row.tenant) for row in ratings(world)]


def inspections(world):
    """An inspection of each of them."""
    rows = {name: world.inspections[name] for name in EVERYONE}
    return [
        *(Place(name, (row.code,), row, world.tenants[name]) for name, row in rows.items()),
        Place(MISSING, (NO_CODE,)),
    ]


def petitions(world):
    """A petition of each producer."""
    return [
        *(Place(name, (row.code,), row, world.tenants[name]) for name, row in world.petitions.items()),
        Place(MISSING, (NO_CODE,)),
    ]


def dossiers(world):
    """Dossiers whose result is there and not yet petitioned against, and none."""
    found = [
        Place(name, (row.dossier.code,), row.dossier, world.tenants[name])
        for name, row in world.ended.items()
    ]
    return [*found, Place(MISSING, (NO_CODE,))]


def tokens(world):
    """Certificates, for whoever knows their random numbers."""
    found = [
        Place(name, (world.tenants[name].rated.certificate.token,), world.tenants[name].rated)
        for name in EVERYONE
    ]
    return [*found, Place(MISSING, (NO_CODE,))]


def a_pdf(**more):
    """A true PDF besides other fields; without any, the button itself: a form of a file alone would hold nothing."""
    fields = more or {"gui": "1"}
    return lambda world, place, role: {
        **fields, "file": SimpleUploadedFile("a.pdf", pdf(), content_type="application/pdf")
    }  # fmt: skip


PLACES = {
    "products:renewals": plain,
    "products:rating": ratings,
    "products:rating_notice": ratings,
    "products:rating_notice_paper": ratings,
    "products:rating_extension": ratings,
    "products:rating_revocation": ratings,
    "products:rating_revocation_file": ratings,
    "products:rating_replacement": ratings,
    "products:rating_clean_paper": ratings,
    "products:rating_signing": ratings,
    "products:rating_test_signing": ratings,
    "products:inspection_new": products,
    "products:inspection": inspections,
    "products:inspection_mending": inspections,
    "products:certificate_check": plain,
    "products:register": plain,
    "products:register_heads": plain,
    "products:register_leaves": plain,
    "products:certificate_proof": tokens,
    "evaluation:petition_new": dossiers,
    "evaluation:petition": petitions,
    "evaluation:petition_answer": petitions,
}
BODIES = {
    "products:rating_notice": texts(number="12/TB-UBND", day="2024-10-15"),
    "products:rating_extension": texts(until="2027-12-01", number="5/UBND", day="2024-10-15"),
    "products:rating_revocation": a_pdf(
        ground="criteria_missed", number="7/QĐ-UBND", day="2024-10-15", note="Thử"
    ),
    "products:rating_replacement": texts(reason="Giấy hỏng"),
    "products:rating_signing": a_pdf(),
    "products:rating_test_signing": no_fields,
    "products:inspection_new": texts(day="2024-10-15", inspector="Đoàn thử", result="good", findings="Đạt"),
    "products:inspection_mending": texts(mended_on="2024-10-15", mended_how="Đã dán nhãn"),
    "products:certificate_check": a_pdf(),
    "evaluation:petition_new": texts(text="Chưa đồng ý."),
    "evaluation:petition_answer": texts(outcome="kept", answer="Giữ kết quả."),
}
