"""Decisions: drafted, rehearsed, released; each refusal beside its control."""

import datetime as dt
import random

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from accounts.models import Notice, NoticeKind
from evaluation import actions, scoring
from evaluation.models import (
    AnnexLine,
    Case,
    CaseStatus,
    DecisionDraft,
    DraftStatus,
    Post,
    Sitting,
    SittingStatus,
)
from evaluation.rehearsal import rehearse, waiting
from foundation.trail.models import Entry
from products.freezing import freeze
from products.models import Certificate, Decision, Rating
from tests.evaluation.stories import ONE_STAR, THREE_STARS, again, concluded, forwarded, holder, sent_down
from tests.factories.evaluation import (
    AgendaItemFactory,
    RoundFactory,
    SittingFactory,
    case_before,
    council_of,
)
from tests.factories.products import DecisionFactory, RatingFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 10, 15)


@pytest.fixture
def cases(council, commune):
    """Three concluded cases of three stars."""
    return [concluded(case_before(council, area=commune), **THREE_STARS) for _ in range(3)]


@pytest.fixture
def draft(council, cases, secretary):
    """A signed decision on all three."""
    draft = actions.draft_decision(council, cases, by=secretary)
    actions.write_draft(draft, by=secretary, number="1085/QĐ-UBND", day=TODAY)
    return DecisionDraft.objects.get(pk=draft.pk)


def said(draft):
    """The reasons against the release."""
    return [reason.text for reason in rehearse(DecisionDraft.objects.for_page().get(pk=draft.pk)).blocks]


def nothing_happened():
    return not (Rating.objects.exists() or Certificate.objects.exists() or Decision.objects.exists())


# ---------------------------------------------------------------- drafting


def test_a_draft_holds_what_waits_and_what_such_papers_say(draft, council, cases):
    assert (draft.council, draft.place, draft.status) == (council, council.area.name, DraftStatus.DRAFT)
    assert [line.case for line in draft.annex()] == cases
    assert draft.grounds.splitlines() == [
        "Căn cứ Quyết định số 148/QĐ-TTg ngày 24 tháng 02 năm 2023 của Thủ tướng Chính phủ;",
        "Căn cứ Quyết định số 1/QĐ-UBND ngày 15 tháng 01 năm 2024 của Ủy ban nhân dân thị xã Duy Tiên "
        f"về việc thành lập {council};",
        "Căn cứ kết luận của Hội đồng ngày 15/10/2024;",
    ]
    assert waiting(council) == []


def test_only_who_keeps_the_papers_drafts_and_releases(draft, council, cases, chair, member, people):
    for stranger in (chair, member, people["producer"], people["province_officer"]):
        for deed in (
            lambda by: actions.draft_decision(council, [], by=by),
            lambda by: actions.fill_annex(draft, cases, by=by),
            lambda by: actions.write_draft(draft, by=by, number="2/QĐ-UBND"),
            lambda by: actions.withdraw_draft(draft, by=by),
            lambda by: actions.release_decision(draft, by=by),
            lambda by: actions.keep_scan(draft, file=ContentFile(b"%PDF-", name="a.pdf"), by=by),
        ):
            with pytest.raises(PermissionDenied):
                deed(stranger)
    assert nothing_happened()
    assert (
        actions.release_decision(draft, by=people["district_officer"]).status == DraftStatus.RELEASED
    )  # control


def test_an_annex_takes_only_what_waits_for_this_office(draft, council, commune, cases, secretary):
    fresh = case_before(council, area=commune)
    foreign = concluded(case_before(council_of(commune.parent), area=commune), **THREE_STARS)
    low = concluded(case_before(council, area=commune), **ONE_STAR)

    for case in (fresh, foreign, low):
        with pytest.raises(ValidationError, match=f"{case.code}: không chờ quyết định"):
            actions.fill_annex(draft, [*cases, case], by=secretary)
    actions.fill_annex(draft, [cases[2], cases[0]], by=secretary)  # control

    assert [line.case for line in draft.annex()] == [cases[2], cases[0]]
    assert waiting(council) == [cases[1]]


def test_a_case_stands_in_one_annex(draft, council, cases, secretary):
    with pytest.raises(ValidationError, match="không chờ quyết định"):
        actions.draft_decision(council, cases[:1], by=secretary)
    with pytest.raises(ValidationError, match="nằm trong"):
        actions.record_decision(again(cases[0]), number="9/QĐ-UBND", day=TODAY, by=secretary)
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnexLine.objects.create(draft=draft, case=cases[0], position=4)


