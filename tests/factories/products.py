"""Ideas, products, dossiers and ratings, as the deeds would leave them."""

import datetime as dt
import hashlib
from contextlib import contextmanager

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from foundation import clock
from foundation.regimes.models import CriteriaSet, Criterion, Regime
from products.models import (
    Carried,
    Certificate,
    Decision,
    Dossier,
    DossierStatus,
    Evidence,
    Idea,
    IdeaKind,
    Product,
    Rating,
    SelfScore,
    Serial,
    Standing,
    StatedStanding,
    Word,
)
from tests.factories.accounts import UserFactory
from tests.factories.entities import EntityFactory, SalesChannelFactory

TEXTILE = "22-vai-may-mac"


def law():
    """The regime that governs the demo day."""
    return Regime.objects.for_filing(clock.today())


def textile_set():
    """Set 22 of that regime."""
    return CriteriaSet.objects.get(regime=law(), code=TEXTILE)


class SerialFactory(DjangoModelFactory):
    """A series of numbers."""

    class Meta:
        model = Serial

    name = factory.Sequence(lambda n: f"serial-{n}")


class IdeaFactory(DjangoModelFactory):
    """A draft idea of a producer in its commune."""

    class Meta:
        model = Idea

    code = factory.Sequence(lambda n: f"yt-2024-9{n:03}")
    name = factory.Sequence(lambda n: f"Khăn lụa thử nghiệm {n}")
    entity = factory.SubFactory(EntityFactory)
    area = factory.SelfAttribute("entity.area")
    kind = IdeaKind.NEW
    criteria_set = factory.LazyFunction(textile_set)
    description = "Khăn lụa dệt tay."
    created_by = factory.SubFactory(UserFactory)
    keeper = factory.SelfAttribute("created_by")


class ProductFactory(DjangoModelFactory):
    """A product of a producer."""

    class Meta:
        model = Product

    code = factory.Sequence(lambda n: f"sp-2024-9{n:03}")
    name = factory.Sequence(lambda n: f"Khăn lụa {n}")
    entity = factory.SubFactory(EntityFactory)
    area = factory.SelfAttribute("entity.area")
    industry = "IV"
    set_code = TEXTILE


class CarriedFactory(DjangoModelFactory):
    """A product on a channel of its producer."""

    class Meta:
        model = Carried

    channel = factory.SubFactory(SalesChannelFactory)
    product = factory.SubFactory(ProductFactory, entity=factory.SelfAttribute("..channel.entity"))
    since = factory.SelfAttribute("channel.since")


class StatedStandingFactory(DjangoModelFactory):
    """A source names the product."""

    class Meta:
        model = StatedStanding

    product = factory.SubFactory(ProductFactory)
    standing = Standing.RECOGNISED
    stars = 3


class DossierFactory(DjangoModelFactory):
    """A draft dossier with its registration filled in."""

    class Meta:
        model = Dossier

    code = factory.Sequence(lambda n: f"hs-2024-9{n:03}")
    product = factory.SubFactory(ProductFactory)
    year = 2024
    regime = factory.LazyFunction(law)
    criteria_set = factory.LazyFunction(textile_set)
    spec = "Hộp một khăn"
    capacity = "500 khăn một tháng"
    introduction = "Cơ sở dệt lụa."
    created_by = factory.SubFactory(UserFactory)


@contextmanager
def opened(dossier):
    """The dossier as a draft for as long as it takes to put something in: nothing is added to what was sent."""
    rows = Dossier.objects.filter(pk=dossier.pk)
    status = rows.values_list("status", flat=True).get()
    rows.update(status=DossierStatus.DRAFT)
    yield
    rows.update(status=status)


class InDossierFactory(DjangoModelFactory):
    """What lies in a dossier, put in as if the dossier were still a draft."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with opened(kwargs["dossier"]):
            return super()._create(model_class, *args, **kwargs)


class SelfScoreFactory(InDossierFactory):
    """The best box of the first criterion."""

    class Meta:
        model = SelfScore

    dossier = factory.SubFactory(DossierFactory)
    criterion = factory.LazyAttribute(lambda o: o.dossier.criteria_set.criteria.order_by("position").first())
    option = factory.LazyAttribute(lambda o: o.criterion.options.order_by("points").last())


class EvidenceFactory(InDossierFactory):
    """A file of evidence."""

    class Meta:
        model = Evidence

    dossier = factory.SubFactory(DossierFactory)
    kind = "business_registration"
    title = "Giấy đăng ký kinh doanh"
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7 thu", name="a.pdf"))
    content_type = "application/pdf"
    size = 12
    sha256 = factory.Sequence(lambda n: hashlib.sha256(str(n).encode()).hexdigest())
    added_by = factory.SubFactory(UserFactory)


class DecisionFactory(DjangoModelFactory):
    """A recognition decision of the district."""

    class Meta:
        model = Decision

    number = factory.Sequence(lambda n: f"{n + 1}/QĐ-UBND")
    day = dt.date(2024, 10, 1)
    level = "district"
    issuer = "Ủy ban nhân dân thị xã Duy Tiên"


class RatingFactory(DjangoModelFactory):
    """Three stars from the decision's day, for the regime's months."""

    class Meta:
        model = Rating

    product = factory.SubFactory(ProductFactory)
    regime = factory.LazyFunction(law)
    stars = 3
    decision = factory.SubFactory(DecisionFactory, area=factory.SelfAttribute("..product.area"))
    year = 2024
    starts_on = factory.SelfAttribute("decision.day")
    ends_on = factory.LazyAttribute(lambda o: clock.add_months(o.starts_on, 36))


class CertificateFactory(DjangoModelFactory):
    """A certificate in the register."""

    class Meta:
        model = Certificate

    rating = factory.SubFactory(RatingFactory)
    recognition = factory.SelfAttribute("rating")
    number = factory.Sequence(lambda n: f"35-349/2024/{n:04}")
    issued_on = factory.SelfAttribute("rating.starts_on")
    ends_on = factory.SelfAttribute("rating.ends_on")
    qr = "https://cong.example/"
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7 thu", name="a.pdf"))
    sha256 = "0" * 64


def answer_all(dossier, pick=max):
    """Answer every criterion of a dossier, with the best box (or the one that ``pick`` chooses by points)."""
    rows = [
        SelfScore(
            dossier=dossier,
            criterion=criterion,
            option=pick(criterion.options.all(), key=lambda row: row.points),
        )
        for criterion in Criterion.objects.of(dossier.criteria_set)
    ]
    with opened(dossier):
        SelfScore.objects.bulk_create(rows)


class WordFactory(DjangoModelFactory):
    """A word of the register, which triggers fill."""

    class Meta:
        model = Word

    text = factory.Sequence(lambda n: f"tu{n}")
