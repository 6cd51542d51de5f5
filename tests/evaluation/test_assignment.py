"""T17 and the assignment of judges: by hand, in bulk, balanced; all or nothing."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, connections, transaction
from django.urls import reverse

from entities.models import Membership
from evaluation import actions
from evaluation.models import Answer, CaseStatus, Post, ScoreSheet, SheetStatus
from foundation.trail.models import Entry
from tests.evaluation.stories import holder
from tests.factories.evaluation import CaseFactory, ScoreSheetFactory, StatementFactory, council_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def divided(commune):
    """A council whose secretary assigns two judges to each dossier."""
    posts = (Post.CHAIR, Post.MEMBER, Post.MEMBER, Post.SECRETARY)
    return council_of(commune.parent, *posts, judges_min=2)


@pytest.fixture
def clerk(divided):
    return holder(divided, Post.SECRETARY)


def cases_of(council, commune, count):
    return [CaseFactory(council=council, dossier__product__entity__area=commune) for _ in range(count)]


def keys(council):
    return list(council.seats.order_by("pk").values_list("pk", flat=True))


def test_admit_makes_no_sheet_where_judges_are_assigned(divided, dossier, clerk):
    case = actions.admit(divided, dossier, by=clerk)

    assert not case.sheets.exists()
    assert any("2 người chấm" in gap for gap in case.missing_to_open())


def test_judges_are_assigned_by_hand_once(divided, commune, clerk):
    (case,) = cases_of(divided, commune, 1)
    pairs = [(case.pk, seat) for seat in keys(divided)[:2]]

    assert actions.assign(divided, pairs, by=clerk) == 2
    assert actions.assign(divided, pairs, by=clerk) == 0
    assert sorted(case.sheets.values_list("case", "seat")) == sorted(pairs)
    assert Entry.objects.about(case).count() == 2


def test_only_who_keeps_the_papers_assigns_and_only_where_the_rules_say_so(divided, council, case, secretary):
    with pytest.raises(PermissionDenied):
        actions.assign(divided, [], by=secretary)
    with pytest.raises(ValidationError, match="mọi thành viên chấm mọi hồ sơ"):
        actions.assign(council, [], by=secretary)


def test_t17_one_bad_row_of_many_refuses_all_with_reasons(divided, commune, clerk):
    cases, seats = cases_of(divided, commune, 12), keys(divided)
    closed, own, aside = cases[3], cases[7], cases[9]
    type(closed).objects.filter(pk=closed.pk).update(status=CaseStatus.OPENED)
    seat = divided.seats.get(pk=seats[1])
    Membership.objects.create(entity=own.dossier.product.entity, user=seat.user)
    StatementFactory(case=aside, seat=seat, answer=Answer.CONFLICT, reason="người thân")
    foreign = CaseFactory(council=council_of(commune.parent))
    pairs = [(case.pk, key) for case in cases for key in seats[:2]] + [(foreign.pk, seats[0])]

    with pytest.raises(ValidationError) as refusal:
        actions.assign(divided, pairs, by=clerk)

    reasons = " ".join(refusal.value.messages)
    for words in (
        f"{closed.code}: không còn chấm",
        "là người của chủ thể",
        "đã từ chối chấm",
        "không thuộc hội đồng",
    ):
        assert words in reasons
    assert not ScoreSheet.objects.filter(case__council=divided).exists()


def test_a_seat_that_does_not_score_is_named(divided, commune, clerk):
    (case,) = cases_of(divided, commune, 1)
    divided.seats.filter(pk=keys(divided)[0]).update(scores=False)

    with pytest.raises(ValidationError, match="không chấm điểm hoặc đã thôi"):
        actions.assign(divided, [(case.pk, keys(divided)[0])], by=clerk)


def test_the_balanced_division_gives_each_case_its_judges(divided, commune, clerk):
    cases = cases_of(divided, commune, 6)

    assert actions.assign_balanced(divided, {case.pk for case in cases}, by=clerk) == 12
    load = [divided.seats.get(pk=key).sheets.count() for key in keys(divided)]
    assert load == [3, 3, 3, 3]


def test_the_balanced_division_says_for_which_cases_judges_are_short(divided, commune, clerk):
    (case,) = cases_of(divided, commune, 1)
    for key in keys(divided)[:3]:
        StatementFactory(
            case=case, seat_id=key, seat=divided.seats.get(pk=key), answer=Answer.CONFLICT, reason="x"
        )

    with pytest.raises(ValidationError, match=f"Không đủ 2 người được chấm cho: {case.code}"):
        actions.assign_balanced(divided, {case.pk}, by=clerk)


def test_a_blank_sheet_is_taken_back_and_given_again(divided, commune, clerk):
    (case,) = cases_of(divided, commune, 1)
    seat = divided.seats.first()
    actions.assign(divided, [(case.pk, seat.pk)], by=clerk)

    actions.release(case, seat, by=clerk)
    assert case.sheets.get().status == SheetStatus.RELEASED
    with pytest.raises(ValidationError, match="phiếu trắng"):
        actions.release(case, seat, by=clerk)
    actions.assign(divided, [(case.pk, seat.pk)], by=clerk)
    assert case.sheets.get().status == SheetStatus.DRAFT


def test_a_sheet_that_was_begun_is_not_taken_back(divided, commune, clerk):
    (case,) = cases_of(divided, commune, 1)
    sheet = ScoreSheetFactory(case=case, seat=divided.seats.first())

    with pytest.raises(ValidationError, match="phiếu trắng"):
        actions.release(case, sheet.seat, by=clerk)


def test_the_page_assigns_divides_and_takes_back(as_user, divided, commune, clerk, people):
    cases, client = cases_of(divided, commune, 2), as_user(clerk)
    seat, page = divided.seats.first(), reverse("evaluation:assignment", args=[divided.code])
    assert client.get(page).content.decode().count('name="cap"') == 8

    send = reverse("evaluation:assigning", args=[divided.code])
    client.post(send, {"cap": [f"{cases[0].pk}-{seat.pk}", "nonsense", "1-x"]})
    assert cases[0].sheets.get().seat == seat
    client.post(send, {"viec": "chia-deu", "phien": [case.pk for case in cases]})
    assert [case.sheets.count() for case in cases] == [2, 2]
    client.post(reverse("evaluation:releasing", args=[divided.code]), {"cap": f"{cases[0].pk}-{seat.pk}"})
    assert cases[0].sheets.get(seat=seat).status == SheetStatus.RELEASED
    assert as_user(people["manager"]).get(page).status_code == 404


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locks", [True, False])
def test_t17_a_row_that_somebody_else_holds_refuses_all(request, locks):
    commune = request.getfixturevalue("commune")
    council = council_of(commune.parent, Post.CHAIR, Post.SECRETARY, judges_min=1)
    cases, by = cases_of(council, commune, 5), holder(council, Post.SECRETARY)
    pairs = [(case.pk, council.seats.first().pk) for case in cases]
    other = connections.create_connection("default")
    try:
        if locks:
            other.set_autocommit(False)
            with other.cursor() as cursor:
                cursor.execute("select 1 from evaluation_case where id = %s for update", [cases[2].pk])
            with pytest.raises(ValidationError, match=f"{cases[2].code}: đang được người khác xử lý"):
                actions.assign(council, pairs, by=by)
            assert not ScoreSheet.objects.exists()
        else:
            assert actions.assign(council, pairs, by=by) == 5
    finally:
        if locks:
            other.rollback()
        other.close()
    assert not connection.in_atomic_block
    assert transaction.get_autocommit()
