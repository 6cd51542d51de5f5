"""T120: after the days of the calendar the receiving office may take one dossier, to a day, with a reason."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Notice
from foundation.trail.models import Entry
from products import actions, permissions, stages
from products.models import Dossier, DossierStatus, LateAcceptance, Submission
from tests.factories.late import LateAcceptanceFactory
from tests.products.test_permissions import allowed
from tests.products.test_windows import days, september
from tests.products.whole import TODAY, again, handed_in, under_2026, whole

pytestmark = pytest.mark.django_db
__all__ = ["under_2026"]
UNTIL = dt.date(2024, 10, 20)
GIVEN = {"until": UNTIL, "reason": "Mưa lũ làm mất mạng."}


@pytest.fixture
def draft(entity):
    """Whole, and the days are over."""
    september(entity.area.parent)
    return whole(entity)


def at(name, dossier):
    return reverse(f"products:{name}", args=[dossier.code])


# ---------------------------------------------------------------- who


def test_who_takes_a_dossier_late(people, draft):
    assert allowed(people, permissions.may_accept_late, draft) == {"district_officer"}
    assert allowed(people, permissions.may_ask_late, draft) == {"producer"}


def test_under_2026_it_is_the_commune_that_receives(people, entity, under_2026):
    draft = whole(entity, **under_2026)

    assert allowed(people, permissions.may_accept_late, draft) == {"commune_officer"}


def test_nobody_once_it_was_handed_in(people, entity):
    dossier = handed_in(entity, people)

    assert allowed(people, permissions.may_accept_late, dossier) == set()
    assert allowed(people, permissions.may_ask_late, dossier) == set()


# ---------------------------------------------------------------- deeds


def test_t120_taken_late_it_is_handed_in_to_the_end_of_that_day(people, draft, monkeypatch):
    with pytest.raises(ValidationError, match="Đã hết thời gian nhận"):  # the control
        actions.submit(draft, by=people["producer"])
    late = actions.accept_late(draft, by=people["district_officer"], **GIVEN)

    monkeypatch.setattr(stages, "database_day", lambda: UNTIL + dt.timedelta(1))
    with pytest.raises(ValidationError, match="Lần cho nhận muộn đã hết ngày 20/10/2024"):
        actions.submit(draft, by=people["producer"])
    monkeypatch.setattr(stages, "database_day", lambda: UNTIL)
    actions.submit(draft, by=people["producer"])

    assert Submission.objects.count() == 1
    assert (late.by, late.on, late.until) == (people["district_officer"], TODAY, UNTIL)
    assert str(late).endswith("đến 20/10/2024")


def test_one_dossier_taken_late_opens_no_other(people, entity, draft):
    actions.accept_late(draft, by=people["district_officer"], **GIVEN)

    with pytest.raises(ValidationError, match="Đã hết thời gian nhận"):
        actions.submit(whole(entity), by=people["producer"])


def test_it_is_in_the_trail_and_the_producer_is_told(people, draft):
    actions.accept_late(draft, by=people["district_officer"], **GIVEN)

    entry = Entry.objects.about(draft).order_by("-pk").first()
    assert (entry.act, entry.by) == ("Cho nhận muộn", people["district_officer"])
    assert entry.note == "Đến hết ngày 20/10/2024: Mưa lũ làm mất mạng."
    notice = Notice.objects.get()
    assert notice.person == people["producer"]
    assert "được nhận muộn, hãy nộp đến hết ngày 20/10/2024" in notice.text


@pytest.mark.parametrize("until", [TODAY - dt.timedelta(1), TODAY + dt.timedelta(31)])
def test_the_day_lies_ahead_and_not_far(people, draft, until):
    with pytest.raises(ValidationError, match="Hãy chọn một ngày từ hôm nay đến 14/11/2024"):
        actions.accept_late(draft, by=people["district_officer"], until=until, reason="Mưa lũ.")
    for edge in (TODAY, TODAY + dt.timedelta(30)):  # the control
        actions.accept_late(draft, by=people["district_officer"], until=edge, reason="Mưa lũ.")


def test_a_second_time_only_to_a_later_day(people, draft):
    by = people["district_officer"]
    actions.accept_late(draft, by=by, **GIVEN)
    with pytest.raises(ValidationError, match="đã được nhận đến hết ngày 20/10/2024"):
        actions.accept_late(draft, by=by, **GIVEN)
    actions.accept_late(draft, by=by, until=UNTIL + dt.timedelta(1), reason="Vẫn mưa.")

    assert LateAcceptance.objects.count() == 2


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1001])
def test_without_a_reason_nothing(people, draft, reason):
    with pytest.raises(ValidationError):
        actions.accept_late(draft, by=people["district_officer"], until=UNTIL, reason=reason)
    assert not LateAcceptance.objects.exists()


def test_before_the_days_are_over_or_without_any_it_is_not_needed(people, entity):
    draft = whole(entity)
    for deed, facts, by in (
        (actions.accept_late, GIVEN, people["district_officer"]),
        (actions.ask_late, {}, people["producer"]),
    ):
        with pytest.raises(ValidationError, match="chưa cần nhận muộn"):
            deed(draft, by=by, **facts)
    days(entity.area.parent, TODAY, TODAY)
    with pytest.raises(ValidationError, match="chưa cần nhận muộn"):
        actions.accept_late(draft, by=people["district_officer"], **GIVEN)


def test_strangers_are_refused(people, draft):
    for name in ("producer", "commune_officer", "other_district_officer", "province_officer", "manager"):
        with pytest.raises(PermissionDenied):
            actions.accept_late(draft, by=people[name], **GIVEN)
    for name in ("other_producer", "district_officer"):
        with pytest.raises(PermissionDenied):
            actions.ask_late(draft, by=people[name])


def test_the_database_holds_a_reason_a_day_ahead_and_no_day_twice(draft):
    LateAcceptanceFactory(dossier=draft)  # the control
    for wrong in ({"reason": "", "until": TODAY}, {"until": TODAY - dt.timedelta(1)}, {}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LateAcceptanceFactory(dossier=draft, **wrong)


def test_the_producer_asks_and_the_office_is_told_where(people, draft):
    actions.ask_late(draft, by=people["producer"])

    notice = Notice.objects.get()
    assert notice.person == people["district_officer"]
    assert notice.url == at("late_acceptance", draft)
    assert "đề nghị nhận muộn" in notice.text
    assert Entry.objects.about(draft).order_by("-pk").first().act == "Đề nghị nhận muộn"
    actions.accept_late(draft, by=people["district_officer"], **GIVEN)
    with pytest.raises(ValidationError, match="bạn nộp được ngay"):
        actions.ask_late(draft, by=people["producer"])


# ---------------------------------------------------------------- pages


def test_from_the_request_to_the_submission_on_pages(client, people, draft):
    client.force_login(people["producer"])
    assert "Đề nghị nhận muộn" in client.get(draft.get_absolute_url()).content.decode()
    page = client.post(at("submission", draft), follow=True).content.decode()
    assert "Đã hết thời gian nhận" in page
    assert "Đã gửi đề nghị nhận muộn." in client.post(at("late_request", draft), follow=True).content.decode()

    client.force_login(people["district_officer"])
    page = client.get(at("late_acceptance", draft)).content.decode()
    assert "từ ngày 01/09/2024 đến hết ngày 30/09/2024" in page
    assert draft.product.name not in page  # it was never handed in
    assert draft.product.entity.name in page
    page = client.post(at("late_acceptance", draft), {"until": "2024-09-01", "reason": "x"}).content.decode()
    assert "Hãy chọn một ngày từ hôm nay" in page
    page = client.post(at("late_acceptance", draft), GIVEN, follow=True).content.decode()
    assert "đến hết ngày 20/10/2024" in page
    assert GIVEN["reason"] in client.get(at("late_acceptance", draft)).content.decode()

    client.force_login(people["producer"])
    client.post(at("submission", draft))
    assert again(draft).status == DossierStatus.SUBMITTED


def test_the_page_without_a_calendar_says_so(client, people, entity):
    draft = whole(entity)
    client.force_login(people["district_officer"])

    assert "không đặt lịch nhận hồ sơ" in client.get(at("late_acceptance", draft)).content.decode()
    page = client.post(at("late_acceptance", draft), GIVEN).content.decode()
    assert "chưa cần nhận muộn" in page


@pytest.mark.parametrize(
    ("person", "status"), [("district_officer", 200), ("commune_officer", 404), ("other_district_officer", 404),
                           ("manager", 404), ("producer", 302)],
)  # fmt: skip
def test_who_opens_the_page(client, people, draft, person, status):
    client.force_login(people[person])

    assert client.get(at("late_acceptance", draft)).status_code == status


def test_once_handed_in_what_was_typed_comes_back(client, people, entity):
    dossier = handed_in(entity, people)
    client.force_login(people["district_officer"])

    answer = client.post(at("late_acceptance", dossier), GIVEN)

    assert answer.status_code == 403
    assert GIVEN["reason"] in answer.content.decode()
    assert client.get(reverse("products:late_acceptance", args=["khong-co"])).status_code == 404
    assert Dossier.objects.get().status == DossierStatus.SUBMITTED
