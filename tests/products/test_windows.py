"""The days on which dossiers are handed in: the calendar of the place decides, by the clock of the database."""

import datetime as dt
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import Notice, NoticeKind
from products import actions, houses, notices, rules, stages, windows
from products.models import Application, CycleStep, Dossier, DossierStatus, Submission
from products.models.cycle import calendar_of
from tests.factories.late import LateAcceptanceFactory
from tests.factories.products import DossierFactory, ProductFactory
from tests.factories.tracking import CycleStepFactory
from tests.products.whole import TODAY, again, handed_in, returned, under_2026, whole

pytestmark = pytest.mark.django_db
__all__ = ["under_2026"]
DAY = dt.timedelta(1)


def days(area, first, last, **facts):
    """The calendar of this place for handing in."""
    return CycleStepFactory(area=area, step="evaluation", starts_on=first, ends_on=last, **facts)


def september(area):
    """It was over two weeks ago."""
    return days(area, dt.date(2024, 9, 1), dt.date(2024, 9, 30))


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (TODAY, TODAY, ""),
        (TODAY - DAY, TODAY - DAY, r"Đã hết thời gian nhận .* đến hết ngày 14/10/2024 .*Đề nghị nhận muộn"),
        (
            TODAY + DAY,
            TODAY + DAY,
            r"Chưa đến thời gian nhận .* từ ngày 16/10/2024 .*Bản nháp vẫn còn nguyên",
        ),
    ],
)
def test_a_first_dossier_is_handed_in_on_the_days_of_the_calendar(people, entity, first, last, refused):
    dossier = whole(entity)
    days(entity.area.parent, first, last)
    if refused:
        with pytest.raises(ValidationError, match=refused):
            actions.submit(dossier, by=people["producer"])
        assert not Submission.objects.exists()
        assert again(dossier).spec == dossier.spec  # nothing is lost
    else:
        actions.submit(dossier, by=people["producer"])


def test_the_sentence_names_the_window_and_the_office(people, entity):
    dossier = whole(entity)
    september(entity.area.parent)

    sentence = windows.of(dossier, TODAY).sentence

    assert "ở Thị xã Duy Tiên: từ ngày 01/09/2024 đến hết ngày 30/09/2024 (theo Kế hoạch thử)" in sentence
    assert "để Thị xã Duy Tiên xem xét" in sentence


def test_control_without_a_row_of_this_year_and_place_nothing_is_refused(people, entity, other_commune):
    CycleStepFactory(area=entity.area.parent)  # the days for ideas
    days(entity.area.parent, dt.date(2023, 9, 1), dt.date(2023, 9, 30), year=2023)
    september(other_commune.parent)

    actions.submit(whole(entity), by=people["producer"])

    assert Submission.objects.count() == 1


def test_the_districts_row_goes_before_the_provinces(people, entity, province):
    september(province)
    dossier = whole(entity)
    with pytest.raises(ValidationError, match="ở Tỉnh Hà Nam"):
        actions.submit(dossier, by=people["producer"])
    days(entity.area.parent, TODAY, TODAY)
    actions.submit(dossier, by=people["producer"])


def test_days_that_run_on_into_the_next_year_hold_until_their_end(entity):
    unit = entity.area
    row = days(unit.parent, dt.date(2024, 12, 1), dt.date(2025, 1, 15))
    assert CycleStep.objects.filing(unit, dt.date(2025, 1, 15)) == row
    assert CycleStep.objects.filing(unit, dt.date(2025, 1, 16)) is None
    later = days(unit.parent, dt.date(2025, 10, 1), dt.date(2025, 10, 31), year=2025)
    assert CycleStep.objects.filing(unit, dt.date(2025, 1, 15)) == row
    assert CycleStep.objects.filing(unit, dt.date(2025, 1, 16)) == later


@pytest.mark.parametrize(
    ("application", "kept"),
    [(Application.FIRST, True), (Application.UPGRADE, True), (Application.AGAIN, False)],
)
def test_re_evaluations_follow_the_certificate_and_not_the_calendar(entity, application, kept):
    september(entity.area.parent)

    assert (windows.of(whole(entity, application=application), TODAY) is not None) is kept


def test_an_answer_to_a_round_is_not_kept_by_the_calendar(people, entity):
    dossier = returned(entity, people)
    september(entity.area.parent)

    assert windows.of(dossier, TODAY) is None
    actions.submit(dossier, by=people["producer"])
    assert Submission.objects.count() == 2


def test_a_product_without_a_place_has_no_window(entity):
    product = ProductFactory(entity=entity)
    product.area = None

    assert windows.of(Dossier(product=product), TODAY) is None


class Clock:
    """A database whose clock stands at a moment; the portal, where the request began, lives on TODAY."""

    def __init__(self, moment):
        self.moment = moment

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return False

    def execute(self, statement):
        assert "clock_timestamp" in statement

    def fetchone(self):
        return [dt.datetime.fromisoformat(self.moment)]


@pytest.mark.parametrize(
    ("moment", "refused"),
    [("2024-10-15 16:59:59.999+00", False), ("2024-10-15 17:00:00.000+00", True)],
)
def test_t120_a_slow_request_is_judged_when_it_is_complete_by_the_database(
    people, entity, monkeypatch, moment, refused
):
    dossier = whole(entity)
    days(entity.area.parent, TODAY, TODAY)
    monkeypatch.setattr(stages, "connection", SimpleNamespace(cursor=lambda: Clock(moment)))
    monkeypatch.setattr(stages, "clock", SimpleNamespace(on_demo_day=lambda now: now))
    if refused:
        with pytest.raises(ValidationError, match="Đã hết thời gian nhận"):
            actions.submit(dossier, by=people["producer"])
    else:
        actions.submit(dossier, by=people["producer"])
    assert Submission.objects.exists() is not refused


