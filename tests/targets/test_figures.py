"""Every indicator with its definition; the command that prints figures; lists; as known earlier, and why it differs."""

import datetime as dt
import io
import json

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from foundation.trail.moves import write
from products.models import Rating
from targets import corrections, indicators, loading, progress
from targets.models import FactChange, Indicator, Kind
from tests.factories.entities import EntityFactory, SalesChannelFactory, StrengtheningFactory
from tests.factories.products import DossierFactory, IdeaFactory
from tests.factories.promotion import EventFactory, EventProductFactory
from tests.factories.support import FieldVisitFactory
from tests.factories.tracking import YearlyReturnFactory

YEAR_END = dt.date(2024, 12, 31)
AUTUMN = dt.date(2024, 10, 15)
BASELINE = {"347": 38, "349": 42, "350": 13, "351": 29, "352": 17, "353": 18, "35": 157}
FOUR_STARS = {"347": 0, "349": 12, "350": 3, "351": 0, "352": 2, "353": 0, "35": 17}


def printed(plan, on, area="", known_on="", differences=False):
    out, asked = io.StringIO(), ["--plan", str(plan), "--on", on]
    asked += ["--area", area] if area else []
    asked += ["--known-on", known_on] if known_on else []
    asked += ["--differences"] if differences else []
    call_command("figures", *asked, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


# ------------------------------------------------------------ definitions
def test_every_indicator_stands_once_with_all_that_the_page_says():
    assert list(indicators.REGISTRY) == list(Indicator)
    assert len({indicator.slug for indicator in Indicator}) == len(Indicator)
    assert all(row.definition and row.source and row.kind in Kind for row in indicators.REGISTRY.values())


def test_the_page_lists_every_indicator_and_the_plans_own_definition(plan, people, client):
    client.force_login(people["commune_officer"])

    page = client.get(reverse("targets:indicators", args=[2024])).content.decode()

    assert all(f">{indicator.value}<" in page for indicator in Indicator)
    assert "ngày 1 tháng 1" in page
    client.force_login(people["producer"])
    assert client.get(reverse("targets:indicators", args=[2024])).status_code == 403


@pytest.mark.parametrize("indicator", list(Indicator))
def test_every_figure_opens_its_list(plan, people, client, indicator):
    client.force_login(people["manager"])
    page = reverse("targets:indicator", args=[2024, indicator.slug])

    assert client.get(page).status_code == 200
    assert client.get(page, {"dia-ban": "349", "tep": "csv"}).status_code == 200
    assert client.get(page, {"dia-ban": "khong-co"}).status_code == 404


# ------------------------------------------------------------ the command
def test_the_end_of_2024_equals_the_baseline_by_district_and_star(plan):
    rows = {(row["indicator"], row["area"]): row for row in printed(plan=2024, on="2024-12-31")}

    assert {area: rows["total_products", area]["value"] for area in BASELINE} == BASELINE
    assert {area: rows["total_products.stars.4", area]["value"] for area in BASELINE} == FOUR_STARS
    assert rows["total_products", "347"]["opening"]["sources"] == ["S01"]


def test_the_baseline_of_this_test_is_the_one_of_the_file():
    facts = yaml.safe_load((loading.DATA / "balances.yaml").read_text(encoding="utf-8"))["balances"]
    year_end = [row for row in facts if row["day"] == YEAR_END and "products" in row]

    assert {row["area"]["code"]: row["products"]["all"] for row in year_end} == BASELINE
    assert {row["area"]["code"]: row["products"][4] for row in year_end} == FOUR_STARS


def test_a_line_says_value_range_opening_and_kind(plan, rate):
    rate(dt.date(2024, 2, 1))

    row = next(
        row for row in printed(plan=2024, on="2024-10-15", area="35") if row["indicator"] == "total_products"
    )

    assert row == {
        "indicator": "total_products", "area": "35", "area_kind": "province", "on": "2024-10-15",
        "value": [118, 123], "min": 142, "max": 152, "kind": "stock", "complete": True, "note": "",
        "opening": {"day": "2023-12-31", "min": 117, "max": 122, "sources": ["S00"]},
    }  # fmt: skip


def test_a_commune_is_found_by_its_code_and_what_is_unknown_is_null(plan, commune):
    rows = printed(plan=2024, on="2024-10-15", area=commune.code)

    assert {row["area"] for row in rows} == {commune.code}
    assert next(row for row in rows if row["indicator"] == "total_products")["value"] is None


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"plan": 1999, "on": "2024-01-01"}, "Chưa có kế hoạch"),
        ({"plan": 2024, "on": "2024-01-01", "area": "99999"}, "Không có địa bàn"),
        ({"plan": 2024, "on": "2024-01-01", "differences": True}, "known-on"),
    ],
)
def test_a_wrong_question_is_answered_with_a_sentence(plan, options, said):
    with pytest.raises(CommandError, match=said):
        printed(**options)


