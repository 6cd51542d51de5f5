"""Support that producers get: visits, policies, grants, guidance."""

import datetime as dt

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory

from entities.models import (
    AgreedAction,
    CalendarLink,
    FieldVisit,
    Guide,
    GuideItem,
    GuideSample,
    GuideTick,
    GuideVersion,
    SupportGrant,
    SupportPolicy,
    VisitPhoto,
)
from products.models import IdeaVisit
from tests.factories.accounts import UserFactory

DAY = dt.date(2024, 10, 10)


class FieldVisitFactory(DjangoModelFactory):
    """A planned visit; say its entity. ``held=True``: with findings."""

    class Meta:
        model = FieldVisit

    class Params:
        held = factory.Trait(status="held", held_on=DAY, findings="Nhãn chưa ghi xuất xứ.")

    officer = factory.SubFactory(UserFactory)
    topics = ["bao-bi-nhan"]
    planned_on = DAY
    created_by = factory.SelfAttribute("officer")


class VisitPhotoFactory(DjangoModelFactory):
    """Bytes in place of a photo."""

    class Meta:
        model = VisitPhoto

    visit = factory.SubFactory(FieldVisitFactory)
    image = factory.LazyFunction(lambda: ContentFile(b"jpeg", name="a.jpg"))
    sha256 = factory.Sequence(lambda n: f"{n:064}")
    added_by = factory.SelfAttribute("visit.officer")


class AgreedActionFactory(DjangoModelFactory):
    """Something that the producer is to do."""

    class Meta:
        model = AgreedAction

    visit = factory.SubFactory(FieldVisitFactory, held=True)
    what = factory.Sequence(lambda n: f"Sửa nhãn lần {n}")
    keeper = factory.SelfAttribute("visit.officer")
    agreed_on = DAY
    due_on = dt.date(2024, 10, 31)


class IdeaVisitFactory(DjangoModelFactory):
    """A visit about an idea; say both."""

    class Meta:
        model = IdeaVisit


class CalendarLinkFactory(DjangoModelFactory):
    """A link that nobody knows."""

    class Meta:
        model = CalendarLink

    person = factory.SubFactory(UserFactory)
    token_sha256 = factory.Sequence(lambda n: f"{n:064}")


class SupportPolicyFactory(DjangoModelFactory):
    """A policy for everybody, since 2020."""

    class Meta:
        model = SupportPolicy

    code = factory.Sequence(lambda n: f"chinh-sach-{n}")
    title = factory.Sequence(lambda n: f"Chính sách thử nghiệm {n}")
    kind = "credit"
    document = "Nghị định thử nghiệm"
    what = "Cho vay."
    start = dt.date(2020, 1, 1)


class SupportGrantFactory(DjangoModelFactory):
    """Fifty million; say the entity."""

    class Meta:
        model = SupportGrant

    policy = factory.SubFactory(SupportPolicyFactory)
    amount = 50_000_000
    granted_on = DAY
    recorded_by = factory.SubFactory(UserFactory)


class GuideFactory(DjangoModelFactory):
    """A page with one version and a checklist of two."""

    class Meta:
        model = Guide
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"huong-dan-{n}")
    topic = "bao-bi-nhan"
    title = factory.Sequence(lambda n: f"Hướng dẫn thử nghiệm {n}")

    @factory.post_generation
    def text(self, create, extracted, **more):
        """Its first version."""
        body = extracted or "## Nhãn\n\nGhi đủ."
        self.current = GuideVersionFactory(guide=self, number=1, title=self.title, body=body)
        self.save()
        for position, text in enumerate(self.current.lines):
            GuideItemFactory(guide=self, position=position, text=text)


class GuideVersionFactory(DjangoModelFactory):
    """A version; say guide and number."""

    class Meta:
        model = GuideVersion

    title = "Hướng dẫn"
    body = "Nội dung."
    checklist = "Có tên hàng hóa\nCó xuất xứ"
    sources = "Nghị định 43/2017/NĐ-CP"


class GuideItemFactory(DjangoModelFactory):
    """One thing to do; say the guide."""

    class Meta:
        model = GuideItem

    text = factory.Sequence(lambda n: f"Việc {n}")


class GuideTickFactory(DjangoModelFactory):
    """Done; say item and entity."""

    class Meta:
        model = GuideTick

    by = factory.SubFactory(UserFactory)


class GuideSampleFactory(DjangoModelFactory):
    """A sample file; say the guide."""

    class Meta:
        model = GuideSample

    title = "Nhãn mẫu"
    file = factory.LazyFunction(lambda: ContentFile(b"%PDF-1.4", name="a.pdf"))
    content_type = "application/pdf"
    added_by = factory.SubFactory(UserFactory)
