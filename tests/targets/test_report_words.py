"""A report's words: built from its figures, edited while it is a draft, signed, sent up, consolidated above."""

import datetime as dt
import io

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from docx import Document

from accounts.models import Notice, NoticeKind
from foundation.jobs import queue
from foundation.jobs.models import Job
from foundation.trail.models import Entry
from foundation.trail.moves import IllegalMove
from targets import actions, consolidation, papers, periods
from targets.models import ProgressReport, ReportStatus
from tests.factories.targets import district
from tests.targets.test_papers import text_of
from tests.targets.working import carry_out

QUARTER = periods.parse("2024-q3")
SIGNATURE = {
    "number": "125/BC-UBND",
    "signed_on": dt.date(2024, 10, 4),
    "signer": "Trần Văn Ký",
    "signer_role": "Phó Chủ tịch",
}


@pytest.fixture(autouse=True)
def _quiet(monkeypatch):
    monkeypatch.setattr(queue, "ring", lambda job_id: None)


@pytest.fixture
def write(plan, people):
    """Write the report of the quarter: ``write()`` of the province, ``write("349")`` of a district."""

    def written(code=None):
        area = district(code) if code else plan.area
        person = people["district_officer" if code == "349" else "province_officer"]
        carry_out(actions.ask_report(plan, area, period=QUARTER, by=person))
        return ProgressReport.objects.for_list().get(area=area)

    return written


def settle(report):
    """Let the worker set the papers, and read the row again."""
    for job in Job.objects.doing("targets.works.set_papers").filter(state="queued"):
        carry_out(job)
    return ProgressReport.objects.for_list().get(pk=report.pk)


def words_of(file):
    """All text of a Word file: paragraphs and tables."""
    document = Document(io.BytesIO(file.read()))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def edit(report, text, *, by, edition=None):
    return actions.edit_texts(report, {"results": text}, edition=edition or report.edition, by=by)


def test_the_first_words_say_what_the_figures_say(write):
    report = write()

    said = {row["key"]: row["text"] for row in report.texts}
    assert list(said) == list(papers.TITLES)
    for row in report.figures["targets"]:
        assert f"{row['label']}: {row['text']}" in said["results"]


def test_pdf_and_word_say_the_same_words_and_figures(write):
    report = write()

    pdf, word = text_of(report.pdf.read()), " ".join(words_of(report.docx).split())
    for said in (
        "BÁO CÁO",
        "quý III năm 2024",
        "UBND TỈNH HÀ NAM",
        "Độc lập - Tự do - Hạnh phúc",
        report.code,
    ):
        assert said in pdf
        assert said in word
    for row in report.figures["targets"]:
        assert row["label"] in word


def test_edited_words_stand_in_both_papers_and_the_figures_stay(write, people):
    report = write()
    old = report.digest

    edit(report, "Câu do cán bộ viết <b>& sửa</b>.", by=people["province_officer"])
    assert not ProgressReport.objects.get().is_set
    report = settle(report)

    assert report.is_set
    assert report.digest == old
    assert "Câu do cán bộ viết <b>& sửa</b>." in text_of(report.pdf.read())
    assert "Câu do cán bộ viết <b>& sửa</b>." in words_of(report.docx)
    assert Entry.objects.about(report).filter(act="Sửa lời văn").exists()


def test_the_second_tab_does_not_overwrite_the_first(write, people):
    report = write()
    edit(report, "Tab thứ nhất.", by=people["province_officer"])

    with pytest.raises(ValidationError, match="Người khác vừa sửa"):
        edit(report, "Tab thứ hai.", by=people["manager"], edition=report.edition)

    assert ProgressReport.objects.get().texts[0]["text"] == "Tab thứ nhất."


