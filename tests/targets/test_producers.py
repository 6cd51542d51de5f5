"""Producers in the plan's figures, from the database: page, export and report say the same."""

import datetime as dt
import io

import pytest
from python_calamine import CalamineWorkbook

from entities.models import SalesChannel
from products.models import villages_with_rated_product
from targets import papers, producers, progress
from targets.models import Indicator, OpeningBalance, Unit
from targets.progress import Word
from tests.factories.entities import (
    CraftVillageFactory,
    EntityFactory,
    SalesChannelFactory,
    StrengtheningFactory,
)
from tests.factories.products import ProductFactory
from tests.factories.targets import OpeningBalanceFactory, district
from tests.targets.test_papers import sheets_of, text_of

DAY, END = dt.date(2024, 10, 15), dt.date(2024, 12, 31)
PAGE = "/ke-hoach/2024/chi-so/chu-the/"
SHARE = "/ke-hoach/2024/chi-so/kenh-hien-dai/"


@pytest.fixture
def makers(rate, commune, other_commune):
    """Old: since 2022, strengthened twice in 2024. New: since May 2024, a firm. Elsewhere: since June 2024, Phủ Lý."""
    old, new, elsewhere = (
        rate(day, area=area).product.entity
        for day, area in (
            (dt.date(2022, 3, 1), commune),
            (dt.date(2024, 5, 2), commune),
            (dt.date(2024, 6, 3), other_commune),
        )
    )
    type(new).objects.filter(pk=new.pk).update(kind="sme")
    StrengtheningFactory(entity=old, day=dt.date(2024, 4, 1))
    StrengtheningFactory(entity=old, day=dt.date(2024, 11, 1), kind="training")
    SalesChannelFactory(entity=old, until=dt.date(2024, 8, 31))
    SalesChannelFactory(entity=new, since=dt.date(2024, 7, 1), kind="e_commerce")
    SalesChannelFactory(entity=elsewhere, kind="market")
    return old, new, elsewhere


def figure(books, day=DAY, indicator=Indicator.ENTITIES, **part):
    return books(day).figure(indicator, **part)


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (dt.date(2024, 3, 31), "chưa có số liệu"),
        (dt.date(2024, 4, 1), "1 đã ghi"),
        (dt.date(2024, 5, 2), "2 đã ghi"),
        (DAY, "3 đã ghi"),
        (END, "3 đã ghi"),
    ],
)
def test_new_and_strengthened_producers_on_any_day(books, makers, day, text):
    assert figure(books, day).text == text


def test_the_figure_of_a_district_and_of_a_kind(books, makers):
    assert figure(books, area=district("349")).text == "2 đã ghi"
    kinds = [(kind.value, found.low) for kind, found in progress.by_kind(books(DAY))]
    assert kinds == [("cooperative", 2), ("sme", 1)]
    assert sum(count for _, count in kinds) == figure(books).low


def test_a_sourced_balance_of_the_year_is_carried_on(books, makers):
    OpeningBalanceFactory(unit=Unit.ENTITIES, day=dt.date(2024, 4, 30), low=40, high=40)

    assert figure(books).text == "42"  # one of the three was strengthened before the balance's day


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (dt.date(2024, 3, 31), "100% đã ghi"),  # only the old one takes part
        (dt.date(2024, 6, 30), "33,3% đã ghi"),
        (dt.date(2024, 8, 31), "66,6% đã ghi"),
        (dt.date(2024, 9, 1), "33,3% đã ghi"),  # the channel of the old one ended
    ],
)
def test_the_share_in_modern_channels_on_any_day(books, makers, day, text):
    assert figure(books, day, Indicator.MODERN_CHANNELS_PCT).text == text


def test_a_share_of_records_alone_is_no_verdict_but_with_balances_it_is(books, makers):
    def word():
        rows = progress.progress_of(books(dt.date(2024, 8, 31)))
        return next(row.word for row in rows if row.indicator == Indicator.MODERN_CHANNELS_PCT)

    assert word() is Word.UNKNOWN
    for unit, count in ((Unit.MODERN, 20), (Unit.MAKERS, 38)):
        OpeningBalanceFactory(unit=unit, day=dt.date(2024, 6, 30), low=count, high=count)
    assert word() is Word.REACHED  # 21 of 38


def test_page_export_and_report_agree(client, people, books, plan, makers):
    client.force_login(people["manager"])
    rows = figure(books).sections[""]
    page = client.get(PAGE, {"ngay": DAY.isoformat()}).content.decode()
    file = b"".join(client.get(PAGE, {"ngay": DAY.isoformat(), "tep": "xlsx"}).streaming_content)
    book = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    frozen = papers.frozen(books(DAY), plan.area)

    assert [row["entity"] for row in frozen["developed"]] == sorted(maker.name for maker in makers)
    assert all(maker.name in page for maker in makers)
    assert {line[0] for line in book[3:]} == {maker.name for maker in makers}
    assert book[0][0].endswith(": 3 đã ghi")
    assert len(rows) == 3
    target = next(row for row in frozen["targets"] if row["indicator"] == "entities")
    assert (target["low"], target["text"]) == (3, "3 đã ghi")


