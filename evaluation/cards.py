"""Sheets and verdicts in the shape in which pages draw them."""

from dataclasses import dataclass, field
from itertools import groupby

from evaluation.spread import differences
from foundation.regimes.engine import two_places
from foundation.regimes.models import Criterion
from foundation.regimes.wording import points_text


@dataclass
class Row:
    """One criterion of a member's sheet beside the producer's own choice and evidence."""

    criterion: Criterion
    groups: list
    self_key: str | None = None
    self_answered: bool = False
    self_note: str = ""
    evidence: list = field(default_factory=list)
    chosen: str | None = None
    answered: bool = False
    version: int = 0
    note: str = ""
    reason: str = ""
    uncounted: bool = False
    before: str = ""

    @property
    def option(self):
        """The chosen box, or None."""
        return next(
            (option for _, options in self.groups for _, option in options if option.key == self.chosen), None
        )


def sheet_rows(sheet, frozen):
    """The rows of a sheet beside the dossier as it was handed in. Take the sheet ``with_scores``."""
    scores = {score.criterion_id: score for score in sheet.scores.all()}
    idle = {row.criterion for row in sheet.result().uncounted}
    rows = []
    for given in frozen.rows(sheet.case.dossier.criteria_set):
        criterion = given.criterion
        row = Row(criterion, _groups(criterion, given.options), evidence=given.evidence)
        row.self_key, row.self_answered, row.self_note = given.chosen, given.answered, given.note
        row.reason, row.uncounted = sheet.strikes.get(criterion.code, ""), criterion.code in idle
        if score := scores.get(criterion.pk):
            row.answered, row.version, row.note = True, score.version, score.note
            row.chosen = score.option and score.option.key
        rows.append(row)
    return rows


def asked_again(sheet, rows):
    """The proposal by which this sheet is scored again, or None; each row then says what it held before."""
    if sheet.case.turn == 1:
        return None
    past = sheet.past.filter(reopening__turn=sheet.case.turn - 1).select_related("reopening").first()
    if past is None or not past.reopening.sheets.filter(pk=sheet.pk).exists():
        return None
    held = {score.criterion_id: score for score in past.scores.select_related("option")}
    for row in rows:
        if score := held.get(row.criterion.pk):
            points = score.option.points if score.option else 0
            row.before = f"{points} điểm" + (f" – {score.option.text}" if score.option else "")
    return past.reopening


def _groups(criterion, options):
    """Options with the digit that chooses each, under their case (tourism) or under no heading."""
    names = {case["id"]: case["name"] for case in criterion.cases}
    numbered = list(enumerate(options, 1))
    return [
        (names.get(case, ""), list(group)) for case, group in groupby(numbered, key=lambda pair: pair[1].case)
    ]


def by_section(rows):
    """Rows under their sections, for the outline."""
    for (code, name), group in groupby(
        rows, key=lambda row: (row.criterion.section_code, row.criterion.section_name)
    ):
        yield {"code": code, "name": name, "rows": list(group)}


def bar(result):
    """What the bar under a sheet keeps: parts, total, star, gates missed in what is answered, what is left."""
    missed = {}
    for rank in result.gates:
        for check in rank.missed:
            if check.criterion not in result.unanswered:
                missed.setdefault(check.criterion, rank.stars)
    return {
        "parts": result.parts,
        "total": result.total,
        "most": sum(part.max_points for part in result.parts),
        "stars": result.stars,
        "certified": result.certified,
        "least": min(rank.stars for rank in result.gates),
        "missed": [{"code": code, "stars": stars} for code, stars in missed.items()],
        "left": len(result.unanswered),
    }


def explained(verdict):
    """A verdict line by line: reasons, points per part and section, gates per star, law."""
    parts = [
        {
            "code": part.code,
            "name": part.name,
            "points": points_text(part.points),
            "most": part.max_points,
            "sections": [
                (row.code, row.name, points_text(row.points), row.max_points) for row in part.sections
            ],
        }
        for part in verdict.parts
    ]
    gates = [
        {
            "stars": rank.stars,
            "met": len(rank.met),
            "all": len(rank.met) + len(rank.missed),
            "missed": [{"check": row, "got": points_text(row.got)} for row in rank.missed],
        }
        for rank in verdict.gates
    ]
    total = None if verdict.total is None else two_places(verdict.total)
    return {"verdict": verdict, "total": total, "parts": parts, "gates": gates}


def compared(sheets):
    """Sheets side by side: totals, points per part, and every criterion in which they differ, with its notes."""
    results = [sheet.result() for sheet in sheets]
    parts = [
        {"part": part, "points": [result.parts[at].points for result in results]}
        for at, part in enumerate(results[0].parts if results else ())
    ]
    names = (
        {row.code: row.name for row in Criterion.objects.of(sheets[0].case.dossier.criteria_set)}
        if sheets
        else {}
    )
    return {
        "columns": [
            {"sheet": sheet, "result": result} for sheet, result in zip(sheets, results, strict=True)
        ],
        "parts": parts,
        "differing": [
            {"line": row, "name": names[row.code], "notes": _notes(sheets, row)}
            for row in differences([result.points for result in results])
        ],
    }


def _notes(sheets, row):
    """What members noted at this criterion."""
    return [
        (sheet.seat.user, score.note)
        for sheet in sheets
        for score in sheet.scores.all()
        if score.criterion.code == row.code and score.note
    ]
