"""Who begins another turn, types paper sheets, prints them, advises: tables of people."""

import pytest

from entities.models import Membership
from evaluation import permissions
from evaluation.models import Adviser, AdvisorySheet, Post
from foundation import clock
from tests.evaluation.stories import holder, opened, proposed, sheet_of
from tests.factories.evaluation import AdviserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def everybody(people, council):
    """The people around the producer, and the members of the council."""
    seats = {"chair": Post.CHAIR, "member": Post.MEMBER, "secretary": Post.SECRETARY}
    return people | {name: holder(council, post) for name, post in seats.items()}


def allowed(people, predicate, *about):
    """Those whom the predicate lets through."""
    return {name for name, user in people.items() if predicate(user, *about)}


def test_hand_of_is_the_chairs_or_the_secretarys(everybody, case):
    assert allowed(everybody, permissions.hand_of, case) == {"chair", "secretary"}
    assert permissions.hand_of(everybody["chair"], case) == Post.CHAIR


@pytest.mark.parametrize(("first", "second"), [("chair", "secretary"), ("secretary", "chair")])
def test_may_second_is_the_other_one(everybody, case, first, second):
    proposal = proposed(opened(case), by=everybody[first])

    assert allowed(everybody, permissions.may_second, proposal) == {second}


def test_may_enter_paper_is_the_secretarys_for_other_members(everybody, case, member, secretary):
    assert allowed(everybody, permissions.may_enter_paper, sheet_of(case, member)) == {"secretary"}
    assert allowed(everybody, permissions.may_enter_paper, sheet_of(case, secretary)) == set()
    Membership.objects.create(entity=case.dossier.product.entity, user=member)
    assert allowed(everybody, permissions.may_enter_paper, sheet_of(case, member)) == set()


def test_may_print_sheets_is_for_those_who_work_for_the_council(everybody, case):
    works = {"chair", "member", "secretary", "district_officer"}
    assert allowed(everybody, permissions.may_print_sheets, case) == works


def test_may_advise_is_for_the_adviser_unless_of_the_producer(everybody, case):
    row = AdviserFactory(council=case.council)
    adviser = row.user
    (sheet,) = AdvisorySheet.objects.lay_before(case, [adviser])

    assert allowed(everybody | {"adviser": adviser}, permissions.may_advise, sheet) == {"adviser"}
    Adviser.objects.filter(pk=row.pk).update(ended_on=clock.today())
    assert not permissions.may_advise(adviser, sheet)
    Adviser.objects.filter(pk=row.pk).update(ended_on=None)
    assert permissions.may_advise(adviser, sheet)
    Membership.objects.create(entity=case.dossier.product.entity, user=adviser)
    assert not permissions.may_advise(adviser, sheet)
