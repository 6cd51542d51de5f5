"""A worker killed while it checks: the file is checked again, and is released once."""

import pytest
from django.core.files.storage import default_storage, storages

from foundation.files import actions
from foundation.files.models import Upload
from foundation.jobs.models import JobState
from tests.factories.products import DossierFactory, EvidenceFactory
from tests.ui.test_documents import pdf

pytestmark = pytest.mark.xdist_group("workers")


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_while_checking_leaves_the_file_to_the_next(workers, bell, people, entity, disk):
    producer, content = people["producer"], pdf(pages=25)
    evidence = EvidenceFactory(dossier=DossierFactory(product__entity=entity), added_by=producer)
    upload = actions.begin("evidence", str(evidence.code), by=producer, name="a.pdf", size=len(content))
    actions.add_piece(upload, 0, content, by=producer)
    upload = actions.finish(upload, by=producer)
    crew = workers(JOB_STEP_PAUSE="0.5")
    crew.start()
    crew.until(upload.job, lambda row: row.state == JobState.RUNNING and row.progress >= 41)
    crew.kill()
    assert Upload.objects.get().status == "received"
    assert storages["quarantine"].listdir(upload.folder)[1]  # what was acknowledged is still there

    crew.start()
    done = crew.until(upload.job, lambda row: row.state not in {JobState.QUEUED, JobState.RUNNING})

    upload = Upload.objects.get()
    assert (done.state, done.attempts, upload.status, upload.images.count()) == ("done", 2, "released", 25)
    assert len(default_storage.listdir(f"{upload.folder}/trang")[1]) == 25  # of the first try nothing is left
