"""Leaving: a deletion request or the night takes the person out of the account; official acts keep a frozen name."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts import tasks
from accounts.actions import privacy as actions
from accounts.actions import requests
from accounts.models import Consent, DataExport, DataRequest, Departure, OfficialName, Role, User
from accounts.privacy import rules
from evaluation.models import CaseStatus
from foundation import clock
from foundation.trail.models import Entry
from products.freezing import digest
from tests.accounts.canaries import columns_with
from tests.conftest import person
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.evaluation import CouncilFactory, SeatFactory, case_before
from tests.factories.privacy import (
    ConsentFactory,
    DataExportFactory,
    DataRequestFactory,
    DepartureFactory,
    OfficialNameFactory,
)
from tests.factories.products import DossierFactory, IdeaFactory

pytestmark = pytest.mark.django_db
NAME, MAIL, LOGIN, TITLE = "Hoàng Chim Yến", "chimyen@example.vn", "chimyen.login", "Kế toán Chim Yến"
CANARIES = (NAME, MAIL, LOGIN, TITLE)
FROZEN = {("accounts_officialname", "full_name"), ("accounts_officialname", "title")}


@pytest.fixture
def leaver(client):
    """A producer's person with traces everywhere the portal writes people."""
    user = UserFactory(full_name=NAME, email=MAIL, username=LOGIN, title=TITLE)
    AssignmentFactory(user=user, role=Role.PRODUCER)
    ConsentFactory(person=user)
    DataExportFactory(person=user)
    requests.receive("correction", f"Tên tôi là {NAME}, thư {MAIL}", by=user)
    client.force_login(user)
    client.get(reverse("accounts:my_data"))
    return user


@pytest.fixture
def office(db):
    return person(Role.ADMINISTRATOR)


def deletion(user, office):
    """The person asks for deletion and an administrator carries it out."""
    request = requests.receive("deletion", f"Xóa giúp {NAME}", by=user)
    requests.answer(request, f"Chào {NAME}", by=office)
    requests.carry_out(request, f"Đã xóa {NAME}", by=office)
    return request


def test_a_carried_out_deletion_leaves_no_word_of_the_person_in_any_table(client, leaver, office):
    """T: scan of all text columns of all tables."""
    before = columns_with(*CANARIES)

    request = deletion(leaver, office)

    assert before >= {
        ("accounts_user", "full_name"),
        ("accounts_user", "email"),
        ("accounts_datarequest", "what"),
    }
    assert columns_with(*CANARIES) == set()
    assert request.status == "done"
    left = User.objects.get(pk=leaver.pk)
    assert left.full_name == f"Người dùng đã ẩn danh {leaver.pk}"
    assert not left.is_active
    assert not left.has_usable_password()
    assert client.get(reverse("desk")).status_code == 302


def test_without_forgetting_texts_the_scan_finds_the_name(leaver, office):
    request = requests.receive("deletion", f"Xóa giúp {NAME}", by=leaver)
    actions.keep_official_name(leaver)
    actions.blank(leaver)

    assert columns_with(*CANARIES) == {("accounts_datarequest", "what")}
    assert request.is_open


def test_official_acts_keep_a_frozen_name_and_nothing_else_does(leaver, office, commune):
    seated(leaver, commune)

    deletion(leaver, office)

    assert columns_with(*CANARIES) == FROZEN
    kept = OfficialName.objects.get()
    assert (kept.full_name, kept.title) == (NAME, TITLE)
    assert OfficialName.objects.written(leaver) == NAME
    assert OfficialName.objects.written(office) == office.full_name
    months = rules().retention["official_acts"].span.count
    assert kept.kept_until == clock.add_months(clock.today(), months)


def test_sessions_copies_and_assignments_end(leaver, office):
    name = leaver.data_exports.get().file.name

    deletion(leaver, office)

    assert not DataExport.objects.exists()
    assert not leaver.assignments.get().until > clock.today()
    assert Entry.objects.about(leaver).last().act == "Ẩn danh tài khoản"
    assert name  # the file itself goes at commit: see the test below


@pytest.mark.django_db(transaction=True)
def test_files_of_copies_go_with_their_rows():
    export = DataExportFactory()
    assert default_storage.exists(export.file.name)

    actions.take_away(DataExport.objects.all())

    assert not default_storage.exists(export.file.name)


