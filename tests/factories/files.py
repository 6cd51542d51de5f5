"""Files on their way, as the deeds would leave them."""

import hashlib
import io

import factory
from django.core.files.base import ContentFile
from factory.django import DjangoModelFactory
from PIL import Image

from foundation.files.models import Bundle, Drawing, DrawnPage, PageImage, Piece, Upload, UploadStatus
from products.models import EvidenceFile
from tests.factories.accounts import UserFactory
from tests.factories.products import EvidenceFactory, opened


def small_picture():
    """The bytes of a JPEG."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#2a6").save(out, "JPEG")
    return out.getvalue()


PICTURE = small_picture()


class UploadFactory(DjangoModelFactory):
    """A file that was announced; ``released=True``: a photo that went all the way."""

    class Meta:
        model = Upload

    class Params:
        released = factory.Trait(
            status=UploadStatus.RELEASED,
            received=factory.SelfAttribute("size"),
            original_sha256="0" * 64,
            kind="jpeg",
            content_type="image/jpeg",
            pages=1,
            file=factory.LazyFunction(lambda: ContentFile(PICTURE, name="uploads/a.jpg")),
            file_sha256=hashlib.sha256(PICTURE).hexdigest(),
            file_size=len(PICTURE),
        )

    owner = factory.SubFactory(UserFactory)
    purpose = "evidence"
    subject = "khong-co"
    name = "anh.jpg"
    size = len(PICTURE)


class PieceFactory(DjangoModelFactory):
    """The first bytes of a file."""

    class Meta:
        model = Piece

    upload = factory.SubFactory(UploadFactory)
    start = 0
    size = 4
    file = factory.LazyFunction(lambda: ContentFile(b"data", name="uploads/phan"))


class PageImageFactory(DjangoModelFactory):
    """A drawn page."""

    class Meta:
        model = PageImage

    upload = factory.SubFactory(UploadFactory, released=True)
    number = factory.Sequence(lambda n: n + 1)
    file = factory.LazyFunction(lambda: ContentFile(PICTURE, name="uploads/trang.jpg"))


class DrawingFactory(DjangoModelFactory):
    """A PDF of one page whose pages were drawn; the pages themselves are rows of their own."""

    class Meta:
        model = Drawing

    sha256 = factory.Sequence(lambda n: hashlib.sha256(f"drawing {n}".encode()).hexdigest())
    total = 1


class DrawnPageFactory(DjangoModelFactory):
    """A page of a drawing."""

    class Meta:
        model = DrawnPage

    drawing = factory.SubFactory(DrawingFactory)
    number = factory.Sequence(lambda n: n + 1)
    width, height = 40, 30
    file = factory.LazyFunction(lambda: ContentFile(PICTURE, name="drawings/trang.jpg"))


class BundleFactory(DjangoModelFactory):
    """A pack."""

    class Meta:
        model = Bundle

    by = factory.SubFactory(UserFactory)
    provider = "dossier"
    subject = "hs-khong-co"
    name = "hs.zip"
    file = factory.LazyFunction(lambda: ContentFile(b"PK", name="bundles/a.zip"))
    sha256 = "0" * 64
    size = 2
    entries = 0


class EvidenceFileFactory(DjangoModelFactory):
    """A released photo behind a piece of evidence."""

    class Meta:
        model = EvidenceFile

    evidence = factory.SubFactory(EvidenceFactory)
    upload = factory.LazyAttribute(
        lambda row: UploadFactory(released=True, subject=str(row.evidence.code), owner=row.evidence.added_by)
    )
    order = 1

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        with opened(kwargs["evidence"].dossier):
            return super()._create(model_class, *args, **kwargs)
