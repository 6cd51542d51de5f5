"""The dashboard, the lists behind its numbers, and the pages of reports."""

import datetime as dt
import io
import re

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from foundation.jobs import queue
from foundation.jobs.models import Job
from products.models import IdeaStatus, Product
from targets import papers, pipeline, progress
from targets.models import Indicator, ProgressReport
from tests.factories.products import DossierFactory, IdeaFactory, StatedStandingFactory
from tests.factories.targets import JobFactory, ProgressReportFactory, YearPlanFactory

END, AUTUMN = "2024-12-31", "2024-10-15"
PLAN = "/ke-hoach/2024/"


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    monkeypatch.setattr(queue, "ring", lambda job_id: None)


@pytest.fixture
def as_person(client, people):
    """Sign in as one of the people."""

    def sign_in(name):
        client.force_login(people[name])
        return client

    return sign_in


def words_of(response):
    """The page's text without markup, spaces evened."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


# ------------------------------------------------------------ who
@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("manager", 200),
        ("commune_officer", 200),
        ("judge", 200),
        ("producer", 403),
        ("administrator", 403),
        ("nobody", 403),
    ],
)
@pytest.mark.parametrize(
    "address", [PLAN, f"{PLAN}chi-so/tong-san-pham/", f"{PLAN}dang-lam/y-tuong-cho-huyen-xem-xet/"]
)
def test_officers_managers_and_judges_read_the_plan(as_person, plan, person, status, address):
    assert as_person(person).get(address).status_code == status


def test_the_plan_asks_a_stranger_to_sign_in(client, plan):
    assert client.get(PLAN).url.startswith("/dang-nhap/")


# ------------------------------------------------------------ the dashboard
def test_the_dashboard_shows_the_golden_sum_of_the_year_end(as_person, plan):
    text = words_of(as_person("manager").get(PLAN, {"ngay": END}))

    assert "Hà Nam 157 140 17 0" in text
    assert "Duy Tiên 42 30 12" in text
    assert "Kim Bảng cuối năm 2024: S01 nêu 13 sản phẩm" in text


def test_the_dashboard_of_the_demo_day_shows_the_range_and_what_came_since(as_person, plan, rate):
    client = as_person("manager")
    assert "117–122" in words_of(client.get(PLAN))

    rate(dt.date(2024, 4, 1))
    text = words_of(client.get(PLAN))
    assert "118–123" in text
    assert "chưa có số liệu" in text


def test_the_clock_decides_where_the_address_does_not(as_person, plan, settings):
    settings.DEMO_DAY = dt.date(2024, 12, 31)

    assert "157" in words_of(as_person("manager").get(PLAN))


@pytest.mark.parametrize("day", ["", "hôm nay", "2024-13-45", "0000-00-00"])
def test_an_unreadable_day_is_today(as_person, plan, day):
    assert "117–122" in words_of(as_person("manager").get(PLAN, {"ngay": day}))


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days_too(as_person, plan, day):
    assert as_person("manager").get(PLAN, {"ngay": day}).status_code == 200


def test_a_district_officer_finds_their_own_district_marked(as_person, plan):
    assert "Duy Tiên địa bàn của bạn" in words_of(as_person("district_officer").get(PLAN))
    assert "Phủ Lý địa bàn của bạn" in words_of(as_person("other_district_officer").get(PLAN))
    assert "địa bàn của bạn" not in words_of(as_person("manager").get(PLAN))


def test_invented_records_in_the_figures_are_announced(as_person, plan, rate):
    rating = rate(dt.date(2024, 4, 1))
    client = as_person("manager")
    assert "bản ghi trình diễn" not in words_of(client.get(PLAN))

    Product.objects.filter(pk=rating.product_id).update(is_demo=True)
    assert "Có 1 bản ghi trình diễn" in words_of(client.get(PLAN))


def test_a_day_after_today_is_called_so(as_person, plan):
    client = as_person("manager")

    assert "Ngày này sau hôm nay" in words_of(client.get(PLAN, {"ngay": END}))
    assert "Ngày này sau hôm nay" not in words_of(client.get(PLAN))


def test_a_year_without_a_plan_is_unknown_but_this_year_says_what_to_do(as_person, law):
    client = as_person("manager")

    assert "Chưa có kế hoạch của năm này" in words_of(client.get(PLAN))
    assert client.get("/ke-hoach/2031/").status_code == 404


def test_the_short_address_leads_to_the_latest_plan(as_person, plan):
    YearPlanFactory(year=2031)
    assert as_person("manager").get("/ke-hoach/").url == PLAN


def test_the_short_address_without_plans_leads_to_this_year(as_person, law):
    assert as_person("manager").get("/ke-hoach/").url == PLAN


@pytest.mark.parametrize("count", [1, 12])
def test_the_dashboard_costs_the_same_for_one_rating_and_twelve(
    as_person, plan, rate, other_commune, commune, django_assert_num_queries, count
):
    for number in range(count):
        rate(dt.date(2024, 1, 2) + dt.timedelta(days=number), area=(commune, other_commune)[number % 2])
    client = as_person("district_officer")
    client.get(PLAN)  # warms what lives as long as the process

    with django_assert_num_queries(22):
        client.get(PLAN)


# ------------------------------------------------------------ every number opens its rows
LINK = re.compile(r'href="(/ke-hoach/2024/(?:chi-so|dang-lam)/[^"]+)"[^>]*>(?:<[^>]+>)*([^<]*)<')


def test_every_number_of_the_dashboard_opens_a_list_that_says_the_same(
    as_person, plan, rate, other_commune, revoke
):
    rate(dt.date(2024, 4, 1))
    rate(dt.date(2024, 4, 2), area=other_commune, stars=4)
    revoke(rate(dt.date(2023, 4, 2)), dt.date(2024, 6, 1))
    client = as_person("manager")
    IdeaFactory(
        status=IdeaStatus.SUBMITTED, submitted_on=dt.date(2024, 9, 1), entity=Product.objects.first().entity
    )

    links = LINK.findall(client.get(PLAN).content.decode())

    assert len(links) > 40
    for address, number in links:
        listed = words_of(client.get(address.replace("&amp;", "&")))
        if number.strip() not in {"–", ""}:
            assert number.strip() in listed, address


def rows_in(page, section):
    table = re.search(rf'<table[^>]*data-section="{section}".*?</table>', page, re.S)
    return table.group().count("<tr>") - 1 if table else 0


def test_the_list_has_as_many_rows_as_its_number_says(as_person, plan, books, rate, revoke):
    for month in range(2, 7):
        rate(dt.date(2024, month, 1))
    for month in (3, 5):
        revoke(rate(dt.date(2023, month, 1)), dt.date(2024, 7, 1))
    rate(dt.date(2023, 8, 1))

    page = as_person("manager").get(f"{PLAN}chi-so/tong-san-pham/").content.decode()

    added, ended, included = (rows_in(page, section) for section in ("cong-them", "ket-thuc", "da-gom"))
    assert (added, ended, included) == (5, 2, 1)
    figure = books().figure(Indicator.TOTAL_PRODUCTS)
    assert (figure.low, figure.high) == (117 + added - ended, 122 + added - ended)


def test_the_list_names_the_balance_with_its_sources(as_person, plan):
    page = as_person("manager").get(
        f"{PLAN}chi-so/tong-san-pham/", {"ngay": END, "dia-ban": "350", "sao": "4"}
    )

    text = words_of(page)
    assert "3 sản phẩm vào ngày 31/12/2024" in text
    assert "Doanh nghiệp Kinh tế xanh" in text


def test_the_list_of_villages_names_both_balances(as_person, plan):
    text = words_of(as_person("manager").get(f"{PLAN}chi-so/lang-nghe-moi/", {"ngay": END}))

    assert "7 làng nghề vào ngày 31/12/2023" in text
    assert "9 làng nghề vào ngày 31/12/2024" in text


@pytest.mark.parametrize("query", ["dia-ban=999", "dia-ban=13345", "sao=9", "sao=x"])
def test_a_part_that_does_not_exist_is_unknown(as_person, plan, query):
    assert as_person("manager").get(f"{PLAN}chi-so/tong-san-pham/?{query}").status_code == 404


def test_an_indicator_or_a_stage_that_does_not_exist_is_unknown(as_person, plan):
    client = as_person("manager")

    assert client.get(f"{PLAN}chi-so/khac/").status_code == 404
    assert client.get(f"{PLAN}dang-lam/khac/").status_code == 404


def test_the_list_downloads_as_a_workbook_with_the_same_rows(as_person, plan, rate):
    rating = rate(dt.date(2024, 4, 1))
    rate(dt.date(2023, 4, 1))

    response = as_person("manager").get(f"{PLAN}chi-so/tong-san-pham/", {"tep": "xlsx"})

    file = io.BytesIO(b"".join(response.streaming_content))
    rows = CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()
    sections = [row[0] for row in rows[3:]]
    assert (sections.count("Cộng thêm"), sections.count("Đã gồm trong số đầu kỳ")) == (1, 1)
    assert "118–123" in rows[0][0]
    assert any(rating.product.name in row for row in rows)


def test_named_products_stand_in_list_and_workbook_as_inside_the_balance(as_person, plan, commune):
    from_source = StatedStandingFactory(
        product__area=commune, product__entity__area=commune, year=2021
    ).product
    client = as_person("manager")

    assert from_source.name in words_of(client.get(f"{PLAN}chi-so/tong-san-pham/"))
    response = client.get(f"{PLAN}chi-so/tong-san-pham/", {"tep": "csv"})
    assert f"Nguồn nêu tên;{from_source.name}" in b"".join(response.streaming_content).decode()


# ------------------------------------------------------------ what is under way
def test_the_stages_count_what_the_person_may_see(plan, people, entity):
    IdeaFactory(entity=entity, status=IdeaStatus.SUBMITTED, submitted_on=dt.date(2024, 9, 1))
    IdeaFactory(entity=entity)
    today = dt.date(2024, 10, 15)

    def counts(person):
        return {stage.slug: stage.count for stage in pipeline.stages(people[person], plan, today, today)}

    assert counts("manager")["y-tuong-cho-huyen-xem-xet"] == 1
    assert counts("other_district_officer")["y-tuong-cho-huyen-xem-xet"] == 0
    assert counts("judge")["y-tuong-cho-huyen-xem-xet"] == 0


def test_every_stage_lists_as_many_as_it_counts(plan, people, entity, rate, as_person):
    IdeaFactory(entity=entity, status=IdeaStatus.ACCEPTED, submitted_on=dt.date(2024, 3, 1))
    dossier = DossierFactory(
        product__entity=entity,
        status="accepted",
        submitted_on=dt.date(2024, 5, 1),
        accepted_on=dt.date(2024, 6, 1),
    )
    rate(dt.date(2024, 8, 1), product=dossier.product, dossier=dossier)
    client = as_person("manager")
    for day, expected in [("2024-10-15", 2), ("2024-07-01", 3), ("2024-09-01", 4), ("2024-04-01", 1)]:
        chosen = dt.date.fromisoformat(day)
        stages = pipeline.stages(people["manager"], plan, chosen, dt.date(2024, 10, 15))
        assert sum(stage.count for stage in stages) == expected
        for stage in stages:
            page = client.get(f"{PLAN}dang-lam/{stage.slug}/", {"ngay": day})
            assert page.context["page"].paginator.count == stage.count


# ------------------------------------------------------------ reports
def test_asking_for_a_report_leads_back_to_the_reports_with_its_progress(as_person, plan):
    client = as_person("province_officer")

    response = client.post("/bao-cao/lap/", {"area": "35", "as_of": AUTUMN}, follow=True)

    job = Job.objects.get()
    assert response.redirect_chain[-1][0] == "/bao-cao/"
    assert reverse("jobs:job", args=[job.code]) in response.content.decode()
    assert 'hx-trigger="every 1s"' in response.content.decode()


def test_a_refused_day_stays_in_the_form(as_person, plan):
    response = as_person("province_officer").post("/bao-cao/lap/", {"area": "35", "as_of": "2024-10-16"})

    assert "Ngày số liệu không được sau hôm nay." in words_of(response)
    assert 'value="2024-10-16"' in response.content.decode()
    assert not Job.objects.exists()


def test_a_unit_outside_ones_own_cannot_be_chosen(as_person, plan):
    client = as_person("district_officer")

    assert client.post("/bao-cao/lap/", {"area": "35", "as_of": AUTUMN}).status_code == 200
    assert not Job.objects.exists()
    client.post("/bao-cao/lap/", {"area": "349", "as_of": AUTUMN})
    assert Job.objects.count() == 1


@pytest.mark.parametrize("person", ["commune_officer", "judge", "producer"])
def test_others_get_no_form_for_reports(as_person, plan, person):
    assert as_person(person).get("/bao-cao/lap/").status_code == 403


def test_without_a_plan_there_is_no_report_to_ask_for(as_person, law):
    assert as_person("province_officer").get("/bao-cao/lap/").status_code == 403


def test_reports_of_others_and_jobs_of_others_are_out_of_sight(as_person, plan, people):
    report = ProgressReportFactory()
    JobFactory(by=people["manager"], title="Việc của lãnh đạo")

    client = as_person("district_officer")
    assert "Việc của lãnh đạo" not in words_of(client.get("/bao-cao/"))
    for address in (
        report.get_absolute_url(),
        f"/bao-cao/{report.code}/loi-van/",
        f"/bao-cao/{report.code}/ky/",
        f"/bao-cao/{report.code}/pdf/",
        f"/bao-cao/{report.code}/docx/",
        f"/bao-cao/{report.code}/xlsx/",
    ):
        assert client.get(address).status_code == 404
    assert list(client.get("/bao-cao/").context["page"]) == []


def test_a_report_downloads_for_those_who_may_read_it(as_person, plan):
    report = ProgressReportFactory()
    client = as_person("manager")

    pdf = client.get(f"/bao-cao/{report.code}/pdf/")
    assert b"".join(pdf.streaming_content).startswith(b"%PDF")
    assert 'filename="bao-cao-ocop-2024-09-30.pdf"' in pdf["Content-Disposition"]
    assert b"".join(client.get(f"/bao-cao/{report.code}/xlsx/").streaming_content).startswith(b"PK")
    assert client.get(f"/bao-cao/{report.code}/exe/").status_code == 404


def test_a_report_tells_when_its_data_were_changed_later(as_person, plan, books, rate):
    figures = progress_figures(books, plan)
    ProgressReportFactory(
        plan=plan, area=plan.area, figures=figures[0], digest=figures[1], as_of=dt.date(2024, 9, 30)
    )
    report = ProgressReport.objects.get()
    client = as_person("manager")
    assert "vẫn được đúng mã này" in words_of(client.get(report.get_absolute_url()))

    rate(dt.date(2024, 5, 1))

    assert "đã thay đổi sau khi lập báo cáo" in words_of(client.get(report.get_absolute_url()))


def progress_figures(books, plan):
    figures = papers.frozen(books(dt.date(2024, 9, 30)), plan.area)
    return figures, papers.digest(figures)


@pytest.mark.parametrize("count", [1, 6])
def test_the_list_of_reports_costs_the_same_for_one_and_six(
    as_person, plan, django_assert_num_queries, count
):
    ProgressReportFactory.create_batch(count)
    client = as_person("manager")
    client.get("/bao-cao/")

    with django_assert_num_queries(7):
        client.get("/bao-cao/")


def test_the_words_on_the_page_are_those_of_progress(as_person, plan, books):
    text = words_of(as_person("manager").get(PLAN))

    for row in progress.progress_of(books()):
        assert f"{row.indicator.label} {row.word.value}" in text