def test_the_trail_names_what_was_changed(draft, secretary):
    actions.write_draft(draft, by=secretary, number="1086/QĐ-UBND", place="Hòa Mạc")

    assert Entry.objects.about(draft).last().note == "số quyết định, địa danh"


def test_a_draft_that_was_given_up_lets_its_cases_go(draft, council, cases, secretary):
    actions.withdraw_draft(draft, by=secretary)

    assert DecisionDraft.objects.get().status == DraftStatus.WITHDRAWN
    assert waiting(council) == cases
    for deed in (
        lambda: actions.fill_annex(draft, cases, by=secretary),
        lambda: actions.write_draft(draft, by=secretary, number="2/QĐ-UBND"),
        lambda: actions.withdraw_draft(draft, by=secretary),
    ):
        with pytest.raises(ValidationError, match="Đã bỏ dự thảo"):
            deed()
    with pytest.raises(ValidationError, match="Đã bỏ dự thảo"):
        actions.release_decision(draft, by=secretary)


# ---------------------------------------------------------------- rehearsal and release


def test_what_was_rehearsed_is_what_is_published(draft, cases, secretary, people):
    for case in cases:
        case.dossier.product.entity.memberships.create(user=people["producer"])
    rehearsal = rehearse(DecisionDraft.objects.for_page().get(pk=draft.pk))
    assert rehearsal.blocks == []
    assert nothing_happened()

    released = actions.release_decision(draft, by=secretary)

    lines = released.annex()
    told = {n.text for n in Notice.objects.filter(kind=NoticeKind.RATING_GRANTED, person=people["producer"])}
    for planned, line in zip(rehearsal.lines, lines, strict=True):
        rating = line.rating
        assert (planned.stars, planned.ends_on) == (rating.stars, rating.ends_on)
        assert planned.certificate == rating.certificate.number
        assert planned.people == [people["producer"]]
        assert planned.letter in told
    assert {line.rating.decision for line in lines} == {released.decision}
    assert (released.decision.number, released.decision.issuer) == ("1085/QĐ-UBND", draft.council.issuer)
    assert {again(case).status for case in cases} == {CaseStatus.RECOGNISED}


def test_a_second_release_does_nothing(draft, secretary):
    first = actions.release_decision(draft, by=secretary)
    before = list(Rating.objects.values_list("pk", flat=True)), Notice.objects.count()

    second = actions.release_decision(draft, by=secretary)

    assert (second, second.released_at) == (first, first.released_at)
    assert (list(Rating.objects.values_list("pk", flat=True)), Notice.objects.count()) == before


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"number": ""}, "dạng số/QĐ-UBND"),
        ({"number": "1085/QD"}, "dạng số/QĐ-UBND"),
        ({"day": None}, "Chưa có ngày ký"),
        ({"day": TODAY + dt.timedelta(days=1)}, "không thể sau hôm nay"),
        ({"day": TODAY - dt.timedelta(days=1)}, "không thể trước ngày kết luận 15/10/2024"),
        ({"day": dt.date(2024, 1, 14)}, "không thể trước ngày lập hội đồng 15/01/2024"),
    ],
)
def test_a_decision_is_numbered_and_dated_as_it_can_be(draft, secretary, facts, text):
    actions.write_draft(draft, by=secretary, **facts)

    assert any(text in reason for reason in said(draft))
    with pytest.raises(ValidationError, match=text):
        actions.release_decision(draft, by=secretary)
    assert nothing_happened()


def test_a_decision_is_not_dated_before_the_sitting(draft, council, cases, secretary):
    sitting = SittingFactory(round=RoundFactory(council=council), day=TODAY + dt.timedelta(days=2))
    AgendaItemFactory(sitting=sitting, case=cases[1])
    refused = "không thể trước ngày hội đồng họp xét sản phẩm 17/10/2024"

    assert [cases[1].code in reason and refused in reason for reason in said(draft)] == [True]
    with pytest.raises(ValidationError, match=refused):
        actions.release_decision(draft, by=secretary)
    assert nothing_happened()
    Sitting.objects.update(day=TODAY)  # control: the sitting's own day
    assert said(draft) == []
    Sitting.objects.update(day=TODAY + dt.timedelta(days=2), status=SittingStatus.CANCELLED)
    assert said(draft) == []  # control: it did not take place
    assert actions.release_decision(draft, by=secretary).status == DraftStatus.RELEASED


