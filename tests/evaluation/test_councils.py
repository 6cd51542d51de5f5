"""Councils: set up by decision with every rule chosen, changed, ended."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluation import actions, permissions
from evaluation.council_forms import RulesForm
from evaluation.models import Adviser, Council, Post
from foundation.trail.models import Entry
from tests.evaluation.stories import concluded, handed_in
from tests.factories.accounts import AssignmentFactory
from tests.factories.evaluation import SeatFactory
from tests.ui.test_documents import pdf

pytestmark = pytest.mark.django_db

RULES = {
    "rules_source": "Quy chế số 5", "quorum_percent": "70", "chair_required": "co", "sitting_required": "khong",
    "all_judge": "khong", "judges_min": "3", "spread_limit": "7,5", "spread_limit_counts": "khong",
    "gates_on": "mean", "knockout_by": "any", "rounded": "co", "rounding": "2",
}  # fmt: skip


@pytest.fixture
def officer(people):
    return people["district_officer"]


def paper():
    return SimpleUploadedFile("qd.pdf", pdf(), content_type="application/pdf")


def decision(commune, **more):
    return {
        "area": commune.parent.pk, "name": "Hội đồng Thử", "issuer": "UBND thị xã", "decision_number": "12/QĐ-UBND",
        "decided_on": "2024-10-01", "scan": paper(), **RULES, **more,
    }  # fmt: skip


def test_an_officer_sets_a_council_up_with_decision_and_rules(as_user, commune, officer):
    client = as_user(officer)

    answer = client.post(reverse("evaluation:council_new"), decision(commune))

    council = Council.objects.get()
    assert answer.url == council.get_absolute_url()
    assert (council.level, council.judges_min, council.rounding, council.chair_required) == (
        "district",
        3,
        2,
        True,
    )
    page = client.get(answer.url).content.decode()
    for words in ("Quy chế số 5", "ít nhất 3 người", "dưới 7,5", "làm tròn 2 chữ số"):
        assert words in page
    assert client.get(reverse("evaluation:council_scan", args=[council.code])).status_code == 200
    assert "Hội đồng Thử" in client.get(reverse("evaluation:councils")).content.decode()
    assert Entry.objects.about(council).get().by == officer


@pytest.mark.parametrize(
    "name", ["quorum_percent", "chair_required", "sitting_required", "all_judge", "spread_limit_counts", "gates_on",
             "knockout_by", "rounded", "judges_min", "rounding"]
)  # fmt: skip
def test_no_rule_has_a_hidden_default(as_user, commune, officer, name):
    sent = decision(commune)
    del sent[name]

    assert as_user(officer).post(reverse("evaluation:council_new"), sent).status_code == 200
    assert not Council.objects.exists()


def test_who_may_set_a_council_up(people, commune, province):
    for where, allowed in (
        (commune.parent, "district_officer"),
        (province, "province_officer"),
        (commune, None),
    ):
        found = [name for name, user in people.items() if permissions.may_establish(user, where)]
        assert found == ([allowed] if allowed else [])


def test_a_decision_of_tomorrow_is_refused(as_user, commune, officer, people):
    page = as_user(officer).post(
        reverse("evaluation:council_new"), decision(commune, decided_on="2024-10-16")
    )
    assert "không thể sau hôm nay" in page.content.decode()
    assert as_user(people["producer"]).get(reverse("evaluation:council_new")).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.establish(commune.parent, by=people["manager"], scan=paper(), decided_on=dt.date(2024, 10, 1))


def test_the_rules_change_while_no_sheet_waits(as_user, council, case, officer):
    client, url = as_user(officer), reverse("evaluation:council_rules", args=[council.code])
    assert client.get(url).status_code == 200
    assert client.post(url, RULES).url == council.get_absolute_url()
    assert (
        "Mở phiếu khi có: ít nhất 75% số phiếu → ít nhất 70% số phiếu"
        in Entry.objects.about(council).get().detail.note
    )

    handed_in(case)
    page = client.post(url, RULES | {"quorum_percent": "10"}).content.decode()
    assert "chưa sửa Quy chế được" in page
    assert Council.objects.get(pk=council.pk).quorum_percent == 70


def test_the_form_shows_the_rules_in_force(council):
    form = RulesForm(instance=council)

    assert (form.initial["all_judge"], form.initial["rounded"], form.initial["chair_required"]) == (
        "co", "khong", "co",
    )  # fmt: skip
    assert RulesForm(RULES | {"all_judge": "co", "rounded": "khong"}).is_valid()


def test_a_council_ends_when_nothing_waits(council, case, officer, secretary):
    end = {"by": officer, "reason": "Hết nhiệm vụ"}
    with pytest.raises(PermissionDenied):
        actions.end_council(council, **end | {"by": secretary}, day=dt.date(2024, 10, 15))
    for day, words in (
        (dt.date(2024, 10, 16), "sau hôm nay"),
        (dt.date(2024, 1, 14), "trước ngày thành lập"),
        (dt.date(2024, 10, 15), "1 phiên chưa kết luận"),
    ):
        with pytest.raises(ValidationError, match=words):
            actions.end_council(council, **end, day=day)
    concluded(case)
    actions.end_council(council, **end, day=dt.date(2024, 10, 15))
    assert Council.objects.get(pk=council.pk).ended_on == dt.date(2024, 10, 15)


def test_the_office_changes_the_people_on_the_pages(as_user, council, officer, member):
    client = as_user(officer)
    person = AssignmentFactory(role="council_member", area=council.area).user
    new = {
        "user": person.pk,
        "post": "vice",
        "scores": "co",
        "started_on": "2024-10-15",
        "basis": "13/QĐ-UBND",
    }
    url = reverse("evaluation:seat_new", args=[council.code])
    assert client.post(url, new).url == council.get_absolute_url()
    seat = council.seats.get(user=member)
    other = AssignmentFactory(role="council_member", area=council.area).user
    sent = {"day": "2024-10-15", "why": "Nghỉ hưu", "user": other.pk, "basis": "14/QĐ-UBND"}
    client.post(reverse("evaluation:seat_end", args=[council.code, seat.pk]), sent)
    client.post(
        reverse("evaluation:adviser_new", args=[council.code]),
        {"user": person.pk, "duty": "leader", "started_on": "2024-10-15"},
    )
    adviser = Adviser.objects.get()
    client.post(reverse("evaluation:adviser_end", args=[council.code, adviser.pk]))

    page = client.get(council.get_absolute_url()).content.decode()
    for words in ("Phó Chủ tịch", "Nghỉ hưu", other.full_name, "thôi từ 15/10/2024"):
        assert words in page
    end = reverse("evaluation:council_end", args=[council.code])
    assert client.get(end).status_code == 200


def test_members_read_and_change_nothing(as_user, council, member, people):
    client = as_user(member)
    assert client.get(council.get_absolute_url()).status_code == 200
    assert client.get(reverse("evaluation:council_scan", args=[council.code])).status_code == 404
    for name in ("council_rules", "council_end", "seat_new", "adviser_new", "round_new"):
        url = reverse(f"evaluation:{name}", args=[council.code])
        assert as_user(member).get(url).url == council.get_absolute_url()
        assert as_user(people["producer"]).get(url).status_code == 404


def test_the_list_of_councils_costs_the_same(as_user, commune, officer):
    client, costs = as_user(officer), []
    for more in (1, 11):
        for _ in range(more):
            SeatFactory(council__area=commune.parent, post=Post.CHAIR)
        client.get(reverse("evaluation:councils"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("evaluation:councils"))
        costs.append(len(asked))

    assert costs[0] == costs[1]