def test_the_report_names_the_producers_and_their_kinds(books, plan, makers):
    figures = papers.frozen(books(DAY), plan.area)
    sheet = sheets_of(figures)["Chủ thể"]
    from_paper = text_of(papers.printed(figures, digest="d" * 64, code="bc", author="", moment=_moment()))

    assert [row["kind"] for row in figures["kinds"]] == ["Hợp tác xã", "Doanh nghiệp nhỏ và vừa"]
    assert {row[0] for row in sheet[4:7]} == {maker.name for maker in makers}
    assert "tham gia từ 02/05/2024" in from_paper
    assert "Hợp tác xã 2 đã ghi" in from_paper


def _moment():
    return dt.datetime(2024, 10, 15, 8, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("query", "count"),
    [({}, 3), ({"muc": "moi"}, 2), ({"muc": "cung-co"}, 1), ({"loai": "sme"}, 1), ({"dia-ban": "347"}, 1)],
)
def test_each_part_of_the_number_opens_its_list(client, people, plan, makers, query, count):
    client.force_login(people["manager"])

    text = client.get(PAGE, {"ngay": DAY.isoformat(), **query}).content.decode()
    assert f"<strong>{count}</strong> chủ thể" in text


def test_who_is_not_yet_in_a_modern_channel_has_a_list(client, people, plan, makers):
    client.force_login(people["manager"])
    old, new, elsewhere = makers

    inside = client.get(SHARE, {"ngay": DAY.isoformat()}).content.decode()
    outside = client.get(SHARE, {"ngay": DAY.isoformat(), "muc": "ngoai"}).content.decode()
    assert new.name in inside
    assert old.name not in inside
    assert old.name in outside
    assert elsewhere.name in outside


@pytest.mark.parametrize("query", [{"muc": "khac"}, {"loai": "khac"}, {"dia-ban": "000"}])
def test_an_unknown_part_is_404(client, people, plan, query):
    client.force_login(people["manager"])

    assert client.get(PAGE, query).status_code == 404


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_costs_the_same_for_one_producer_and_twenty(
    client, people, plan, rate, count, django_assert_num_queries
):
    for number in range(count):
        entity = rate(dt.date(2024, 5, 1) + dt.timedelta(days=number)).product.entity
        SalesChannelFactory(entity=entity)
        StrengtheningFactory(entity=entity)
    client.force_login(people["manager"])

    with django_assert_num_queries(19):
        client.get(PAGE)


def test_without_records_and_balances_nothing_is_made_up(books):
    assert not SalesChannel.objects.exists()
    for indicator in producers.MEASURES:
        assert figure(books, END, indicator).note == producers.MISSING[indicator]


def test_facts_of_producers_of_another_province_do_not_count(books, commune):
    StrengtheningFactory(entity=EntityFactory(area=commune))
    assert figure(books).low == 1

    far = type(commune).objects.create(
        code="99", kind="province", name="Khác", full_name="Tỉnh Khác", type_name="tỉnh"
    )
    StrengtheningFactory(entity=EntityFactory(area=far))
    assert figure(books).low == 1


# ------------------------------------------------------------ villages
@pytest.fixture
def village(commune, rate):
    """A village with a product of three stars since May 2024."""
    village = CraftVillageFactory(area=commune)
    rate(dt.date(2024, 5, 1), product=ProductFactory(entity=None, area=commune, village=village))
    return village


def test_the_list_of_villages_and_the_plans_figure_agree_on_any_day(books, village):
    for day in (dt.date(2024, 4, 30), dt.date(2024, 5, 1), DAY):
        counted = {fact.village for fact in figure(books, day, Indicator.TOTAL_VILLAGES).added}
        assert counted == set(villages_with_rated_product(day).values_list("pk", flat=True))


def test_two_stars_make_no_village_count(rate, commune):
    village = CraftVillageFactory(area=commune)
    rate(dt.date(2024, 5, 1), stars=2, product=ProductFactory(entity=None, area=commune, village=village))

    assert not villages_with_rated_product(DAY).exists()


def test_a_village_whose_recognition_is_withdrawn_counts_no_more_from_that_day(books, village):
    until = dt.date(2024, 9, 1)
    assert figure(books, DAY, Indicator.TOTAL_VILLAGES).text == "8"
    type(village).objects.filter(pk=village.pk).update(
        status="withdrawn", decision_number="1/QĐ", decided_on=dt.date(2020, 1, 1), withdrawn_on=until
    )

    assert figure(books, DAY, Indicator.TOTAL_VILLAGES).text == "7"
    assert figure(books, until - dt.timedelta(days=1), Indicator.TOTAL_VILLAGES).text == "8"
    assert not villages_with_rated_product(DAY).exists()
    assert OpeningBalance.objects.filter(unit=Unit.VILLAGES).exists()
