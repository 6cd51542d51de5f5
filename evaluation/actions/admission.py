"""Laying dossiers before councils."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from evaluation import notices, permissions
from evaluation.actions.locking import LOOK_AGAIN, locked
from evaluation.models import AdvisorySheet, Case, CaseStatus, Council, ScoreSheet
from foundation import clock
from foundation.trail.moves import write
from products import actions as products
from products.models import Dossier, DossierStatus, Serial


@transaction.atomic
def admit(council, dossier, *, by):
    """Lay a dossier before the council: a case, and a sheet for every seat that scores, unless judges are assigned."""
    require(permissions.may_admit(by, council))
    dossier = Dossier.objects.select_for_update(of=("self",)).get(pk=dossier.pk)
    if dossier.status != DossierStatus.ACCEPTED or dossier not in council.admissible_dossiers():
        raise ValidationError(f"Hồ sơ này không chờ hội đồng này. {LOOK_AGAIN}")
    products.begin_evaluation(dossier, by=by)
    return _begin(council, dossier, by=by)


@transaction.atomic
def admit_forwarded(case, council, *, by):
    """Lay before the council what a council below has forwarded."""
    require(permissions.may_admit(by, council))
    case = locked(case)
    if case not in Case.objects.forwarded_to(council):
        raise ValidationError(f"Phiên đánh giá này không chờ hội đồng này. {LOOK_AGAIN}")
    return _begin(council, case.dossier, by=by, came_from=case)


def _begin(council, dossier, *, by, came_from=None):
    council = Council.objects.select_for_update(of=("self",)).get(
        pk=council.pk
    )  # nobody is appointed meanwhile
    seats = list(council.seats.in_force().judging())
    if not seats:
        raise ValidationError("Hội đồng chưa có thành viên nào chấm điểm.")
    seats = seats if council.judges_min is None else []
    year = clock.today().year
    code = f"PDG-{year}-{Serial.objects.take(f'case-{year}'):04}"
    case = Case.objects.create(code=code, dossier=dossier, council=council, came_from=came_from)
    ScoreSheet.objects.bulk_create(ScoreSheet(case=case, seat=seat) for seat in seats)
    AdvisorySheet.objects.lay_before(case, [row.user for row in council.advisers.in_force().for_list()])
    write(case, "Đưa hồ sơ ra hội đồng", by=by, new=CaseStatus.SCORING, note=f"{council}, {len(seats)} phiếu")
    notices.case_admitted(case, [seat.user_id for seat in seats], by=by)
    return case
