"""The rehearsal of a release: exactly what would be published, and why it cannot be. It writes nothing.

The release asks the same functions under its locks, so what the page shows is what will be done.
"""

import re
from dataclasses import dataclass, field

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from entities.models import Membership
from evaluation import proof
from evaluation.models import CaseStatus, DecisionDraft, DraftStatus, ScoreSheet
from evaluation.scoring import Step
from evaluation.sittings import days_of
from foundation import clock
from products.models import Decision, DossierStatus, Rating, Submission
from products.notices import granted_text
from products.numbering import next_numbers

NUMBER = re.compile(r"[1-9][0-9]{0,5}/QĐ-UBND")
LOOK_AGAIN = "Hãy tải lại trang để xem tình trạng mới nhất."


@dataclass(frozen=True)
class Reason:
    """Why not, in one sentence; ``field`` where a form can show it."""

    text: str
    field: str = NON_FIELD_ERRORS


@dataclass
class Planned:
    """One product as the release would publish it; ``people`` get ``letter``."""

    line: object
    stars: int | None = None
    ends_on: object = None
    certificate: str = ""
    letter: str = ""
    people: list = field(default_factory=list)
    reasons: list = field(default_factory=list)

    @property
    def case(self):
        return self.line.case


@dataclass
class Rehearsal:
    """A whole decision as it would be released."""

    draft: DecisionDraft
    lines: list
    reasons: list

    @property
    def blocks(self):
        """Every reason against the release: the decision's own, then line by line."""
        return [*self.reasons, *(reason for planned in self.lines for reason in planned.reasons)]

    def refusal(self):
        """All reasons at once, each beside its field where it has one."""
        said = {}
        for reason in self.blocks:
            said.setdefault(reason.field, []).append(reason.text)
        return ValidationError(said)


def rehearse(draft, *, busy=frozenset()):
    """What the release of this draft would do now; ``busy``: keys of cases that somebody else holds at this moment.

    The same number of queries for one product and for hundreds.
    """
    lines = draft.annex()
    plan = [Planned(line) for line in lines]
    area, day = draft.council.area, draft.day
    numbers = next_numbers(area, day.year, draft.council.level, len(plan)) if day else [""] * len(plan)
    people, rated = _people(lines), _rated_on(day, lines)
    cases = [planned.case for planned in plan]
    basis, met_on = gathered(cases), days_of(cases)
    for planned, number in zip(plan, numbers, strict=True):
        step, product = planned.case.next_step, planned.case.dossier.product
        planned.stars = step.stars if step else None
        if day and planned.stars:
            planned.ends_on = clock.add_months(day, planned.case.dossier.regime.certificate_months)
            planned.certificate = number
            planned.letter = granted_text(product, planned.stars, f"{draft.number} ngày {day:%d/%m/%Y}")
        planned.people = people.get(product.entity_id, [])
        planned.reasons = list(_against(planned, draft, rated, busy, basis[planned.case.pk]))
        planned.reasons += _too_early(planned.case, draft.day, met_on.get(planned.case.pk))
    return Rehearsal(draft, plan, [*_against_draft(draft, plan)])


def gathered(cases):
    """Case → its handed-in sheets with scores and the newest submission of its dossier: two statements for all."""
    found = {case.pk: ([], None) for case in cases}
    sheets = ScoreSheet.objects.handed_in().filter(case__in=found).with_scores().order_by("seat_id")
    for sheet in sheets:
        found[sheet.case_id][0].append(sheet)
    newest = {row.dossier_id: row for row in Submission.objects.filter(
        dossier__in=[case.dossier_id for case in cases]).order_by("number")}  # fmt: skip
    return {case.pk: (found[case.pk][0], newest.get(case.dossier_id)) for case in cases}


def waiting(council):
    """Cases whose recognition is this council's office's to decide, and that stand in no annex."""
    return [case for case in _concerned(council) if ready(case, council)]


def ready(case, council):
    """Whether the case waits for a decision of this council's office."""
    step = case.next_step
    waits = case.status == CaseStatus.SENT_DOWN or (
        case.status == CaseStatus.CONCLUDED and step.step == Step.RECOGNISE
    )
    return waits and case.recognising_council == council


