"""Setting the calendar of the yearly cycle."""

from django.db import transaction

from accounts.permissions import require
from foundation.trail.moves import write
from products import cycle, permissions
from products.models import CycleStep


@transaction.atomic
def set_calendar(area, *, by, year, source, days):
    """The officers of a district or province set the days of its year. ``days``: step → (first, last, note).

    Steps that are left out follow the unit above.
    """
    require(permissions.may_set_calendar(by, area))
    said = []
    for code, about in cycle.steps().items():
        if code not in days:
            CycleStep.objects.filter(area=area, year=year, step=code).delete()
            continue
        first, last, note = days[code]
        facts = {"starts_on": first, "ends_on": last, "note": note, "source": source, "changed_by": by}
        facts["is_demo"] = by.is_demo
        row = CycleStep(area=area, year=year, step=code, **facts)
        row.clean_fields()
        row.validate_constraints(exclude={"step"})
        CycleStep.objects.update_or_create(area=area, year=year, step=code, defaults=facts)
        said.append(f"{about.number}. {first:%d/%m/%Y} – {last:%d/%m/%Y}")
    write(area, f"Đặt lịch chu trình {year}", by=by, note=f"{'; '.join(said)}. Căn cứ: {source}")