def test_a_second_time_changes_nothing(leaver):
    actions.anonymise(leaver, by=None)
    entries = Entry.objects.count()

    actions.anonymise(leaver, by=None)

    assert Entry.objects.count() == entries


HELD = {
    "a seat in an open case": lambda user, area: case_before(seated(user, area), area=area),
    "an idea under way": lambda user, area: IdeaFactory(created_by=user, entity__area=area),
    "a dossier under way": lambda user, area: DossierFactory(created_by=user, product__entity__area=area),
    "a role in force": lambda user, area: AssignmentFactory(user=user, role=Role.ADMINISTRATOR),
}


def seated(user, area):
    """A council on which this person sits."""
    council = CouncilFactory(area=area.parent)
    SeatFactory(council=council, user=user)
    return council


@pytest.mark.parametrize("work", HELD)
def test_nobody_with_open_work_is_made_anonymous(leaver, office, commune, work):
    HELD[work](leaver, commune)
    request = requests.receive("deletion", "Xóa", by=leaver)

    with pytest.raises(ValidationError, match="Chưa thể ẩn danh"):
        requests.carry_out(request, "Đã xóa", by=office)

    assert User.objects.get(pk=leaver.pk).full_name == NAME
    assert DataRequest.objects.get(pk=request.pk).is_open


def test_a_seat_in_a_finished_case_no_longer_holds(leaver, commune):
    case = case_before(seated(leaver, commune), area=commune)
    type(case).objects.filter(pk=case.pk).update(
        status=CaseStatus.UNRECOGNISED,
        verdict={},
        opened_at=clock.now(),
        concluded_on=clock.today(),
        basis="{}",
        basis_sha256=digest("{}"),
    )

    actions.anonymise(leaver, by=None)

    assert OfficialName.objects.get().person_id == leaver.pk


# ---------------------------------------------------------------- the night
def test_the_night_notes_who_left_and_takes_due_accounts_only(settings):
    gone, due, back = UserFactory(is_active=False), DepartureFactory().person, DepartureFactory().person
    User.objects.filter(pk=back.pk).update(is_active=True)

    tasks.keep_privacy_terms()

    assert Departure.objects.get(person=gone).left_on == clock.today()
    assert Departure.objects.get(person=due).anonymised_at
    assert not Departure.objects.filter(person=back).exists()
    assert User.objects.get(pk=due.pk).full_name.startswith("Người dùng đã ẩn danh")
    assert not User.objects.get(pk=gone.pk).full_name.startswith("Người dùng đã ẩn danh")


@pytest.mark.parametrize(("late", "count"), [(-1, 0), (0, 1)])
def test_the_day_of_retention_decides(late, count):
    months = rules().retention["account"].span.count
    left = clock.add_months(clock.today(), -months) - dt.timedelta(days=late)
    DepartureFactory(left_on=left)

    assert actions.keep_terms() == count


def test_twice_in_a_night_does_no_harm():
    DepartureFactory()

    assert actions.keep_terms() == 1
    entries = Entry.objects.count()
    assert actions.keep_terms() == 0
    assert Entry.objects.count() == entries


def test_open_work_waits_for_a_later_night(commune):
    departure = DepartureFactory()
    idea = IdeaFactory(created_by=departure.person, entity__area=commune)
    assert actions.keep_terms() == 0

    type(idea).objects.update(status="withdrawn")

    assert actions.keep_terms() == 1


def test_what_is_past_its_time_is_taken_away():
    long_ago = clock.now() - dt.timedelta(days=366 * 6)
    OfficialNameFactory(kept_until=clock.today() - dt.timedelta(days=1))
    OfficialNameFactory(kept_until=clock.today())
    ConsentFactory(at=long_ago, withdrawn_at=long_ago)
    ConsentFactory(at=long_ago)
    DataRequestFactory(received_at=long_ago, status="done", done_at=long_ago)
    DataRequestFactory(received_at=long_ago)
    DataExportFactory(created_at=long_ago)
    DataExportFactory()

    actions.keep_terms()

    found = [model.objects.count() for model in (OfficialName, Consent, DataRequest, DataExport)]
    assert found == [1, 1, 1, 1]
