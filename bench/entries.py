"""What one entry of the trail costs, committed, beside one plain row of another table.

Runs inside the portal (``manage.py shell``), as the role of web and worker; prints the seconds of every try as JSON.
"""

import json
import time

from accounts.models import User
from foundation.jobs.models import Job, JobState
from foundation.trail.moves import write

ACT, NOTE = "Đo một mục nhật ký", "Ghi chú dài như người ta thường viết khi trả lại một hồ sơ."
WARM_UP = 20


def measured(rounds, each):
    """So many rounds, in each so many entries and then so many plain rows: the seconds of every one."""
    person = User.objects.earliest("pk")
    person.acting_role_label  # noqa: B018 asked once for a request, not for every entry
    found = {"ours": [], "null": []}
    for _ in range(rounds):
        found["ours"].append([seconds_of(write, person, ACT, by=person, note=NOTE) for _ in range(each)])
        found["null"].append([seconds_of(plain_row, person) for _ in range(each)])
    return found


def plain_row(person):
    """A row as wide, without guards and chain."""
    return Job.objects.create(work="bench", title=ACT, by=person, message=NOTE, state=JobState.DONE)


def seconds_of(deed, *facts, **more):
    """How long the deed takes, with its commit."""
    began = time.perf_counter()
    deed(*facts, **more)
    return time.perf_counter() - began


def main(rounds, each):
    """Warm up, measure, print."""
    measured(1, WARM_UP)
    print(json.dumps(measured(rounds, each)))
