"""tmp"""
from tests.test_budgets import cost_of
from tests.bench.visits import fill_world, visits
def test_print(commune):
    found = visits(fill_world(commune))
    for name in sorted(found):
        if name.startswith("accounts") or name in ("desk","home"):
            print("COST", name, cost_of.__wrapped__(name, found[name]) if hasattr(cost_of,"__wrapped__") else safe(name, found[name]))
def safe(name, visit):
    from tests import test_budgets
    return cost_of(name, visit)