def test_an_unreadable_day_is_answered_with_a_sentence(plan):
    with pytest.raises(CommandError, match="không phải một ngày"):
        call_command("figures", "--plan", "2024", "--on", "hôm nay")


# ------------------------------------------------------------ what public reports use
def low(books, indicator, area=None):
    return books(AUTUMN).figure(indicator, area).low


def test_women_events_visits_ideas_and_dossiers_are_counted_in_their_units(
    books, rate, commune, other_commune
):
    product = rate(dt.date(2024, 2, 1)).product
    product.entity.representative_gender = "female"
    product.entity.save()
    fair = EventFactory(starts_on=dt.date(2024, 5, 1))
    EventProductFactory(event=fair, product=product)
    EventFactory(starts_on=dt.date(2023, 5, 1))
    EventFactory(starts_on=dt.date(2024, 5, 1), province_part="not_stated")
    FieldVisitFactory(
        entity=product.entity, status="held", planned_on=dt.date(2024, 4, 1), held_on=dt.date(2024, 4, 1)
    )
    IdeaFactory(entity=product.entity, status="submitted", submitted_on=dt.date(2024, 3, 1))

    here, there = commune.parent, other_commune.parent
    counted = (
        Indicator.WOMEN_LED, Indicator.EVENTS, Indicator.PARTICIPATIONS, Indicator.FIELD_VISITS, Indicator.IDEAS,
    )  # fmt: skip
    assert [low(books, one) for one in counted] == [1, 1, 1, 1, 1]
    assert [low(books, one, here) for one in counted] == [1, 1, 1, 1, 1]
    assert [low(books, one, there) for one in counted] == [0, 0, 0, 0, 0]


def test_revenue_is_that_of_the_last_finished_year_and_unknown_without_returns(books, rate, commune):
    assert not books(AUTUMN).figure(Indicator.PRODUCT_REVENUE).known
    product = rate(dt.date(2023, 2, 1)).product
    YearlyReturnFactory(product=product, revenue="350.50", returned_on=dt.date(2024, 2, 1))

    figure = books(AUTUMN).figure(Indicator.PRODUCT_REVENUE)

    assert figure.text == "350,5"
    assert not books(dt.date(2024, 1, 31)).figure(Indicator.PRODUCT_REVENUE).known


def test_dossiers_are_counted_by_the_day_they_were_sent_and_taken(books, commune):
    DossierFactory(
        product__area=commune, year=2024, status="accepted",
        submitted_on=dt.date(2024, 4, 1), accepted_on=dt.date(2024, 11, 1),
    )  # fmt: skip

    assert low(books, Indicator.DOSSIERS) == 1
    assert low(books, Indicator.ACCEPTED_DOSSIERS) == 0
    assert books(YEAR_END).figure(Indicator.ACCEPTED_DOSSIERS).low == 1


def test_a_list_shows_what_its_reader_may_see_and_says_how_much_more_there_is(plan, people, client, commune):
    IdeaFactory(
        name="Ý tưởng riêng",
        entity=EntityFactory(area=commune),
        status="submitted",
        submitted_on=dt.date(2024, 3, 1),
    )
    page = reverse("targets:indicator", args=[2024, Indicator.IDEAS.slug])

    client.force_login(people["district_officer"])
    assert "Ý tưởng riêng" in client.get(page).content.decode()
    client.force_login(people["other_district_officer"])
    away = client.get(page).content.decode()

    assert "Ý tưởng riêng" not in away
    assert "1 dòng ngoài phạm vi" in away


# ------------------------------------------------------------ as known earlier
def now():
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        return cursor.fetchone()[0]


def total(plan, day, known_at=None):
    return progress.open_books(plan, day, known_at).figure(Indicator.TOTAL_PRODUCTS).text


