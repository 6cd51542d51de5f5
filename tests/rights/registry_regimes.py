"""How to reach the pages of the law by period: each regime, one that does not exist."""

from tests.rights.places import MISSING, NO_CODE, Place, plain

PLACES = {
    "products:regimes": plain,
    "products:regime": lambda world: [Place("", ("qd148-2023",)), Place(MISSING, (NO_CODE,))],
    "products:regime_comparison": lambda world: [
        Place("", ("qd148-2023", "qd26-2026")),
        Place(MISSING, ("qd148-2023", NO_CODE)),
    ],
}
