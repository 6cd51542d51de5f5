"""Papers read back: PDF by its text, Word by its paragraphs; every Vietnamese letter as it was written."""

import datetime as dt
import io
import unicodedata
import zipfile

import docx
import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from evaluation import actions
from evaluation.models import Answer, DecisionDraft, Post
from evaluation.papers import frame
from foundation import clock
from tests.evaluation.browsing import url
from tests.evaluation.stories import (
    THREE_STARS,
    again,
    concluded,
    forwarded,
    holder,
    opened,
    reopened,
    sent_down,
    sheet_of,
)
from tests.factories.evaluation import (
    AdviserFactory,
    RoundFactory,
    SeatFactory,
    SittingFactory,
    case_before,
    fill,
)
from tools import word_templates

pytestmark = pytest.mark.django_db
NAME = "Khăn tơ tằm Nguyễn Thưởng & <Ưỡng> đủ ữ ệ ỵ ẫ"
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")


def read_pdf(response):
    """The words of a PDF, on one line."""
    content = b"".join(response.streaming_content)
    document = pypdfium2.PdfDocument(content)
    assert b"pdfaid" in content  # an archived file says so of itself
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def read_docx(response):
    """The words of a Word file, tables included, on one line; no tag of the template is left."""
    content = b"".join(response.streaming_content)
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
    assert "{{" not in xml
    assert "{%" not in xml
    texts = [
        node.text or ""
        for node in docx.Document(io.BytesIO(content)).element.iter()
        if node.tag.endswith("}t")
    ]
    return " ".join(" ".join(texts).split())


READERS = {"pdf": read_pdf, "docx": read_docx}


def url_of(name, council):
    """The address of a page of the council."""
    return reverse(f"evaluation:{name}", args=[council.code])


def squeezed(text):
    """Without spaces: a line may break anywhere."""
    return "".join(text.split())


def holds(text, *wanted):
    """Each of these is in the paper, in composed form."""
    assert unicodedata.is_normalized("NFC", text)
    for one in wanted:
        assert squeezed(str(one)) in squeezed(text), one


@pytest.fixture
def done(case):
    product = case.dossier.product
    type(product).objects.filter(pk=product.pk).update(name=NAME)
    return concluded(case, **THREE_STARS)


@pytest.fixture
def draft(council, done, secretary):
    return actions.draft_decision(council, [done], by=secretary)


@pytest.mark.parametrize("form", READERS)
def test_the_minutes_say_who_sat_what_was_scored_and_what_came_out(
    as_user, done, council, chair, secretary, form
):
    response = as_user(secretary).get(url("case_paper", done, "bien-ban", form))
    text = READERS[form](response)

    holds(text, *MOTTO, NAME, council.issuer.upper(), council.quorum_percent, chair.full_name, "59,00", "3 sao",
          "Chênh lệch giữa phiếu cao nhất và thấp nhất: 0 điểm", "Nhất trí.", "Có mặt 3/3",
          "Không có thành viên từ chối", "Trình cơ quan có thẩm quyền công nhận",
          "ngày 15 tháng 10 năm 2024")  # fmt: skip


def test_who_stood_back_and_who_was_away_is_in_the_minutes(as_user, case, council, chair, member, secretary):
    actions.state(case, by=member, answer=Answer.CONFLICT, reason="Là chị em ruột")
    for user in (chair, secretary):
        fill(sheet_of(case, user), **THREE_STARS)
        actions.hand_in(sheet_of(case, user), by=user)
    sitting = SittingFactory(round=RoundFactory(council=council))
    rows = {seat.pk: (seat.user_id != member.pk, "Đi công tác") for seat in council.seats.all()}
    actions.note_attendance(sitting, rows, by=secretary)
    actions.set_agenda(sitting, [(case, "Chủ thể", "Mẫu thử")], by=secretary)
    actions.open_sitting(sitting, by=secretary)
    actions.open_case(case, by=chair)
    actions.conclude(case, by=chair, conclusion="Nhất trí.")

    text = read_pdf(as_user(secretary).get(url("case_paper", case, "bien-ban", "pdf")))

    holds(text, "Là chị em ruột", "Vắng", "Đi công tác", "Có mặt 2/3", "Chủ tịch Hội đồng",
          "Thời gian: 08 giờ 30 phút, ngày 15 tháng 10 năm 2024. Địa điểm: Hội trường Thử Nghiệm.")  # fmt: skip
    holds(read_docx(as_user(secretary).get(url("case_paper", case, "bien-ban", "docx"))),
          "Thời gian: 08 giờ 30 phút, ngày 15 tháng 10 năm 2024. Địa điểm: Hội trường Thử Nghiệm.")  # fmt: skip
    assert "Không có thành viên từ chối" not in text