def test_a_signed_report_takes_no_other_words(write, people):
    report = write()
    actions.sign_report(report, **SIGNATURE, by=people["manager"])
    signed = settle(report)

    assert signed.status == ReportStatus.SIGNED
    text = text_of(signed.pdf.read())
    assert "125/BC-UBND" in text
    assert "ngày 04 tháng 10 năm 2024" in text
    assert "DỰ THẢO" not in text
    assert "DỰ THẢO" in text_of(write("347").pdf.read())  # the control: an unsigned one
    with pytest.raises(PermissionDenied):
        edit(signed, "Khác.", by=people["manager"])


@pytest.mark.parametrize("day", [dt.date(2024, 9, 29), dt.date(2024, 10, 16)])
def test_a_day_of_signing_before_the_figures_or_after_today_is_refused(write, people, day):
    report = write()

    with pytest.raises(ValidationError) as refusal:
        actions.sign_report(report, **SIGNATURE | {"signed_on": day}, by=people["manager"])

    assert list(refusal.value.error_dict) == ["signed_on"]
    assert ProgressReport.objects.get().status == ReportStatus.DRAFT


# ------------------------------------------------------------ up to the province
def sent(report, people):
    actions.sign_report(report, **SIGNATURE, by=people["district_officer"])
    return actions.send_up(settle(report), by=people["district_officer"])


def test_a_district_sends_its_report_and_the_province_sees_it_in_its_own(write, people, plan):
    whole, part = write(), write("349")

    sent(part, people)
    whole = settle(whole)

    rows = {row["code"]: row for row in whole.annex}
    assert rows["349"]["state"] == consolidation.SENT_LATE  # the demo day is the 15th, the term the 5th
    assert rows["349"]["report"] == part.code
    assert rows["347"]["state"] == consolidation.LATE
    assert len(rows) == 6
    assert "Báo cáo của các huyện" in text_of(whole.pdf.read())
    told = Notice.objects.filter(kind=NoticeKind.REPORT_SENT).values_list("person", flat=True)
    assert set(told) == {people["province_officer"].pk, people["manager"].pk}


def test_a_report_in_time_is_not_late(write, people, plan, settings):
    settings.DEMO_DAY = dt.date(2024, 10, 5)
    part = write("349")
    sent(part, people)

    found = {row.area.code: row.state for row in consolidation.standings(plan, QUARTER, settings.DEMO_DAY)}

    assert found["349"] == consolidation.SENT
    assert found["347"] == consolidation.AWAITED


def test_an_unsigned_report_is_not_sent(write, people):
    report = write("349")

    with pytest.raises(PermissionDenied):
        actions.send_up(report, by=people["district_officer"])


def test_a_report_is_sent_once(write, people):
    report = write("349")
    actions.sign_report(report, **SIGNATURE, by=people["district_officer"])
    signed = settle(report)
    actions.send_up(signed, by=people["district_officer"])

    with pytest.raises((PermissionDenied, ValidationError, IllegalMove)):
        actions.send_up(ProgressReport.objects.for_list().get(pk=report.pk), by=people["district_officer"])


def test_a_late_district_is_reminded_once(write, people):
    report = write("349")

    actions.remind_late()
    actions.remind_late()

    late = Notice.objects.about(report).filter(kind=NoticeKind.REPORT_LATE)
    assert [row.person for row in late] == [people["district_officer"]]


def test_nobody_is_reminded_before_the_term(write, settings):
    settings.DEMO_DAY = dt.date(2024, 10, 5)
    write("349")

    actions.remind_late()

    assert not Notice.objects.filter(kind=NoticeKind.REPORT_LATE).exists()


def test_a_job_for_an_older_edition_leaves_the_newer_to_its_own(write, people):
    report = write()
    edit(report, "Một.", by=people["manager"])
    edit(ProgressReport.objects.for_list().get(), "Hai.", by=people["manager"])
    first, second = Job.objects.doing("targets.works.set_papers").order_by("pk")

    carry_out(first)
    assert not ProgressReport.objects.get().is_set
    carry_out(second)

    report = ProgressReport.objects.get()
    assert report.is_set
    assert "Hai." in text_of(report.pdf.read())
