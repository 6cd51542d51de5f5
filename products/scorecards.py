"""A set's criteria as rows of a form, with the choice made in each."""

from dataclasses import dataclass, field

from foundation.regimes.models import Criterion
from products.openings import SCORE


@dataclass
class Row:
    """One criterion to answer: its options, what is chosen, the version of that choice, the files behind it."""

    criterion: Criterion
    options: list
    chosen: str | None = None
    answered: bool = False
    version: int = 0
    note: str = ""
    evidence: list = field(default_factory=list)
    locked: bool = False


def rows_of(dossier):
    """The rows of a dossier's self-assessment, in the order of the form; four queries, one more in a round."""
    scores = {score.criterion_id: score for score in dossier.self_scores_for_engine()}
    files = {}
    for evidence in dossier.evidence.prefetch_related("criteria"):
        for criterion in evidence.criteria.all():
            files.setdefault(criterion.pk, []).append(evidence)
    rows, open_now = [], dossier.openings
    for criterion in Criterion.objects.of(dossier.criteria_set):
        row = Row(criterion, list(criterion.options.all()), evidence=files.get(criterion.pk, []))
        row.locked = not open_now.has(SCORE, criterion.code)
        if score := scores.get(criterion.pk):
            row.answered, row.version, row.note = True, score.version, score.note
            row.chosen = score.option.key if score.option else None
        rows.append(row)
    return rows