def _concerned(council):
    cases = DecisionDraft.cases_for(council)
    return cases.filter(annex_line=None).for_page().order_by("pk")


def _people(lines):
    """Producer → those who act for it, as names."""
    makers = {line.case.dossier.product.entity_id for line in lines}
    found = {}
    members = Membership.objects.filter(entity__in=makers, user__is_active=True).select_related("user")
    for row in members.order_by("pk"):
        found.setdefault(row.entity_id, []).append(row.user)
    return found


def _rated_on(day, lines):
    """Products that have stars beginning on that day already."""
    made = [line.case.dossier.product_id for line in lines]
    return set(Rating.objects.filter(product__in=made, starts_on=day).values_list("product_id", flat=True))


def _against_draft(draft, plan):
    if draft.status != DraftStatus.DRAFT:
        yield Reason(f"Dự thảo đang ở trạng thái “{draft.get_status_display()}”. {LOOK_AGAIN}")
    if not plan:
        yield Reason("Phụ lục chưa có sản phẩm nào.")
    if len({planned.case.dossier.product.is_demo for planned in plan}) > 1:
        yield Reason("Một quyết định không gồm cả sản phẩm trình diễn và sản phẩm thật.")
    if not NUMBER.fullmatch(draft.number):
        yield Reason("Số quyết định có dạng số/QĐ-UBND, ví dụ 1085/QĐ-UBND.", "number")
    yield from _against_day(draft)


def _against_day(draft):
    day, council = draft.day, draft.council
    if day is None:
        yield Reason("Chưa có ngày ký quyết định.", "day")
        return
    if day > clock.today():
        yield Reason("Ngày quyết định không thể sau hôm nay.", "day")
    if day < council.decided_on:
        yield Reason(
            f"Ngày quyết định không thể trước ngày lập hội đồng {council.decided_on:%d/%m/%Y}.", "day"
        )
    year = Decision.objects.filter(number=draft.number, issuer=council.issuer, day__year=day.year)
    taken = year.exclude(day=day, draft=None).first()  # a list may have named this very decision before
    if taken:
        yield Reason(
            f"{council.issuer} đã có quyết định số {taken}. Một số chỉ dùng một lần trong năm.", "number"
        )


def _too_early(case, day, met_on):
    """Nothing is recognised before the council met about it, nor before it concluded."""
    if day is None:
        return
    name = f"{case.code} “{case.dossier.product}”"
    if met_on and day < met_on:
        yield Reason(
            f"{name}: ngày quyết định không thể trước ngày hội đồng họp xét sản phẩm {met_on:%d/%m/%Y}.",
            "day",
        )
    elif case.concluded_on and day < case.concluded_on:
        concluded = f"{case.concluded_on:%d/%m/%Y}"
        yield Reason(f"{name}: ngày quyết định không thể trước ngày kết luận {concluded}.", "day")


def _against(planned, draft, rated, busy, basis):
    """Why this product cannot be recognised by this decision."""
    case, council = planned.case, draft.council
    name = f"{case.code} “{case.dossier.product}”"
    if case.pk in busy:
        yield Reason(f"{name}: đang được người khác xử lý, hãy thử lại sau ít phút.")
    if not ready(case, council):
        yield Reason(f"{name}: không chờ quyết định này, đang ở trạng thái “{case.get_status_display()}”.")
        return
    if planned.stars not in case.dossier.regime.process.recognised_at(council.level):
        yield Reason(f"{name}: theo {case.dossier.regime.law}, cấp này không công nhận {planned.stars} sao.")
    if case.dossier.status != DossierStatus.UNDER_EVALUATION:
        yield Reason(f"{name}: hồ sơ đang ở trạng thái “{case.dossier.get_status_display()}”.")
    if case.dossier.product_id in rated:
        yield Reason(f"{name}: sản phẩm đã có hạng sao từ đúng ngày này.")
    if not proof.stands(case, *basis):
        yield Reason(
            f"{name}: kết quả không khớp với hồ sơ, tiêu chí hoặc phiếu lúc kết luận. Hãy mở trang đối chiếu."
        )
