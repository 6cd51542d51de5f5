"""The commune's step under the law of 2026: its form with four findings, samples, and the slip."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts.models import Notice, NoticeKind
from products import actions, permissions
from products.models import CommuneAssessment, Dossier, DossierStatus, Receipt
from tests.products.whole import SPEC, again, handed_in, under_2026

pytestmark = pytest.mark.django_db
__all__ = ["under_2026"]


def at(name, dossier, *more):
    return reverse(f"products:{name}", args=[dossier.code, *more])


@pytest.fixture
def at_commune(people, entity, under_2026):
    return handed_in(entity, people, **under_2026)


FOUND = {
    "materials": "Tơ của xã.",
    "labour": "20 người.",
    "idea_origin": "Làng nghề.",
    "identity": "Dệt tay.",
}


def test_under_the_law_of_2026_the_commune_assesses_first(client, people, at_commune):
    by = people["commune_officer"]
    assert at_commune.status == DossierStatus.AT_COMMUNE
    assert at_commune.due_on == dt.date(2024, 11, 5)  # 15 working days
    assert at_commune in Dossier.objects.waiting_for(by)
    assert at_commune not in Dossier.objects.waiting_for(people["district_officer"])
    assert Notice.objects.get(kind=NoticeKind.DOSSIER_SUBMITTED).person == by
    client.force_login(by)
    assert "Lập đánh giá của xã" in client.get(at_commune.get_absolute_url()).content.decode()
    sent = FOUND | {"proposal": "Đề nghị đánh giá."}
    early = client.post(at("assessment", at_commune), sent).content.decode()
    assert "Cần nhận đủ 5 sản phẩm mẫu" in early

    client.post(at("receipt", at_commune), {"samples": "5"})
    assert "Bản sắc" in client.get(at("assessment", at_commune)).content.decode()
    client.post(at("assessment", at_commune), sent)

    assert again(at_commune).status == DossierStatus.SUBMITTED
    row = CommuneAssessment.objects.get()
    assert (row.findings, row.submission.number) == (FOUND, 1)
    page = client.get(at_commune.get_absolute_url()).content.decode()
    assert "Nguồn gốc, nguyên liệu địa phương" in page
    assert "Tơ của xã." in page
    slip = client.get(at("slip", at_commune)).content.decode()
    assert "Phiếu số: 1-…/PĐK-35-13345-2024" in slip
    assert "Chưa ghi tiếp nhận" in slip
    actions.receive(again(at_commune), by=people["district_officer"], samples=5)
    actions.accept(again(at_commune), by=people["district_officer"])
    assert again(at_commune).product_code == "35-13345-1-2024"


def test_the_commune_returns_and_the_answer_comes_back_to_it(people, at_commune):
    actions.send_back(at_commune, by=people["commune_officer"], items={SPEC: "Chưa rõ."})
    assert permissions.may_extend(people["commune_officer"], again(at_commune))
    assert not permissions.may_extend(people["district_officer"], again(at_commune))
    actions.submit(again(at_commune), by=people["producer"])

    assert again(at_commune).status == DossierStatus.AT_COMMUNE


def test_the_form_of_the_commune_is_whole_and_its_own(people, at_commune):
    with pytest.raises(ValidationError, match="đủ 4 nội dung"):
        actions.assess(
            at_commune, by=people["commune_officer"], findings=FOUND | {"labour": " "}, proposal="x"
        )
    with pytest.raises(PermissionDenied):
        actions.assess(at_commune, by=people["district_officer"], findings=FOUND, proposal="x")
    with pytest.raises(PermissionDenied):
        actions.accept(at_commune, by=people["district_officer"])


def test_a_block_of_the_slip_is_filled_in_once(client, people, at_commune):
    client.force_login(people["commune_officer"])
    assert "Quy định: 5 sản phẩm mẫu" in client.get(at("receipt", at_commune)).content.decode()
    client.post(at("receipt", at_commune), {"samples": "4"})
    again_page = client.post(at("receipt", at_commune), {"samples": "5"}).content.decode()

    assert "đã ghi tiếp nhận" in again_page
    assert Receipt.objects.get().samples == 4
    with pytest.raises(ValidationError, match="không hợp lệ"):
        actions.receive(at_commune, by=people["commune_officer"], samples=100)
    client.force_login(people["producer"])
    assert (
        client.get(at("receipt", at_commune)).status_code
        == client.get(at("assessment", at_commune)).status_code
        == 302
    )


def test_without_a_form_of_slip_the_blocks_are_those_that_took_it_in(client, people, entity):
    dossier = handed_in(entity, people)
    actions.receive(dossier, by=people["district_officer"], samples=5)
    client.force_login(people["producer"])

    page = client.get(at("slip", dossier)).content.decode()

    assert "Tiếp nhận: " in page
    assert "/PĐK-" not in page
