"""What happens to certificates and results afterwards, as the deeds would leave it."""

import datetime as dt

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from evaluation.models import Petition
from foundation.trail import merkle
from foundation.trail.keys import PortalKey
from products.models import (
    DossierStatus,
    Extension,
    Inspection,
    RegisterEntry,
    RegisterHead,
    RenewalKind,
    RenewalStep,
    Revocation,
    SignedPaper,
)
from tests.factories.accounts import UserFactory
from tests.factories.evaluation import CaseFactory
from tests.factories.products import (
    CertificateFactory,
    DecisionFactory,
    DossierFactory,
    ProductFactory,
    RatingFactory,
    law,
)


class PortalKeyFactory(DjangoModelFactory):
    """A public key."""

    class Meta:
        model = PortalKey

    code = factory.Sequence(lambda n: f"{n:08}")
    public_key = factory.Sequence(lambda n: f"{n:044}")


class RegisterEntryFactory(DjangoModelFactory):
    """The first line of the register."""

    class Meta:
        model = RegisterEntry

    number = 0
    certificate = factory.SubFactory(CertificateFactory)
    happening = "issued"
    day = dt.date(2024, 10, 1)
    text = "{}"
    leaf = factory.LazyAttribute(lambda o: merkle.leaf(o.text.encode()))


class RegisterHeadFactory(DjangoModelFactory):
    """A head that nobody signed."""

    class Meta:
        model = RegisterHead

    day = dt.date(2024, 10, 1)
    size = 0
    root = "0" * 64
    text = "{}"
    key = factory.SubFactory(PortalKeyFactory)
    signature = "a"


class SignedPaperFactory(DjangoModelFactory):
    """A paper that came back."""

    class Meta:
        model = SignedPaper

    certificate = factory.SubFactory(CertificateFactory)
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7 ky", name="a.pdf"))
    sha256 = factory.Sequence(lambda n: f"{n:064}")
    signer = "Cơ quan"
    authority = "Nơi cấp"
    on = dt.date(2024, 10, 2)
    by = factory.SubFactory(UserFactory)


class ExtensionFactory(DjangoModelFactory):
    """Two more months."""

    class Meta:
        model = Extension

    rating = factory.SubFactory(RatingFactory)
    was_until = factory.SelfAttribute("rating.ends_on")
    until = factory.LazyAttribute(lambda o: o.was_until + dt.timedelta(days=60))
    number = "5/UBND"
    day = dt.date(2024, 10, 1)
    basis = "Căn cứ thử"
    by = factory.SubFactory(UserFactory)


class RevocationFactory(DjangoModelFactory):
    """Stars taken back."""

    class Meta:
        model = Revocation

    rating = factory.SubFactory(RatingFactory)
    regime = factory.LazyFunction(law)
    ground = "criteria_missed"
    ground_text = "Không đạt"
    number = "7/QĐ-UBND"
    day = dt.date(2024, 10, 10)
    note = "Kết luận"
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.7 thu hoi", name="a.pdf"))
    sha256 = "0" * 64
    by = factory.SubFactory(UserFactory)


class RenewalStepFactory(DjangoModelFactory):
    """A letter to write."""

    class Meta:
        model = RenewalStep

    rating = factory.SubFactory(RatingFactory)
    kind = RenewalKind.NOTICE
    due_on = dt.date(2024, 11, 1)
    on = dt.date(2024, 10, 2)


class InspectionFactory(DjangoModelFactory):
    """Something to mend until November."""

    class Meta:
        model = Inspection

    rating = factory.SubFactory(RatingFactory)
    product = factory.SelfAttribute("rating.product")
    day = dt.date(2024, 10, 5)
    inspector = "Đoàn kiểm tra"
    result = "mend"
    findings = "Thiếu nhãn"
    to_mend = "Dán nhãn"
    mend_until = dt.date(2024, 11, 1)
    by = factory.SubFactory(UserFactory)


class PetitionFactory(DjangoModelFactory):
    """A petition in time."""

    class Meta:
        model = Petition

    case = factory.SubFactory(CaseFactory)
    text = "Chưa đồng ý với tiêu chí 1.4."
    lodged_on = dt.date(2024, 10, 10)
    last_day = dt.date(2024, 10, 20)
    by = factory.SubFactory(UserFactory)


def rated(entity, *, stars=3, day=dt.date(2024, 10, 1), product=None, **facts):
    """A product with stars of that day and the dossier behind them."""
    product = product or ProductFactory(entity=entity, area=entity.area)
    dossier = DossierFactory(
        product=product,
        product_code=f"35-349-13345-{product.pk}-{day.year}{stars}",
        status=DossierStatus.RATED,
        submitted_on=day,
        accepted_on=day,
    )
    decision = DecisionFactory(day=day, area=entity.area.parent)
    return RatingFactory(product=product, dossier=dossier, stars=stars, decision=decision, **facts)