def test_an_empty_annex_is_not_released(draft, secretary):
    actions.fill_annex(draft, [], by=secretary)

    assert said(draft) == ["Phụ lục chưa có sản phẩm nào."]


def test_a_number_is_used_once_a_year_by_its_office(draft, council, secretary):
    other = DecisionFactory(
        number="1085/QĐ-UBND", day=dt.date(2024, 3, 1), issuer=council.issuer, area=council.area
    )
    assert any("Một số chỉ dùng một lần" in reason for reason in said(draft))

    Decision.objects.filter(pk=other.pk).update(day=dt.date(2023, 3, 1))  # control: another year
    assert said(draft) == []
    Decision.objects.filter(pk=other.pk).update(day=TODAY)  # control: this very decision, known from a list
    assert said(draft) == []
    assert actions.release_decision(draft, by=secretary).decision == other


def test_invented_and_real_products_do_not_share_a_decision(draft, cases):
    product = cases[0].dossier.product
    type(product).objects.filter(pk=product.pk).update(is_demo=not product.is_demo)

    assert any("trình diễn và sản phẩm thật" in reason for reason in said(draft))


def test_a_star_that_the_level_does_not_recognise_is_refused(draft, monkeypatch, secretary):
    monkeypatch.setattr(scoring, "next_step", lambda *given: scoring.NextStep(scoring.Step.RECOGNISE, 5))

    with pytest.raises(ValidationError, match="cấp này không công nhận 5 sao"):
        actions.release_decision(draft, by=secretary)
    assert nothing_happened()


def test_a_product_has_one_recognition_a_day(draft, cases, secretary):
    RatingFactory(product=cases[1].dossier.product, decision__day=TODAY)

    with pytest.raises(ValidationError, match="đã có hạng sao từ đúng ngày này"):
        actions.release_decision(draft, by=secretary)


def test_a_dossier_that_went_elsewhere_is_refused(draft, cases):
    dossier = cases[1].dossier
    type(dossier).objects.filter(pk=dossier.pk).update(status="unrated")

    assert [reason for reason in said(draft) if "hồ sơ đang ở trạng thái" in reason]


def test_a_verdict_that_does_not_stand_is_not_published(draft, monkeypatch, secretary):
    monkeypatch.setattr("evaluation.proof.sheet_hash", lambda sheet: "khác")

    with pytest.raises(ValidationError, match="không khớp với hồ sơ, tiêu chí hoặc phiếu"):
        actions.release_decision(draft, by=secretary)
    assert nothing_happened()


def test_t17_one_bad_row_stops_all_and_every_reason_is_said(council, commune, secretary):
    cases = [concluded(case_before(council, area=commune), **THREE_STARS) for _ in range(6)]
    draft = actions.draft_decision(council, cases, by=secretary)
    actions.write_draft(draft, by=secretary, number="7/QĐ-UBND", day=TODAY)
    bad = random.sample(cases, 2)
    Case.objects.filter(pk__in=[case.pk for case in bad]).update(status=CaseStatus.UNRECOGNISED)

    with pytest.raises(ValidationError) as refusal:
        actions.release_decision(draft, by=secretary)

    assert len(refusal.value.messages) == 2
    assert all(any(case.code in text for text in refusal.value.messages) for case in bad)
    assert nothing_happened()
    assert DecisionDraft.objects.get().is_open
    Case.objects.filter(pk__in=[case.pk for case in bad]).update(status=CaseStatus.CONCLUDED)  # control
    actions.release_decision(draft, by=secretary)
    assert Rating.objects.count() == 6


def test_a_rehearsal_asks_as_often_for_one_product_as_for_many(council, commune, secretary):
    def frozen():
        case = case_before(council, area=commune)
        freeze(case.dossier, by=secretary)
        return concluded(case, **THREE_STARS)

    drafts = [
        actions.draft_decision(council, [frozen() for _ in range(count)], by=secretary) for count in (1, 4)
    ]
    asked = []
    for row in drafts:
        fresh = DecisionDraft.objects.for_page().get(pk=row.pk)
        fresh.day = TODAY
        with CaptureQueriesContext(connection) as queries:
            rehearse(fresh)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 14


