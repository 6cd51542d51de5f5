"""Who is told about cases. No sentence says a point or a star: what is sealed stays sealed."""

from accounts.models import NoticeKind
from accounts.notices import tell
from evaluation.models import Case, Council, Post


def case_admitted(case, *, by):
    """Everybody with a seat has a sheet to fill in."""
    text = f"Hồ sơ “{_product(case)}” được đưa ra {case.council}, mời chấm điểm."
    _tell(case.council.people(), NoticeKind.CASE_ADMITTED, case, text, by)


def sheet_handed_in(case, *, by):
    """The chair learns that the sheets may be opened, when that is so."""
    if Case.objects.ready_to_open().filter(pk=case.pk).exists():
        text = f"Phiên {case.code} “{_product(case)}” đã đủ phiếu, chờ Chủ tịch mở phiếu."
        _tell(case.council.people(Post.CHAIR), NoticeKind.CASE_READY, case, text, by)


def case_opened(case, *, by):
    """The members may see each other's sheets."""
    text = f"Chủ tịch đã mở phiếu của phiên {case.code} “{_product(case)}”."
    _tell(case.council.people(), NoticeKind.CASE_OPENED, case, text, by)


def case_reopened(case, *, by):
    """The members score again."""
    text = f"Phiên {case.code} “{_product(case)}” chấm lại, mời xem và nộp lại phiếu."
    _tell(case.council.people(), NoticeKind.CASE_REOPENED, case, text, by)


def case_concluded(case, *, by):
    """Whoever keeps the papers has a result to deal with."""
    text = f"Phiên {case.code} “{_product(case)}” đã có kết luận, chờ xử lý kết quả."
    _tell(case.council.keepers(), NoticeKind.CASE_CONCLUDED, case, text, by)


def case_forwarded(case, *, by):
    """Whoever keeps the papers of the council above has a case to take up."""
    onward = case.next_step.onward.to_level
    text = f"{case.council} chuyển lên hồ sơ “{_product(case)}”, chờ tiếp nhận."
    for council in Council.objects.above(case.council, onward):
        _tell(council.keepers(), NoticeKind.CASE_FORWARDED, case, text, by)


def case_sent_down(case, *, by):
    """Whoever keeps the papers below has a decision to bring about."""
    text = f"{case.council} chuyển về kết quả của “{_product(case)}”, chờ quyết định công nhận."
    _tell(case.came_from.council.keepers(), NoticeKind.CASE_SENT_DOWN, case, text, by)


def _tell(people, kind, case, text, by):
    tell(people, kind, case, text=text, area=case.council.area, by=by)


def _product(case):
    return case.dossier.product.name


def petition_lodged(petition, *, by):
    """Whoever keeps the papers has a petition to answer."""
    case = petition.case
    text = f"{case.dossier.product.entity} kiến nghị về kết quả của “{_product(case)}”."
    area = case.council.area
    tell(case.council.keepers(), NoticeKind.RATING_PETITION, petition, text=text, area=area, by=by)


def petition_answered(petition, *, by):
    """The producer's people read the answer."""
    case = petition.case
    text = f"Kiến nghị về “{_product(case)}” đã được trả lời: {petition.get_outcome_display().lower()}."
    people = case.dossier.product.entity.people()
    tell(people, NoticeKind.RATING_PETITION, petition, text=text, area=case.council.area, by=by)
