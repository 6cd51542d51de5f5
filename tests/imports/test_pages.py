"""The pages of imports: each step, refusals in words, other people's imports, a fixed number of queries."""

import uuid
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import ImportRun, ImportStatus
from accounts.models.imports import Fate
from accounts.privacy import Span, rules
from tests.factories.imports import ImportRowFactory, ImportRunFactory
from tests.imports.books import plain_book
from tests.imports.conftest import worked
from tests.imports.test_runs import ONE


@pytest.fixture
def officer(client, people):
    """The commune's officer at the browser."""
    client.force_login(people["commune_officer"])
    return people["commune_officer"]


def upload(client, content, name="danh-sach.xlsx", importer="producers"):
    """Send a file by the form."""
    return client.post(
        reverse("accounts:import_new"), {"importer": importer, "file": SimpleUploadedFile(name, content)}
    )


def at(name, run):
    return reverse(f"accounts:{name}", args=[run.code])


def test_from_the_upload_to_the_result(client, officer):
    answer = upload(client, ONE)
    run = ImportRun.objects.get()
    assert answer.url == run.get_absolute_url()
    assert "Đang chờ đến lượt" in client.get(answer.url).content.decode()
    worked(run)
    form = client.get(at("import_columns", run)).context["form"]
    client.post(at("import_columns", run), {name: field.initial for name, field in form.fields.items()})
    worked(run)
    page = client.get(run.get_absolute_url()).content.decode()
    assert "Ghi vào cổng" in page
    client.post(at("import_confirmation", run))
    worked(run)

    page = client.get(run.get_absolute_url()).content.decode()

    assert "đã được ghi vào cổng" in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n", "không phải bảng tính Excel"),
        (b"", "rỗng|trống"),
        (b"PK\x03\x04" + b"0" * (10 * 1024**2), "lớn hơn 10 MB"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_at_the_form(client, officer, content, said):
    answer = upload(client, content)

    assert answer.status_code == 200
    assert any(word in answer.content.decode() for word in said.split("|"))
    assert not ImportRun.objects.exists()


def test_names_of_files_are_kept_without_folders_and_shown_as_text(client, officer):
    upload(client, ONE, "<script>alert(1)</script>.xlsx")
    page = client.get(ImportRun.objects.get().get_absolute_url()).content.decode()

    assert "<script>alert" not in page


def test_one_head_cannot_serve_for_two_columns(client, officer):
    upload(client, ONE)
    run = worked(ImportRun.objects.get())

    answer = client.post(at("import_columns", run), {"name": "0", "commune": "0"})

    assert "đã dùng cho" in answer.content.decode()
    assert worked(run).status == ImportStatus.MAPPING


def test_a_required_column_must_be_chosen(client, officer):
    upload(client, plain_book(["a", "b"], [["x", "y"]]))
    run = worked(ImportRun.objects.get())

    assert client.post(at("import_columns", run), {"name": "0"}).status_code == 200


@pytest.mark.parametrize("name", ["import_run", "import_columns", "import_wrong_rows"])
def test_somebody_elses_import_is_not_there(client, officer, name):
    other = ImportRunFactory()

    assert client.get(at(name, other)).status_code == 404
    assert client.get(reverse(f"accounts:{name}", args=[uuid.uuid4()])).status_code == 404


@pytest.mark.parametrize("name", ["import_confirmation", "import_dropping", "import_again"])
def test_somebody_elses_import_cannot_be_acted_on(client, officer, name):
    other = ImportRunFactory()

    assert client.post(at(name, other)).status_code == 404
    assert ImportRun.objects.get().status == ImportStatus.READY


@pytest.mark.parametrize("who", ["producer", "manager", "administrator"])
def test_whoever_may_not_import_has_no_page_for_it(client, people, who):
    client.force_login(people[who])

    assert client.get(reverse("accounts:import_new")).status_code == 403
    assert client.get(reverse("accounts:import_runs")).status_code == 403


@pytest.mark.parametrize("count", [1, 45])
def test_a_preview_costs_the_same_for_one_row_and_for_many(
    client, officer, count, django_assert_max_num_queries
):
    run = ImportRunFactory(by=officer)
    ImportRowFactory.create_batch(count, run=run)

    with django_assert_max_num_queries(8):
        page = client.get(run.get_absolute_url(), {"ket_qua": Fate.ERROR})

    assert page.context["page"].paginator.count == count


def test_the_wrong_rows_leave_as_an_export_in_the_trail(client, officer):
    run = ImportRunFactory(by=officer)
    ImportRowFactory.create_batch(3, run=run)

    answer = client.get(at("import_wrong_rows", run))

    assert answer.taken.rows == 3
    assert "attachment" in answer["Content-Disposition"]


@pytest.mark.parametrize("days", [30, 45])
def test_the_list_says_how_long_files_are_kept_as_the_rules_say(client, officer, monkeypatch, days):
    kept = replace(rules().retention["import"], span=Span("days", days))
    monkeypatch.setitem(rules().retention, "import", kept)

    page = client.get(reverse("accounts:import_runs")).content.decode()

    assert f"được xóa sau {days} ngày" in page
