"""Support policies and grants."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from entities import permissions, support_loading
from entities.actions import policies as actions
from entities.models import EntityKind, SupportGrant, SupportPolicy
from foundation.trail.models import Entry
from tests.factories.entities import EntityFactory
from tests.factories.support import SupportGrantFactory, SupportPolicyFactory
from tests.products.test_permissions import EVERYBODY, allowed

pytestmark = pytest.mark.django_db
TODAY = dt.date(2024, 10, 15)
FACTS = {"title": "Vay vốn", "kind": "credit", "document": "NĐ 55", "what": "Cho vay.", "start": TODAY}


def test_who_keeps_the_catalogue_and_who_records_grants(people, entity):
    assert allowed(people, permissions.may_edit_policies) == {
        "province_officer", "department_officer", "administrator",
    }  # fmt: skip
    assert allowed(people, permissions.may_record_grant, entity) == {
        "commune_officer", "district_officer", "province_officer", "department_officer",
    }  # fmt: skip
    assert allowed(people, permissions.may_record_grants) == {
        "commune_officer", "district_officer", "other_district_officer", "province_officer", "department_officer",
    }  # fmt: skip


def test_who_sees_a_grant(people, entity):
    SupportGrantFactory(entity=entity)

    assert {name for name in EVERYBODY if SupportGrant.objects.visible_to(people[name]).exists()} == {
        "producer", "commune_officer", "district_officer", "province_officer", "department_officer", "manager",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "fits"),
    [
        ({}, True),
        ({"producer_kinds": [EntityKind.COOPERATIVE, EntityKind.SME]}, True),
        ({"producer_kinds": [EntityKind.SME]}, False),
        ({"stars_min": 3}, True),
        ({"stars_min": 4}, False),
        ({"until": dt.date(2024, 10, 14)}, False),
        ({"until": TODAY}, True),
        ({"start": dt.date(2024, 10, 16)}, False),
    ],
)
def test_which_policies_fit_a_producer(entity, facts, fits):
    SupportPolicyFactory(**facts)

    assert SupportPolicy.objects.fitting(entity, stars=3, day=TODAY).exists() is fits


def test_a_policy_of_a_unit_fits_producers_inside_it_once(entity, commune, other_commune):
    here, there = SupportPolicyFactory(), SupportPolicyFactory()
    here.areas.set([commune, commune.parent])
    there.areas.set([other_commune])

    assert list(SupportPolicy.objects.fitting(entity)) == [here]


def test_what_was_used_is_not_offered_again(entity, commune):
    grant = SupportGrantFactory(entity=entity)
    other = SupportPolicyFactory()

    assert list(SupportPolicy.objects.fitting(entity).not_used_by(entity)) == [other]
    assert grant.policy in SupportPolicy.objects.fitting(entity).not_used_by(EntityFactory(area=commune))


def test_a_policy_is_added_and_revised_with_a_trail(people, commune):
    policy = actions.add_policy(by=people["department_officer"], areas=[commune], **FACTS)
    actions.revise_policy(policy, by=people["administrator"], areas=[], **FACTS | {"title": "Vay vốn mới"})

    policy = SupportPolicy.objects.get()
    assert (policy.title, policy.areas.count(), policy.code[:7]) == ("Vay vốn mới", 0, "vay-von")
    assert [row["what"] for row in Entry.objects.about(policy).as_timeline()] == [
        "Sửa chính sách",
        "Thêm chính sách",
    ]


def test_others_keep_their_hands_off_the_catalogue(people):
    with pytest.raises(PermissionDenied):
        actions.add_policy(by=people["district_officer"], **FACTS)
    with pytest.raises(PermissionDenied):
        actions.revise_policy(SupportPolicyFactory(), by=people["manager"], **FACTS)


def test_a_policy_that_ends_before_it_starts_is_refused(people):
    with pytest.raises(ValidationError, match="sau ngày bắt đầu"):
        actions.add_policy(by=people["administrator"], **FACTS | {"until": dt.date(2024, 10, 14)})


def test_a_grant_is_recorded_and_put_right(people, entity):
    policy, officer = SupportPolicyFactory(), people["commune_officer"]
    facts = {"amount": 1000, "granted_on": TODAY, "decision_number": "5/QĐ", "note": ""}
    grant = actions.record_grant(by=officer, entity=entity, policy=policy, **facts)
    actions.revise_grant(grant, by=officer, reason="gõ thiếu số", **facts | {"amount": 1_000_000})

    assert SupportGrant.objects.get().amount == 1_000_000
    assert "gõ thiếu số" in Entry.objects.about(entity).as_timeline()[0]["note"]


@pytest.mark.parametrize(
    "wrong", [{"amount": 0}, {"granted_on": dt.date(2024, 10, 16)}, {"decision_number": "5/QĐ"}]
)
def test_wrong_grants_are_refused(people, entity, wrong):
    policy = SupportPolicyFactory()
    SupportGrantFactory(entity=entity, policy=policy, decision_number="5/QĐ")
    facts = {"amount": 1, "granted_on": TODAY, "decision_number": "6/QĐ"} | wrong

    with pytest.raises(ValidationError):
        actions.record_grant(by=people["commune_officer"], entity=entity, policy=policy, **facts)


def test_nobody_records_for_a_producer_elsewhere(people, other_commune):
    with pytest.raises(PermissionDenied):
        actions.record_grant(
            by=people["commune_officer"], entity=EntityFactory(area=other_commune), policy=SupportPolicyFactory(),
            amount=1, granted_on=TODAY,
        )  # fmt: skip


def test_pages_of_policies_and_grants(client, people, entity):
    policy = SupportPolicyFactory(title="Vay thử")
    client.force_login(people["department_officer"])
    form = {"title": "Chính sách mới", "kind": "science", "document": "QĐ 1", "what": "Máy", "start": "2024-01-01",
            "certainty": "seen", "stars_min": "3", "producer_kinds": ["sme"]}  # fmt: skip

    made = client.post(reverse("entities:policy_new"), form)
    assert made.status_code == 302, made.content.decode()
    assert SupportPolicy.objects.get(title="Chính sách mới").stars_min == 3
    client.post(reverse("entities:policy_edit", args=[policy.code]), form | {"title": "Vay sửa"})
    assert (
        "Vay sửa" in client.get(reverse("entities:policies"), {"q": "vay sua", "con": "on"}).content.decode()
    )
    grant = {"entity": entity.pk, "amount": "5000000", "granted_on": "2024-10-01"}
    client.post(reverse("entities:grant_new", args=[policy.code]), grant)
    record = SupportGrant.objects.get()
    client.post(
        reverse("entities:grant_edit", args=[record.code]),
        {"amount": "6000000", "granted_on": "2024-10-01", "reason": "nhầm"},
    )
    assert "6 triệu đồng" in client.get(policy.get_absolute_url()).content.decode()
    for name in ("policies", "grants"):
        assert client.get(reverse(f"entities:{name}"), {"tep": "csv"}).status_code == 200


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://vi-du.vn/a", "khong"])
def test_t90_a_link_leads_to_the_web_or_nowhere(client, people, link):
    client.force_login(people["administrator"])
    form = {"title": "x", "kind": "credit", "document": "x", "what": "x", "start": "2024-01-01", "certainty": "seen",
            "stars_min": "0", "link": link}  # fmt: skip

    assert "error-summary" in client.post(reverse("entities:policy_new"), form).content.decode()
    assert not SupportPolicy.objects.exists()


def test_real_policies_and_guidance_load_once_and_revised_ones_stay(law, people):
    first = support_loading.load()
    again = support_loading.load()
    assert [(part.new > 3, part.changed) for part in first] == [(True, 0), (True, 0)]
    assert [(part.new, part.changed) for part in again] == [(0, 0), (0, 0)]

    policy = SupportPolicy.objects.get(code="nd-57-2018")
    assert (policy.document_on, policy.certainty, policy.is_demo) == (dt.date(2018, 4, 17), "seen", False)
    actions.revise_policy(policy, by=people["administrator"], title="Tên do cán bộ sửa")
    support_loading.load()
    assert SupportPolicy.objects.get(code="nd-57-2018").title == "Tên do cán bộ sửa"


def test_every_real_policy_says_where_it_comes_from_and_how_sure_it_is(law):
    support_loading.load()

    for policy in SupportPolicy.objects.all():
        assert policy.document
        assert policy.document_on
        assert policy.certainty == "recalled" or policy.link
