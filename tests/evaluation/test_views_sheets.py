"""The scoring page and handing in, as a member meets them."""

import re

import pytest
from django.urls import reverse

from entities.models import Membership
from evaluation import actions
from evaluation.models import Score, SheetStatus
from foundation.regimes.models import CriteriaSet, Regime
from tests.evaluation.browsing import JSON, choice, url
from tests.evaluation.stories import (
    concluded,
    sheet_of,
)
from tests.factories.evaluation import SeatFactory, case_before, fill
from tests.factories.products import EvidenceFactory, SelfScoreFactory, opened

pytestmark = pytest.mark.django_db


def test_the_scoring_page_shows_boxes_gates_self_choice_and_evidence(as_user, case, member):
    chosen = SelfScoreFactory(dossier=case.dossier)
    file = EvidenceFactory(dossier=case.dossier, title="Ảnh xưởng dệt", content_type="image/jpeg")
    with opened(case.dossier):
        file.criteria.add(chosen.criterion)
    EvidenceFactory(dossier=case.dossier, title="Giấy chung")

    page = as_user(member).get(url("sheet", case)).content.decode()

    assert page.count('data-criterion="') == 27
    assert page.count("chủ thể tự chọn") == 1
    assert "tối thiểu cho 4 sao" in page
    assert page.count(f'<img src="{url("evidence", case, file.code)}"') == 1
    assert page.count("Giấy chung") == 27
    assert "Không đạt mức nào (0 điểm)" in page
    assert "Chỉ tính khi tiêu chí 5.1 đạt từ 2 điểm" in page
    assert "Loại nếu sản phẩm vi phạm sở hữu trí tuệ." in page


def test_the_scoring_page_asks_no_more_for_more_scores(as_user, case, member, django_assert_max_num_queries):
    client = as_user(member)
    client.get(url("sheet", case))
    fill(sheet_of(case, member))

    with django_assert_max_num_queries(13):
        client.get(url("sheet", case))


def test_a_case_asks_no_more_for_more_members(
    as_user, council, commune, chair, django_assert_max_num_queries
):
    for _ in range(6):
        SeatFactory(council=council)
    case = concluded(case_before(council, area=commune))
    client = as_user(chair)
    client.get(case.get_absolute_url())

    for name in ("case", "comparison"):
        with django_assert_max_num_queries(16):
            client.get(url(name, case))


def test_the_tourism_set_names_its_cases(as_user, council, commune, member):
    tourism = CriteriaSet.objects.get(regime="qd148-2023", number=26)
    case = case_before(council, area=commune, dossier__criteria_set=tourism)

    page = as_user(member).get(url("sheet", case)).content.decode()

    assert page.count("Cộng đồng dịch vụ du lịch</p>") == page.count("Điểm dịch vụ du lịch</p>") > 0
    answer = as_user(member).post(url("choices", case), choice(case, member, "8", "8:2:3"), headers=JSON)
    assert answer.status_code == 200


def test_each_choice_is_saved_by_itself_and_the_server_counts(as_user, case, member):
    answer = as_user(member).post(url("choices", case), choice(case, member, ghi_chu="Đã xem."), headers=JSON)

    said = answer.json()
    assert (said["version"], len(said["unanswered"])) == (1, 26)
    assert re.fullmatch(r"\d\d:\d\d:\d\d", said["saved_at"])
    assert "<strong>2</strong>" in said["bar"]
    assert Score.objects.get().note == "Đã xem."


def test_criteria_that_do_not_count_are_named(as_user, case, member):
    data = choice(case, member, "5.1", "5.1:1")

    said = as_user(member).post(url("choices", case), data, headers=JSON).json()

    assert said["uncounted"] == ["5.2", "5.3"]
    assert "5.2" not in said["unanswered"]


def test_t02_a_stale_tab_gets_both_values(as_user, case, member):
    client = as_user(member)
    client.post(url("choices", case), choice(case, member, key="1.4:3", ghi_chu="của thẻ kia"), headers=JSON)
    stale = choice(case, member, key="1.4:1", ghi_chu="gõ ở thẻ này")

    answer = client.post(url("choices", case), stale, headers=JSON)
    page = client.post(url("choices", case), stale)

    assert answer.status_code == page.status_code == 409
    current = answer.json()["current"]
    assert (current["key"], current["version"], current["note"]) == ("1.4:3", 1, "của thẻ kia")
    for text in ("của thẻ kia", "gõ ở thẻ này", "3 điểm –", "1 điểm –"):
        assert text in page.content.decode()
    assert Score.objects.get().option.points == 3

    kept = client.post(url("choices", case), stale | {"phien_ban": current["version"]})
    assert kept.url.endswith("#tc-1.4")
    assert Score.objects.get().note == "gõ ở thẻ này"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"chon": ""}, "Hãy chọn một mức"),
        ({"chon": "1.4:9"}, "hãy chọn một mức có trong phiếu"),
        ({"chon": "khong"}, "hãy chọn một mức có trong phiếu"),
        ({"tieu_chi": "9.9"}, ""),
        ({"phien_ban": "-1"}, ""),
        ({"phien_ban": "x"}, ""),
        ({"ghi_chu": "a" * 1001}, ""),
    ],
)
def test_what_cannot_be_saved_is_refused_in_words(as_user, case, member, change, said):
    client = as_user(member)
    data = choice(case, member) | change

    answer = client.post(url("choices", case), data, headers=JSON)
    page = client.post(url("choices", case), data)

    assert answer.status_code == page.status_code == 422
    assert said in answer.json()["message"]
    assert "Chưa lưu được" in page.content.decode()
    assert not Score.objects.exists()