def test_a_revocation_typed_late_changes_the_past_and_not_what_was_known(plan, rate, revoke):
    rating = rate(dt.date(2024, 2, 1))
    moment = now()
    revoke(rating, dt.date(2024, 8, 1))

    assert total(plan, dt.date(2024, 9, 30)) == "117–122"
    assert total(plan, dt.date(2024, 9, 30), moment) == "118–123"
    assert total(plan, dt.date(2024, 7, 31)) == total(plan, dt.date(2024, 7, 31), moment) == "118–123"


def test_a_decision_typed_late_was_not_known(plan, rate):
    moment = now()
    rate(dt.date(2024, 2, 1))

    assert (total(plan, AUTUMN), total(plan, AUTUMN, moment)) == ("118–123", "117–122")


def test_a_decision_moved_beyond_the_day_or_taken_out_was_known(plan, rate):
    moved, gone = rate(dt.date(2024, 2, 1)), rate(dt.date(2024, 3, 1))
    moment = now()
    Rating.objects.filter(pk=moved.pk).update(starts_on=dt.date(2024, 11, 1))
    gone.delete()

    assert (total(plan, AUTUMN), total(plan, AUTUMN, moment)) == ("117–122", "119–124")


def test_channels_and_strengthenings_are_known_as_they_were(plan, commune):
    maker = EntityFactory(area=commune)
    push = StrengtheningFactory(entity=maker)
    channel = SalesChannelFactory(entity=maker)
    moment = now()
    push.delete()
    type(channel).objects.filter(pk=channel.pk).update(since=dt.date(2025, 1, 1))

    today, then = progress.open_books(plan, AUTUMN), progress.open_books(plan, AUTUMN, moment)

    assert (today.figure(Indicator.ENTITIES).low, then.figure(Indicator.ENTITIES).low) == (None, 1)
    assert (len(today.people.sales), len(then.people.sales)) == (0, 1)


def test_the_difference_is_told_with_its_reason(plan, rate, revoke, people):
    rating = rate(dt.date(2024, 2, 1))
    moment = now()
    revoke(rating, dt.date(2024, 8, 1))
    write(rating, "Sửa ngày thu hồi", by=people["province_officer"], note="nhập nhầm ngày")
    books = progress.open_books(plan, AUTUMN)

    rows = {row["indicator"]: row for row in corrections.differences(books, [plan.area], moment)}

    row = rows["total_products"]
    assert (row["was"], row["value"]) == ([118, 123], [117, 122])
    (why,) = row["why"]
    assert (why["record"], why["was"]["revoked_on"]) == (str(rating), None)
    assert why["trail"][-1]["note"] == "nhập nhầm ngày"
    assert set(rows) >= {"total_products", "new_products", "revoked_products"}
    assert "ideas" not in rows


def test_without_a_correction_there_is_no_difference(plan, rate):
    rate(dt.date(2024, 2, 1))

    assert corrections.differences(progress.open_books(plan, AUTUMN), [plan.area], now()) == []


def test_the_command_prints_what_was_known_and_what_differs(plan, rate):
    rate(dt.date(2024, 2, 1))

    known = printed(plan=2024, on="2024-10-15", area="35", known_on="2020-01-01")
    differs = printed(plan=2024, on="2024-10-15", area="35", known_on="2020-01-01", differences=True)

    assert next(row for row in known if row["indicator"] == "total_products")["value"] == [117, 122]
    assert {row["indicator"] for row in differs} >= {"total_products", "new_products"}


def test_a_change_that_touches_no_figure_is_not_kept(rate):
    rating = rate(dt.date(2024, 2, 1))
    count = FactChange.objects.count()

    Rating.objects.filter(pk=rating.pk).update(total=77)

    assert FactChange.objects.count() == count
    assert str(FactChange.objects.last()).startswith("products_rating")


def test_many_rows_of_one_statement_are_all_kept(rate):
    for month in (1, 2, 3):
        rate(dt.date(2024, month, 1))
    count = FactChange.objects.count()

    Rating.objects.update(revoked_on=dt.date(2024, 9, 1))

    assert FactChange.objects.count() == count + 3


@pytest.mark.parametrize(
    "statement", ["update targets_factchange set key = 0", "delete from targets_factchange"]
)
def test_what_was_kept_cannot_be_changed(rate, statement):
    rate(dt.date(2024, 2, 1))

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
