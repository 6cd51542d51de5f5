"""The measure of one entry of the trail."""

import json

import pytest

from bench import entries
from foundation.jobs.models import Job
from foundation.trail.models import Entry
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_entries_and_plain_rows_are_written_in_turns(capsys):
    UserFactory()
    entries.main(2, 3)

    times = json.loads(capsys.readouterr().out)
    assert [len(one) for side in ("ours", "null") for one in times[side]] == [3, 3, 3, 3]
    assert Entry.objects.count() == Job.objects.count() == entries.WARM_UP + 6
