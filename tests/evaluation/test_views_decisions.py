"""Decisions, proof, the centre and returns, as those who keep the papers meet them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluation import actions
from evaluation.models import Case, CaseStatus, CentralProposal, DecisionDraft, DraftStatus, Post
from products.models import Rating
from tests.evaluation.browsing import url
from tests.evaluation.stories import ONE_STAR, THREE_STARS, again, concluded, forwarded, holder, taken_up
from tests.factories.evaluation import case_before
from tests.ui.test_documents import pdf

pytestmark = pytest.mark.django_db
PAPER = {"number": "1085/QĐ-UBND", "day": "2024-10-15", "place": "Duy Tiên", "grounds": "",
         "signer_authority": "TM. Ủy ban nhân dân", "signer_role": "Chủ tịch", "signer_name": "",
         "recipients": "Lưu: VT."}  # fmt: skip


@pytest.fixture
def cases(council, commune):
    return [concluded(case_before(council, area=commune), **THREE_STARS) for _ in range(2)]


def text(response):
    return response.content.decode()


def test_a_decision_is_drafted_looked_at_released_and_scanned(as_user, cases, council, secretary):
    client = as_user(secretary)
    assert "<strong>2</strong>" in text(client.get(reverse("evaluation:draft_new")))
    page = client.post(reverse("evaluation:draft_new"), {"hoi_dong": council.code}, follow=True)
    draft = DecisionDraft.objects.get()
    assert "Chưa công bố được" in text(page)
    refused = client.post(reverse("evaluation:release", args=[draft.code]), follow=True)
    assert "Chưa có ngày ký quyết định" in text(refused)
    assert not Rating.objects.exists()

    client.post(reverse("evaluation:draft_edit", args=[draft.code]), PAPER)
    page = text(client.get(draft.get_absolute_url()))
    assert "Công bố sẽ ghi đúng những điều sau" in page
    assert "35-349/2024/0002" in page
    client.post(reverse("evaluation:release", args=[draft.code]))

    page = text(client.get(draft.get_absolute_url()))
    assert Rating.objects.count() == 2
    assert Rating.objects.first().certificate.get_absolute_url() in page
    scan = reverse("evaluation:scan", args=[draft.code])
    assert client.get(scan).status_code == 200
    client.post(scan, {"file": SimpleUploadedFile("qd.pdf", pdf(), content_type="application/pdf")})
    assert client.get(reverse("evaluation:scan_file", args=[draft.code])).status_code == 200
    assert client.get(scan).status_code == 302
    assert "1085/QĐ-UBND" in text(client.get(reverse("evaluation:drafts")))


def test_the_annex_is_chosen_and_a_draft_given_up(as_user, cases, council, secretary):
    draft, client = actions.draft_decision(council, cases, by=secretary), as_user(secretary)
    annex = reverse("evaluation:annex", args=[draft.code])
    assert cases[1].code in text(client.get(annex))

    client.post(annex, {"cases": [cases[1].code]})
    assert [line.case for line in draft.annex()] == cases[1:]
    assert "Mở Dự thảo" in text(client.get(cases[1].get_absolute_url()))
    client.post(reverse("evaluation:draft_withdrawal", args=[draft.code]))

    assert DecisionDraft.objects.get().status == DraftStatus.WITHDRAWN
    assert client.get(annex).status_code == 302
    assert client.post(reverse("evaluation:draft_edit", args=[draft.code]), PAPER).status_code == 403
    assert client.get(draft.get_absolute_url()).status_code == 200


def test_those_without_the_papers_only_look(as_user, cases, council, secretary, member, people):
    draft = actions.draft_decision(council, cases, by=secretary)
    client = as_user(member)

    assert "Công bố quyết định</button>" not in text(client.get(draft.get_absolute_url()))
    assert client.post(reverse("evaluation:release", args=[draft.code])).status_code == 403
    assert client.get(reverse("evaluation:draft_new")).status_code == 403
    assert client.get(reverse("evaluation:scan_file", args=[draft.code])).status_code == 404
    assert as_user(people["producer"]).get(draft.get_absolute_url()).status_code == 404


def test_the_proof_says_that_the_verdict_stands_or_not(as_user, case, secretary, member, people, monkeypatch):
    assert as_user(secretary).get(url("proof", case)).status_code == 404
    case = concluded(case, **THREE_STARS)
    client = as_user(member)
    assert "Mọi phần đều đúng" in text(client.get(url("proof", case)))

    monkeypatch.setattr("evaluation.proof.sheet_hash", lambda sheet: "khác")

    assert "Không khớp" in text(client.get(url("proof", case)))
    assert as_user(people["manager"]).get(url("proof", case)).status_code == 404


def test_a_dossier_is_returned_with_reasons(as_user, case, secretary, member):
    case, client = concluded(case, **ONE_STAR), as_user(secretary)
    assert url("returning", case) in text(client.get(case.get_absolute_url()))
    assert "Lý do trả lại" in text(client.get(url("returning", case)))

    client.post(url("returning", case), {"note": "Thiếu kiểm nghiệm."})

    assert again(case).status == CaseStatus.RETURNED
    assert "trả lại chủ thể kèm lý do" in text(client.get(case.get_absolute_url()))
    assert as_user(member).get(url("returning", case)).status_code == 404


def test_proposal_and_result_of_the_centre(as_user, council, upper, commune):
    case = concluded(taken_up(forwarded(council, commune), upper))
    client = as_user(holder(upper, Post.SECRETARY))
    page = text(client.get(case.get_absolute_url()))
    assert "Giấy tờ gửi kèm lên cấp trên" in page
    client.post(url("proposing", case), {"number": "215/UBND-NN", "day": "2024-10-15"})
    assert "Chờ kết quả của Trung ương" in text(client.get(case.get_absolute_url()))

    client.post(url("central_result", case), {"came_on": "2024-10-15", "total": "85,5", "stars": "4"})

    assert str(CentralProposal.objects.get().total) == "85.50"
    page = text(client.get(case.get_absolute_url()))
    assert "85,5" in page
    assert "suy ra từ nguồn" in page
    assert Case.objects.get(pk=case.pk).status == CaseStatus.CONCLUDED
