"""T11: a judge with a conflict of interest stands aside before the evidence opens, for good."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Notice, NoticeKind
from entities.models import Membership
from evaluation import actions, permissions
from evaluation.hints import hints
from evaluation.models import Answer, Case, CaseStatus, Post, ScoreSheet, SheetStatus, Statement
from evaluation.sittings import recusals_of
from foundation import clock
from foundation.trail.models import Entry
from tests.evaluation.browsing import JSON, choice, url
from tests.evaluation.stories import again, concluded, handed_in, holder, opened, reopened, sheet_of
from tests.factories.evaluation import (
    CaseFactory,
    OpinionFactory,
    ScoreFactory,
    ScoreSheetFactory,
    SeatFactory,
    StatementFactory,
    council_of,
    fill,
)
from tests.factories.products import EvidenceFactory

pytestmark = pytest.mark.django_db
WHY = "Chủ thể là anh em ruột"


@pytest.fixture
def silent(council, commune):
    """A case on which nobody has stated anything."""
    case = CaseFactory(council=council, dossier__product__entity__area=commune)
    for seat in council.seats.all():
        ScoreSheetFactory(case=case, seat=seat, stated=False)
    return case


def aside(case, user):
    actions.state(case, by=user, answer=Answer.CONFLICT, reason=WHY)


def test_the_evidence_opens_after_the_statement(as_user, silent, member, secretary):
    file = EvidenceFactory(dossier=silent.dossier)
    client = as_user(member)
    first = url("statement", silent)

    for name in ("dossier", "sheet"):
        assert client.get(url(name, silent)).url == first
    assert client.get(url("evidence", silent, file.code)).status_code == 403
    assert client.post(first, {"answer": "none"}).url == url("sheet", silent)

    for name in ("dossier", "sheet"):
        assert client.get(url(name, silent)).status_code == 200
    assert client.get(url("evidence", silent, file.code)).status_code == 200
    assert Entry.objects.about(silent).get().by == member


def test_control_who_does_not_judge_states_nothing(as_user, silent, people):
    client = as_user(people["district_officer"])

    assert client.get(url("dossier", silent)).status_code == 200
    assert client.get(url("statement", silent)).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.state(silent, by=people["district_officer"], answer=Answer.NONE)


def test_may_state_is_for_the_seats_that_score_here(silent, upper, people, chair, member, secretary):
    everybody = people | {"chair": chair, "member": member, "secretary": secretary}
    everybody["upper_member"] = holder(upper, Post.MEMBER)
    everybody["silent_member"] = SeatFactory(council=silent.council, scores=False).user

    def stating():
        return {name for name, user in everybody.items() if permissions.may_state(user, silent)}

    assert stating() == {"chair", "member", "secretary"}

    silent.council.seats.filter(user=member).update(ended_on=clock.today())
    assert stating() == {"chair", "secretary"}


def test_nothing_is_scored_before_the_statement(as_user, silent, member):
    answer = as_user(member).post(url("choices", silent), choice(silent, member), headers=JSON)

    assert answer.status_code == 422
    assert "khai báo xung đột" in answer.json()["message"]


def test_t11_who_stood_aside_reads_nothing_and_scores_nothing(as_user, silent, member):
    file = EvidenceFactory(dossier=silent.dossier)
    client = as_user(member)
    sent = choice(silent, member)
    assert (
        client.post(url("statement", silent), {"answer": "conflict", "reason": WHY}).url
        == silent.get_absolute_url()
    )

    assert client.get(url("dossier", silent)).url == url("statement", silent)
    assert client.get(url("evidence", silent, file.code)).status_code == 403
    assert client.get(url("sheet", silent)).url == silent.get_absolute_url()
    assert client.post(url("choices", silent), sent, headers=JSON).status_code == 403
    assert "Bạn đã từ chối" in client.get(url("statement", silent)).content.decode()
    assert WHY in client.get(silent.get_absolute_url()).content.decode()
    assert not ScoreSheet.objects.waiting_for(member).exists()


def test_a_recusal_needs_a_reason_and_is_never_taken_back(silent, member):
    with pytest.raises(ValidationError, match="lý do từ chối"):
        actions.state(silent, by=member, answer=Answer.CONFLICT, reason="  ")
    aside(silent, member)
    aside(silent, member)  # sent twice

    with pytest.raises(ValidationError, match="không rút lại"):
        actions.state(silent, by=member, answer=Answer.NONE)
    assert [(row.seat.user, row.reason) for row in recusals_of(silent)] == [(member, WHY)]


def test_whoever_acts_for_the_producer_can_only_stand_aside(as_user, silent, member):
    Membership.objects.create(entity=silent.dossier.product.entity, user=member)

    with pytest.raises(ValidationError, match="người của chủ thể"):
        actions.state(silent, by=member, answer=Answer.NONE)
    page = as_user(member).get(url("statement", silent)).content.decode()
    assert "Tôi không có xung đột lợi ích</button>" not in page
    aside(silent, member)


@pytest.mark.parametrize(
    "save",
    [
        lambda sheet: ScoreFactory(sheet=sheet),
        lambda sheet: OpinionFactory(sheet=sheet),
        lambda sheet: ScoreSheet.objects.filter(pk=sheet.pk).update(status=SheetStatus.HANDED_IN),
    ],
    ids=["score", "opinion", "sheet"],
)
@pytest.mark.parametrize("stands_aside", [True, False])
def test_t11_the_database_keeps_who_stood_aside_out(silent, member, save, stands_aside):
    sheet = sheet_of(silent, member)
    if stands_aside:
        StatementFactory(case=silent, seat=sheet.seat, answer=Answer.CONFLICT, reason=WHY)
        with pytest.raises(IntegrityError, match="từ chối chấm"), transaction.atomic():
            save(sheet)
    else:
        save(sheet)


def test_t11_the_database_assigns_no_case_to_who_stood_aside(council, commune, member):
    case = CaseFactory(council=council, dossier__product__entity__area=commune)
    seat = council.seats.get(user=member)
    StatementFactory(case=case, seat=seat, answer=Answer.CONFLICT, reason=WHY)

    with pytest.raises(IntegrityError, match="không được phân công"), transaction.atomic():
        ScoreSheet.objects.create(case=case, seat=seat)
    ScoreSheet.objects.create(case=case, seat=council.seats.get(post=Post.CHAIR))


@pytest.mark.parametrize(
    "change",
    [
        lambda row: row.delete(),
        lambda row: Statement.objects.filter(pk=row.pk).update(answer=Answer.NONE),
        lambda row: Statement.objects.filter(pk=row.pk).update(reason="khác"),
    ],
)
def test_a_recusal_stays_in_the_database(silent, member, change):
    aside(silent, member)

    with pytest.raises(IntegrityError), transaction.atomic():
        change(Statement.objects.get(case=silent))


def test_a_statement_belongs_to_the_council_of_the_case(silent, commune):
    stranger = SeatFactory(council=council_of(commune.parent))

    with pytest.raises(IntegrityError, match="không thuộc hội đồng"), transaction.atomic():
        StatementFactory(case=silent, seat=stranger)
    with pytest.raises(IntegrityError, match="không thuộc hội đồng"), transaction.atomic():
        ScoreSheet.objects.create(case=silent, seat=stranger)


def test_a_recusal_recomputes_quorum_and_mean(case, chair, member, secretary):
    for user, points in ((chair, 5), (secretary, 5), (member, 0)):
        fill(
            sheet_of(case, user),
            pick=lambda options, most=points: min(options, key=lambda o: abs(o.points - most)),
        )
    actions.hand_in(sheet_of(case, chair), by=chair)
    actions.hand_in(sheet_of(case, secretary), by=secretary)
    assert "2 trên 3 phiếu" in case.missing_to_open()[0]

    aside(case, member)

    assert again(case).missing_to_open() == []
    assert Case.objects.ready_to_open().filter(pk=case.pk).exists()
    progress = Case.objects.with_progress().get(pk=case.pk)
    assert (progress.handed_in, progress.seats, progress.chair_in) == (2, 2, 1)


def test_a_sheet_handed_in_by_who_then_stands_aside_does_not_count(case, member):
    case = handed_in(case)
    aside(case, member)

    assert member not in [sheet.seat.user for sheet in again(case).counted_sheets()]
    assert again(case).sheets.get(seat__user=member).status == SheetStatus.HANDED_IN


def test_after_the_opening_the_chair_sends_back_first(case, member):
    case = opened(case)
    with pytest.raises(ValidationError, match="chấm lại trước"):
        aside(case, member)

    reopened(case, reason="Thành viên có xung đột lợi ích.")
    aside(case, member)
    assert again(case).status == CaseStatus.SCORING


def test_nothing_is_stated_after_the_conclusion(as_user, case, council, commune):
    late = SeatFactory(council=council)
    case = concluded(case)

    with pytest.raises(ValidationError, match="đã kết luận"):
        actions.state(case, by=late.user, answer=Answer.NONE)
    assert permissions.may_read_evidence(late.user, case)
    assert "đã kết luận" in as_user(late.user).get(url("statement", case)).content.decode()


def test_where_the_chair_stands_aside_the_vice_chair_presides(silent, council, chair):
    vice = SeatFactory(council=council, post=Post.VICE)
    ScoreSheetFactory(case=silent, seat=vice)
    assert permissions.may_preside(chair, silent)
    assert not permissions.may_preside(vice.user, silent)

    aside(silent, chair)

    assert not permissions.may_preside(chair, silent)
    assert permissions.may_preside(vice.user, silent)
    assert "Chưa có phiếu của Phó Chủ tịch" in " ".join(again(silent).missing_to_open())


def test_without_a_vice_chair_the_page_says_what_is_missing(as_user, silent, chair, member):
    aside(silent, chair)

    assert "cần Phó Chủ tịch" in " ".join(again(silent).missing_to_open())
    assert "chưa có người chủ trì" in as_user(member).get(silent.get_absolute_url()).content.decode()


def test_the_chair_lets_a_member_stand_aside(as_user, silent, chair, member, council):
    seat = council.seats.get(user=member)
    client = as_user(chair)
    assert client.get(url("recusal", silent)).status_code == 200

    client.post(url("recusal", silent), {"seat": seat.pk, "reason": WHY})

    assert Statement.objects.get(seat=seat).by == chair
    assert as_user(member).get(url("recusal", silent)).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.recuse(silent, seat, by=member, reason=WHY)
    stranger = SeatFactory(council=council_of(council.area))
    with pytest.raises(ValidationError, match="không chấm điểm"):
        actions.recuse(silent, stranger, by=chair, reason=WHY)


# ---------------------------------------------------------------- hints


def test_hints_name_what_judge_and_producer_have_in_common(silent, commune, member, people):
    entity = silent.dossier.product.entity
    entity.tax_code, entity.name = "0700123456-001", "Hợp tác xã Lụa Thử"
    entity.save()
    seat = silent.seat_of(member)
    assert hints(silent, seat) == []

    seat.home, seat.employer, seat.employer_tax_code = commune, "hop tac xa lua thu", "0700123456"
    Membership.objects.create(entity=entity, user=member)
    case = Case.objects.for_page().get(pk=silent.pk)
    found = " ".join(hints(case, seat))

    for words in ("người của", "mã số thuế 0700123456", "trùng tên", "cư trú cùng xã"):
        assert words in found
    serving = SeatFactory(council=silent.council, user=people["commune_officer"])
    assert "công tác tại xã" in " ".join(hints(case, serving))


def test_the_hints_stand_on_the_page(as_user, silent, commune, member, council):
    council.seats.filter(user=member).update(home=commune)

    assert "cư trú cùng xã" in as_user(member).get(url("statement", silent)).content.decode()


def test_nobody_is_taken_for_stated(silent, chair):
    assert sheet_of(silent, chair).said is None
    assert holder(silent.council, Post.CHAIR) == chair


def test_chair_and_secretary_are_told_of_a_recusal_each_time(council, silent, chair, member, secretary):
    second = SeatFactory(council=council, post=Post.MEMBER)
    ScoreSheetFactory(case=silent, seat=second, stated=False)
    told = Notice.objects.filter(kind=NoticeKind.CASE_RECUSED)

    actions.state(silent, by=second.user, answer=Answer.NONE)
    assert not told.exists()  # control: no conflict, nothing to tell
    aside(silent, member)
    assert {notice.person for notice in told} == {chair, secretary}
    notice = told.first()
    assert member.full_name in notice.text
    assert WHY not in notice.text  # the reason stays with the case
    assert notice.url == silent.get_absolute_url()
    aside(silent, member)  # sent twice
    assert told.count() == 2
    actions.recuse(silent, second, by=chair, reason=WHY)

    assert told.filter(person=secretary).count() == 2
    assert told.filter(person=chair).count() == 1  # who decided it knows


def test_the_vice_chair_who_presides_now_is_told_that_the_chair_stands_aside(
    council, silent, chair, secretary
):
    vice = SeatFactory(council=council, post=Post.VICE)
    ScoreSheetFactory(case=silent, seat=vice, stated=False)

    aside(silent, chair)

    told = Notice.objects.filter(kind=NoticeKind.CASE_RECUSED)
    assert {notice.person for notice in told} == {vice.user, secretary}
