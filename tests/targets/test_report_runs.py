"""T117: a report run again is byte for byte the same, or says what differs; and every difference has its sentence."""

import copy
import datetime as dt

import pytest

from accounts.models import Notice
from foundation.jobs import queue
from products.models import Product
from targets import actions, papers
from targets.models import ProgressReport, ReportRun
from tests.targets.working import carry_out

AUTUMN = dt.date(2024, 9, 30)


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    monkeypatch.setattr(queue, "ring", lambda job_id: None)


@pytest.fixture
def officer(people):
    return people["province_officer"]


@pytest.fixture
def report(plan, officer, rate):
    rate(dt.date(2024, 5, 1))
    carry_out(actions.ask_report(plan, plan.area, AUTUMN, by=officer))
    return ProgressReport.objects.for_list().get()


def again(report, officer):
    carry_out(actions.run_again(report, by=officer))
    return ReportRun.objects.first()


def test_the_same_data_give_the_same_bytes_a_month_later(report, officer, settings):
    settings.DEMO_DAY = dt.date(2024, 11, 20)

    run = again(report, officer)

    assert run.is_same
    assert run.checksums == report.checksums
    assert run.digest == report.digest
    assert len(run.checksums) == 3


def test_a_correction_is_named_and_the_report_stays(report, officer, rate):
    late = rate(dt.date(2024, 6, 1))  # keyed in later, for a day before

    run = again(report, officer)

    assert any("Sản phẩm mới đạt từ 3 sao: 1" in said and "→ 2" in said for said in run.changes)
    assert any(said.startswith(f"Sản phẩm mới, thêm: {late.product.name}") for said in run.changes)
    assert run.digest != report.digest == ProgressReport.objects.get().digest
    assert run.figures != report.figures


def test_a_corrected_name_is_named_too(report, officer):
    Product.objects.filter(name=report.figures["new"][0]["product"]).update(name="Tên đã đính chính")

    run = again(report, officer)

    assert [said.split(":")[0] for said in run.changes] == ["Sản phẩm mới, thêm", "Sản phẩm mới, bớt"]


def test_other_code_with_the_same_bytes_is_no_difference_and_other_bytes_name_it(
    report, officer, monkeypatch
):
    monkeypatch.setattr(papers, "code_version", lambda: "mới")
    assert again(report, officer).is_same

    monkeypatch.setitem(papers.MAKERS, "xlsx", lambda figures, **facts: b"PK khac")
    changes = again(report, officer).changes

    assert changes[0].startswith("Bảng tính Excel")
    assert changes[1] == f"Phiên bản chương trình: {report.code_version} → mới."


def test_whoever_asked_is_told_how_it_came_out(report, officer):
    again(report, officer)

    assert "giống hệt" in Notice.objects.about(report).get(person=officer).text


def test_every_part_of_the_figures_has_a_sentence_for_its_difference(report):
    for change in (
        lambda f: f["targets"][0].update(text="99"),
        lambda f: f["districts"][0]["total"].update(text="99"),
        lambda f: f["stars"][0].update(text="99"),
        lambda f: f["new"].clear(),
        lambda f: f["kinds"].append({"kind": "Khác", "text": "1", "low": 1, "high": 1}),
        lambda f: f["balances"].pop(),
        lambda f: f["remarks"].append("Thêm."),
        lambda f: f.update(failed=["new"]),
        lambda f: f.update(demo=5),
        lambda f: f["plan"].update(number="9/KH"),
        lambda f: f["area"].update(name="Tỉnh Khác"),
    ):
        after = copy.deepcopy(report.figures)
        change(after)
        assert papers.changes(report.figures, after)
    assert papers.changes(report.figures, copy.deepcopy(report.figures)) == []
