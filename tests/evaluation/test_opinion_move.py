"""Remarks and strikes of sheets, handed in or not, go to their own table and come back as they were."""

import pytest
from django.core.management import call_command
from django.db import connection

from evaluation import actions
from tests.conftest import let_truncate
from tests.evaluation.stories import sheet_of
from tests.factories.evaluation import OpinionFactory, fill
from tests.trail.conftest import sql

pytestmark = pytest.mark.django_db(transaction=True)
STRUCK = [["6.2", "lý do"]]


def migrate(*to):
    """The schema of councils as that migration leaves it; the newest one when none is named."""
    call_command("migrate", "evaluation", *to, verbosity=0)


@pytest.fixture
def back_and_forth(transactional_db):
    """The newest schema again, whatever happened."""
    yield
    migrate()
    let_truncate()


@pytest.mark.usefixtures("back_and_forth")
def test_what_was_said_survives_both_ways(case, chair, member):
    OpinionFactory(sheet=sheet_of(case, chair), struck=STRUCK, remark="")
    actions.hand_in(fill(sheet_of(case, member)), by=member, remark="Tốt.")
    connection.close()

    migrate("0002_locks")
    before = dict(sql("select id, (struck, remark)::text from evaluation_scoresheet"))
    migrate()

    assert len([said for said in before.values() if said != '([],"")']) == 2
    assert sheet_of(case, chair).struck == STRUCK
    assert (sheet_of(case, member).remark, sheet_of(case, member).struck) == ("Tốt.", [])
    assert not hasattr(case.sheets.exclude(seat__user__in=[chair, member]).get(), "opinion")
