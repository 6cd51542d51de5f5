"""What offices wrote when they took a dossier in, in the shape in which pages draw it."""

from foundation.areas.models import AreaKind
from products import rules


def assessments(dossier):
    """The commune's assessments, each finding under its name."""
    form = rules.commune_form(dossier.regime)
    names = {row["code"]: row["name"] for row in form["findings"]}
    rows = dossier.assessments.select_related("by", "submission")
    return [
        {"row": row, "findings": [(names.get(code, code), said) for code, said in row.findings.items()]}
        for row in rows
    ]


def slip_number(dossier, receipts):
    """The number that the regime's form prints, with dots where an office has not filled in its block; or empty."""
    form = rules.slip(dossier.regime)
    if form is None:
        return ""
    given = {row.level: row.number for row in receipts}
    first, second = (given.get(block["level"], "…") for block in form["blocks"])
    area = dossier.product.area
    units = {kind: (unit.code if (unit := area.part(kind)) else "") for kind in AreaKind}
    return form["format"].format(
        first=first,
        second=second,
        province=units[AreaKind.PROVINCE],
        commune=units[AreaKind.COMMUNE],
        year=dossier.year,
    )
