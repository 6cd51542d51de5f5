"""An officer's scope follows the reforms: the new unit's officer acts, the vanished unit's officer only reads."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from accounts.models import Assignment, Role, User
from accounts.permissions import serves
from entities.models import Entity, Membership
from evaluation.models import Council
from foundation.areas.models import Area, AreaKind
from ocop_portal.demo.seeding import seed
from products import actions, permissions
from products.forms import communes_for
from products.models import Dossier, DossierStatus, Idea, IdeaStatus, Product
from targets import loading as targets_loading
from targets.models import ProgressReport
from tests.conftest import area, person
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.areas import PlacementFactory
from tests.factories.entities import EntityFactory
from tests.factories.evaluation import CouncilFactory
from tests.factories.products import DossierFactory, IdeaFactory, ProductFactory
from tests.factories.targets import ProgressReportFactory

pytestmark = pytest.mark.django_db
H1_2025, NOW = dt.date(2025, 2, 1), dt.date(2025, 8, 1)
SENT = {"submitted_on": dt.date(2024, 9, 1)}


def unit(code, day, kind=AreaKind.COMMUNE):
    return Area.objects.on(day).with_parents().get(code=code, kind=kind)


@pytest.fixture
def idea(commune):
    """Sent in 2024 from Xã Chuyên Ngoại, which goes whole into Phường Duy Tiên."""
    return IdeaFactory(entity__area=commune, status=IdeaStatus.SUBMITTED, **SENT)


def test_the_new_officer_acts_and_the_old_one_only_reads(settings, idea, commune, province):
    old, older = person(Role.DISTRICT_OFFICER, commune.parent), person(Role.PROVINCE_OFFICER, province)
    new = person(Role.PROVINCE_OFFICER, unit("37", NOW, AreaKind.PROVINCE))
    settings.DEMO_DAY = NOW

    for reader in (old, older, new):
        assert idea in Idea.objects.visible_to(reader)
    assert [idea in Idea.objects.waiting_for(user) for user in (old, older, new)] == [False, False, True]
    assert [permissions.may_judge_idea(user, idea) for user in (old, older, new)] == [False, False, True]
    with pytest.raises(PermissionDenied):
        actions.accept_idea(idea, by=old)
    assert actions.accept_idea(idea, by=new).area == commune


def test_while_there_are_districts_the_province_does_not_judge(idea, province, commune):
    above, district = person(Role.PROVINCE_OFFICER, province), person(Role.DISTRICT_OFFICER, commune.parent)

    assert [permissions.may_judge_idea(user, idea) for user in (above, district)] == [False, True]
    assert [idea in Idea.objects.waiting_for(user) for user in (above, district)] == [False, True]


def test_a_dossier_follows_its_product(settings, commune):
    product = ProductFactory(entity__area=commune)
    dossier = DossierFactory(product=product, status=DossierStatus.SUBMITTED, **SENT)
    old, ward = person(Role.DISTRICT_OFFICER, commune.parent), unit("13324", NOW)
    new, neighbour = person(Role.COMMUNE_OFFICER, ward), person(Role.COMMUNE_OFFICER, unit("13366", NOW))
    head = person(Role.PROVINCE_OFFICER, ward.parent)
    settings.DEMO_DAY = NOW

    seen = [dossier in Dossier.objects.visible_to(user) for user in (old, new, head, neighbour)]
    assert seen == [True, True, True, False]
    waits = [dossier in Dossier.objects.waiting_for(user) for user in (old, new, head)]
    assert (
        waits == [False, False, True] == [permissions.may_check_dossier(u, dossier) for u in (old, new, head)]
    )


def test_the_placement_of_a_record_moves_the_right_to_act(settings, law):
    old = area("13288", AreaKind.COMMUNE)
    product, sibling = ProductFactory(entity__area=old), ProductFactory(entity__area=old)
    user = person(Role.COMMUNE_OFFICER, unit("13294", H1_2025))
    settings.DEMO_DAY = H1_2025
    assert not serves(user, Role.COMMUNE_OFFICER, product)

    PlacementFactory(subject=product, left=old, unit=unit("13294", H1_2025))

    assert serves(user, Role.COMMUNE_OFFICER, product)
    assert not serves(user, Role.COMMUNE_OFFICER, sibling)
    assert list(Product.objects.visible_to(user)) == [product]


def test_waiting_records_are_the_business_of_the_unit_where_they_wait(settings, law):
    entity = EntityFactory(area=area("13288", AreaKind.COMMUNE))
    district = person(Role.DISTRICT_OFFICER, area("347", AreaKind.DISTRICT))
    elsewhere = person(Role.DISTRICT_OFFICER, area("349", AreaKind.DISTRICT))
    settings.DEMO_DAY = H1_2025

    assert serves(district, Role.DISTRICT_OFFICER, entity)
    assert not serves(elsewhere, Role.DISTRICT_OFFICER, entity)
    assert [entity in Entity.objects.visible_to(user) for user in (district, elsewhere)] == [True, False]


def test_the_office_of_a_renamed_unit_goes_on(settings, law):
    user = person(Role.DISTRICT_OFFICER, area("350", AreaKind.DISTRICT))
    entity = EntityFactory(area=area("13384", AreaKind.COMMUNE))
    settings.DEMO_DAY = H1_2025

    assert serves(user, Role.DISTRICT_OFFICER, entity)
    assert serves(user, Role.DISTRICT_OFFICER, unit("13384", H1_2025))
    assert entity in Entity.objects.visible_to(user)


def test_a_plain_unit_is_judged_by_where_it_is_today(settings, commune):
    user = person(Role.COMMUNE_OFFICER, unit("13324", NOW))
    settings.DEMO_DAY = NOW

    assert serves(user, Role.COMMUNE_OFFICER, commune)
    assert not serves(user, Role.COMMUNE_OFFICER, None)


def test_a_member_of_two_producers_of_the_area_sees_each_once(commune):
    user = person(Role.COMMUNE_OFFICER, commune)
    first, second = EntityFactory.create_batch(2, area=commune)
    for entity in (first, second):
        Membership.objects.create(entity=entity, user=user)
        Membership.objects.create(entity=entity, user=UserFactory())

    assert list(Entity.objects.visible_to(user).order_by("pk")) == [first, second]


@pytest.mark.parametrize(("day", "offered"), [(H1_2025, ["Xã Chuyên Ngoại"]), (NOW, ["Phường Duy Tiên"])])
def test_a_producer_registers_where_it_is_today(settings, commune, day, offered):
    entity = EntityFactory(area=commune)
    user = person(Role.PRODUCER)
    Membership.objects.create(entity=entity, user=user)
    settings.DEMO_DAY = day

    communes = list(communes_for(user))
    assert [str(place) for place in communes] == offered
    assert permissions.may_register_idea(user, entity, communes[0])
    assert not permissions.may_register_idea(user, entity, unit("13366", day))


def test_councils_and_reports_of_a_unit_that_is_no_more_are_read_by_its_successor(
    settings, commune, province
):
    council, report = (
        CouncilFactory(area=commune.parent),
        ProgressReportFactory(area=province, plan__area=province),
    )
    leader = person(Role.MANAGER, unit("37", NOW, AreaKind.PROVINCE))
    ward = person(Role.MANAGER, unit("13324", NOW))
    settings.DEMO_DAY = NOW

    assert council in Council.objects.known_to(leader)
    assert council not in Council.objects.known_to(ward)
    assert [report in ProgressReport.objects.visible_to(user) for user in (leader, ward)] == [True, False]


def test_a_council_keeps_the_dossiers_of_its_unit(settings, commune):
    dossier = DossierFactory(product__entity__area=commune, status=DossierStatus.ACCEPTED, **SENT)
    council = CouncilFactory(area=commune.parent)
    settings.DEMO_DAY = NOW

    assert list(council.admissible_dossiers()) == [dossier]


def test_the_papers_of_a_renamed_units_council_stay_with_its_office(settings, law):
    council = CouncilFactory(area=area("350", AreaKind.DISTRICT))
    user = person(Role.DISTRICT_OFFICER, unit("350", H1_2025, AreaKind.DISTRICT))
    settings.DEMO_DAY = H1_2025

    assert list(Council.objects.run_by(user)) == [council]


def test_assignments_of_units_that_are_no_more_and_who_took_over(law):
    whole = AssignmentFactory(area=area("13345", AreaKind.COMMUNE), role=Role.COMMUNE_OFFICER)
    split = AssignmentFactory(area=area("13357", AreaKind.COMMUNE), role=Role.COMMUNE_OFFICER)
    named = AssignmentFactory(area=area("350", AreaKind.DISTRICT))
    AssignmentFactory(area=unit("13366", NOW))
    AssignmentFactory(area=area("13345", AreaKind.COMMUNE), until=dt.date(2025, 6, 30))

    assert not Assignment.objects.of_ended_units(dt.date(2024, 12, 31)).exists()
    assert list(Assignment.objects.of_ended_units(H1_2025)) == [named]
    found = {row: row.successor_id for row in Assignment.objects.of_ended_units(NOW).with_successor(NOW)}
    assert found == {whole: unit("13324", NOW).pk, split: None, named: None}
    row = Assignment.objects.of_ended_units(H1_2025).with_successor(H1_2025).get()
    assert (row.successor_id, row.goes_on) == (unit("350", H1_2025, AreaKind.DISTRICT).pk, True)


@pytest.fixture
def demo(real_data):
    """The demonstration's people by user name, and the plan of 2024."""
    targets_loading.load()
    seed()
    return {user.username: user for user in User.objects.demo()}


