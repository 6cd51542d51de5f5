"""The pages of the law by period for the budgets."""

from tests.bench.places import Visit


def regime_visits():
    """Everybody's pages: the list, the newest law, its difference from the one before."""
    return {
        "products:regimes": Visit(),
        "products:regime": Visit(args=("qd26-2026",)),
        "products:regime_comparison": Visit(args=("qd148-2025", "qd26-2026")),
    }
