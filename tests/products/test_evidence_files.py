"""Files, photos and addresses behind one piece of evidence, and a dossier as a ZIP."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from foundation.files import actions as files
from foundation.files.models import MAX_BYTES, Upload
from foundation.jobs.models import Job
from products.actions import detach
from products.actions import evidence_files as actions
from products.models import DossierStatus, EvidenceFile
from tests.factories.files import EvidenceFileFactory
from tests.files.conftest import evidence, producer, sent
from tests.files.test_receiving import full_disk
from tests.inspection.test_kinds import picture, word_file
from tests.ui.test_documents import pdf

__all__ = ["evidence", "producer", "sent"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def as_producer(client, producer):
    client.force_login(producer)
    return client


def at(name, evidence, *more):
    return reverse(f"products:{name}", args=[evidence.dossier.code, evidence.code, *more])


def hand_in(evidence):
    """The dossier leaves the producer's hands."""
    dossier = evidence.dossier
    dossier.status, dossier.submitted_on = DossierStatus.SUBMITTED, "2024-10-01"
    dossier.save()


def test_a_form_without_scripts_takes_several_files_each_by_itself(as_producer, evidence, monkeypatch):
    monkeypatch.setattr(files, "MAX_BYTES", 20_000)
    several = [
        SimpleUploadedFile("a.pdf", pdf()),
        SimpleUploadedFile("lớn.pdf", b"x" * 20_001),
        SimpleUploadedFile("b.jpg", picture()),
    ]
    page = as_producer.post(at("evidence_files", evidence), {"files": several}, follow=True).content.decode()
    assert "Đã nhận 2 tệp" in page
    assert "lớn.pdf: Tệp lớn hơn" in page
    assert list(evidence.files.values_list("upload__name", "order")) == [("a.pdf", 1), ("b.jpg", 2)]
    assert MAX_BYTES > 20_001


