"""Handing in: what is frozen, that it stays, who reads it, and what keeps a dossier from being handed in."""

import datetime as dt
import hashlib
import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from foundation.files.models import Upload
from foundation.regimes.models import Regime
from products import actions, freezing, stages
from products.actions import evidence_files as evidence_actions
from products.actions.evidence import copy_evidence
from products.models import Application, Dossier, DossierStatus, Evidence, Rating, Submission
from tests.factories.evaluation import CaseFactory, StatementFactory, council_of
from tests.factories.files import EvidenceFileFactory
from tests.factories.products import DossierFactory, EvidenceFactory, RatingFactory, opened
from tests.products.whole import PAPER, SPEC, TODAY, again, handed_in, returned, under_2026, whole

pytestmark = pytest.mark.django_db
__all__ = ["under_2026"]


def refuses(statement, *values):
    """The database refuses the statement."""
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


# ---------------------------------------------------------------- frozen


def test_what_is_handed_in_is_frozen_with_its_hash(people, entity):
    dossier = handed_in(entity, people)

    row, content = Submission.objects.get(), Submission.objects.get().facts
    assert (row.number, row.by) == (1, people["producer"])
    assert row.sha256 == hashlib.sha256(row.content.encode()).hexdigest()
    assert row.content == freezing.canonical(content)
    assert content["facts"]["spec"] == dossier.spec
    assert len(content["scores"]) == dossier.criteria_set.criteria.count()
    assert content["evidence"][0]["sha256"] == Evidence.objects.get().sha256
    assert content["regime"]["digest"] == dossier.regime.digest
    assert dossier.due_on == stages.due_on(dossier.regime, "submitted", TODAY) == dt.date(2024, 10, 29)


def behind(evidence):
    """A released photo and an address behind a piece of evidence."""
    photo = EvidenceFileFactory(evidence=evidence)
    EvidenceFileFactory(evidence=evidence, upload=None, url="https://vi-du.vn/phieu", order=2)
    return photo.upload


def test_more_files_and_addresses_are_frozen_too_and_read_by_their_code(client, people, entity):
    dossier = whole(entity)
    upload = behind(dossier.evidence.first())
    actions.submit(dossier, by=people["producer"])

    frozen = freezing.as_handed_in(dossier)
    photo, address = (next(row for row in frozen.papers if row.sort == sort) for sort in ("Ảnh", "Địa chỉ"))
    assert (photo.code, photo.sha256, photo.file) == (str(upload.code), upload.file_sha256, upload.file.name)
    assert (address.url, address.file) == ("https://vi-du.vn/phieu", "")
    client.force_login(people["district_officer"])
    page = client.get(reverse("products:frozen", args=[dossier.code, 1])).content.decode()
    assert "https://vi-du.vn/phieu" in page
    assert client.get(reverse("products:frozen_file", args=[dossier.code, 1, upload.code])).status_code == 200


def test_a_file_on_its_way_or_refused_holds_the_dossier_back(people, entity):
    dossier = whole(entity)
    row = EvidenceFileFactory(evidence=dossier.evidence.first())
    for status in ("receiving", "refused"):
        Upload.objects.filter(pk=row.upload_id).update(status=status, reason="hỏng")
        with pytest.raises(ValidationError, match="Còn 1 tệp"):
            actions.submit(dossier, by=people["producer"])
    Upload.objects.filter(pk=row.upload_id).update(status="released", reason="")
    actions.submit(dossier, by=people["producer"])  # the control


def test_files_behind_locked_evidence_are_locked_in_the_database_too(people, entity):
    dossier = whole(entity)
    behind(dossier.evidence.first())
    actions.submit(dossier, by=people["producer"])

    refuses("update products_evidencefile set url = 'https://khac.vn' where url <> ''")
    refuses("delete from products_evidencefile")
    refuses(
        "insert into products_evidencefile (evidence_id, url, \"order\") values (%s, 'https://b.vn', 9)",
        dossier.evidence.first().pk,
    )
    with opened(dossier), connection.cursor() as cursor:  # the control
        cursor.execute("update products_evidencefile set url = 'https://khac.vn' where url <> ''")
        assert cursor.rowcount == 1