@pytest.mark.parametrize("form", READERS)
def test_the_table_of_points_has_a_column_for_each_member(as_user, done, secretary, form):
    text = READERS[form](as_user(secretary).get(url("case_paper", done, "bang-diem", form)))

    holds(text, NAME, "TV1", "TV3", "59", "59,00")


@pytest.mark.parametrize("form", READERS)
def test_a_filled_sheet_is_printed_after_the_opening(as_user, case, secretary, form):
    seat = case.sheets.order_by("seat_id").first().seat_id
    assert as_user(secretary).get(url("sheet_paper", case, seat, form)).status_code == 404
    opened(case, **THREE_STARS)

    text = READERS[form](as_user(secretary).get(url("sheet_paper", case, seat, form)))

    criterion = case.dossier.criteria_set.criteria.get(code="1.4")
    holds(text, *MOTTO, criterion.name, "Tổng điểm", "59")


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize("kind", ["quyet-dinh", "to-trinh"])
def test_decision_and_proposal_carry_the_mark_of_a_draft_until_released(
    as_user, draft, secretary, kind, form
):
    client, address = as_user(secretary), f"/quyet-dinh/{draft.code}/{kind}.{form}"
    response = client.get(address)
    if form == "pdf":
        text = read_pdf(response)
        assert "DỰTHẢO" in squeezed(text)
    else:
        content = b"".join(response.streaming_content)
        assert "DỰ THẢO" in headers(content)
    actions.write_draft(
        draft, by=secretary, number="1085/QĐ-UBND", day=clock.today(), signer_name="Trần Đức Ưng"
    )
    actions.release_decision(DecisionDraft.objects.get(), by=secretary)

    response = client.get(address)

    content = b"".join(response.streaming_content)
    response.streaming_content = [content]
    text = READERS[form](response)
    assert "DỰTHẢO" not in squeezed(text if form == "pdf" else headers(content))
    holds(text, *MOTTO, NAME, "Nơi nhận:", "59,00", draft.council.issuer)
    if kind == "quyet-dinh":
        holds(text, "1085/QĐ-UBND", "Điều 1.", "36 tháng", "PHỤ LỤC", "1 sản phẩm 3 sao", "Trần Đức Ưng",
              "TM. ỦY BAN NHÂN DÂN")  # fmt: skip


def headers(content):
    """The headers of a Word file."""
    archive = zipfile.ZipFile(io.BytesIO(content))
    return " ".join(archive.read(name).decode() for name in archive.namelist() if "header" in name)


def test_a_product_that_ended_lower_is_explained_to_the_office(as_user, council, upper, commune, secretary):
    case = sent_down(forwarded(council, commune), upper)
    draft = actions.draft_decision(council, [case], by=secretary)

    text = read_pdf(as_user(secretary).get(f"/quyet-dinh/{draft.code}/to-trinh.pdf"))

    holds(text, "được trả về cấp huyện để quyết định 3 sao")


@pytest.mark.parametrize("form", READERS)
def test_the_draft_of_the_decision_that_sets_a_council_up_names_its_seats(
    as_user, council, chair, member, secretary, form
):
    later = SeatFactory(council=council, name="Đến Sau", started_on=dt.date(2024, 6, 1))
    adviser = AdviserFactory(council=council, started_on=council.decided_on, name="Nguyễn Tư Vấn")
    AdviserFactory(council=council, name="Vấn Đến Sau")
    type(chair).objects.filter(pk=chair.pk).update(title="Phó Chủ tịch Ủy ban nhân dân")
    client, address = as_user(secretary), url_of("council_scan", council)
    assert f"{address}?du-thao={form}" in client.get(council.get_absolute_url()).content.decode()

    response = client.get(address, {"du-thao": form})

    if form == "docx":
        content = b"".join(response.streaming_content)
        assert "DỰ THẢO" in headers(content)
        response.streaming_content = [content]
    text = READERS[form](response)
    holds(text, *MOTTO, f"Về việc thành lập {council}", "gồm 3 thành viên", "Số: 1/QĐ-UBND",
          "ngày 15 tháng 01 năm 2024", chair.full_name, "Phó Chủ tịch Ủy ban nhân dân", member.full_name,
          "Ủy viên kiêm Thư ký", "Tổ tư vấn gồm 1 người", adviser.name)  # fmt: skip
    assert later.name not in text
    assert "Vấn Đến Sau" not in text
    if form == "pdf":
        assert "DỰTHẢO" in squeezed(text)