def test_no_level_is_saved_and_described(as_user, case, member):
    client = as_user(member)
    client.post(url("choices", case), choice(case, member, "1.1", "khong"))

    answer = client.post(url("choices", case), choice(case, member, "1.1", "1.1:1"), headers=JSON)

    assert Score.objects.get().option is None
    assert answer.json()["current"] == {
        "key": "khong",
        "text": "Không đạt mức nào (0 điểm)",
        "note": "",
        "version": 1,
    }
    page = client.post(url("choices", case), choice(case, member, "1.1", "khong", version=7, ghi_chu="z"))
    assert page.status_code == 409


@pytest.mark.parametrize("number", ["theirs", "0", "x", "9" * 30, ""])
def test_a_choice_never_lands_in_the_sheet_of_whoever_signed_in_meanwhile(
    as_user, case, member, chair, number
):
    data = choice(case, chair) | ({} if number == "theirs" else {"phieu": number})

    assert as_user(member).post(url("choices", case), data, headers=JSON).status_code == 404
    assert not Score.objects.exists()


def test_a_signed_out_browser_is_sent_to_sign_in(client, case, member):
    answer = client.post(url("choices", case), choice(case, member), headers=JSON)

    assert (answer.status_code, answer.url.split("?")[0]) == (302, reverse("account_login"))


def test_after_handing_in_nothing_is_taken_and_the_sheet_is_read(as_user, case, member):
    actions.hand_in(fill(sheet_of(case, member)), by=member, remark="Tốt.")
    client = as_user(member)

    answer = client.post(url("choices", case), choice(case, member, version=1), headers=JSON)
    page = client.get(url("sheet", case)).content.decode()

    assert answer.status_code == 422
    assert "Phiếu đã nộp" in answer.json()["message"]
    assert "không sửa được nữa" in page
    assert 'name="chon"' not in page
    assert client.get(url("hand_in", case)).url == case.get_absolute_url()


def test_a_late_draft_says_that_it_does_not_count(as_user, case, council, chair, member):
    council.quorum_percent = 30
    council.save()
    actions.hand_in(fill(sheet_of(case, chair)), by=chair)
    actions.open_case(case, by=chair)

    assert "không được tính" in as_user(member).get(url("sheet", case)).content.decode()


def test_t11_a_member_of_the_producer_gets_no_scoring_page(as_user, case, member):
    Membership.objects.create(entity=case.dossier.product.entity, user=member)
    client = as_user(member)

    assert client.get(url("sheet", case)).url == case.get_absolute_url()
    assert client.get(url("strike", case, "6.2")).status_code == 404
    assert client.post(url("choices", case), choice(case, member), headers=JSON).status_code == 403
    assert "Bạn là người của chủ thể" in client.get(case.get_absolute_url()).content.decode()
    assert not Score.objects.exists()


def test_a_strike_is_written_on_its_own_page(as_user, case, member):
    client = as_user(member)
    assert "Loại nếu sản phẩm vi phạm" in client.get(url("strike", case, "6.2")).content.decode()

    client.post(url("strike", case, "6.2"), {"reason": "Chép mẫu.", "was": ""})
    stale = client.post(url("strike", case, "6.2"), {"reason": "Gõ lâu ở đây.", "was": ""}).content.decode()
    page = client.get(url("sheet", case)).content.decode()

    assert "Gõ lâu ở đây." in stale
    assert "“Chép mẫu.”" in stale
    assert "Bạn đề nghị loại hồ sơ vì: Chép mẫu." in page
    client.post(url("strike", case, "6.2"), {"reason": "", "was": "Chép mẫu."})
    assert sheet_of(case, member).struck == []
    assert client.get(url("strike", case, "1.1")).status_code == 404


def test_general_grounds_are_offered_where_the_law_has_them(as_user, council, commune, member):
    newer = Regime.objects.get(pk="qd26-2026")
    with_grounds = next(row for row in CriteriaSet.objects.of(newer) if row.engine_set().knockouts)
    case = case_before(council, area=commune, dossier__regime=newer, dossier__criteria_set=with_grounds)
    client = as_user(member)

    assert "Điều kiện loại chung" in client.get(url("sheet", case)).content.decode()
    assert (
        with_grounds.engine_set().knockouts[0] in client.get(url("strike", case, "dossier")).content.decode()
    )
    answer = client.post(url("strike", case, "dossier"), {"reason": "Giả giấy tờ.", "was": ""})
    assert answer.url.endswith("#loai")


def test_handing_in_shows_what_is_open_and_then_seals(as_user, case, member):
    client = as_user(member)
    assert "Còn 27 tiêu chí chưa chấm" in client.get(url("hand_in", case)).content.decode()
    refused = client.post(url("hand_in", case), {"remark": "Gõ rồi."})
    assert sheet_of(case, member).status == SheetStatus.DRAFT
    assert "Còn 27 tiêu chí" in refused.content.decode()

    fill(sheet_of(case, member))
    client.post(url("hand_in", case), {"remark": "Đồng ý."})

    assert (sheet_of(case, member).status, sheet_of(case, member).remark) == ("handed_in", "Đồng ý.")