def test_bytes_that_a_submission_or_a_later_dossier_names_stay(people, entity):
    dossier = whole(entity)
    evidence = dossier.evidence.first()
    upload = behind(evidence)
    actions.submit(dossier, by=people["producer"])
    item = ("evidence", evidence.kind)
    actions.send_back(dossier, by=people["district_officer"], items={item: "mờ"})
    evidence_actions.remove(upload.evidence_files.get(), by=people["producer"])
    assert not upload.evidence_files.exists()
    assert Upload.objects.filter(pk=upload.pk).exists()

    fresh = EvidenceFileFactory(evidence=evidence, order=3)
    evidence_actions.remove(fresh, by=people["producer"])  # the control: nobody names it
    assert not Upload.objects.filter(pk=fresh.upload_id).exists()


def test_a_later_dossier_names_the_same_files(people, entity):
    dossier = whole(entity)
    evidence = dossier.evidence.first()
    upload = behind(evidence)
    Dossier.objects.filter(pk=dossier.pk).update(status="unrated", submitted_on=TODAY)
    later = DossierFactory(product=dossier.product, year=dossier.year + 1)
    copy_evidence(dossier, later, by=people["producer"])

    copied = later.evidence.get(kind=evidence.kind)
    assert [(row.upload, row.url) for row in copied.files.all()] == [
        (upload, ""),
        (None, "https://vi-du.vn/phieu"),
    ]
    evidence_actions.remove(copied.files.first(), by=people["producer"])
    assert evidence.files.filter(upload=upload).exists()


def test_a_submission_is_never_changed_or_taken_away(people, entity):
    handed_in(entity, people)

    refuses("update products_submission set number = 7")
    refuses("delete from products_submission")


def test_the_database_holds_the_hash_against_the_content(people, entity):
    dossier = handed_in(entity, people)
    facts = {"dossier": dossier, "number": 2, "at": "2024-10-15T00:00Z", "by": people["producer"]}

    with pytest.raises(IntegrityError), transaction.atomic():
        Submission.objects.create(content="{}", sha256="0" * 64, **facts)
    Submission.objects.create(content="{}", sha256=freezing.digest("{}"), **facts)  # the control


def test_a_returned_and_mended_dossier_leaves_the_first_submission_as_it_was(people, entity):
    dossier = returned(entity, people)
    actions.save_registration(dossier, by=people["producer"], spec="Hộp ba khăn")
    actions.submit(dossier, by=people["producer"])

    first, second = (freezing.Frozen.of(row.facts, row) for row in Submission.objects.order_by("number"))
    assert (first.facts["spec"], second.facts["spec"]) == ("Hộp một khăn", "Hộp ba khăn")
    (change,) = freezing.differences(first, second, again(dossier))
    assert (change.kind, change.key, change.before, change.after) == (*SPEC, "Hộp một khăn", "Hộp ba khăn")


def test_a_file_that_was_handed_in_stays_readable_after_it_was_replaced(
    client, people, entity, django_capture_on_commit_callbacks
):
    dossier = returned(entity, people, ("evidence", "business_registration"))
    paper = Evidence.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        actions.detach(paper, by=people["producer"])
    client.force_login(people["producer"])

    address = reverse("products:frozen_file", args=[dossier.code, 1, paper.code])

    assert client.get(address)["Content-Type"] == "application/pdf"
    wrong = reverse("products:frozen_file", args=[dossier.code, 1, "0" * 8 + "-0000-0000-0000-" + "0" * 12])
    assert client.get(wrong).status_code == 404
    Evidence._meta.get_field("file").storage.delete(paper.file.name)
    assert client.get(address).status_code == 404


def test_control_a_file_that_nobody_handed_in_goes(people, entity, django_capture_on_commit_callbacks):
    paper = EvidenceFactory(dossier=whole(entity), kind="awards")
    with django_capture_on_commit_callbacks(execute=True):
        actions.detach(paper, by=people["producer"])

    assert not paper.file.storage.exists(paper.file.name)


