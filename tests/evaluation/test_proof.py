"""The basis of a verdict: frozen with it, held by the database, compared again; each guard beside its control."""

import hashlib
import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from evaluation import proof
from evaluation.models import Case, CaseStatus, Score
from evaluation.rehearsal import gathered
from products.freezing import freeze
from tests.evaluation.stories import THREE_STARS, again, concluded, opened
from tests.factories.evaluation import case_before

pytestmark = pytest.mark.django_db


def sql(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def unlocked(table, trigger, change):
    """Make a change behind the database's back: what nobody can do, and what the comparison is there for."""
    sql("set constraints all immediate")
    sql(f"alter table {table} disable trigger {trigger}")
    change()
    sql(f"alter table {table} enable always trigger {trigger}")


def wrong(case):
    """The labels of what does not hold."""
    return [check.label for check in proof.checks(case, *gathered([case])[case.pk]) if not check.holds]


@pytest.fixture
def done(case):
    return Case.objects.for_page().get(pk=concluded(case, **THREE_STARS).pk)


def test_the_verdict_is_frozen_with_regime_and_hashes(done):
    facts = done.basis_facts

    assert (facts["regime"], facts["case"]) == (done.dossier.regime_id, done.code)
    assert len(facts["sheets"]) == 3
    assert done.basis_sha256 == hashlib.sha256(done.basis.encode()).hexdigest()
    assert json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == done.basis
    assert wrong(done) == []
    assert proof.stands(done, *gathered([done])[done.pk])


def test_a_frozen_dossier_is_named_by_its_submission(council, commune, chair):
    case = case_before(council, area=commune)
    freeze(case.dossier, by=chair)
    done = Case.objects.for_page().get(pk=concluded(case, **THREE_STARS).pk)

    assert done.basis_facts["dossier"]["submission"] == 1
    assert done.basis_facts["dossier"]["sha256"] == case.dossier.submissions.get().sha256
    assert wrong(done) == []


def test_a_changed_score_is_found_and_so_is_the_verdict_it_gives(done):
    def change():
        score = Score.objects.filter(sheet__case=done, criterion__code="1.4").first()
        Score.objects.filter(pk=score.pk).update(option=None)

    unlocked("evaluation_score", "evaluation_score_lock", change)

    found = wrong(done)
    assert len(found) == 2
    assert found[0].startswith("Phiếu của ")
    assert found[1] == "Tính lại từ các phiếu"
    assert not proof.stands(done, *gathered([done])[done.pk])


def test_a_sheet_too_few_is_found_and_named_by_its_seat(done):
    sheets, last = gathered([done])[done.pk]

    found = [check for check in proof.checks(done, sheets[1:], last) if not check.holds]

    assert found[0].label == f"Phiếu của ghế {sheets[0].seat_id}"
    assert found[0].found == ""


def test_sheets_that_the_law_cannot_read_are_said(done, monkeypatch):
    sheets, last = gathered([done])[done.pk]
    sheets[0].scores.all()[0].option = None
    monkeypatch.setattr(type(sheets[0]), "answers", lambda sheet: {"1.1": "không có"})

    again_ = next(c for c in proof.checks(done, sheets, last) if c.label == "Tính lại từ các phiếu")

    assert not again_.holds
    assert "1.1" in again_.found


def test_changed_criteria_totals_and_dossiers_are_found(done):
    criteria = done.dossier.criteria_set
    criteria.content = criteria.content | {"name": "khác"}
    assert any(label.startswith("Bộ tiêu chí") for label in wrong(done))

    done = Case.objects.for_page().get(pk=done.pk)
    done.total = Decimal(60)
    assert wrong(done) == ["Tổng điểm và hạng sao"]

    done = Case.objects.for_page().get(pk=done.pk)
    done.dossier.introduction = "Câu chuyện khác"
    assert wrong(done) == [f"Hồ sơ {done.dossier.code}"]


def test_a_case_without_a_basis_has_nothing_to_compare(case):
    assert proof.checks(case, [], None) == []
    assert proof.stands(case, [], None)


# ---------------------------------------------------------------- the database


def refused(change, text):
    with pytest.raises(IntegrityError, match=text), transaction.atomic():
        change()


def test_the_basis_is_written_once_and_with_its_own_hash(done):
    row = Case.objects.filter(pk=done.pk)

    refused(
        lambda: row.update(basis="{}", basis_sha256=hashlib.sha256(b"{}").hexdigest()), "không sửa được nữa"
    )
    refused(lambda: row.update(basis_sha256="0" * 64), "Mã băm không khớp")
    refused(lambda: row.update(basis="", basis_sha256=""), "không sửa được nữa")
    row.update(status=CaseStatus.RECOGNISED)  # control: the rest goes on


def test_a_verdict_without_basis_is_refused_and_a_basis_without_verdict(case):
    row = Case.objects.filter(pk=opened(case, **THREE_STARS).pk)
    bare = {"status": CaseStatus.CONCLUDED, "verdict": {}, "concluded_on": "2024-10-15"}

    refused(lambda: row.update(**bare), "cùng với căn cứ")
    refused(lambda: row.update(basis="{}", basis_sha256=hashlib.sha256(b"{}").hexdigest()), "cùng với căn cứ")
    row.update(**bare, basis="{}", basis_sha256=hashlib.sha256(b"{}").hexdigest())  # control


def test_control_without_the_trigger_the_basis_changes(done):
    unlocked(
        "evaluation_case", "evaluation_basis_lock", lambda: Case.objects.filter(pk=done.pk).update(basis="{}")
    )

    assert "Bản ghi kết quả" in wrong(Case.objects.for_page().get(pk=done.pk))


# ---------------------------------------------------------------- the command


def test_the_command_says_that_verdicts_stand(done, capsys):
    call_command("verify_verdicts")

    assert "1 kết quả khớp" in capsys.readouterr().out


def test_the_command_names_what_differs(done, capsys):
    unlocked(
        "evaluation_case", "evaluation_basis_lock", lambda: Case.objects.filter(pk=done.pk).update(basis="{}")
    )

    with pytest.raises(CommandError, match="1 kết quả không khớp"):
        call_command("verify_verdicts", done.code)

    assert done.code in capsys.readouterr().out


def test_the_command_refuses_unknown_codes(case):
    with pytest.raises(CommandError, match="không có kết quả"):
        call_command("verify_verdicts", "PDG-1900-0001")


def test_again_reads_the_same(done):
    assert again(done).basis_sha256 == done.basis_sha256
