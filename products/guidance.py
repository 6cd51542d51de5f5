"""Which papers support which criteria of a dossier, and what is still missing, as the producer's page says it."""

from dataclasses import dataclass

from foundation.regimes.climb import climb
from products import rules


@dataclass(frozen=True)
class Support:
    """One kind of paper: how many points it can support, at which criteria, what of it is there."""

    code: str
    name: str
    mandatory: bool
    points: int
    criteria: tuple
    titles: tuple
    expired: tuple


@dataclass(frozen=True)
class Gap:
    """A criterion with points in the self-score and no file that proves them: which papers would."""

    criterion: object
    points: int
    papers: tuple


def supports(dossier, criteria, papers):
    """Every kind of paper of the regime that is a file, in the order of the form."""
    for kind in dossier.regime.document_kinds:
        if kind.physical:
            continue
        about = rules.supported(dossier.regime, kind.code, criteria)
        there = [paper for paper in papers if paper.kind == kind.code]
        yield Support(
            code=kind.code,
            name=kind.name,
            mandatory=kind.required_for(dossier.criteria_set.industry_code),
            points=sum(row.max_points for row in about),
            criteria=tuple(about),
            titles=tuple(paper.title for paper in there),
            expired=tuple(paper for paper in there if paper.has_expired),
        )


def gaps(dossier, criteria, papers, result):
    """Criteria that were given points, for which papers are known, and to which no valid file is tied."""
    proved = {row.pk for paper in papers if not paper.has_expired for row in paper.criteria.all()}
    kinds = list(supports(dossier, criteria, ()))
    for row in criteria:
        names = tuple(kind.name for kind in kinds if row in kind.criteria)
        if result.points[row.code] and names and row.pk not in proved:
            yield Gap(row, result.points[row.code], names)


def guidance(dossier):
    """Everything that the page beside the form shows; four queries."""
    criteria = list(dossier.criteria_set.criteria.all())
    papers = list(dossier.evidence.prefetch_related("criteria"))
    answers = dossier.answers()
    result = dossier.result()
    return {
        "result": result,
        "climb": climb(dossier.criteria_set.engine_set(), answers),
        "supports": list(supports(dossier, criteria, papers)),
        "gaps": list(gaps(dossier, criteria, papers, result)),
    }