def test_differences_name_choices_and_papers_in_words(people, entity):
    dossier = handed_in(entity, people)
    before = freezing.as_handed_in(dossier)
    with opened(dossier):
        score = dossier.self_scores.order_by("criterion__position").first()
        score.option, score.note = None, "Chưa có."
        score.save()
        last = dossier.self_scores.order_by("criterion__position").last()
        last.delete()
        Evidence.objects.update(title="ĐKKD mới", valid_until="2025-01-31")
        extra = EvidenceFactory(dossier=dossier, kind="awards", title="Giải")
        extra.criteria.add(score.criterion)

    changes = freezing.differences(before, freezing.as_it_stands(again(dossier)), dossier)

    said = {(change.kind, change.key): (change.before, change.after) for change in changes}
    assert said["score", "1.1"][1] == "Không đạt mức nào. Chưa có."
    assert said["score", last.criterion.code][1] == ""
    assert "có giá trị đến 31/01/2025" in said["evidence", "business_registration"][1]
    assert said["evidence", "awards"][0] == ""
    assert "tiêu chí 1.1" in said["evidence", "awards"][1]


# ---------------------------------------------------------------- pages


def test_pages_of_submissions_and_their_differences(client, people, entity):
    dossier = returned(entity, people)
    client.force_login(people["district_officer"])
    page = client.get(reverse("products:frozen", args=[dossier.code, 1])).content.decode()
    assert "Nội dung khớp với mã băm" in page
    assert Submission.objects.get().sha256 in page
    client.force_login(people["producer"])
    changes = reverse("products:changes", args=[dossier.code])
    assert "Không có gì khác" in client.get(changes).content.decode()
    actions.save_registration(dossier, by=people["producer"], spec="Hộp ba khăn")
    actions.submit(dossier, by=people["producer"])

    for address in (changes, reverse("products:differences", args=[dossier.code, 2, 1])):
        page = client.get(address).content.decode()
        assert page.index("Hộp một khăn") < page.index("Hộp ba khăn")
        assert "Yêu cầu: Chưa rõ." in page


def test_without_two_states_there_is_nothing_to_compare(client, people, entity):
    client.force_login(people["producer"])
    draft = whole(entity)
    assert client.get(reverse("products:changes", args=[draft.code])).status_code == 404
    actions.submit(draft, by=people["producer"])
    assert client.get(reverse("products:changes", args=[draft.code])).status_code == 404
    assert client.get(reverse("products:frozen", args=[draft.code, 9])).status_code == 404


@pytest.mark.parametrize(
    ("person", "status"),
    [("producer", 200), ("district_officer", 200), ("manager", 200), ("other_producer", 404),
     ("other_district_officer", 404), ("judge", 404)],
)  # fmt: skip
def test_who_reads_a_submission(client, people, entity, person, status):
    dossier = handed_in(entity, people)
    client.force_login(people[person])

    assert client.get(reverse("products:frozen", args=[dossier.code, 1])).status_code == status


# ---------------------------------------------------------------- refused


def test_nothing_is_frozen_while_something_is_missing_and_the_sentence_names_it(people, entity):
    dossier = DossierFactory(product__entity=entity, spec="", capacity="", introduction="")

    with pytest.raises(ValidationError) as refusal:
        actions.submit(dossier, by=people["producer"])

    said = " ".join(refusal.value.messages)
    for gap in ("quy cách", "năng lực sản xuất", "27 tiêu chí chưa tự chấm", "Giấy đăng ký kinh doanh"):
        assert gap in said
    assert not Submission.objects.exists()


def test_an_expired_paper_must_be_replaced(people, entity):
    dossier = whole(entity)
    Evidence.objects.update(valid_until=TODAY - dt.timedelta(1))

    with pytest.raises(ValidationError, match=r"đã hết hạn ngày 14/10/2024, cần thay tệp mới"):
        actions.submit(dossier, by=people["producer"])
    Evidence.objects.update(valid_until=TODAY)  # the last day counts
    actions.submit(dossier, by=people["producer"])


def test_a_draft_under_a_law_that_takes_no_more_is_refused_with_the_way_on(people, entity, under_2026):
    dossier = whole(entity, regime=Regime.objects.get(pk="qd148-2023"))

    with pytest.raises(ValidationError, match="Hãy rút hồ sơ này rồi lập hồ sơ mới"):
        actions.submit(dossier, by=people["producer"])