def test_the_draft_is_for_those_who_know_the_council_and_in_two_forms(as_user, council, secretary, people):
    address = url_of("council_scan", council)

    assert as_user(secretary).get(address, {"du-thao": "xlsx"}).status_code == 404
    assert as_user(secretary).get(address).status_code == 404  # no scan is kept
    assert as_user(people["producer"]).get(address, {"du-thao": "pdf"}).status_code == 404


@pytest.mark.parametrize("form", READERS)
def test_the_invitation_names_members_time_place_and_cases(as_user, case, council, secretary, form):
    client, address = as_user(secretary), "/phien-danh-gia/giay-moi/"
    assert "Lập giấy mời" in client.get(address).content.decode()
    asked = {
        "hoi_dong": council.code,
        "ngay": "2024-10-20",
        "gio": "08:30",
        "noi": "Hội trường Ủy ban",
        "tep": form,
    }

    text = READERS[form](client.get(address, asked))

    holds(text, *MOTTO, "08 giờ 30 phút, ngày 20 tháng 10 năm 2024", "Hội trường Ủy ban", case.code,
          holder(council, Post.MEMBER).full_name)  # fmt: skip


@pytest.mark.parametrize("form", READERS)
def test_the_invitation_to_a_planned_sitting_reads_the_sitting(
    as_user, council, commune, secretary, upper, form
):
    first, second, left = (case_before(council, area=commune) for _ in range(3))
    sitting = SittingFactory(round=RoundFactory(council=council), day=dt.date(2024, 10, 22))
    client, address = as_user(secretary), "/phien-danh-gia/giay-moi/"
    asked = {"hoi_dong": council.code, "phien": sitting.code, "tep": form}
    assert sitting.code in client.get(sitting.get_absolute_url()).content.decode()
    holds(
        READERS[form](client.get(address, asked)), first.code, second.code, left.code
    )  # nothing on the agenda yet

    actions.set_agenda(sitting, [(second, "Chủ thể", ""), (first, "Chủ thể", "")], by=secretary)
    text = READERS[form](client.get(address, asked))

    holds(text, "08 giờ 30 phút, ngày 22 tháng 10 năm 2024", "Hội trường Thử Nghiệm")
    assert text.index(second.code) < text.index(first.code)
    assert left.code not in text


def test_an_invitation_needs_a_sitting_of_this_council_or_day_hour_and_place(
    as_user, council, upper, secretary
):
    elsewhere = SittingFactory(round=RoundFactory(council=upper))
    SeatFactory(council=upper, user=secretary, post=Post.CLERK)
    client, address = as_user(secretary), "/phien-danh-gia/giay-moi/"

    page = client.get(address, {"hoi_dong": council.code, "phien": elsewhere.code, "tep": "pdf"})
    assert f"Phiên họp này là của {upper}" in page.content.decode()
    page = client.get(address, {"hoi_dong": council.code, "tep": "pdf"})
    assert set(page.context["form"].errors) == {"ngay", "gio", "noi"}
    actions.cancel_sitting(elsewhere, by=secretary, reason="Bão")
    page = client.get(address, {"hoi_dong": upper.code, "phien": elsewhere.code, "tep": "pdf"})
    assert set(page.context["form"].errors) == {"phien"}


def test_a_day_of_a_council_has_one_set_of_minutes(as_user, council, commune, done, secretary, people):
    second = concluded(case_before(council, area=commune), **THREE_STARS)
    client, address = as_user(secretary), f"/giay-to/{council.code}/2024-10-15"

    holds(read_pdf(client.get(f"{address}/bien-ban.pdf")), done.code, second.code, "2 sản phẩm 3 sao")
    for wrong in ("/giay-to/khong-co/2024-10-15/bien-ban.pdf", f"/giay-to/{council.code}/2024-10-16/bien-ban.pdf",
                  f"/giay-to/{council.code}/2024-99-99/bien-ban.pdf", f"{address}/khac.pdf", f"{address}/bien-ban.xlsx",
                  f"/giay-to/{council.code}/hom-nay/bien-ban.pdf"):  # fmt: skip
        assert client.get(wrong).status_code == 404, wrong
    assert as_user(people["producer"]).get(f"{address}/bien-ban.pdf").status_code == 404


