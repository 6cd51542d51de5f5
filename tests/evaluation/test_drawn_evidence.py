"""Evidence beside the criterion: drawn pages, the same rights as the file, and what stands meanwhile."""

import hashlib
import re

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from foundation.files import drawing
from foundation.files.models import Drawing, DrawnPage
from foundation.jobs.models import Job
from products import actions
from products.models import Dossier, Evidence
from tests.evaluation.browsing import url
from tests.evaluation.stories import handed_in
from tests.factories.accounts import UserFactory
from tests.factories.evaluation import CaseFactory, ScoreSheetFactory, case_before
from tests.factories.files import DrawingFactory, DrawnPageFactory, EvidenceFileFactory, PageImageFactory
from tests.factories.products import EvidenceFactory
from tests.files.conftest import Step
from tests.products.whole import whole
from tests.ui.test_documents import pdf

pytestmark = pytest.mark.django_db
WAITS = "đang chuẩn bị ảnh trang"
NO_PAGES = "không vẽ được ảnh trang"


def paper(case, content=None, *codes, **facts):
    """A PDF of the case's dossier, for these criteria or for the whole of it."""
    content = content or pdf()
    facts |= {"file": ContentFile(content, name="a.pdf"), "sha256": hashlib.sha256(content).hexdigest()}
    row = EvidenceFactory(dossier=case.dossier, **facts)
    row.criteria.set(case.dossier.criteria_set.criteria.filter(code__in=codes))
    return row


def with_pages(row, count=2, total=None):
    """Its first pages, drawn."""
    found = DrawingFactory(sha256=row.sha256, total=total or count)
    for number in range(1, count + 1):
        DrawnPageFactory(drawing=found, number=number)
    return row


def page_of(case, row, number=1):
    return url("evidence_page", case, row.code, number)


def item(html, code):
    """The part of the scoring page about one criterion."""
    return re.search(rf'<section class="score-item" id="tc-{re.escape(code)}".*?</section>', html, re.DOTALL)[
        0
    ]


@pytest.fixture
def read(as_user, member):
    """The member's scoring page of a case."""
    return lambda case: as_user(member).get(url("sheet", case)).content.decode()


# ---------------------------------------------------------------- the scoring page


def test_pages_stand_beside_the_criterion_and_each_has_its_address(client, read, case):
    row = with_pages(paper(case, None, "1.4", title="Phiếu kiểm nghiệm"))
    html = item(read(case), "1.4")

    assert 'role="region" tabindex="0" aria-label="Các trang của Phiếu kiểm nghiệm (tệp 1, 1.4)"' in html
    images = re.findall(r'<img src="([^"]+)" width="40" height="30" alt="(.*?)" loading="lazy">', html)
    assert images == [
        (page_of(case, row, number), f"Trang {number} của Phiếu kiểm nghiệm") for number in (1, 2)
    ]
    assert f'<a href="{url("evidence", case, row.code)}" download>Tải bản gốc' in html
    assert WAITS not in html
    answer = client.get(images[1][0])
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Content-Disposition"].startswith("inline")
    assert b"".join(answer.streaming_content)[:2] == b"\xff\xd8"


def test_papers_of_the_whole_dossier_stand_in_the_page_once(read, case):
    row = with_pages(paper(case))
    html = read(case)
    assert html.count(page_of(case, row)) == 1
    assert 'id="giay-to-chung"' in html
    assert 'href="#giay-to-chung"' in item(html, "1.4")


def test_what_is_not_drawn_yet_is_a_link_with_a_word(read, case):
    row = paper(case, None, "1.4")
    html = item(read(case), "1.4")
    assert WAITS in html
    assert f'href="{url("evidence", case, row.code)}"' in html
    assert 'class="pages"' not in html


def test_a_broken_pdf_leaves_the_link_and_says_so(read, case, client):
    row = paper(case, b"%PDF-1.7 thu", "1.4")
    drawing.draw(Step(), sha256=row.sha256, name=row.file.name)
    html = item(read(case), "1.4")
    assert (NO_PAGES in html, WAITS in html, "<img" in html) == (True, False, False)
    assert f'href="{url("evidence", case, row.code)}"' in html
    assert client.get(page_of(case, row)).status_code == 404


def test_a_long_paper_says_where_the_other_pages_are(read, case):
    with_pages(paper(case, None, "1.4"), count=2, total=9)
    assert "ảnh của 2/9 trang, các trang sau đọc trong bản gốc" in item(read(case), "1.4")


def test_an_upload_behind_the_evidence_brings_its_own_pages(read, client, case):
    evidence = with_pages(paper(case, None, "1.4"))
    upload = EvidenceFileFactory(evidence=evidence).upload
    upload.kind, upload.content_type, upload.pages = "pdf", "application/pdf", 1
    upload.save()
    PageImageFactory(upload=upload, number=1)
    html = item(read(case), "1.4")
    assert html.count('class="pages"') == 2
    assert page_of(case, upload) in html
    assert client.get(page_of(case, upload)).status_code == 200


