"""Packs: what is in them, for whom, and what stops them."""

import hashlib
import io
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse

from foundation.files import actions, bundles
from foundation.files.models import Bundle
from foundation.jobs.models import Job, JobState
from tests.factories.products import EvidenceFactory
from tests.files.conftest import Step
from tests.inspection.test_kinds import picture
from tests.ui.test_documents import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(evidence, sent):
    """A dossier with a true file, a released photo, one on its way, and two of the same name."""
    content = pdf()
    evidence.file.save("a.pdf", ContentFile(content))
    evidence.sha256, evidence.title = hashlib.sha256(content).hexdigest(), "Giấy phép/2024"
    evidence.save()
    sent(picture(), "ảnh.jpg")
    sent(picture(size=(50, 50)), "ảnh.jpg")
    sent(pdf(), "dang-cho.pdf", check=False)
    return evidence.dossier


def packed(dossier, by):
    """The pack of a dossier, made for this person."""
    step = Step(by)
    url = bundles.pack(step, provider_name="dossier", subject=dossier.code)
    bundle = Bundle.objects.get()
    assert url == bundle.get_absolute_url()
    return bundle, step


def test_a_pack_holds_every_released_file_with_index_and_checksums(dossier, producer):
    bundle, step = packed(dossier, producer)
    with bundle.file.open("rb") as file:
        content = file.read()
    assert (len(content), hashlib.sha256(content).hexdigest()) == (bundle.size, bundle.sha256)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        sums = archive.read("SHA256SUMS.txt").decode()
        index = archive.read("MUC-LUC.html").decode()
        folder = "01 Giấy phép-2024"
        assert names == [
            f"{folder}/Giấy phép-2024.pdf",
            f"{folder}/ảnh.jpg",
            f"{folder}/ảnh (2).jpg",
            "MUC-LUC.html",
            "SHA256SUMS.txt",
        ]
        for line in sums.splitlines():
            digest, _, path = line.partition("  ")
            assert hashlib.sha256(archive.read(path)).hexdigest() == digest
            assert digest in index
    assert bundle.entries == 3
    assert [percent for percent, _ in step.said] == [5, 33, 61]


def test_a_stored_file_that_changed_stops_the_pack(dossier, evidence, producer):
    evidence.sha256 = "0" * 64
    evidence.save()
    with pytest.raises(ValidationError, match="không còn khớp mã băm"):
        packed(dossier, producer)
    assert Bundle.objects.count() == 0


def test_the_right_is_asked_when_asking_when_packing_and_when_downloading(dossier, people, producer, client):
    """At each of these moments may_pack has to say yes."""
    stranger = people["other_producer"]
    with pytest.raises(PermissionDenied):
        actions.ask_for_bundle("dossier", dossier.code, by=stranger)
    with pytest.raises(PermissionDenied):
        actions.ask_for_bundle("nothing", dossier.code, by=producer)
    with pytest.raises(ValidationError, match="không còn quyền"):
        packed(dossier, stranger)
    bundle, _ = packed(dossier, producer)
    client.force_login(stranger)
    assert client.get(bundle.get_absolute_url()).status_code == 404
    client.force_login(producer)
    answer = client.get(bundle.get_absolute_url())
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="{dossier.code}.zip"'
    producer.memberships.all().delete()
    assert client.get(bundle.get_absolute_url()).status_code == 404


def test_one_pack_is_made_at_a_time(dossier, producer, client):
    client.force_login(producer)
    url = reverse("products:dossier_bundle", args=[dossier.code])
    first, second = client.post(url).url, client.post(url).url
    assert first == second
    Job.objects.update(state=JobState.DONE)
    assert client.post(url).url != first


def test_an_empty_dossier_is_a_pack_with_an_index(producer, entity):
    dossier = EvidenceFactory(dossier__product__entity=entity).dossier
    dossier.evidence.all().delete()
    assert packed(dossier, producer)[0].entries == 0


@pytest.mark.parametrize(
    ("paths", "last"),
    [
        (["a.pdf", "A.PDF"], "A (2).PDF"),
        (["a", "a", "a"], "a (3)"),
        (["../x/a.pdf"], "tep/x/a.pdf"),
        (["SHA256SUMS.txt"], "SHA256SUMS (2).txt"),
    ],
)
def test_no_entry_hides_another_or_leaves_the_folder(paths, last):
    taken = {"sha256sums.txt"}
    assert [bundles.free_path(path, taken) for path in paths][-1] == last