def test_the_minutes_of_a_day_cost_the_same_for_one_product_and_for_more(
    as_user, council, commune, done, secretary
):
    client, address = as_user(secretary), f"/giay-to/{council.code}/2024-10-15/bien-ban.docx"

    def cost():
        with CaptureQueriesContext(connection) as asked:
            read_docx(client.get(address))
        return len(asked)

    cost()
    one = cost()
    for _ in range(2):
        concluded(case_before(council, area=commune), **THREE_STARS)
    assert cost() == one


def test_a_struck_out_dossier_has_minutes_too(as_user, case, chair, member, secretary):
    for by in (chair, member, secretary):
        sheet = case.sheets.get(seat__user=by)
        actions.strike(sheet, "6.2", "chép mẫu", was="", by=by)
    done = concluded(case, **THREE_STARS)

    text = read_pdf(as_user(secretary).get(url("case_paper", done, "bien-ban", "pdf")))

    holds(text, "hồ sơ bị loại", "Không có hạng sao được công nhận")


def test_the_same_record_gives_the_same_pdf(as_user, done, secretary):
    client, address = as_user(secretary), url("case_paper", done, "bien-ban", "pdf")

    first, second = (b"".join(client.get(address).streaming_content) for _ in range(2))

    assert first == second


def test_who_may_not_read_the_sheets_has_no_papers(as_user, done, people, secretary):
    for name in ("producer", "manager", "other_producer"):
        assert as_user(people[name]).get(url("case_paper", done, "bien-ban", "pdf")).status_code == 404
    assert as_user(secretary).get(url("case_paper", done, "khac", "pdf")).status_code == 404
    assert as_user(secretary).get(url("case_paper", again(done), "bien-ban", "txt")).status_code == 404


def test_days_are_written_as_the_decree_says():
    assert frame.day_in_words(clock.today().replace(month=2, day=5)) == "ngày 05 tháng 02 năm 2024"
    assert frame.day_in_words(clock.today()) == "ngày 15 tháng 10 năm 2024"
    assert frame.day_in_words(None) == "ngày …… tháng …… năm ……"


@pytest.mark.parametrize("name", word_templates.PAPERS)
def test_the_word_templates_are_those_that_the_tool_draws(name, tmp_path):
    word_templates.main(tmp_path)

    kept, drawn = (zipfile.ZipFile(folder / f"{name}.docx") for folder in (word_templates.WORD, tmp_path))
    for part in ("word/document.xml", "word/header1.xml", "word/header2.xml", "word/styles.xml"):
        assert kept.read(part) == drawn.read(part), part


@pytest.mark.parametrize("form", READERS)
def test_minutes_tell_of_another_turn_and_of_none(as_user, case, secretary, form):
    opened(case, **THREE_STARS)
    member = holder(case.council, Post.MEMBER)
    again_scored = reopened(case, member, reason="Xem lại minh chứng của tiêu chí 1.4.")
    actions.hand_in(sheet_of(again_scored, member), by=member)
    actions.open_case(again(case), by=holder(case.council, Post.CHAIR))
    actions.conclude(again(case), by=holder(case.council, Post.CHAIR), conclusion="Nhất trí.")

    text = READERS[form](as_user(secretary).get(url("case_paper", case, "bien-ban", form)))
    holds(
        text, f"Chấm lại (lượt 2, ngày 15/10/2024): {member};", "Lý do: Xem lại minh chứng của tiêu chí 1.4."
    )
    holds(text, f"{secretary} xác nhận")


def test_a_word_file_tells_of_its_agency_and_day_and_of_nothing_else(as_user, done, secretary):
    response = as_user(secretary).get(url("case_paper", done, "bien-ban", "docx"))
    told = docx.Document(io.BytesIO(b"".join(response.streaming_content))).core_properties
    assert (told.title, told.author) == (f"Biên bản Họp {done.council}", done.council.name)
    assert (told.comments, told.language, f"{told.created:%d/%m/%Y}") == ("", "vi-VN", "15/10/2024")


@pytest.mark.parametrize("form", READERS)
def test_minutes_of_one_turn_say_nothing_of_another(as_user, done, secretary, form):
    text = READERS[form](as_user(secretary).get(url("case_paper", done, "bien-ban", form)))
    assert "Chấm lại" not in text