def test_what_was_sent_down_is_decided_below(council, upper, commune, secretary):
    case = sent_down(forwarded(council, commune), upper)

    draft = actions.draft_decision(council, [case], by=secretary)
    actions.write_draft(draft, by=secretary, number="3/QĐ-UBND", day=TODAY)

    assert actions.release_decision(draft, by=secretary).annex()[0].rating.stars == 3


def test_a_scan_is_kept_once_and_after_the_release(draft, secretary):
    paper = ContentFile(b"%PDF-1.7 quet", name="a.pdf")
    with pytest.raises(ValidationError, match="sau khi quyết định đã ban hành"):
        actions.keep_scan(draft, file=paper, by=secretary)
    actions.release_decision(draft, by=secretary)

    actions.keep_scan(draft, file=ContentFile(b"%PDF-1.7 quet", name="a.pdf"), by=secretary)

    kept = DecisionDraft.objects.get()
    assert kept.scan.read() == b"%PDF-1.7 quet"
    assert len(kept.scan_sha256) == 64
    with pytest.raises(ValidationError, match="đã có bản quét"):
        actions.keep_scan(draft, file=paper, by=secretary)


# ---------------------------------------------------------------- one product, and the database


def test_one_product_goes_the_same_way(council, commune, secretary):
    case = concluded(case_before(council, area=commune), **THREE_STARS)

    rating = actions.record_decision(case, number="12/QĐ-UBND", day=TODAY, by=secretary)

    draft = DecisionDraft.objects.get()
    assert (draft.status, draft.decision, draft.annex()[0].rating) == (
        DraftStatus.RELEASED,
        rating.decision,
        rating,
    )
    other = concluded(case_before(council, area=commune), **THREE_STARS)
    with pytest.raises(ValidationError, match="Một số chỉ dùng một lần"):
        actions.record_decision(other, number="12/QĐ-UBND", day=TODAY, by=secretary)


def refused(change, text="không sửa được nữa"):
    with pytest.raises(IntegrityError, match=text), transaction.atomic():
        change()


def test_a_released_decision_stays(draft, council, commune, secretary):
    rows = DecisionDraft.objects.filter(pk=draft.pk)
    refused(lambda: rows._raw_delete("default"), "không xóa được")
    refused(lambda: rows.update(code="khac"), "không chuyển sang hội đồng khác")
    rows.update(place="Hà Nam")  # control: a draft changes
    actions.release_decision(draft, by=secretary)
    line = draft.lines.first()

    for facts in (
        {"number": "1/QĐ-UBND"},
        {"day": "2024-10-01"},
        {"signer_name": "Khác"},
        {"status": "draft"},
    ):
        refused(lambda facts=facts: rows.update(**facts))
    refused(lambda: AnnexLine.objects.filter(pk=line.pk).update(position=9))
    refused(lambda: AnnexLine.objects.filter(pk=line.pk)._raw_delete("default"))
    fresh = case_before(council, area=commune)
    refused(lambda: AnnexLine.objects.create(draft=draft, case=fresh, position=9))
    rows.update(scan="decisions/a.pdf", scan_sha256="0" * 64)  # control: the scan is added
    refused(lambda: rows.update(scan="decisions/b.pdf"), "Bản quét đã lưu")


def test_a_line_does_not_move(draft, cases, council, commune):
    other = case_before(council, area=commune)

    refused(lambda: draft.lines.filter(position=1).update(case=other), "không chuyển sang")
    draft.lines.filter(position=1).update(position=7)  # control


def test_drafts_are_seen_by_who_knows_the_council(draft, people, member, upper):
    seeing = {name for name, user in people.items() if DecisionDraft.objects.visible_to(user).exists()}

    assert seeing == {"district_officer", "province_officer", "department_officer", "manager"}
    assert DecisionDraft.objects.visible_to(member).exists()
    assert not DecisionDraft.objects.visible_to(holder(upper, Post.MEMBER)).exists()
    assert not DecisionDraft.objects.kept_by(member).exists()
    assert DecisionDraft.objects.for_list().get().products == 3
    assert str(draft) == "Quyết định 1085/QĐ-UBND"
    assert str(DecisionDraft(code="qd-1")) == "Dự thảo qd-1"
