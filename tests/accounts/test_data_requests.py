"""Requests about personal data: received with both limits, answered, carried out or refused; overdue ones are seen."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts import permissions
from accounts.actions import requests
from accounts.models import DataRequest, RequestKind, RequestStatus, Role
from foundation import clock
from foundation.trail.models import Entry
from foundation.trail.moves import IllegalMove
from tests.conftest import person
from tests.factories.accounts import UserFactory
from tests.factories.privacy import DataRequestFactory
from tests.factories.products import IdeaFactory

pytestmark = pytest.mark.django_db
EVERYBODY = [
    "producer",
    "district_officer",
    "province_officer",
    "manager",
    "judge",
    "administrator",
    "nobody",
]


@pytest.fixture
def asker():
    return UserFactory(full_name="Người Hỏi", email="hoi@example.vn")


@pytest.fixture
def office(db):
    """An administrator."""
    return person(Role.ADMINISTRATOR)


def test_both_limits_are_fixed_at_receipt_by_the_law_of_that_day(asker, settings):
    settings.DEMO_DAY = dt.date(2026, 2, 13)
    request = requests.receive(RequestKind.DELETION, "Xóa", by=asker)

    local = timezone.localtime
    assert request.law == "luat91"
    assert local(request.answer_due_at).date() == dt.date(2026, 2, 24)
    assert local(request.done_due_at).date() == dt.date(2026, 3, 5)


def test_before_2026_a_request_has_72_hours(asker):
    request = requests.receive(RequestKind.ACCESS, "Xem", by=asker)

    assert request.law == "nd13"
    assert request.done_due_at - request.received_at == dt.timedelta(hours=72)


def test_only_so_many_requests_wait_at_once(asker):
    DataRequestFactory.create_batch(requests.MOST_OPEN, person=asker)

    with pytest.raises(ValidationError, match="chờ xử lý"):
        requests.receive(RequestKind.ACCESS, "Xem", by=asker)


def test_a_correction_changes_the_account_and_the_trail_names_fields_only(asker, office):
    request = DataRequestFactory(person=asker)

    requests.answer(request, "Sẽ sửa", by=office)
    requests.carry_out(request, "Đã sửa", by=office, full_name="Tên Đúng", email="hoi@example.vn", title="")

    asker.refresh_from_db()
    assert asker.full_name == "Tên Đúng"
    assert request.status == RequestStatus.DONE
    assert Entry.objects.about(asker).get().note == "họ và tên"
    assert [entry.new for entry in Entry.objects.about(request)] == ["answered", "done"]


def test_a_correction_that_corrects_nothing_is_refused_and_stays_open(asker, office):
    request = DataRequestFactory(person=asker)

    with pytest.raises(ValidationError, match="Chưa có thông tin nào"):
        requests.carry_out(request, "Đã sửa", by=office, full_name="Người Hỏi")
    with pytest.raises(ValidationError, match="Không chỉnh sửa được"):
        requests.carry_out(request, "Đã sửa", by=office, is_active=False)

    assert DataRequest.objects.get().status == RequestStatus.RECEIVED


def test_a_refusal_has_a_reason_and_ends_the_request(asker, office):
    request = DataRequestFactory(person=asker)

    requests.refuse(request, "Luật yêu cầu giữ", by=office)

    assert DataRequest.objects.get().reason == "Luật yêu cầu giữ"
    with pytest.raises(PermissionDenied):
        requests.answer(request, "Muộn", by=office)
    request.status = RequestStatus.RECEIVED  # as a second tab still shows it
    with pytest.raises(IllegalMove), transaction.atomic():
        requests.answer(request, "Muộn", by=office)


@pytest.mark.parametrize("name", EVERYBODY)
def test_who_may_handle_requests(people, name):
    request = DataRequestFactory()

    assert permissions.may_handle_requests(people[name]) is (name == "administrator")
    assert permissions.may_handle_request(people[name], request) is (name == "administrator")
    if name != "administrator":
        for deed in (requests.answer, requests.carry_out, requests.refuse):
            with pytest.raises(PermissionDenied):
                deed(request, "x", by=people[name])


def test_nobody_handles_their_own_request(office):
    mine = DataRequestFactory(person=office)

    assert permissions.may_handle_request(office, mine) is False
    assert list(DataRequest.objects.waiting_for(office)) == []
    with pytest.raises(IntegrityError):
        DataRequest.objects.update(handled_by=office)


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "refused", "done_at": "now"},
        {"status": "done"},
        {"done_at": "now"},
        {"answer_due_at": "past"},
    ],
)
def test_the_database_keeps_a_request_whole(wrong):
    moments = {"now": clock.now(), "past": clock.now() - dt.timedelta(days=9)}
    with pytest.raises(IntegrityError):
        DataRequestFactory(**{name: moments.get(value, value) for name, value in wrong.items()})


@pytest.mark.parametrize(
    ("days_ago", "status", "overdue"),
    [
        (1, RequestStatus.RECEIVED, False),
        (4, RequestStatus.RECEIVED, True),
        (4, RequestStatus.ANSWERED, True),
        (1, RequestStatus.ANSWERED, False),
        (4, RequestStatus.DONE, False),
        (4, RequestStatus.REFUSED, False),
    ],
)
def test_an_overdue_request_is_seen_on_its_row_and_in_the_count(days_ago, status, overdue):
    closed = {"done_at": clock.now(), "reason": "x"} if status in {"done", "refused"} else {}
    received = clock.now() - dt.timedelta(days=days_ago)
    request = DataRequestFactory(received_at=received, status=status, **closed)

    assert request.is_overdue is overdue
    assert DataRequest.objects.overdue().exists() is overdue


def test_the_office_sees_the_clock_and_the_desk_shows_the_request(client, office, asker):
    late = DataRequestFactory(person=asker, received_at=clock.now() - dt.timedelta(days=4))
    client.force_login(office)

    page = client.get(reverse("accounts:data_requests")).content.decode()
    desk = client.get(reverse("desk")).content.decode()

    assert "1 quá hạn" in page
    assert late.code in page
    assert "quá hạn" in desk
    assert late.get_absolute_url() in desk


def test_a_request_is_seen_by_its_person_and_the_office_alone(client, office, asker):
    request = DataRequestFactory(person=asker)
    for user, status in ((asker, 200), (office, 200), (UserFactory(), 404)):
        client.force_login(user)
        assert client.get(request.get_absolute_url()).status_code == status
    client.force_login(asker)
    assert client.get(reverse("accounts:data_requests")).status_code == 403
    for name in ("request_answer", "request_fulfilment", "request_refusal"):
        assert client.get(reverse(f"accounts:{name}", args=[request.code])).status_code == 403


def test_the_office_answers_corrects_and_refuses_through_its_pages(client, office, asker):
    first, second = DataRequestFactory(person=asker), DataRequestFactory(person=asker, kind="access")
    client.force_login(office)

    client.post(reverse("accounts:request_answer", args=[first.code]), {"text": "Sẽ sửa trong hôm nay"})
    client.post(
        reverse("accounts:request_fulfilment", args=[first.code]),
        {"full_name": "Người Hỏi Đúng", "email": "", "title": "", "text": "Đã sửa"},
    )
    client.post(reverse("accounts:request_refusal", args=[second.code]), {"reason": "Không đúng người"})

    asker.refresh_from_db()
    assert (asker.full_name, asker.email) == ("Người Hỏi Đúng", "")
    assert {row.status for row in DataRequest.objects.all()} == {"done", "refused"}
    client.force_login(asker)
    assert "Không đúng người" in client.get(second.get_absolute_url()).content.decode()


def test_a_deletion_that_cannot_be_done_yet_says_why_and_can_be_done_later(client, office, asker, commune):
    idea = IdeaFactory(created_by=asker, entity__area=commune)
    request = DataRequestFactory(person=asker, kind=RequestKind.DELETION)
    fulfilment = reverse("accounts:request_fulfilment", args=[request.code])
    client.force_login(office)

    assert "còn ý tưởng đang xử lý" in client.get(request.get_absolute_url()).content.decode()
    refused = client.post(fulfilment, {"text": "Đã xóa"}).content.decode()
    assert "Chưa thể ẩn danh" in refused
    type(idea).objects.update(status="withdrawn")
    assert "không khôi phục được" in client.get(fulfilment).content.decode()
    client.post(fulfilment, {"text": "Đã xóa"})

    asker.refresh_from_db()
    assert asker.full_name == f"Người dùng đã ẩn danh {asker.pk}"
    assert DataRequest.objects.get().status == RequestStatus.DONE


def test_a_restriction_is_noted_as_done(client, office, asker):
    request = DataRequestFactory(person=asker, kind=RequestKind.RESTRICTION)
    client.force_login(office)

    client.post(reverse("accounts:request_fulfilment", args=[request.code]), {"text": "Đã ngừng mời"})

    assert DataRequest.objects.get().answer == "Đã ngừng mời"


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_for_one_and_for_twenty(client, office, count, django_assert_max_num_queries):
    DataRequestFactory.create_batch(count)
    client.force_login(office)
    with django_assert_max_num_queries(7):
        client.get(reverse("accounts:data_requests"))
