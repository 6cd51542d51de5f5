"""Rounds of correction: only what was ticked reopens, on the server and in the database; intake."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import Notice, NoticeKind, Role
from foundation.regimes.models import Regime
from foundation.trail.models import Entry
from products import actions, guidance, openings, permissions, rules, stages
from products.models import (
    CorrectionItem,
    CorrectionRound,
    Dossier,
    DossierStatus,
    Evidence,
    Reminder,
    SelfScore,
    Submission,
)
from tests.conftest import person
from tests.factories.products import (
    DossierFactory,
    opened,
)
from tests.products.test_actions import checked_file
from tests.products.whole import (
    PAPER,
    SPEC,
    TODAY,
    again,
    handed_in,
    returned,
    under_2026,
    whole,
)

pytestmark = pytest.mark.django_db
__all__ = ["under_2026"]
SCORE = ("score", "1.1")


def at(name, dossier, *more):
    return reverse(f"products:{name}", args=[dossier.code, *more])


def attach(dossier, people, kind):
    given = {"kind": kind, "title": "Phiếu", "criteria": []}
    return actions.attach(dossier, by=people["producer"], file=checked_file(kind.encode()), **given)


# ---------------------------------------------------------------- only what was ticked


def test_only_ticked_items_reopen_for_the_deeds(people, entity):
    dossier = returned(entity, people, SPEC, PAPER, SCORE)
    first, second = dossier.criteria_set.criteria.order_by("position")[:2]
    by = people["producer"]

    actions.save_registration(dossier, by=by, spec="Hộp ba khăn")
    attach(dossier, people, "test_results")
    actions.choose(dossier, first, None, version=1, by=by)

    with pytest.raises(ValidationError, match="đang khóa"):
        actions.save_registration(dossier, by=by, capacity="khác")
    with pytest.raises(ValidationError, match="đang khóa"):
        actions.save_field(dossier, by=by, name="capacity", value="khác", version=0)
    with pytest.raises(ValidationError, match="đang khóa"):
        actions.choose(dossier, second, None, version=1, by=by)
    with pytest.raises(ValidationError, match="đang khóa"):
        attach(dossier, people, "awards")
    with pytest.raises(ValidationError, match="đang khóa"):
        actions.detach(Evidence.objects.get(kind="business_registration"), by=by)


def refused(deed):
    with pytest.raises(IntegrityError, match="đang khóa"), transaction.atomic():
        deed()


def test_the_database_keeps_locked_items_whoever_asks(people, entity):
    dossier = returned(entity, people, SPEC, SCORE)
    second = dossier.self_scores.get(criterion__code="1.2")
    paper = Evidence.objects.get()

    refused(lambda: Dossier.objects.update(capacity="khác"))
    refused(lambda: Dossier.objects.update(introduction="khác"))
    refused(lambda: SelfScore.objects.filter(pk=second.pk).update(note="khác"))
    refused(lambda: SelfScore.objects.filter(pk=second.pk).delete())
    refused(lambda: Evidence.objects.filter(pk=paper.pk).update(title="khác"))
    refused(lambda: paper.criteria.add(second.criterion))
    refused(lambda: Evidence.objects.filter(pk=paper.pk).delete())
    # The control: ticked items, and columns that say nothing of the content, may change.
    Dossier.objects.update(spec="Hộp ba khăn")
    dossier.self_scores.filter(criterion__code="1.1").update(note="khác")
    Evidence.objects.update(content_type="image/png")


def test_the_database_locks_all_of_what_was_sent_and_its_regime(people, entity):
    dossier = handed_in(entity, people)

    refused(lambda: Dossier.objects.update(spec="khác"))
    refused(lambda: dossier.self_scores.update(note="khác"))
    with pytest.raises(IntegrityError, match="không đổi"), transaction.atomic():
        Dossier.objects.update(regime="qd26-2026")
    with opened(dossier):
        Dossier.objects.update(spec="khác")  # the control: as a draft it is open


def test_ticks_are_append_only(people, entity):
    returned(entity, people)
    for deed in (CorrectionItem.objects.all().delete, lambda: CorrectionItem.objects.update(key="capacity")):
        with pytest.raises(IntegrityError, match="chỉ được ghi thêm"), transaction.atomic():
            deed()


def test_forms_show_what_is_locked_and_do_not_read_it(client, people, entity):
    dossier = returned(entity, people, SPEC, SCORE, PAPER)
    client.force_login(people["producer"])

    page = client.get(at("registration", dossier)).content.decode()
    client.post(at("registration", dossier), {"spec": "Mới", "capacity": "Lén", "introduction": "Lén"})

    assert page.count("Đang khóa") == 2
    assert "Chưa rõ." in page
    assert (again(dossier).spec, again(dossier).capacity) == ("Mới", dossier.capacity)
    scores = client.get(at("self_score", dossier)).content.decode()
    assert scores.count("<fieldset") - scores.count(" disabled hx-post") == 1
    kinds = client.get(at("evidence_new", dossier)).content.decode()
    assert 'value="test_results"' in kinds
    assert 'value="awards"' not in kinds


def test_a_round_closes_with_its_answer_and_both_are_told(people, entity):
    dossier = returned(entity, people, SPEC)
    current = CorrectionRound.objects.get()
    assert (current.base, current.returned_from) == (Submission.objects.get(), "submitted")
    assert Notice.objects.get(kind=NoticeKind.DOSSIER_RETURNED).person == people["producer"]

    actions.submit(dossier, by=people["producer"])

    current.refresh_from_db()
    assert (current.answer.number, current.closed_on) == (2, TODAY)
    assert again(dossier).status == DossierStatus.SUBMITTED
    assert again(dossier).openings == openings.NOTHING


def test_a_dossier_returned_before_there_were_rounds_is_open_as_a_whole(people, entity):
    dossier = DossierFactory(product__entity=entity, status=DossierStatus.RETURNED, submitted_on=TODAY)

    assert dossier.openings.whole
    assert dossier.openings.keys("fact") is None
    assert returned(entity, people).openings.keys("fact") == {"spec"}
    assert not permissions.may_extend(people["district_officer"], dossier)


# ---------------------------------------------------------------- returning and extending


@pytest.mark.parametrize(
    ("items", "sentence"),
    [({}, "ít nhất một mục"), ({("fact", "name"): "x"}, "không có mục “name”"), ({SPEC: " "}, "ghi lý do")],
)
def test_a_return_names_items_of_the_dossier_and_why(people, entity, items, sentence):
    dossier = handed_in(entity, people)

    with pytest.raises(ValidationError, match=sentence):
        actions.send_back(dossier, by=people["district_officer"], items=items)
    with pytest.raises(ValidationError, match="không thể trước hôm nay"):
        actions.send_back(
            dossier, by=people["district_officer"], items={SPEC: "x"}, due_on=dt.date(2024, 10, 14)
        )


def test_the_office_gives_more_time_and_a_sentence_says_when_it_cannot(people, entity):
    dossier = returned(entity, people, due_on=TODAY)
    by, later = people["district_officer"], dt.date(2024, 11, 1)

    with pytest.raises(PermissionDenied):
        actions.extend_round(dossier, by=people["producer"], due_on=later, reason="xin thêm")
    with pytest.raises(ValidationError, match="Hạn mới"):
        actions.extend_round(dossier, by=by, due_on=TODAY, reason="xin thêm")
    actions.extend_round(dossier, by=by, due_on=later, reason="xin thêm")

    assert again(dossier).due_on == CorrectionRound.objects.get().due_on == later
    assert Entry.objects.about(dossier).filter(act="Gia hạn bổ sung").exists()
    assert not permissions.may_extend(by, handed_in(entity, people))


def test_pages_of_returning_and_extending(client, people, entity):
    dossier = handed_in(entity, people)
    client.force_login(people["district_officer"])
    assert "Phần đăng ký" in client.get(at("return", dossier)).content.decode()
    nothing = client.post(at("return", dossier), {"due_on": "2024-11-01", "note": ""}).content.decode()
    assert "ít nhất một mục" in nothing

    sent = {
        "i-fact-spec": "on",
        "w-fact-spec": "Ghi rõ cỡ.",
        "w-score-1.1": "Chưa có hợp đồng.",
        "due_on": "2024-11-01",
    }
    assert client.post(at("return", dossier), sent).url == dossier.get_absolute_url()

    assert set(CorrectionItem.objects.values_list("kind", "key")) == {SPEC, SCORE}
    page = client.get(at("extension", dossier)).content.decode()
    assert "Gia hạn" in page
    client.post(at("extension", dossier), {"due_on": "2024-11-20", "reason": "Bão"})
    assert again(dossier).due_on == dt.date(2024, 11, 20)
    assert "Gia hạn bổ sung" in client.get(dossier.get_absolute_url()).content.decode()
    client.force_login(people["producer"])
    assert (
        client.get(at("return", dossier)).status_code
        == client.get(at("extension", dossier)).status_code
        == 302
    )


def test_withdrawing_closes_the_round(people, entity):
    dossier = returned(entity, people)
    actions.withdraw(dossier, by=people["producer"])

    assert not CorrectionRound.objects.open().exists()
    assert again(dossier).due_on is None


# ---------------------------------------------------------------- clocks and reminders


def test_everybody_is_reminded_once_for_each_deadline(people, entity):
    second = person(Role.DISTRICT_OFFICER, entity.area.parent)
    dossier = handed_in(entity, people)
    mending = returned(entity, people, due_on=dt.date(2024, 10, 17))
    assert actions.remind() == 1  # the returned one, at its producer
    Dossier.objects.filter(pk=dossier.pk).update(due_on=dt.date(2024, 10, 10))

    assert actions.remind() == 2
    assert actions.remind() == 0

    assert set(Reminder.objects.values_list("person", flat=True)) == {
        people["producer"].pk, people["district_officer"].pk, second.pk
    }  # fmt: skip
    assert "quá hạn 10/10/2024" in Notice.objects.get(kind=NoticeKind.DOSSIER_DUE, person=second).text
    actions.extend_round(mending, by=second, due_on=dt.date(2024, 10, 16 + 2), reason="Mưa")
    Dossier.objects.filter(pk=mending.pk).update(due_on=dt.date(2024, 10, 16))
    assert actions.remind() == 1  # another deadline


def test_deadlines_count_working_days_with_the_holidays():
    law = Regime.objects.get(pk="qd148-2023")

    assert stages.due_on(law, "submitted", dt.date(2024, 8, 26)) == dt.date(
        2024, 9, 11
    )  # 2 and 3 September rest
    assert stages.due_on(law, "accepted", TODAY) is None
    assert stages.is_local(law, "submitted")
    assert not stages.is_local(law, "draft")
    assert not stages.is_local(Regime.objects.get(pk="qd26-2026"), "at_commune")


def test_the_rules_know_every_regime_and_support_only_papers_that_it_has():
    assert rules.of("qd-moi") == rules.of("default")
    for regime in Regime.objects.filter(offered=True):
        known = {kind.code for kind in regime.document_kinds}
        kinds = rules.of(regime.pk)["supports"]["kinds"]
        assert set(kinds) <= known
        names = {row.name for each in regime.criteria_sets.all() for row in each.criteria.all()}
        for words in kinds.values():
            assert any(word.casefold() in name.casefold() for word in words for name in names)


def test_a_desk_shows_the_draft_and_the_clock(client, people, entity):
    draft = whole(entity)
    mending = returned(entity, people, due_on=dt.date(2024, 10, 17))
    client.force_login(people["producer"])

    page = client.get("/ban-lam-viec/").content.decode()

    assert draft.get_absolute_url() in page
    assert mending.get_absolute_url() in page
    assert "hạn 17/10/2024" in page


# ---------------------------------------------------------------- beside the form


def test_the_page_beside_the_form_names_papers_points_and_the_way(client, people, entity):
    dossier = whole(entity)
    dossier.self_scores.exclude(criterion__code="1.1").delete()
    Evidence.objects.update(valid_until=dt.date(2024, 1, 1))
    client.force_login(people["producer"])

    page = client.get(at("way", dossier)).content.decode()

    assert "Con đường ngắn nhất tới 3 sao" in page
    assert "Tài liệu này hỗ trợ tới" in page
    assert "hết hạn" in page
    sent = handed_in(entity, people)
    assert client.get(at("way", sent)).url == sent.get_absolute_url()


def test_a_gap_closes_when_a_file_is_tied_to_its_criterion(people, entity):

    dossier = whole(entity)
    criteria = list(dossier.criteria_set.criteria.all())
    open_gaps = {gap.criterion.code for gap in guidance.guidance(dossier)["gaps"]}
    first = next(row for row in criteria if row.code in open_gaps)
    Evidence.objects.get().criteria.add(first)

    assert {gap.criterion.code for gap in guidance.guidance(dossier)["gaps"]} == open_gaps - {first.code}


# ---------------------------------------------------------------- product codes


def test_a_code_that_exists_is_passed_over(people, entity, commune):
    DossierFactory(product__entity=entity, product_code=f"35-349-{commune.code}-1-2024")
    dossier = handed_in(entity, people)

    actions.accept(dossier, by=people["district_officer"])

    assert again(dossier).product_code == f"35-349-{commune.code}-2-2024"