def test_a_full_disk_is_said_and_stops_no_other_file(evidence, producer, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(files, "keep_file", full_disk)
        refusals = actions.add_files(evidence, by=producer, files_sent=[SimpleUploadedFile("a.pdf", pdf())])
    assert refusals == [f"a.pdf: {files.NO_ROOM}"]


def test_a_form_without_files_says_so(as_producer, evidence):
    assert "Hãy chọn ít nhất một tệp." in as_producer.post(at("evidence_files", evidence)).content.decode()


def test_readers_see_pages_and_download_with_the_right_asked_again(
    as_producer, client, evidence, sent, people
):
    upload, text = sent(pdf(pages=2), "Giấy phép.pdf"), sent(word_file(), "a.docx")
    hand_in(evidence)
    client.force_login(people["district_officer"])
    page = client.get(at("evidence_pages", evidence, upload.code)).content.decode()
    assert page.count('<img class="page-image"') == 2
    image = client.get(at("evidence_page", evidence, upload.code, 2))
    assert (image.status_code, image["Content-Type"]) == (200, "image/jpeg")
    file = client.get(at("evidence_download", evidence, upload.code))
    assert file["Content-Disposition"].startswith("attachment; filename*=utf-8''Gi%E1%BA%A5y%20ph%C3%A9p.pdf")
    assert file["X-Content-Type-Options"] == "nosniff"
    assert file["Content-Security-Policy"].startswith("sandbox")
    assert "hãy tải về" in client.get(at("evidence_pages", evidence, text.code)).content.decode()
    client.force_login(people["other_district_officer"])
    for name, more in (("evidence_pages", ()), ("evidence_page", (1,)), ("evidence_download", ())):
        assert client.get(at(name, evidence, upload.code, *more)).status_code == 404


@pytest.mark.parametrize("number", [0, 2, 10**9, 10**30])
def test_a_page_that_is_not_there_is_404(as_producer, evidence, sent, number):
    photo = sent(picture(), "a.jpg")
    paper = sent(pdf(pages=1), "a.pdf")
    for upload in (photo, paper):
        assert as_producer.get(at("evidence_page", evidence, upload.code, number)).status_code == 404
        assert as_producer.get(at("evidence_page", evidence, upload.code, 1)).status_code == 200  # control


def test_what_was_not_released_cannot_be_read_and_readers_do_not_see_it(
    as_producer, client, evidence, sent, people
):
    waiting, refused = sent(pdf(), "cho.pdf", check=False), sent(b"<html>", "sai.pdf")
    for upload in (waiting, refused):
        for name, more in (("evidence_pages", ()), ("evidence_page", (1,)), ("evidence_download", ())):
            assert as_producer.get(at(name, evidence, upload.code, *more)).status_code == 404
    mine = as_producer.get(at("evidence_files", evidence)).content.decode()
    assert "cho.pdf" in mine
    assert refused.reason in mine
    hand_in(evidence)
    client.force_login(people["district_officer"])
    theirs = client.get(at("evidence_files", evidence)).content.decode()
    assert "cho.pdf" not in theirs
    assert "sai.pdf" not in theirs


def test_the_list_alone_is_drawn_for_the_script(as_producer, evidence, sent):
    sent(pdf(), "a.pdf")
    part = as_producer.get(at("evidence_files", evidence), headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="cac-tep"')


def test_addresses_are_added_once_and_taken_away(as_producer, evidence):
    add = at("evidence_address", evidence)
    for _ in range(2):
        answer = as_producer.post(add, {"url": "https://vi-du.vn/ho-so"}, follow=True).content.decode()
    assert "đã có" in answer
    row = evidence.files.get()
    assert str(row) == "https://vi-du.vn/ho-so"
    page = as_producer.post(at("evidence_file_removal", evidence, row.pk), follow=True).content.decode()
    assert "Đã bỏ." in page
    assert evidence.files.count() == 0
    assert as_producer.post(at("evidence_file_removal", evidence, 10**30)).status_code == 404


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://a.vn/b", "x", "", "https://a.vn/" + "x" * 400])
def test_what_is_no_address_of_the_web_is_refused(as_producer, evidence, producer, url):
    as_producer.post(at("evidence_address", evidence), {"url": url})
    assert evidence.files.count() == 0
    with pytest.raises(ValidationError):
        actions.add_address(evidence, by=producer, url=url)


def test_evidence_holds_so_many_and_no_more(evidence, producer, monkeypatch):
    monkeypatch.setattr(actions, "MOST_FILES", 1)
    actions.add_address(evidence, by=producer, url="https://a.vn/1")
    with pytest.raises(ValidationError, match="nhiều nhất 1"):
        actions.add_address(evidence, by=producer, url="https://a.vn/2")


def test_a_file_is_taken_away_by_any_person_of_the_producer(evidence, sent, people, entity):
    upload = sent(pdf(), "a.pdf")
    colleague = people["nobody"]
    entity.memberships.create(user=colleague)
    actions.remove(upload.evidence_files.get(), by=colleague)
    assert (Upload.objects.count(), EvidenceFile.objects.count()) == (0, 0)


def test_after_the_dossier_was_handed_in_nothing_changes(client, evidence, sent, producer):
    upload = sent(picture(), "a.jpg")
    row = upload.evidence_files.get()
    hand_in(evidence)
    for act in (
        lambda: actions.add_address(evidence, by=producer, url="https://a.vn"),
        lambda: actions.remove(row, by=producer),
        lambda: actions.add_files(evidence, by=producer, files_sent=[SimpleUploadedFile("a.pdf", pdf())]),
        lambda: actions.join(evidence, by=producer, rows=[row], name="a"),
    ):
        with pytest.raises(PermissionDenied):
            act()
    client.force_login(producer)
    sends = {
        at("evidence_files", evidence): {"files": SimpleUploadedFile("a.pdf", pdf())},
        at("evidence_address", evidence): {"url": "https://a.vn"},
        at("evidence_joining", evidence): {"rows": [row.pk]},
        at("evidence_file_removal", evidence, row.pk): {},
    }
    for url, body in sends.items():
        assert client.post(url, body).status_code in {302, 403}
    assert evidence.files.count() == 1
    assert "data-uploads" not in client.get(at("evidence_files", evidence)).content.decode()


def test_photos_are_joined_from_the_page(as_producer, evidence, sent):
    rows = [sent(picture(), f"{n}.jpg").evidence_files.get() for n in range(2)]
    join = at("evidence_joining", evidence)
    assert "Hãy chọn các ảnh" in as_producer.post(join, {"rows": ["x"]}, follow=True).content.decode()
    assert "từ 2 đến" in as_producer.post(join, {"rows": [rows[0].pk]}, follow=True).content.decode()
    page = as_producer.post(join, {"rows": [row.pk for row in rows], "name": "Biên bản"}, follow=True)
    assert "Đang ghép ảnh" in page.content.decode()
    job = Job.objects.doing("foundation.files.works.join").get()
    assert job.arguments == {"upload_ids": [row.upload_id for row in rows], "name": "Biên bản.pdf"}


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"url": "https://a.vn"}, "evidence_file_is_file_or_address"),
        ({"upload": None}, "evidence_file_is_file_or_address"),
    ],
)
def test_the_table_keeps_files_and_addresses_apart(facts, constraint, evidence):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        EvidenceFileFactory(evidence=evidence, **facts)


def test_a_dossier_s_pack_is_asked_for_on_its_page(as_producer, evidence):
    page = as_producer.get(evidence.dossier.get_absolute_url()).content.decode()
    url = reverse("products:dossier_bundle", args=[evidence.dossier.code])
    assert url in page
    assert as_producer.post(url).url == Job.objects.get().get_absolute_url()


def test_evidence_that_is_taken_out_takes_the_files_behind_it_along(evidence, producer):
    actions.add_files(evidence, by=producer, files_sent=[SimpleUploadedFile("a.pdf", pdf())])

    detach(evidence, by=producer)

    assert (EvidenceFile.objects.count(), Upload.objects.count()) == (0, 0)
