"""People who import, and an import carried through step by step."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actions import imports as actions
from accounts.imports import guess, importers
from accounts.models import ImportRun, ImportStatus
from foundation.jobs import queue
from tests.jobs.conftest import workers

__all__ = ["workers"]


@pytest.fixture
def office(people):
    """The district's officer of Duy Tiên."""
    return people["district_officer"]


def send(content, by, importer="master-list", name="danh-sach.xlsx"):
    """Upload, and let the worker read it."""
    file = SimpleUploadedFile(name, content)
    run = actions.send_workbook(importers()[importer], file, by=by)
    return worked(run)


def worked(run):
    """Let the import's job run; the import as it stands then."""
    run.refresh_from_db()
    queue.run(run.job_id)
    return ImportRun.objects.select_related("job", "by").get(pk=run.pk)


def checked(content, by, importer="master-list", name="danh-sach.xlsx"):
    """Upload, read, choose the guessed columns, check."""
    run = send(content, by, importer, name)
    assert run.status == ImportStatus.MAPPING, run.refusal
    actions.choose_columns(run, guess(importers()[importer].columns, run.heads), by=by)
    return worked(run)


def imported(content, by, importer="master-list", name="danh-sach.xlsx"):
    """The whole way."""
    run = checked(content, by, importer, name)
    actions.confirm(run, by=by)
    return worked(run)


def reasons(run):
    """Row number → why it stays outside."""
    return dict(run.rows.wrong().values_list("number", "reason"))
