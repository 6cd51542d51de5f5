"""Which law governs a day, a dossier, a star."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from foundation.regimes.models import CriteriaSet, Criterion, Level, Option, Regime

pytestmark = pytest.mark.django_db


@pytest.fixture
def qd148(law):
    return Regime.objects.get(pk="qd148-2023")


@pytest.mark.parametrize(
    ("day", "regimes"),
    [
        ("2020-06-07", []),
        ("2020-06-08", ["qd781-2020"]),
        ("2023-02-23", ["qd781-2020"]),
        ("2023-02-24", ["qd148-2023"]),
        ("2024-10-15", ["qd148-2023"]),
        ("2025-07-05", ["qd148-2023"]),
        ("2025-07-06", ["qd148-2025"]),
        ("2026-05-21", ["qd148-2025"]),
        ("2026-05-22", ["qd26-2026", "qd148-2025"]),
        ("2026-07-21", ["qd26-2026", "qd148-2025"]),
        ("2026-07-22", ["qd26-2026"]),
        ("2030-01-01", ["qd26-2026"]),
    ],
)
def test_regimes_in_force(law, day, regimes):
    assert [row.pk for row in Regime.objects.in_force(date.fromisoformat(day))] == regimes


@pytest.mark.parametrize(
    ("day", "regime"),
    [
        ("2023-02-24", "qd148-2023"),
        ("2024-10-15", "qd148-2023"),
        ("2025-07-05", "qd148-2023"),
        ("2025-07-06", "qd148-2025"),
        ("2026-05-21", "qd148-2025"),
        ("2026-05-22", "qd26-2026"),
        ("2026-06-30", "qd26-2026"),
    ],
)
def test_new_dossier_is_governed_by_the_newest_regime(law, day, regime):
    assert Regime.objects.for_filing(date.fromisoformat(day)).pk == regime


@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2022, 5, 1)])
def test_no_dossier_can_be_filed_under_history(law, day):
    with pytest.raises(Regime.DoesNotExist, match="Không có quy định nào áp dụng"):
        Regime.objects.for_filing(day)


def test_industries_are_those_of_the_law_of_the_day(law):
    industries = Regime.objects.industries(date(2024, 10, 15))
    assert industries[0] == ("I", "Thực phẩm")
    assert [code for code, _ in industries] == ["I", "II", "III", "IV", "V", "VI"]
    assert Regime.objects.industries(date(2019, 1, 1)) == []


def test_only_whole_sets_of_offered_regimes_are_offered(law):
    offered = CriteriaSet.objects.offered()

    assert offered.count() == 78
    assert not offered.filter(regime="qd781-2020").exists()
    assert CriteriaSet.objects.filter(incomplete=True).count() == 2

    CriteriaSet.objects.filter(regime="qd148-2023", number=1).update(incomplete=True)
    assert CriteriaSet.objects.offered().count() == 77


def test_regime_answers_for_its_process(qd148):
    assert str(qd148).startswith("Bộ tiêu chí OCOP theo Quyết định 148/QĐ-TTg")
    assert qd148.law == "Phụ lục III, Quyết định 148/QĐ-TTg ngày 24/02/2023"
    assert [qd148.level_for(stars) for stars in (None, 2, 3, 4, 5)] == [
        None, None, Level.DISTRICT, Level.PROVINCE, Level.CENTRAL,
    ]  # fmt: skip
    assert qd148.recognised_at(Level.PROVINCE) == {4}
    assert qd148.forward_from(Level.DISTRICT).to_level == Level.PROVINCE
    assert qd148.forward_from(Level.CENTRAL) is None
    assert qd148.intake_level == Level.DISTRICT
    assert (qd148.certificate_months, qd148.expiry_notice_days) == (36, 30)
    assert [(band.stars, band.floor, band.certified) for band in qd148.bands] == [
        (1, 0, False), (2, 30, False), (3, 50, True), (4, 70, True), (5, 90, True),
    ]  # fmt: skip
    assert qd148.document_kinds[0].code == "registration_form"


def test_product_code_has_a_district_only_while_there_are_districts(qd148):
    blocks = {"province": "35", "district": "349", "commune": "13330", "serial": 1, "year": 2024}
    assert qd148.product_code(**blocks) == "35-349-13330-1-2024"
    assert Regime.objects.get(pk="qd26-2026").product_code(**blocks) == "35-13330-1-2024"


def test_tourism_needs_no_samples(qd148):
    counts = {row.number: row.sample_count for row in CriteriaSet.objects.of(qd148)}
    assert (counts[22], counts[26]) == (5, 0)


def test_sets_for_choice_leave_the_long_content_in_the_database(qd148, django_assert_num_queries):
    with django_assert_num_queries(1):
        names = [
            str(row) for row in CriteriaSet.objects.offered().of(qd148).for_choice() if row.regime.offered
        ]
    assert names[21] == "22. Vải, may mặc"


def test_answers_find_their_rows_by_code_and_key(qd148, django_assert_num_queries):
    criteria_set = CriteriaSet.objects.get(regime=qd148, number=22)
    with django_assert_num_queries(2):
        criteria, options = Criterion.objects.by_code(criteria_set), Option.objects.by_key(criteria_set)
        assert options["1.4:2"].criterion == criteria["1.4"]
    assert str(criteria["1.4"]) == "1.4 Liên kết chuỗi trong sản xuất"
    assert str(options["1.1:5"]).startswith("5 điểm – ")


def test_form_of_a_set_costs_two_queries(qd148, django_assert_num_queries):
    criteria_set = CriteriaSet.objects.get(regime=qd148, number=22)
    with django_assert_num_queries(2):
        form = [(row.code, len(row.options.all())) for row in Criterion.objects.of(criteria_set)]
    assert form[0] == ("1.1", 3)


def test_period_cannot_end_before_it_begins(qd148):
    with pytest.raises(IntegrityError), transaction.atomic():
        Regime.objects.filter(pk=qd148.pk).update(effective_to=date(2023, 1, 1))


# ---------------------------------------------------------------- two laws at once (Quyết định 26/2026, Điều 11, 12)
@pytest.mark.parametrize(
    ("day", "choices"),
    [
        ("2024-10-15", ["qd148-2023"]),
        ("2026-05-21", ["qd148-2025"]),
        ("2026-05-22", ["qd26-2026", "qd148-2025"]),
        ("2026-07-21", ["qd26-2026", "qd148-2025"]),
        ("2026-07-22", ["qd26-2026"]),
        ("2022-05-01", []),
    ],
)
def test_the_filer_chooses_while_two_laws_run(law, day, choices):
    assert [row.pk for row in Regime.objects.choices_for_filing(date.fromisoformat(day))] == choices


def test_control_without_the_provision_nobody_chooses(law):
    newest = Regime.objects.get(pk="qd26-2026")
    del newest.data["process"]["facts"]["filing_overlap"]
    Regime.objects.filter(pk=newest.pk).update(data=newest.data)
    assert [row.pk for row in Regime.objects.choices_for_filing(date(2026, 6, 1))] == ["qd26-2026"]


def test_a_choice_is_taken_where_there_is_one(law):
    day = date(2026, 6, 1)
    assert Regime.objects.chosen_for_filing(day, "qd148-2025").pk == "qd148-2025"
    assert Regime.objects.chosen_for_filing(day, "").pk == "qd26-2026"
    for wrong in ("qd148-2023", "qd781-2020", "no-such"):
        with pytest.raises(Regime.DoesNotExist, match="không chọn được quy định"):
            Regime.objects.chosen_for_filing(day, wrong)
    with pytest.raises(Regime.DoesNotExist):
        Regime.objects.chosen_for_filing(date(2026, 7, 22), "qd148-2025")


def test_a_draft_is_taken_under_its_law_as_long_as_that_law_takes_dossiers(law):
    old, new = Regime.objects.get(pk="qd148-2025"), Regime.objects.get(pk="qd26-2026")
    assert Regime.objects.takes(old, date(2026, 7, 21))
    assert not Regime.objects.takes(old, date(2026, 7, 22))
    assert Regime.objects.takes(new, date(2026, 7, 22))
    assert not Regime.objects.takes(new, date(2026, 5, 21))


def test_dossiers_of_the_old_law_have_a_last_day(law, qd148):
    old = Regime.objects.get(pk="qd148-2025")
    assert Regime.objects.finish_by(old, "first_time") == date(2026, 7, 21)
    assert Regime.objects.finish_by(old, "re_evaluation") == date(2026, 6, 21)
    assert Regime.objects.finish_by(qd148, "first_time") is None  # 1489/2025: not found
    assert Regime.objects.finish_by(Regime.objects.get(pk="qd26-2026"), "first_time") is None


def test_the_amended_law_has_the_same_criteria_and_another_chain(law, qd148):
    amended = Regime.objects.get(pk="qd148-2025")

    assert [amended.level_for(stars) for stars in (3, 4, 5)] == [
        Level.PROVINCE,
        Level.PROVINCE,
        Level.CENTRAL,
    ]
    assert amended.intake_level == Level.COMMUNE
    assert amended.forward_from(Level.PROVINCE).min_total == 90
    assert amended.document_kinds == qd148.document_kinds
    assert (amended.certificate_months, amended.expiry_notice_days) == (36, 30)
    assert [row.code for row in amended.renewal] == [row.code for row in qd148.renewal]
    assert amended.revocation_grounds == qd148.revocation_grounds
    rows = {row.code: row.content for row in CriteriaSet.objects.of(qd148)}
    assert {row.code: row.content for row in CriteriaSet.objects.of(amended)} == rows
    assert len(rows) == 26
    assert CriteriaSet.objects.get(regime=amended, number=22).engine_set().regime == "qd148-2025"