def test_files_and_pages_more_ask_the_database_no_more(read, case):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            html = read(case)
        return len(seen), html.count('class="pages"')

    with_pages(paper(case, None, "1.4"))
    queries()  # the law is read once by each process
    few, shown = queries()
    for number in range(3, 12):
        with_pages(paper(case, pdf(pages=number), "1.4", "1.1"), count=number)
    many, all_shown = queries()

    assert (shown, all_shown) == (1, 19)
    assert many == few


def test_the_dossiers_page_shows_them_too_and_a_sheet_handed_in_needs_none(read, client, council, commune):
    case = case_before(council, area=commune)
    row = with_pages(paper(case))
    assert page_of(case, row) not in read(handed_in(case))
    assert page_of(case, row) in client.get(url("dossier", case)).content.decode()


# ---------------------------------------------------------------- rights


def test_a_page_is_read_by_whoever_may_read_the_file(as_user, case, member, secretary, upper):
    row = with_pages(paper(case))
    stranger = upper.seats.first().user  # another council's
    for user, status in ((member, 200), (secretary, 200), (stranger, 404), (UserFactory(), 404)):
        client = as_user(user)
        assert client.get(page_of(case, row)).status_code == status
        assert client.get(url("evidence", case, row.code)).status_code == status


def test_a_judge_who_has_not_stated_is_refused(as_user, council, commune, member):
    silent = CaseFactory(council=council, dossier__product__entity__area=commune)
    for seat in council.seats.all():
        ScoreSheetFactory(case=silent, seat=seat, stated=False)
    row, client = with_pages(paper(silent)), as_user(member)
    refused = client.get(page_of(silent, row))
    assert refused.status_code == 403
    assert "Minh chứng mở sau khi bạn khai báo" in refused.content.decode()
    client.post(url("statement", silent), {"answer": "none"})
    assert client.get(page_of(silent, row)).status_code == 200  # control


def test_a_page_belongs_to_its_case_and_must_be_drawn(as_user, council, commune, case, member):
    other = case_before(council, area=commune)
    foreign, own = with_pages(paper(other, pdf(pages=3))), with_pages(paper(case))
    client = as_user(member)
    assert client.get(page_of(other, foreign)).status_code == 200  # control
    assert client.get(page_of(case, foreign)).status_code == 404
    for number in (0, 3, 10**12):
        assert client.get(page_of(case, own, number)).status_code == 404


def test_a_page_whose_image_is_gone_is_not_there(as_user, case, member):
    row, client = with_pages(paper(case)), as_user(member)
    file = DrawnPage.objects.get(number=2).file
    file.storage.delete(file.name)
    assert client.get(page_of(case, row, 2)).status_code == 404
    assert client.get(page_of(case, row, 1)).status_code == 200  # control


# ---------------------------------------------------------------- who has them drawn


def asked():
    return Job.objects.doing("foundation.files.drawing.draw")


def test_handing_in_has_each_pdf_drawn_and_equal_bytes_once(people, entity):
    first, second = whole(entity), whole(entity)
    for dossier in (first, second):
        content = pdf(pages=3)
        facts = {"file": ContentFile(content, name="a.pdf"), "sha256": hashlib.sha256(content).hexdigest()}
        EvidenceFactory(dossier=dossier, title="Giấy giống nhau", **facts)
        EvidenceFileFactory(evidence=dossier.evidence.first())  # a photo is no PDF
        actions.submit(dossier, by=people["producer"])

    digests = list(asked().values_list("arguments__sha256", flat=True))
    assert sorted(digests) == sorted(set(Evidence.objects.values_list("sha256", flat=True)))
    assert len(digests) == 3

    row = Evidence.objects.filter(title="Giấy giống nhau").first()
    drawing.draw(Step(), **asked().get(arguments__sha256=row.sha256).arguments)
    assert Drawing.objects.get().pages.count() == 3


def test_the_command_asks_for_what_was_handed_in_before_and_repeats_nothing(case, capsys):
    row, drawn = paper(case), with_pages(paper(case, pdf(pages=3)))
    unsent = EvidenceFactory()  # of a draft
    call_command("draw_pages")
    assert list(asked().values_list("arguments__sha256", flat=True)) == [row.sha256]
    assert not Dossier.objects.get(pk=unsent.dossier_id).submitted_on
    call_command("draw_pages")
    assert capsys.readouterr().out == "Đã giao vẽ 1 tệp.\nĐã giao vẽ 0 tệp.\n"
    assert Drawing.objects.get().sha256 == drawn.sha256
