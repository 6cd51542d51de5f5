"""What must hold for any sheets whatever, on the real sets of the two laws in use."""

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.regimes.engine import Rules, Sheet, Verdict, judge, score_sheet
from tests.regimes.builders import real_sets

SETS = [(regime, number) for regime in ("qd148-2023", "qd26-2026") for number in (1, 16, 22, 26)]
RULES = st.builds(
    Rules,
    gates_on=st.sampled_from(["mean", "each_sheet"]),
    rounding=st.sampled_from([None, 0, 1, 2]),
    knockout_by=st.sampled_from(["any", "majority"]),
)
QUICK = settings(max_examples=40, deadline=None)


@st.composite
def councils(draw, most=5):
    """A real set and complete sheets of one to five judges."""
    regime, number = draw(st.sampled_from(SETS))
    criteria_set = real_sets(regime)[number]
    return criteria_set, draw(st.lists(sheets(criteria_set), min_size=1, max_size=most))


def sheets(criteria_set):
    choices = {
        row.code: st.sampled_from([None] * row.none_allowed + [option.key for option in row.options])
        for row in criteria_set.criteria.values()
    }
    return st.builds(Sheet, st.fixed_dictionaries(choices))


def raised(data, criteria_set, sheet):
    """The sheet with one answer replaced by a higher option of the same criterion, if there is one."""
    code = data.draw(st.sampled_from(sorted(criteria_set.criteria)))
    criterion = criteria_set.criterion(code)
    now = criterion.points_for(sheet.answers[code])
    higher = [option.key for option in criterion.options if option.points > now]
    key = data.draw(st.sampled_from(higher)) if higher else sheet.answers[code]
    return Sheet(sheet.answers | {code: key})


@QUICK
@given(councils(), RULES, st.randoms())
def test_order_of_sheets_changes_neither_points_nor_star(council, rules, random):
    criteria_set, given_sheets = council
    shuffled = random.sample(given_sheets, len(given_sheets))

    one, other = judge(criteria_set, given_sheets, rules), judge(criteria_set, shuffled, rules)

    assert (one.total, one.parts, one.gates, one.stars) == (
        other.total,
        other.parts,
        other.gates,
        other.stars,
    )


@QUICK
@given(councils(), RULES, st.data())
def test_higher_option_never_lowers_total_or_star(council, rules, data):
    criteria_set, before = council
    which = data.draw(st.integers(0, len(before) - 1))
    after = [*before]
    after[which] = raised(data, criteria_set, before[which])

    old, new = judge(criteria_set, before, rules), judge(criteria_set, after, rules)

    assert new.total >= old.total
    assert new.stars >= old.stars


@QUICK
@given(councils(), RULES)
def test_mean_lies_between_the_sheets_and_equals_its_parts(council, rules):
    criteria_set, given_sheets = council
    verdict = judge(criteria_set, given_sheets, rules)

    assert min(verdict.sheets) <= verdict.total <= max(verdict.sheets)
    assert verdict.total == sum(part.points for part in verdict.parts)
    assert verdict.total == Fraction(sum(verdict.sheets), len(given_sheets))
    for part in verdict.parts:
        assert part.points == sum(section.points for section in part.sections) <= part.max_points


@QUICK
@given(councils(), RULES)
def test_star_never_exceeds_its_band_and_every_gate_up_to_it_is_met(council, rules):
    verdict = judge(*council, rules)

    assert verdict.stars <= verdict.band
    assert not any(row.missed for row in verdict.gates if row.stars <= verdict.stars)
    assert verdict.stars == verdict.band or verdict.gates[verdict.stars + 1 - 3].missed


@QUICK
@given(councils(), RULES)
def test_gates_on_each_sheet_are_never_kinder_than_gates_on_the_mean(council, rules):
    strict = Rules(gates_on="each_sheet", rounding=rules.rounding, knockout_by=rules.knockout_by)
    mean = Rules(gates_on="mean", rounding=rules.rounding, knockout_by=rules.knockout_by)
    assert judge(*council, strict).stars <= judge(*council, mean).stars


@QUICK
@given(councils(most=1), RULES.filter(lambda rules: rules.rounding is None))
def test_council_of_one_judges_as_the_bar_on_the_page(council, rules):
    criteria_set, (sheet,) = council
    verdict, result = judge(criteria_set, [sheet], rules), score_sheet(criteria_set, sheet.answers)
    assert (verdict.total, verdict.band, verdict.stars) == (result.total, result.band, result.stars)


@QUICK
@given(councils(), RULES)
def test_every_verdict_survives_freezing(council, rules):
    verdict = judge(*council, rules)
    assert Verdict.from_dict(verdict.to_dict()) == verdict


def test_control_properties_look_at_sets_with_gates_conditions_and_cases():
    criteria = [row for regime, number in SETS for row in real_sets(regime)[number].criteria.values()]
    assert any(row.gates for row in criteria)
    assert any(row.applies_if for row in criteria)
    assert any(row.cases for row in criteria)
