"""Support on the spot: who may, what the deeds do, what pages show."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.actions import people as people_actions
from accounts.models import Notice, NoticeKind, Role, User
from entities import permissions
from entities.actions import visits as actions
from entities.models import AgreedAction, FieldVisit, VisitStatus
from foundation.trail.models import Entry
from foundation.trail.moves import IllegalMove, move
from foundation.ui import pictures
from tests.conftest import person
from tests.entities.photos import photo
from tests.factories.entities import EntityFactory
from tests.factories.support import AgreedActionFactory, FieldVisitFactory
from tests.products.test_permissions import EVERYBODY, allowed

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 10, 15)


# ---------------------------------------------------------------- who may


def test_officers_of_the_area_plan_a_visit(people, entity):
    assert allowed(people, permissions.may_plan_visit, entity) == {
        "commune_officer", "district_officer", "province_officer", "department_officer",
    }  # fmt: skip


def test_only_its_officer_holds_a_visit_and_adds_to_it(people, visit):
    assert allowed(people, permissions.may_hold_visit, visit) == {"commune_officer"}
    assert allowed(people, permissions.may_add_to_visit, visit) == {"commune_officer"}


def test_an_officer_who_serves_elsewhere_now_holds_the_visit_no_more(officer, visit, other_commune):
    officer.assignments.update(area=other_commune)

    assert not permissions.may_hold_visit(User.objects.get(pk=officer.pk), visit)


def test_a_held_visit_still_takes_photos_and_a_cancelled_one_nothing(officer, entity):
    held = FieldVisitFactory(entity=entity, officer=officer, held=True)
    off = FieldVisitFactory(entity=entity, officer=officer, status="cancelled")

    assert permissions.may_add_to_visit(officer, held)
    assert not permissions.may_hold_visit(officer, held)
    assert not permissions.may_add_to_visit(officer, off)


def test_what_the_producer_does_is_finished_by_its_people_or_by_who_looks_after_it(people, visit):
    action = AgreedActionFactory(visit=visit)

    assert allowed(people, permissions.may_finish_action, action) == {"producer", "commune_officer"}


def test_what_a_colleague_does_is_not_finished_by_the_producer(people, visit):
    action = AgreedActionFactory(visit=visit, owner=people["department_officer"])

    assert allowed(people, permissions.may_finish_action, action) == {"department_officer", "commune_officer"}


def test_nobody_finishes_what_is_done(people, visit):
    action = AgreedActionFactory(visit=visit, done_on=TODAY, done_by=people["producer"])

    assert allowed(people, permissions.may_finish_action, action) == set()


def test_who_sees_a_visit_and_what_was_agreed(people, visit):
    AgreedActionFactory(visit=visit)
    seen = {name for name in EVERYBODY if FieldVisit.objects.visible_to(people[name]).exists()}

    assert seen == {name for name in EVERYBODY if AgreedAction.objects.visible_to(people[name]).exists()}
    assert seen == {
        "producer", "commune_officer", "district_officer", "province_officer", "department_officer", "manager",
    }  # fmt: skip


# ---------------------------------------------------------------- deeds


def test_a_visit_is_planned_and_the_producer_is_told(officer, entity, people):
    visit = actions.plan_visit(by=officer, entity=entity, planned_on=TODAY, topics=["moi-truong"])

    assert (visit.officer, visit.status) == (officer, VisitStatus.PLANNED)
    assert Entry.objects.about(visit).as_timeline()[0]["what"] == "Lên lịch hỗ trợ"
    [notice] = Notice.objects.filter(kind=NoticeKind.VISIT_PLANNED)
    assert notice.person == people["producer"]


@pytest.mark.parametrize("told", [0, 1])
def test_the_producer_is_told_when_the_day_of_a_visit_moves(officer, visit, people, told):
    actions.revise_visit(visit, by=officer, planned_on=visit.planned_on, topics=visit.topics, purpose="Nhãn")
    assert not people["producer"].notices.exists()
    day = dt.date(2024, 10, 20) if told else visit.planned_on
    actions.revise_visit(visit, by=officer, planned_on=day, topics=visit.topics)
    assert people["producer"].notices.count() == told


def test_nobody_plans_a_visit_elsewhere(officer, other_commune):
    with pytest.raises(PermissionDenied):
        actions.plan_visit(
            by=officer, entity=EntityFactory(area=other_commune), planned_on=TODAY, topics=["moi-truong"]
        )


def test_a_visit_without_a_topic_is_refused(officer, entity):
    with pytest.raises(ValidationError, match="ít nhất một nội dung"):
        actions.plan_visit(by=officer, entity=entity, planned_on=TODAY, topics=[])


def test_a_held_visit_keeps_findings_agreements_and_the_next_day(officer, visit, people):
    agreed = [{"what": "Sửa nhãn", "due_on": dt.date(2024, 11, 1), "owner": None}]

    actions.hold_visit(
        visit, by=officer, held_on=TODAY, findings="Nhãn thiếu xuất xứ.", agreed=agreed,
        next_on=dt.date(2024, 11, 5),
    )  # fmt: skip

    visit = FieldVisit.objects.get(pk=visit.pk)
    assert (visit.status, visit.held_on, visit.findings) == ("held", TODAY, "Nhãn thiếu xuất xứ.")
    [action] = visit.actions.all()
    assert (action.what, action.owner, action.keeper, action.agreed_on) == ("Sửa nhãn", None, officer, TODAY)
    assert (visit.next_visit.planned_on, visit.next_visit.status) == (dt.date(2024, 11, 5), "planned")
    kinds = {notice.kind for notice in people["producer"].notices.all()}
    assert kinds == {NoticeKind.VISIT_HELD, NoticeKind.VISIT_ACTION, NoticeKind.VISIT_PLANNED}


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"held_on": dt.date(2024, 10, 16)}, "held_on"),
        ({"next_on": TODAY}, "next_on"),
        ({"agreed": [{"what": "x", "due_on": dt.date(2024, 10, 1), "owner": None}]}, "__all__"),
    ],
)
def test_impossible_days_are_refused_and_nothing_is_half_saved(officer, visit, facts, field):
    with pytest.raises(ValidationError) as refusal:
        actions.hold_visit(visit, by=officer, **({"held_on": TODAY, "findings": "Đã xem."} | facts))

    assert field in refusal.value.message_dict
    visit = FieldVisit.objects.get(pk=visit.pk)
    assert (visit.status, visit.held_on, visit.actions.count()) == ("planned", None, 0)


def test_a_visit_is_held_once(officer, visit):
    actions.hold_visit(visit, by=officer, held_on=TODAY, findings="Đã xem.")

    with pytest.raises(PermissionDenied):
        actions.hold_visit(visit, by=officer, held_on=TODAY, findings="Lại xem.")
    with pytest.raises(IllegalMove):
        move(visit, VisitStatus.CANCELLED, by=officer)


def test_a_cancelled_visit_says_why(officer, visit, people):
    actions.cancel_visit(visit, by=officer, reason="Chủ thể bận thu hoạch")

    assert FieldVisit.objects.get().status == "cancelled"
    assert Entry.objects.about(visit).as_timeline()[0]["note"] == "Chủ thể bận thu hoạch"
    assert people["producer"].notices.filter(kind=NoticeKind.VISIT_CANCELLED).exists()


def test_work_is_given_only_to_colleagues_who_look_after_the_place(officer, visit, people):
    actions.agree(visit, by=officer, what="Hướng dẫn vay", due_on=TODAY, owner=people["department_officer"])
    with pytest.raises(PermissionDenied):
        actions.agree(visit, by=officer, what="Khác", due_on=TODAY, owner=people["other_district_officer"])

    assert AgreedAction.objects.get().owner == people["department_officer"]


def test_the_same_agreement_twice_is_one(officer, visit):
    actions.agree(visit, by=officer, what="Sửa nhãn", due_on=TODAY)
    with pytest.raises(ValidationError, match="đã được ghi"):
        actions.agree(visit, by=officer, what="Sửa nhãn", due_on=TODAY)

    assert AgreedAction.objects.count() == 1


def test_the_producer_reports_that_it_is_done_and_the_officer_is_told(people, officer, visit):
    action = AgreedActionFactory(visit=visit)

    actions.finish_action(
        action,
        by=people["producer"],
        done_on=TODAY,
        done_note="Nhãn mới",
        evidence=pictures.checked_photo(photo()),
    )

    action = AgreedAction.objects.get()
    assert (action.status, action.done_by, action.evidence_type) == ("done", people["producer"], "image/jpeg")
    assert officer.notices.get().kind == NoticeKind.VISIT_DONE


def test_what_was_done_may_be_told_without_a_file(people, visit):
    actions.finish_action(AgreedActionFactory(visit=visit), by=people["producer"], done_on=TODAY)

    action = AgreedAction.objects.get()
    assert (action.status, action.evidence.name) == ("done", "")


def test_nothing_is_done_tomorrow_or_before_it_was_agreed(people, visit):
    action = AgreedActionFactory(visit=visit)

    for day in (dt.date(2024, 10, 16), dt.date(2024, 10, 9)):
        with pytest.raises(ValidationError):
            actions.finish_action(action, by=people["producer"], done_on=day)


# ---------------------------------------------------------------- what is open on a day


def test_open_and_overdue_on_any_day(people, visit):
    late = AgreedActionFactory(visit=visit, due_on=dt.date(2024, 10, 12))
    done = AgreedActionFactory(
        visit=visit, due_on=dt.date(2024, 10, 12), done_on=dt.date(2024, 10, 14), done_by=people["producer"]
    )
    coming = AgreedActionFactory(visit=visit, agreed_on=TODAY, due_on=dt.date(2024, 12, 1))

    def counted(day):
        rows = AgreedAction.objects
        return set(rows.open_on(day)), set(rows.overdue_on(day))

    assert counted(dt.date(2024, 10, 9)) == (set(), set())
    assert counted(dt.date(2024, 10, 12)) == ({late, done}, set())
    assert counted(dt.date(2024, 10, 13)) == ({late, done}, {late, done})
    assert counted(dt.date(2024, 10, 14)) == ({late}, {late})
    assert counted(TODAY) == ({late, coming}, {late})
    assert [action.status for action in (late, done, coming)] == ["overdue", "done", "open"]


def test_visits_held_in_a_period_are_countable(entity, officer):
    FieldVisitFactory(entity=entity, officer=officer, held=True)
    FieldVisitFactory(entity=entity, officer=officer)

    assert FieldVisit.objects.held_between(dt.date(2024, 10, 10), TODAY).count() == 1
    assert FieldVisit.objects.held_between(dt.date(2024, 10, 11), TODAY).count() == 0


def test_open_work_stands_on_the_desks_of_owner_keeper_and_producer(client, people, visit):
    AgreedActionFactory(visit=visit, what="Việc của sở", owner=people["department_officer"])
    AgreedActionFactory(visit=visit, what="Việc của chủ thể")

    def desk(name):
        client.force_login(people[name])
        return client.get(reverse("desk")).content.decode()

    assert (
        "Việc của sở" in desk("department_officer"),
        "Việc của chủ thể" in desk("department_officer"),
    ) == (True, False)
    assert ("Việc của sở" in desk("producer"), "Việc của chủ thể" in desk("producer")) == (False, True)
    assert "Việc của sở" in desk("commune_officer")
    assert "Việc của chủ thể" in desk("commune_officer")
    assert "quá ngày hẹn 10/10/2024" in desk("commune_officer")
    assert "Việc của" not in desk("other_district_officer")


def test_a_leaving_officers_visits_and_work_pass_to_the_colleague(people, officer, visit, commune):
    action = AgreedActionFactory(visit=FieldVisitFactory(entity=visit.entity, officer=officer, held=True))
    heir = person(Role.COMMUNE_OFFICER, commune)

    pieces = people_actions.hand_over(officer, by=people["administrator"], to=heir, reason="Chuyển công tác")

    assert {piece.kind for piece in pieces} >= {"Chuyến hỗ trợ", "Việc đã thống nhất"}
    assert FieldVisit.objects.get(pk=visit.pk).officer == heir
    action = AgreedAction.objects.get(pk=action.pk)
    assert (action.keeper, action.visit.officer) == (heir, officer)  # who held the visit stays on record
    assert action in AgreedAction.objects.waiting_for(User.objects.get(pk=heir.pk))
