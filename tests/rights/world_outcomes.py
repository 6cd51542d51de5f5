"""A draft of a decision for each district, with one concluded case in its annex."""

from tests.evaluation.stories import THREE_STARS, concluded
from tests.factories.evaluation import case_before
from tests.factories.outcomes import AnnexLineFactory, DecisionDraftFactory


def outcomes(tenants, councils):
    """By name of the producer whose district decides."""
    found = {}
    for name, council in (("own", councils["own"]), ("other_district", councils["other"])):
        draft = DecisionDraftFactory(council=council, code=f"qd-2024-{name.replace('_', '-')}"[:30])
        case = concluded(case_before(council, area=tenants[name].entity.area), **THREE_STARS)
        AnnexLineFactory(draft=draft, case=case)
        found[name] = draft
    return found
