"""What scoring costs at its largest: 15 members, the set with most criteria, 20 and 2,000 dossiers."""

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluation.models import Case, Post, ScoreSheet
from foundation.regimes.models import CriteriaSet, Criterion
from tests.evaluation.browsing import JSON
from tests.factories.evaluation import case_before, council_of, fill

pytestmark = pytest.mark.django_db
# No question to the tables: the frame of a transaction, and the name that is taken away at its end.
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "select set_config('portal.person', '', true)")


def asked(call):
    """What the database was asked, and the answer."""
    with CaptureQueriesContext(connection) as seen:
        answer = call()
    return [row["sql"] for row in seen if not row["sql"].startswith(FRAME)], answer


@pytest.fixture
def largest(law):
    """The set with most criteria that dossiers can be judged by."""
    counted = CriteriaSet.objects.offered().annotate(size=Count("criteria")).order_by("-size", "pk")
    return counted.first()


@pytest.fixture
def fifteen(commune):
    """A council of fifteen."""
    return council_of(commune.parent, Post.CHAIR, Post.SECRETARY, *[Post.MEMBER] * 13)


@pytest.fixture
def whole(fifteen, commune, largest):
    """A case before them, every sheet full."""
    case = case_before(fifteen, area=commune, dossier__criteria_set=largest, dossier__regime=largest.regime)
    for sheet in case.sheets.all():
        fill(sheet)
    return case


def test_saving_one_choice_takes_six_queries_with_signing_in(client, whole, largest):
    sheet = whole.sheets.select_related("seat__user").last()
    client.force_login(sheet.seat.user)
    criterion = Criterion.objects.of(largest).last()
    keys = [option.key for option in criterion.options.all()][:2]
    address = reverse("evaluation:choices", args=[whole.code])

    def save(at):
        sent = {"phieu": sheet.pk, "tieu_chi": criterion.code, "chon": keys[at % 2], "phien_ban": 1 + at}
        return client.post(address, sent | {"ghi_chu": f"lần {at}"}, headers=JSON)

    assert save(0).status_code == 200  # the law is read once by each process
    statements, answer = asked(lambda: save(1))

    assert answer.json()["version"] == 3
    assert largest.criteria.count() >= 27
    assert len(statements) <= 6, "\n".join(statements)


def many(case, count):
    """So many cases before the council of this one, a sheet for each seat."""
    sample = Case.objects.get(pk=case.pk)
    seats = list(sample.council.seats.all())
    dossiers = clones(sample.dossier, count)
    facts = {"council": sample.council}
    cases = Case.objects.bulk_create(
        Case(code=f"PDG-9-{at:05}", dossier=dossier, **facts) for at, dossier in enumerate(dossiers)
    )
    ScoreSheet.objects.bulk_create(ScoreSheet(case=row, seat=seat) for row in cases for seat in seats[-1:])


def clones(dossier, count):
    """Copies of a dossier, each of a product of its own."""
    product = dossier.product
    kind, kept = type(product), {name: getattr(product, name) for name in ("entity", "name", "area", "industry_code")
                                 if hasattr(product, name)}  # fmt: skip
    products = kind.objects.bulk_create(kind(code=f"sp-n-{at}", **kept) for at in range(count))
    facts = {
        field.attname: getattr(dossier, field.attname)
        for field in dossier._meta.concrete_fields
        if not field.primary_key and field.attname not in {"code", "product_id", "product_code"}
    }
    return type(dossier).objects.bulk_create(
        type(dossier)(code=f"hs-n-{at}", product=row, **facts) for at, row in enumerate(products)
    )


@pytest.mark.parametrize("count", [20, pytest.param(2000, id="2000")])
@pytest.mark.parametrize("name", ["cases", "my_sheets"])
def test_a_judges_list_takes_twelve_queries_at_any_size(client, whole, count, name):
    many(whole, count)
    judge = whole.council.seats.order_by("pk").last().user
    client.force_login(judge)
    client.get(reverse(f"evaluation:{name}"))

    statements, answer = asked(lambda: client.get(reverse(f"evaluation:{name}")))

    assert answer.status_code == 200
    assert len(statements) <= 12, "\n".join(statements)
    assert len(answer.content) < 120_000
    assert ScoreSheet.objects.waiting_for(judge).count() == count + 1