@pytest.mark.parametrize(
    ("ends_on", "refused"),
    [
        ("2026-12-11", True),
        ("2026-12-12", False),
        ("2027-02-10", False),
        ("2027-02-11", True),
        ("2026-09-18", False),  # its window had closed when this law began, on 22/5/2026
    ],
)
def test_a_re_evaluation_is_filed_inside_its_window(
    people, entity, under_2026, monkeypatch, ends_on, refused
):
    monkeypatch.setattr(stages, "database_day", lambda: dt.date(2026, 8, 14))
    dossier = whole(entity, application=Application.AGAIN, **under_2026)
    RatingFactory(product=dossier.product, starts_on=dt.date(2023, 12, 1), ends_on=ends_on)
    if refused:
        with pytest.raises(ValidationError, match="chỉ nhận từ ngày"):
            actions.submit(dossier, by=people["producer"])
    else:
        actions.submit(dossier, by=people["producer"])


def test_without_a_rating_or_for_other_kinds_there_is_no_window(people, entity, under_2026):
    assert stages.window(whole(entity, application=Application.AGAIN, **under_2026)) is None
    assert stages.window(whole(entity)) is None
    assert not Rating.objects.exists()


@pytest.mark.parametrize(("day", "refused"), [(TODAY, False), (TODAY + dt.timedelta(1), True)])
def test_t120_the_clock_of_the_database_decides_whether_an_answer_comes_in_time(
    people, entity, monkeypatch, day, refused
):
    dossier = returned(entity, people, due_on=TODAY)
    monkeypatch.setattr(stages, "database_day", lambda: day)
    if refused:
        with pytest.raises(ValidationError, match="Đã quá hạn bổ sung 15/10/2024"):
            actions.submit(dossier, by=people["producer"])
        assert Submission.objects.count() == 1
    else:
        actions.submit(dossier, by=people["producer"])
        assert Submission.objects.count() == 2


@pytest.mark.parametrize(
    ("moment", "day"),
    [("2024-10-15 16:59:59.999+00", 15), ("2024-10-15 17:00:00.000+00", 16)],
)
def test_t120_the_day_ends_at_midnight_in_viet_nam(settings, monkeypatch, moment, day):
    class Cursor:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            return False

        def execute(self, statement):
            assert "clock_timestamp" in statement

        def fetchone(self):
            return [dt.datetime.fromisoformat(moment)]

    settings.DEMO_DAY = None
    monkeypatch.setattr(stages.connection, "cursor", Cursor)

    assert stages.database_day() == dt.date(2024, 10, day)


def test_t03_sent_again_because_the_answer_was_lost_it_is_one_submission(client, people, entity):
    dossier = whole(entity)
    client.force_login(people["producer"])
    address = reverse("products:submission", args=[dossier.code])
    client.post(address)

    page = client.post(address, follow=True).content.decode()

    assert "đã nộp rồi" in page
    assert Submission.objects.count() == 1
    with pytest.raises(PermissionDenied):
        actions.submit(dossier, by=people["producer"])


def test_a_dossier_never_frozen_is_read_as_it_stands(people, entity):
    dossier = whole(entity)

    frozen = freezing.as_handed_in(dossier)

    assert frozen.submission is None
    assert json.loads(freezing.canonical(frozen.content)) == frozen.content
    assert Dossier.objects.get().status == DossierStatus.DRAFT
    assert PAPER not in frozen.facts


# ---------------------------------------------------------------- before a council


def test_the_council_reads_the_frozen_copy_and_its_files(client, people, entity):
    dossier = handed_in(entity, people)
    paper = Evidence.objects.get()
    Dossier.objects.update(status=DossierStatus.UNDER_EVALUATION)
    case = CaseFactory(council=(council := council_of(entity.area.parent)), dossier=dossier)
    StatementFactory(case=case, seat=council.seats.first())
    client.force_login(council.seats.first().user)
    before = client.get(reverse("evaluation:dossier", args=[case.code])).content.decode()
    with opened(dossier):  # what nobody can do in the portal: the rows change after the submission
        Dossier.objects.update(spec="Sửa lén")
        Evidence.objects.update(title="Tệp lén", file=ContentFile(b"x", name="b.pdf").name)

    page = client.get(reverse("evaluation:dossier", args=[case.code])).content.decode()

    assert "Hộp một khăn" in before
    assert "Sửa lén" not in page
    assert "Tệp lén" not in page
    assert Submission.objects.get().sha256 in page
    file = client.get(reverse("evaluation:evidence", args=[case.code, paper.code]))
    assert file["Content-Type"] == "application/pdf"
    away = reverse("evaluation:evidence", args=[case.code, "00000000-0000-0000-0000-000000000000"])
    assert client.get(away).status_code == 404
