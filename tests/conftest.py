"""The law and the map, the people, and what keeps tests honest."""

import datetime as dt
import os

import pytest
from django.db import connection
from django.test import TransactionTestCase

from accounts.models import Role
from entities import loading as entities_loading
from entities.models import Membership
from evaluation import seal
from foundation.areas import loading as areas_loading
from foundation.areas.models import Area, AreaKind
from foundation.regimes import loading as regimes_loading
from foundation.regimes.models import Regime
from foundation.sources import loading as sources_loading
from products import loading as products_loading
from promotion import loading as promotion_loading
from tests import emptying
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.entities import EntityFactory

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs a loop in this thread


def pytest_addoption(parser):
    """`make drill` and `make shots` use these."""
    parser.addoption("--drill", action="store_true", help="also run the full form of the slow drills")
    parser.addoption("--shots", action="store_true", help="leave screenshots and papers in build/shots")
    parser.addoption("--write-rights", action="store_true", help="write docs/rights.md anew")


def pytest_terminal_summary(terminalreporter):
    """How many cases the matrix of rights has tried."""
    tried = [
        value
        for report in terminalreporter.stats.get("passed", [])
        for name, value in report.user_properties
        if name == "rights_cases"
    ]
    if tried:
        terminalreporter.write_line(f"Rights: {sum(tried)} cases (role × route × object × method)")


# They walk through what plain tests have covered; being traced makes the matrix of rights 1.3 times slower.
UNTRACED = {"rights", "hostile", "journeys"}


def pytest_collection_modifyitems(config, items):
    """The full drills stand aside unless asked for; their sampled forms always run. Some folders are not traced."""
    for item in items:
        if item.path.parent.name in UNTRACED:
            item.add_marker("no_cover")
    if not config.getoption("--drill"):
        drills = [item for item in items if "drill" in item.keywords]
        items[:] = [item for item in items if "drill" not in item.keywords]
        config.hook.pytest_deselected(items=drills)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The browser that the launcher found; without its habit of calling home."""
    quiet = [
        "--no-sandbox",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    chosen = {"executable_path": path} if (path := os.environ.get("CHROMIUM")) else {}
    return {**browser_type_launch_args, **chosen, "args": quiet}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    """A Vietnamese office PC."""
    return {
        **browser_context_args,
        "locale": "vi-VN",
        "timezone_id": "Asia/Ho_Chi_Minh",
        "viewport": {"width": 1280, "height": 900},
    }


FROZEN = (
    "products_submission",
    "products_correctionitem",
    "products_registerentry",
    "products_registerhead",
    "products_signedpaper",
    "products_revocation",
    "targets_factchange",
    *seal.PAST,
)  # append-only too
COMMUNE, DISTRICT, OTHER_DISTRICT, PROVINCE = "13345", "349", "347", "35"


def load_law_and_map():
    """Regimes and areas, unless they are there."""
    if not Regime.objects.exists():
        regimes_loading.load()
    if not Area.objects.exists():
        areas_loading.load()


def let_truncate():
    """Truncation of append-only tables is let through in tests, because transactional ones clean up by it."""
    with connection.cursor() as cursor:
        for table in ("trail_entry", "trail_detail", "trail_link", *FROZEN):
            cursor.execute(f"alter table {table} disable trigger {table}_no_truncate")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, with the law and the map in it from the start, also after tests that commit.

    Truncation is let through here, and where a test has built the tables anew; the test of that very guard switches
    it on again.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        let_truncate()
        load_law_and_map()
        whole = list(emptying.marks())

        def clean_up(case):
            nonlocal whole
            if emptying.empty(unless=whole):
                load_law_and_map()
                whole = list(emptying.marks())

        patch.setattr(TransactionTestCase, "_fixture_teardown", clean_up)
        yield


@pytest.fixture
def law(db):
    """The regimes, also after a test that emptied the database."""
    load_law_and_map()


def area(code, kind):
    """A unit of 2024 by its code."""
    return Area.objects.on(dt.date(2024, 10, 15)).with_parents().get(code=code, kind=kind)


@pytest.fixture
def commune(law):
    """Xã Chuyên Ngoại, thị xã Duy Tiên."""
    return area(COMMUNE, AreaKind.COMMUNE)


@pytest.fixture
def other_commune(law):
    """Xã Phù Vân, thành phố Phủ Lý: another district."""
    return area("13306", AreaKind.COMMUNE)


@pytest.fixture
def province(law):
    """Tỉnh Hà Nam."""
    return area(PROVINCE, AreaKind.PROVINCE)


def person(role, where=None, **facts):
    """A person with one role."""
    user = UserFactory(**facts)
    AssignmentFactory(user=user, role=role, area=where)
    return user


@pytest.fixture
def people(commune, other_commune, province):
    """One person of each kind around a producer in the commune, and their counterparts elsewhere."""
    entity, other = EntityFactory(area=commune), EntityFactory(area=other_commune)
    found = {
        "producer": person(Role.PRODUCER),
        "other_producer": person(Role.PRODUCER),
        "commune_officer": person(Role.COMMUNE_OFFICER, commune),
        "district_officer": person(Role.DISTRICT_OFFICER, commune.parent),
        "other_district_officer": person(Role.DISTRICT_OFFICER, other_commune.parent),
        "province_officer": person(Role.PROVINCE_OFFICER, province),
        "department_officer": person(Role.DEPARTMENT_OFFICER, province),
        "manager": person(Role.MANAGER, province),
        "judge": person(Role.COUNCIL_MEMBER, commune.parent),
        "administrator": person(Role.ADMINISTRATOR),
        "nobody": UserFactory(),
    }
    Membership.objects.create(entity=entity, user=found["producer"])
    Membership.objects.create(entity=other, user=found["other_producer"])
    return found


@pytest.fixture
def entity(people):
    """The producer of ``people["producer"]``."""
    return people["producer"].memberships.get().entity


@pytest.fixture
def real_data(law):
    """Real sources, producers, villages, products and events, as the files state them."""
    for module in (sources_loading, entities_loading, products_loading, promotion_loading):
        module.load()