# ---------------------------------------------------------------- shown


def test_the_dossier_page_and_the_desk_say_until_when(client, people, entity):
    dossier = whole(entity)
    days(entity.area.parent, TODAY, dt.date(2024, 10, 31))
    client.force_login(people["producer"])

    page = client.get(dossier.get_absolute_url()).content.decode()
    desk = client.get(reverse("desk")).content.decode()

    assert "Nhận hồ sơ đến hết ngày <strong>31/10/2024</strong>, còn 16 ngày" in page
    assert "Đề nghị nhận muộn" not in page
    assert "Nhận hồ sơ đến hết ngày 31/10/2024, còn 16 ngày" in desk


@pytest.mark.parametrize(("first", "asks"), [(dt.date(2024, 9, 1), True), (dt.date(2024, 11, 1), False)])
def test_outside_the_days_the_page_says_why_and_what_to_do(client, people, entity, first, asks):
    dossier = whole(entity)
    days(entity.area.parent, first, first + 10 * DAY)
    client.force_login(people["producer"])

    page = client.get(dossier.get_absolute_url()).content.decode()

    assert "Ngoài thời gian nhận hồ sơ, xem bên dưới" in page
    assert (reverse("products:late_request", args=[dossier.code]) in page) is asks
    assert reverse("products:submission", args=[dossier.code]) not in page


def test_a_dossier_taken_late_shows_its_own_day(client, people, entity):
    dossier = whole(entity)
    september(entity.area.parent)
    LateAcceptanceFactory(dossier=dossier, until=dt.date(2024, 10, 20))
    client.force_login(people["producer"])

    page = client.get(dossier.get_absolute_url()).content.decode()

    assert "<strong>20/10/2024</strong>, còn 5 ngày (được nhận muộn)" in page


def test_the_desk_says_nothing_of_dossiers_on_other_days(people, entity, province):
    CycleStepFactory(area=province)
    september(province)

    short = calendar_of(people["producer"])

    assert (short["filing"], short["filing_left"]) == (None, None)


# ---------------------------------------------------------------- the province's rounds, where the law names them


@pytest.mark.parametrize(
    ("day", "before", "decided"),
    [
        ("2026-04-29", "2026-04-30", "2026-06-30"),
        ("2026-04-30", "2026-10-30", "2026-12-30"),
        ("2026-10-30", "2027-04-30", "2027-06-30"),
    ],
)
def test_the_next_round_of_the_province_is_the_laws(under_2026, day, before, decided):
    found = rules.province_round(under_2026["regime"], dt.date.fromisoformat(day))

    assert [row.isoformat() for row in found] == [before, decided]


def test_it_is_shown_until_the_commune_has_proposed_and_nobody_is_refused_by_it(
    client, people, entity, under_2026
):
    dossier = whole(entity, **under_2026)
    client.force_login(people["producer"])
    sentence = "xã đề nghị trước ngày 30/10/2024 thì tỉnh đánh giá trước ngày 30/12/2024"
    assert sentence in client.get(dossier.get_absolute_url()).content.decode()

    actions.submit(dossier, by=people["producer"])
    assert windows.province_round(again(dossier), TODAY) is not None
    Dossier.objects.update(status=DossierStatus.SUBMITTED)
    assert windows.province_round(again(dossier), TODAY) is None


def test_a_law_without_rounds_shows_none(entity):
    assert windows.province_round(whole(entity), TODAY) is None


# ---------------------------------------------------------------- whose office


def told(kind):
    """The words of the notices of this kind."""
    return set(Notice.objects.filter(kind=kind).values_list("text", flat=True))


def test_notices_name_the_office_that_has_the_dossier(people, entity):
    dossier = handed_in(entity, people)

    [text] = told(NoticeKind.DOSSIER_SUBMITTED)
    assert text.endswith("chờ Thị xã Duy Tiên kiểm tra.")
    notices.deadline_near(dossier, [people["district_officer"]])
    [text] = told(NoticeKind.DOSSIER_DUE)
    assert "(chờ Thị xã Duy Tiên kiểm tra)" in text


def test_under_2026_they_name_the_commune_first(people, entity, under_2026):
    handed_in(entity, people, **under_2026)

    [text] = told(NoticeKind.DOSSIER_SUBMITTED)
    assert text.endswith("chờ Xã Chuyên Ngoại đánh giá.")


def test_where_no_district_stands_they_name_the_province(settings, people, entity):
    dossier = DossierFactory(product__entity=entity, status="submitted", submitted_on=TODAY, due_on=TODAY)
    settings.DEMO_DAY = dt.date(2025, 9, 1)

    notices.dossier_submitted(dossier, by=None)
    notices.deadline_near(dossier, list(notices.waits_at(dossier)))

    assert houses.above(dossier.product).kind == "province"
    province = str(houses.above(dossier.product))
    assert all(f"chờ {province} kiểm tra" in text for text in Notice.objects.values_list("text", flat=True))
    assert "huyện" not in notices._waiting(dossier)


def test_a_returned_dossier_is_named_by_its_state(people, entity):
    dossier = returned(entity, people)
    notices.deadline_near(dossier, [people["producer"]])

    [text] = told(NoticeKind.DOSSIER_DUE)
    assert "(cần bổ sung)" in text


def test_where_the_place_is_no_commune_the_office_above_receives(entity, under_2026):
    dossier = whole(entity, **under_2026)
    assert houses.receiver(dossier) == entity.area
    dossier.product.area = entity.area.parent

    assert houses.receiver(dossier) == entity.area.parent
