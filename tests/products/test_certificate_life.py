"""Certificates with a life: numbers, register, states, extension, end, revocation, replacement (T108, T110, T121)."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction

from accounts.models import Notice, Role
from foundation import clock
from foundation.areas.models import Area, AreaKind
from products import actions, renewals
from products.actions import register
from products.models import (
    Application,
    Certificate,
    DossierStatus,
    Extension,
    Happening,
    RegisterEntry,
    RegisterHead,
    RenewalKind,
    RenewalStep,
)
from products.register_check import faults
from tests.conftest import person
from tests.factories.certificates import rated
from tests.factories.products import DossierFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2024, 10, 15)


@pytest.fixture
def officer(people):
    return people["district_officer"]


@pytest.fixture
def rating(entity):
    return rated(entity)


@pytest.fixture
def paper(rating):
    return actions.issue_certificate(rating, by=None)


@pytest.fixture
def keeper(law):
    """The officer of the province after the mergers of 2025."""
    where = Area.objects.on(dt.date(2027, 1, 1)).get(code="37", kind=AreaKind.PROVINCE)
    return person(Role.PROVINCE_OFFICER, where)


def on(settings, day):
    """Another day of the portal."""
    settings.DEMO_DAY = day


# ---------------------------------------------------------------- numbers and register


def test_numbers_have_no_gaps_per_authority_and_year(entity):
    first = [actions.issue_certificate(rated(entity), by=None).number for _ in range(2)]
    with transaction.atomic():
        actions.issue_certificate(rated(entity), by=None)
        transaction.set_rollback(True)
    third = actions.issue_certificate(rated(entity), by=None).number
    other_year = actions.issue_certificate(rated(entity, day=dt.date(2023, 10, 1)), by=None).number

    assert [*first, third] == ["35-349/2024/0001", "35-349/2024/0002", "35-349/2024/0003"]
    assert other_year == "35-349/2023/0001"


def test_a_central_certificate_has_a_series_of_its_own(entity):
    row = rated(entity)
    row.decision.level = "central"

    assert actions.issue_certificate(row, by=None).number == "35-TW/2024/0001"


def test_every_happening_is_an_entry_and_the_database_keeps_them(paper):
    entry = RegisterEntry.objects.get()

    assert (entry.number, entry.happening, entry.facts["certificate"]) == (0, Happening.ISSUED, paper.number)
    assert str(entry).startswith("0: Cấp")
    for change in ("update products_registerentry set text = 'x'", "delete from products_registerentry"):
        with pytest.raises(IntegrityError, match="chỉ được ghi thêm"), transaction.atomic():
            connection.cursor().execute(change)


@pytest.mark.parametrize("facts", [{"number": 5}, {"leaf": b"x" * 32}])
def test_the_database_refuses_a_gap_and_a_foreign_leaf(paper, facts):
    last = RegisterEntry.objects.get()
    row = {
        "number": 1,
        "certificate": paper,
        "happening": "signed",
        "day": DAY,
        "text": "a",
        "leaf": last.leaf,
    }
    row["leaf"] = RegisterEntry(text="a").expected_leaf

    with pytest.raises(IntegrityError), transaction.atomic():
        RegisterEntry.objects.create(**row | facts)
    assert RegisterEntry.objects.create(**row)


@pytest.mark.parametrize("change", [{"ends_on": dt.date(2030, 1, 1)}, {"number": "1"}, {"sha256": "1" * 64}])
def test_an_issued_paper_stays_what_it_was(paper, change):
    with pytest.raises(IntegrityError, match="không sửa được"), transaction.atomic():
        Certificate.objects.filter(pk=paper.pk).update(**change)
    with pytest.raises(IntegrityError, match="không xoá được"), transaction.atomic():
        connection.cursor().execute("delete from products_certificate")


def test_the_head_of_a_day_is_signed_once_and_holds(paper):
    head = register.sign_head(DAY)

    assert register.sign_head(DAY) == head == RegisterHead.objects.get()
    assert (head.size, str(head)) == (1, "15/10/2024: 1")
    assert faults() == []


def test_t112_a_register_that_was_rewritten_as_a_whole_contradicts_the_head_outside(paper):
    head = register.sign_head(DAY)
    kept = head.published
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        for table in ("products_registerentry", "products_registerhead"):
            cursor.execute(f"alter table {table} disable trigger user")
        cursor.execute("delete from products_registerhead")
        text = RegisterEntry.objects.get().text.replace('"stars":3', '"stars":5')
        leaf = RegisterEntry(text=text).expected_leaf
        cursor.execute("update products_registerentry set text = %s, leaf = %s", [text, leaf])

    assert faults() == []  # from within nothing is to be seen
    assert faults([kept]) == ["Sổ khác với dấu cuối ngày 2024-10-15: 1 dòng đầu đã bị viết lại."]


# ---------------------------------------------------------------- states


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (dt.date(2024, 9, 30), "not_yet"),
        (dt.date(2024, 10, 1), "valid"),
        (dt.date(2027, 10, 1), "valid"),
        (dt.date(2027, 10, 2), "expired"),
    ],
)
def test_t121_the_term_counts_its_last_day(paper, day, state):
    assert paper.state_on(day) == state


@pytest.mark.parametrize("start", [dt.date(2024, 2, 29), dt.date(2023, 8, 31), dt.date(2023, 12, 31)])
def test_t121_register_paper_and_code_say_the_same_last_day(entity, start):
    paper = actions.issue_certificate(rated(entity, day=start), by=None)
    ends = clock.add_months(start, 36)

    assert paper.ends_on == paper.recognition.ends_on == ends
    assert paper.facts["ends_on"] == f"{ends:%d/%m/%Y}"
    assert RegisterEntry.objects.get().facts["ends_on"] == ends.isoformat()


def test_new_stars_replace_the_paper_of_the_old_ones(entity, paper, client):
    better = rated(entity, stars=4, day=DAY, product=paper.recognition.product)
    new = actions.issue_certificate(better, by=None)
    paper.refresh_from_db()

    assert paper.state_on(DAY) == "replaced"
    text = client.get(paper.get_absolute_url()).content.decode()
    assert "Đã được thay bằng giấy khác" in text
    assert new.get_absolute_url() in text


# ---------------------------------------------------------------- replacement


def test_a_replaced_paper_leads_to_the_new_one(paper, officer, client):
    new = actions.replace_certificate(paper, by=officer, reason="Sai tên chủ thể")
    paper.refresh_from_db()

    assert (paper.rating, paper.replaced_by, new.rating, new.recognition) == (
        None,
        new,
        paper.recognition,
        paper.recognition,
    )
    assert new.number == "35-349/2024/0002"
    assert new.facts["instead_of"] == paper.number
    assert [row.happening for row in RegisterEntry.objects.all()] == ["issued", "issued", "replaced"]
    assert "Đã được thay" in client.get(paper.get_absolute_url()).content.decode()
    with pytest.raises(ValidationError, match="đã được thay"):
        actions.replace_certificate(paper, by=officer, reason="a")
    with pytest.raises(ValidationError, match="đã được thay"):
        actions.accept_signed(paper, by=officer, file=ContentFile(b"%PDF-1.7"))


def test_only_a_paper_that_holds_is_replaced_and_only_by_its_office(paper, keeper, people, settings):
    with pytest.raises(PermissionDenied):
        actions.replace_certificate(paper, by=people["other_district_officer"], reason="a")
    on(settings, dt.date(2028, 1, 1))
    with pytest.raises(ValidationError, match="còn hiệu lực"):
        actions.replace_certificate(paper, by=keeper, reason="a")


# ---------------------------------------------------------------- every day


def test_each_step_comes_once(paper, people, keeper, settings):
    on(
        settings, dt.date(2027, 8, 5)
    )  # under QĐ 26/2026: the window closed on 3 June, the letter is due on 1 September

    assert actions.tend() == 1
    assert actions.tend() == 0
    step = RenewalStep.objects.get()
    assert (step.kind, step.due_on) == (RenewalKind.NOTICE, dt.date(2027, 9, 1))
    assert "Thông báo bằng văn bản" in str(step)
    assert Notice.objects.filter(kind="rating_step", person=keeper).exists()
    assert not Notice.objects.filter(kind="rating_step", person=people["producer"]).exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        RenewalStep.objects.create(rating=paper.rating, kind=RenewalKind.NOTICE, due_on=DAY, on=DAY)


def test_the_window_opens_and_closes_with_a_word_to_the_producer(paper, people, settings):
    on(settings, dt.date(2027, 4, 4))  # 180 days before
    assert actions.tend() == 1
    on(settings, dt.date(2027, 5, 25))
    assert actions.tend() == 1

    assert list(RenewalStep.objects.values_list("kind", flat=True).order_by("pk")) == ["opens", "closing"]
    assert Notice.objects.filter(kind="rating_step", person=people["producer"]).count() == 2


def test_the_end_is_written_down_and_told(paper, people, settings):
    on(settings, dt.date(2027, 10, 2))

    assert actions.tend() == 1
    assert actions.tend() == 0
    assert RegisterEntry.objects.last().happening == Happening.EXPIRED
    assert Notice.objects.filter(kind="rating_step", person=people["producer"]).exists()


def test_stars_without_a_paper_of_ours_end_too_unless_long_ago(rating, entity, settings):
    rated(entity, day=dt.date(2020, 1, 1))
    on(settings, dt.date(2027, 10, 10))

    assert actions.tend() == 1
    assert not RegisterEntry.objects.exists()


def test_the_letter_is_written_down_once(paper, officer, people, settings):
    row = paper.recognition
    with pytest.raises(ValidationError, match="Chưa tới lúc"):
        actions.record_notice(row, by=officer, number="12/TB-UBND", day=DAY)
    step = RenewalStep.objects.create(
        rating=row, kind=RenewalKind.NOTICE, due_on=dt.date(2024, 11, 1), on=DAY
    )
    assert step in RenewalStep.objects.waiting_for(officer).for_list()
    assert step not in RenewalStep.objects.waiting_for(people["province_officer"])
    assert not step.is_late
    with pytest.raises(ValidationError, match="Ngày thông báo"):
        actions.record_notice(row, by=officer, number="12/TB-UBND", day=DAY + dt.timedelta(days=1))
    with pytest.raises(PermissionDenied):
        actions.record_notice(row, by=people["producer"], number="12/TB-UBND", day=DAY)

    actions.record_notice(row, by=officer, number="12/TB-UBND", day=DAY)

    assert step not in RenewalStep.objects.waiting_for(officer)
    assert step.get_absolute_url() == row.get_absolute_url()
    with pytest.raises(ValidationError, match="mỗi giấy chứng nhận một lần"):
        actions.record_notice(row, by=officer, number="13/TB-UBND", day=DAY)


# ---------------------------------------------------------------- extension


def again(rating, **facts):
    """A re-evaluation that was handed in."""
    given = {"application": Application.AGAIN, "submitted_on": DAY, "status": DossierStatus.SUBMITTED}
    return DossierFactory(product=rating.product, **given | facts)


def extended(rating, officer, until=dt.date(2027, 12, 1), day=dt.date(2027, 9, 1)):
    return actions.extend(rating, by=officer, until=until, number="5/UBND", day=day)


def test_an_extension_needs_the_law_a_dossier_and_its_limit(paper, keeper, officer, settings):
    row = paper.recognition
    with pytest.raises(ValidationError, match="không có việc kéo dài"):  # QĐ 148 knows none
        extended(row, officer)
    on(settings, dt.date(2027, 9, 15))
    row.decision.level = "province"
    row.decision.save()
    with pytest.raises(ValidationError, match="đã nộp hồ sơ đánh giá lại"):
        extended(row, keeper)
    dossier = again(row)
    for until in (row.ends_on, row.ends_on + dt.timedelta(days=181)):
        with pytest.raises(ValidationError, match="không quá 29/03/2028"):
            extended(row, keeper, until=until)
    with pytest.raises(ValidationError, match="Ngày văn bản"):
        extended(row, keeper, day=dt.date(2027, 9, 16))

    extended(row, keeper)

    paper.refresh_from_db()
    assert [
        paper.state_on(day) for day in (dt.date(2027, 10, 1), dt.date(2027, 10, 2), dt.date(2027, 12, 2))
    ] == ["valid", "extended", "expired"]
    assert renewals.ended_on(paper.recognition) == dt.date(2027, 10, 1)
    with pytest.raises(ValidationError, match="một lần"):
        extended(row, keeper)
    on(settings, dt.date(2027, 11, 1))
    actions.end_extension(dossier, by=keeper)
    row.refresh_from_db()
    assert row.ends_on == dt.date(2027, 11, 1)
    assert Extension.objects.get().until == dt.date(2027, 12, 1)
    assert [entry.happening for entry in RegisterEntry.objects.all()] == ["issued", "extended", "extended"]


def test_stars_that_are_over_are_not_extended_and_those_without_a_paper_are(rating, keeper, settings):
    rating.decision.level = "province"
    rating.decision.save()
    again(rating)
    on(settings, dt.date(2027, 9, 15))
    extended(rating, keeper)
    other = rated(rating.product.entity)
    other.decision.level = "province"
    other.decision.save()
    on(settings, dt.date(2028, 9, 15))
    with pytest.raises(ValidationError, match="còn hiệu lực"):
        extended(other, keeper)


def test_a_window_that_closed_before_its_law_began_binds_nobody(entity):
    row = rated(
        entity, day=dt.date(2023, 8, 1)
    )  # ends on 1 August 2026: the window would have closed in April

    term = renewals.of(row, dt.date(2026, 6, 1))

    assert term.is_too_late_for_law
    assert term.closes_on == row.ends_on
    assert term.step("filing").opens_days_before == 180
    assert len(term.steps) == 4
    assert renewals.written_opinions(term.regime)
    assert not renewals.written_opinions(row.regime)