PAGES = {
    "canbohuyen": ("/ban-lam-viec/", "/y-tuong/", "/y-tuong/moi/", "/ho-so/", "/phien-danh-gia/"),
    "canboxa": ("/ban-lam-viec/", "/y-tuong/", "/y-tuong/moi/", "/ho-so/"),
    "chuthe": ("/ban-lam-viec/", "/y-tuong/", "/y-tuong/moi/", "/ho-so/"),
    "lanhdao": (
        "/ban-lam-viec/",
        "/ke-hoach/2024/",
        "/ke-hoach/2025/",
        "/ke-hoach/2024/?ngay=2025-08-01",
        "/bao-cao/",
    ),
    "quantri": ("/ban-lam-viec/", "/dia-ban/cho-xac-dinh/"),
    "": ("/", "/san-pham/", "/san-pham/hn-p014/", "/lang-nghe/", "/lang-nghe/hn-v02/"),
}


@pytest.mark.parametrize("day", [H1_2025, NOW])
def test_every_page_answers_with_and_without_districts(settings, client, demo, day):
    settings.DEMO_DAY = day

    for username, paths in PAGES.items():
        client.logout()
        if username:
            client.force_login(demo[username])
        for path in paths:
            assert client.get(path).status_code == 200, (day, username, path)
