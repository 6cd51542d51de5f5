import json
import pytest
from tests.rights.matrix import ROLES, walk
from tests.rights.registry_support import PLACES
from tests.rights.reading import may_read
pytestmark = pytest.mark.django_db
@pytest.mark.parametrize("role", ["producer","commune_officer","other_district_officer","manager","public","district_officer","administrator","nobody","province_officer","judge"])
def test_x(role, world):
    f = walk(world, role, set(PLACES))
    un = {k for k in may_read(role) if k[1] in ("trade","visit","grant")} - f.read
    with open("/tmp/new_rows.txt","a") as o:
        print("==", role, f.cases, "UNREAD", un, file=o)
        for x in f.faults: print("FAULT", x, file=o)
        for (n,l,m),c in f.cells.items(): print(f"{role}|{m}|{n}|{l}|{c}", file=o)
