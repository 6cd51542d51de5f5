"""Who may read the plan and ask for reports: a table of people."""

import pytest

from targets import permissions
from targets.models import ProgressReport, ReportStatus
from tests.factories.targets import ProgressReportFactory, YearPlanFactory

READS = {
    "commune_officer", "district_officer", "other_district_officer", "province_officer", "department_officer",
    "manager", "judge",
}  # fmt: skip
LEADS = {"province_officer", "department_officer", "manager"}


def test_who_may_read_the_plan(people):
    assert {name for name, user in people.items() if permissions.may_read_plan(user)} == READS


def test_who_may_ask_for_the_province(people, province):
    assert {name for name, user in people.items() if permissions.may_ask_report(user, province)} == LEADS


def test_who_may_ask_for_a_district(people, commune):
    allowed = {name for name, user in people.items() if permissions.may_ask_report(user, commune.parent)}

    assert allowed == LEADS | {"district_officer"}


@pytest.mark.parametrize(
    ("person", "names"),
    [("province_officer", 7), ("district_officer", 1), ("commune_officer", 0), ("judge", 0), ("producer", 0)],
)
def test_the_units_offered_are_those_one_may_ask_for(people, books, person, names):
    offered = permissions.reportable(people[person], books())

    assert len(offered) == names
    assert all(permissions.may_ask_report(people[person], area) for area in offered)


def test_own_districts_come_from_the_commune_too(people, commune):
    assert permissions.own_areas(people["commune_officer"]) == {commune.parent_id}
    assert permissions.own_areas(people["district_officer"]) == {commune.parent_id}
    assert permissions.own_areas(people["province_officer"]) == set()


def test_who_may_read_a_report_of_the_district_and_of_the_province(people, commune):
    whole = ProgressReportFactory()
    part = ProgressReportFactory(area=commune.parent)
    seen = {name: set(ProgressReport.objects.visible_to(user)) for name, user in people.items()}

    assert {name for name, rows in seen.items() if whole in rows} == LEADS
    assert {name for name, rows in seen.items() if part in rows} == LEADS | {"district_officer"}


def test_whoever_asked_for_a_report_reads_it_later_too(people):
    report = ProgressReportFactory(by=people["judge"])

    assert list(ProgressReport.objects.visible_to(people["judge"])) == [report]
    assert not ProgressReport.objects.visible_to(people["producer"]).exists()


OWN = {"province": {"province_officer", "manager"}, "district": {"district_officer"}}


def who(people, ask, report):
    return {name for name, user in people.items() if ask(user, report)}


def test_who_owns_and_edits_the_report_of_the_timetable(people, commune):
    whole, part = ProgressReportFactory(), ProgressReportFactory(area=commune.parent)

    for ask in (permissions.owns_report, permissions.may_edit_report):
        assert who(people, ask, whole) == OWN["province"]
        assert who(people, ask, part) == OWN["district"]


def test_whoever_asked_edits_the_draft_while_they_may_ask(people, commune):
    asked = ProgressReportFactory(area=commune.parent, by=people["department_officer"])
    foreign = ProgressReportFactory(area=commune.parent, by=people["judge"])

    assert who(people, permissions.may_edit_report, asked) == OWN["district"] | {"department_officer"}
    assert who(people, permissions.may_edit_report, foreign) == OWN["district"]


@pytest.mark.parametrize("status", [ReportStatus.SIGNED, ReportStatus.SENT])
def test_nobody_edits_a_report_that_is_signed(people, status):
    report = ProgressReport(area=YearPlanFactory().area, status=status)

    assert who(people, permissions.may_edit_report, report) == set()


def test_who_sends_a_signed_report_of_a_district(people, commune):
    facts = {"area": commune.parent, "period": "2024-q3", "status": ReportStatus.SIGNED}
    report = ProgressReport(**facts)

    assert who(people, permissions.may_send_report, report) == OWN["district"]
    for other in ({"status": ReportStatus.DRAFT}, {"period": ""}, {"area": commune.parent.parent}):
        assert who(people, permissions.may_send_report, ProgressReport(**facts | other)) == set()
