"""Recognition decisions: drafted, filled, released in one act.

Locks in one order: the draft, then its cases by number, then what the release itself takes.
"""

import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from evaluation import permissions
from evaluation.actions.locking import LOOK_AGAIN
from evaluation.drafting import usual
from evaluation.models import AnnexLine, Case, CaseStatus, DecisionDraft, DraftStatus
from evaluation.rehearsal import rehearse, waiting
from foundation import clock
from foundation.trail.moves import move, write
from products import actions as products
from products.models import Serial

PAPER = ("number", "day", "place", "grounds", "signer_authority", "signer_role", "signer_name", "recipients")


@transaction.atomic
def draft_decision(council, cases, *, by):
    """Begin a decision of the council's office on these cases, with what such a paper usually says."""
    require(permissions.may_run(by, council))
    cases = list(cases)
    year = clock.today().year
    code = f"qd-{year}-{Serial.objects.take(f'decision-draft-{year}'):04}"
    draft = DecisionDraft.objects.create(
        code=code, council=council, is_demo=council.is_demo, **usual(council, cases)
    )
    write(draft, "Lập dự thảo quyết định", by=by, new=DraftStatus.DRAFT, note=f"{council.issuer}")
    fill_annex(draft, cases, by=by)
    return draft


@transaction.atomic
def fill_annex(draft, cases, *, by):
    """Let the annex hold exactly these cases, in this order. Each waits for this office and is in no other annex."""
    require(permissions.may_draft(by, draft))
    draft, cases = _open(draft), list(dict.fromkeys(cases))
    held = {line.case_id: line for line in draft.annex()}
    free = {case.pk for case in waiting(draft.council)}
    if strange := [case for case in cases if case.pk not in held and case.pk not in free]:
        names = ", ".join(case.code for case in strange)
        raise ValidationError(f"{names}: không chờ quyết định của {draft.council.issuer}. {LOOK_AGAIN}")
    wanted = {case.pk for case in cases}
    draft.lines.exclude(case__in=wanted).delete()
    for position, case in enumerate(cases, 1):
        AnnexLine.objects.update_or_create(draft=draft, case=case, defaults={"position": position})
    codes = ", ".join(case.code for case in cases) or "không có sản phẩm"
    write(draft, "Sửa phụ lục", by=by, note=f"{len(cases)} sản phẩm: {codes}")


@transaction.atomic
def write_draft(draft, *, by, **paper):
    """Write what the paper says: number, day, place, grounds, signature, recipients."""
    require(permissions.may_draft(by, draft))
    draft = _open(draft)
    changed = [name for name in PAPER if name in paper and getattr(draft, name) != paper[name]]
    for name in changed:
        setattr(draft, name, paper[name])
    draft.full_clean(exclude=["council", "decision", "scan"])
    draft.save(update_fields=changed)
    labels = [str(draft._meta.get_field(name).verbose_name) for name in changed]
    write(draft, "Sửa dự thảo", by=by, note=", ".join(labels))


@transaction.atomic
def withdraw_draft(draft, *, by):
    """Give the draft up; its cases wait again."""
    require(permissions.may_draft(by, draft))
    draft = _open(draft)
    codes = ", ".join(line.case.code for line in draft.annex())
    draft.lines.all().delete()
    move(draft, DraftStatus.WITHDRAWN, by=by, note=codes)


@transaction.atomic
def release_decision(draft, *, by):
    """Publish the decision: stars, certificates and letters of every product of the annex, all or nothing.

    A released draft stays as it is and nothing happens a second time. Raises ValidationError with every reason.
    """
    require(permissions.may_draft(by, draft))
    draft = DecisionDraft.objects.for_page().select_for_update(of=("self",)).get(pk=draft.pk)
    if draft.status == DraftStatus.RELEASED:
        return draft
    rehearsal = rehearse(draft, busy=_busy(draft))
    if rehearsal.blocks:
        raise rehearsal.refusal()
    for planned in rehearsal.lines:
        planned.line.rating = _recognise(planned, draft, by)
        planned.line.save(update_fields=["rating"])
    decision = rehearsal.lines[0].line.rating.decision
    note = f"{draft.number} ngày {draft.day:%d/%m/%Y}, {len(rehearsal.lines)} sản phẩm"
    move(draft, DraftStatus.RELEASED, by=by, note=note, decision=decision, released_at=clock.now())
    return DecisionDraft.objects.for_page().get(pk=draft.pk)


@transaction.atomic
def keep_scan(draft, *, file, by):
    """Keep the scan of the signed decision; once kept it stays."""
    require(permissions.may_draft(by, draft))
    draft = DecisionDraft.objects.select_for_update().get(pk=draft.pk)
    if draft.status != DraftStatus.RELEASED:
        raise ValidationError("Bản quét được lưu sau khi quyết định đã ban hành.")
    if draft.scan:
        raise ValidationError("Quyết định này đã có bản quét.")
    draft.scan_sha256 = hashlib.sha256(file.read()).hexdigest()
    file.seek(0)
    draft.scan.save(file.name, file, save=False)
    draft.save(update_fields=["scan", "scan_sha256"])
    write(draft, "Lưu bản quét quyết định", by=by, note=f"Mã băm {draft.scan_sha256}")


def _open(draft):
    """The draft as it stands, locked, if it may still be changed."""
    draft = DecisionDraft.objects.for_page().select_for_update(of=("self",)).get(pk=draft.pk)
    if not draft.is_open:
        raise ValidationError(
            f"Dự thảo đang ở trạng thái “{draft.get_status_display()}” nên không sửa được nữa."
        )
    return draft


def _busy(draft):
    """Lock the cases of the annex; those that somebody else holds now."""
    cases = {line.case_id for line in draft.lines.all()}
    rows = Case.objects.filter(pk__in=cases).order_by("pk").select_for_update(skip_locked=True)
    return cases - set(rows.values_list("pk", flat=True))


def _recognise(planned, draft, by):
    """The case is recognised, and its product gets its stars."""
    case, council = planned.case, draft.council
    note = f"Quyết định {draft.number} ngày {draft.day:%d/%m/%Y}, {planned.stars} sao"
    move(case, CaseStatus.RECOGNISED, by=by, note=note)
    place = {"level": council.level, "issuer": council.issuer, "area": council.area}
    paper = {"decision_number": draft.number, "decided_on": draft.day}
    return products.grant_rating(case.dossier, stars=planned.stars, total=case.total, by=by, **paper, **place)


def release_one(case, *, number, day, by):
    """A decision on one product: drafted and released in the same act. Returns its rating."""
    if hasattr(case, "annex_line"):
        raise ValidationError(
            f"Sản phẩm này nằm trong {case.annex_line.draft}. Hãy ban hành quyết định ở đó."
        )
    draft = draft_decision(case.recognising_council, [case], by=by)
    draft.number, draft.day = number, day
    draft.save(update_fields=["number", "day"])
    return release_decision(draft, by=by).annex()[0].rating
