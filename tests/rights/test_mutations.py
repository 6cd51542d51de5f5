"""The control of the matrix: with a scope or a predicate taken away, it finds the leak."""

import inspect
import sys

import pytest
from django.apps import apps

import accounts.permissions
import entities.permissions
import evaluation.permissions
import products.permissions
import targets.permissions
from accounts.models import Role
from foundation.files import permissions as files_permissions
from tests.rights import table
from tests.rights.matrix import Visitor, cases_of, visit_one

pytestmark = pytest.mark.django_db

PREFIXES = {"accounts": "", "jobs": "jobs:", "entities": "entities:", "products": "products:",
            "evaluation": "evaluation:", "targets": "targets:", "files": "files:"}  # fmt: skip
# For a scope or predicate that few pages ask: where it shows, so that the search is short.
NEAR = {
    "Entity": ("products:idea_new",),
    "Idea": ("products:ideas", "products:idea"),
    "Dossier": ("products:dossiers", "products:dossier"),
    "ProgressReport": ("targets:reports", "targets:report_file"),
    "Product": ("products:dossier_opening",),
    "Case": ("evaluation:case", "evaluation:dossier"),
    "Reopening": ("evaluation:turn_refusal",),
    "DecisionDraft": ("evaluation:draft",),
    "Petition": ("evaluation:petition",),
    "Rating": ("products:rating",),
    "ScoreSheet": ("evaluation:comparison",),
    "Sitting": ("evaluation:sitting",),
    "SalesChannel": ("entities:channel",),
    "Strengthening": ("entities:strengthening",),
    "FieldVisit": ("entities:visit",),
    "AgreedAction": ("entities:action_evidence",),
    "SupportGrant": ("entities:grants",),
    "SignUp": ("entities:signup",),
    "ImportRun": ("accounts:import_run",),
    "User": ("accounts:person",),
    "Invitation": ("accounts:invitation",),
    "Notice": ("accounts:notice_opening",),
    "Letter": ("accounts:letter",),
    "DataRequest": ("accounts:data_request",),
    "Bundle": ("files:bundle",),
}
STRANGERS = (
    "other_producer",
    "other_commune_officer",
    "other_district_officer",
    "other_judge",
    "judge",
    "manager",
)


def scoped():
    """Every model of ours whose rows are scoped."""
    return {
        model.__name__: model
        for model in apps.get_models()
        if hasattr(type(model._default_manager.all()), "visible_to")
    }


def first_difference(world, names, roles=STRANGERS):
    """What the matrix says first when it walks these routes, or None when it has nothing to say."""
    for role in roles:
        visitor, then = Visitor(world, role), table.read()[role]
        for name, place, methods in cases_of(world, names):
            visitor.found.cells.clear()
            visit_one(visitor, name, place, methods)
            now = table.spoken(visitor.found.cells)
            changed = [f"{role}: {key}" for key, sign in now.items() if then.get(key) != sign]
            if visitor.found.faults or changed:
                return (visitor.found.faults + changed)[0]
    return None


def near(model):
    """Routes of the model's own app, or the few that ask for it."""
    prefix = PREFIXES[model._meta.app_label]
    return NEAR.get(model.__name__) or [name for name in table.VIEWS if name.startswith(prefix)]


@pytest.mark.parametrize("name", sorted(scoped()))
def test_without_this_scope_the_matrix_finds_a_leak(name, world, monkeypatch):
    model = scoped()[name]
    monkeypatch.setattr(type(model._default_manager.all()), "visible_to", lambda rows, user: rows.all())

    assert first_difference(world, near(model))


def test_with_all_scopes_the_same_walk_finds_nothing(world):
    assert first_difference(world, ("evaluation:case", "products:dossier", "jobs:job"), STRANGERS[:3]) is None


# ---------------------------------------------------------------- predicates

MODULES = {
    "accounts": accounts.permissions,
    "entities": entities.permissions,
    "evaluation": evaluation.permissions,
    "products": products.permissions,
    "targets": targets.permissions,
    "files": files_permissions,
}
# Predicate → routes where it is asked, and by whom the change shows.
ASKED = {
    "products.may_begin_idea": ("products:idea_new", "manager"),
    "products.may_edit_idea": ("products:idea_edit", "commune_officer"),
    "products.may_judge_idea": ("products:idea_acceptance", "commune_officer"),
    "products.may_open_dossier": ("products:dossier_opening", "commune_officer"),
    "products.may_edit_dossier": ("products:registration", "commune_officer"),
    "products.may_edit_evidence": ("files:begin", "commune_officer"),
    "products.may_submit_dossier": ("products:submission", "commune_officer"),
    "products.may_see_screening": ("products:potentials", "nobody"),
    "products.may_begin_screening": ("products:potential_new", "manager"),
    "products.may_screen": ("products:potential_edit", "manager"),
    "products.may_revise_potential": ("products:potential_edit", "manager"),
    "products.may_drop_potential": ("products:potential_drop", "commune_officer"),
    "products.may_propose_again": ("products:potential_again", "commune_officer"),
    "products.may_give_opinion": ("products:idea_opinion", "district_officer"),
    "products.may_see_plans": ("products:plans", "nobody"),
    "products.may_open_plan": ("products:plan_opening", "commune_officer"),
    "products.may_write_plan": ("products:plan_finance", "district_officer"),
    "products.may_check_plan": ("products:plan_approval", "commune_officer"),
    "products.may_track": ("products:plan_milestone", "manager"),
    "products.may_plan_milestones": ("products:plan_milestone_new", "commune_officer"),
    "products.may_stop_plan": ("products:plan_stop", "commune_officer"),
    "products.may_set_calendar": ("products:calendar_edit", "manager"),
    "products.may_see_tracking": ("products:returns", "nobody"),
    "products.may_record_fact": ("products:product_fact_new", "producer"),
    "products.may_file_return": ("products:yearly_return", "manager"),
    "products.may_tell_story": ("products:story_new", "manager"),
    "products.may_check_dossier": ("products:return", "commune_officer"),
    "products.may_accept": ("products:acceptance", "commune_officer"),
    "products.may_assess": ("products:assessment", "district_officer"),
    "products.may_extend": ("products:extension", "commune_officer"),
    "products.may_tend": ("products:rating_revocation", "other_district_officer"),
    "products.may_inspect": ("products:inspection_new", "manager"),
    "products.may_see_renewals": ("products:renewals", "judge"),
    "products.may_ask_late": ("products:late_request", "commune_officer"),
    "products.may_accept_late": ("products:late_acceptance", "commune_officer"),
    "evaluation.may_run": ("evaluation:closing", "manager"),
    "evaluation.may_preside": ("evaluation:opening", "judge"),
    "evaluation.is_of_the_producer": ("evaluation:sheet", "judge"),
    "evaluation.may_direct": ("evaluation:council_rules", "manager"),
    "evaluation.may_settle": ("evaluation:forwarding", "judge"),
    "evaluation.may_record_decision": ("evaluation:decision", "manager"),
    "evaluation.may_draft": ("evaluation:draft_edit", "manager"),
    "accounts.may_see_people": ("accounts:people", "producer"),
    "accounts.givable_roles": ("accounts:invitations", "manager"),
    "accounts.may_take_back": ("accounts:charge_end", "manager"),
    "accounts.may_retire": ("accounts:closing", "district_officer"),
    "accounts.may_look_through": ("accounts:looking", "district_officer"),
    "accounts.may_end_sessions": ("accounts:end_sessions", "province_officer"),
    "accounts.may_see_resets": ("accounts:factor_resets", "manager"),
    "accounts.may_ask_reset": ("accounts:factor_resets", "province_officer"),
    "accounts.may_handle_requests": ("accounts:data_requests", "manager"),
    "accounts.may_handle_request": ("accounts:request_answer", "producer"),
    "accounts.may_read_letter": ("accounts:letter", "district_officer"),
    "accounts.may_resend": ("accounts:letter_resending", "district_officer"),
    "accounts.may_read_trail": ("accounts:trail", "manager"),
    "accounts.may_see_placements": ("accounts:waiting", "manager"),
    "accounts.may_import": ("accounts:import_new", "manager"),
    "entities.may_enter_producers": ("entities:producer_new", "producer"),
    "entities.may_enter_producer": ("entities:producer_status", "producer"),
    "entities.keeps_producer": ("entities:producer_status", "producer"),
    "entities.may_edit_producer": ("entities:producer_edit", "manager"),
    "entities.may_change_status": ("entities:producer_status", "producer"),
    "entities.owns": ("entities:member_invite", "commune_officer"),
    "entities.may_manage_members": ("entities:member_invite", "commune_officer"),
    "entities.may_hand_over": ("entities:member_invite", "manager"),
    "entities.may_invite": ("entities:member_invitation_withdrawal", "commune_officer"),
    "entities.may_see_members": ("entities:members", "manager"),
    "entities.may_see_producers": ("entities:producers", "nobody"),
    "entities.may_judge_signup": ("entities:signup_refusal", "nobody"),
    "entities.may_find_duplicates": ("entities:duplicates", "manager"),
    "entities.may_merge": ("entities:merger", "manager"),
    "entities.may_keep_channels": ("entities:channel_edit", "manager"),
    "entities.may_record_strengthening": ("entities:strengthening_edit", "producer"),
    "entities.may_see_channel_lists": ("entities:channels", "judge"),
    "entities.may_keep_villages": ("entities:village_book", "producer"),
    "entities.may_edit_village": ("entities:village_edit", "producer"),
    "entities.may_recognise_village": ("entities:village_recognition", "commune_officer"),
    "entities.may_withdraw_village": ("entities:village_withdrawal", "commune_officer"),
    "entities.may_plan_visits": ("entities:visit_new", "producer"),
    "entities.may_plan_visit": ("products:idea_visit_new", "producer"),
    "entities.may_hold_visit": ("entities:visit_edit", "producer"),
    "entities.may_add_to_visit": ("entities:action_new", "producer"),
    "entities.may_finish_action": ("entities:action_done", "manager"),
    "entities.may_edit_policies": ("entities:policy_edit", "producer"),
    "entities.may_record_grants": ("entities:grant_new", "producer"),
    "entities.may_record_grant": ("entities:grant_edit", "producer"),
    "entities.may_write_guides": ("entities:guide_edit", "producer"),
    "products.may_keep_shelf": ("products:carried_new", "manager"),
    "targets.may_read_plan": ("targets:plan", "nobody"),
    "targets.may_ask_report": ("targets:report_new", "commune_officer"),
}
# These stand behind a narrower choice on the page, so the page alone cannot show them: the named test does.
NAMED = {
    "accounts.require": "tests/rights/test_access.py",
    "accounts.serves": "tests/accounts/test_roles.py",
    "accounts.serves_above_commune": "tests/rights/test_people.py",
    "accounts.leads": "tests/accounts/test_roles.py",
    "accounts.administers": "tests/rights/test_people.py",
    "accounts.may_give": "tests/rights/test_people.py",
    "accounts.fits": "tests/accounts/test_people_actions.py",
    "accounts.may_place": "tests/accounts/test_placements.py",
    "accounts.needs_second_factor": "tests/rights/test_people.py",
    "accounts.may_decide_reset": "tests/rights/test_people.py",
    "entities.acts_for": "tests/rights/test_support.py",
    "files.may_send": "tests/files/test_receiving.py",
    "files.may_continue": "tests/files/test_receiving.py",
    "files.may_discard": "tests/files/test_receiving.py",
    "files.may_pack": "tests/files/test_bundles.py",
    "entities.looks_after": "tests/rights/test_support.py",
    "entities.may_register_village": "tests/rights/test_support.py",
    "entities.may_tick": "tests/rights/test_support.py",
    "products.acts_for": "tests/products/test_permissions.py",
    "products.may_record_past_rating": "tests/products/test_permissions.py",
    "products.may_grow_idea": "tests/products/test_potentials.py",
    "products.may_register_idea": "tests/products/test_permissions.py",
    "evaluation.may_admit": "tests/evaluation/test_permissions.py",
    "evaluation.may_establish": "tests/evaluation/test_councils.py",
    "evaluation.may_read_evidence": "tests/evaluation/test_statements.py",
    "evaluation.may_state": "tests/evaluation/test_statements.py",
    "evaluation.may_score": "tests/evaluation/test_permissions.py",
    "evaluation.hand_of": "tests/evaluation/test_scoring_permissions.py",
    "evaluation.may_second": "tests/evaluation/test_scoring_permissions.py",
    "evaluation.may_enter_paper": "tests/evaluation/test_scoring_permissions.py",
    "evaluation.may_print_sheets": "tests/evaluation/test_scoring_permissions.py",
    "evaluation.may_advise": "tests/evaluation/test_scoring_permissions.py",
    "targets.reportable": "tests/targets/test_permissions.py",
    "targets.owns_report": "tests/targets/test_permissions.py",
    "targets.may_edit_report": "tests/targets/test_permissions.py",
    "targets.may_send_report": "tests/targets/test_permissions.py",
    "targets.own_areas": "tests/targets/test_permissions.py",
}
SAMPLE = (
    "accounts.may_read_letter",
    "products.may_judge_idea",
    "evaluation.may_preside",
    "targets.may_read_plan",
)


def predicates():
    """Every function of every permissions module."""
    return {
        f"{app}.{name}"
        for app, module in MODULES.items()
        for name, found in inspect.getmembers(module, inspect.isfunction)
        if found.__module__ == module.__name__
    }


def test_every_predicate_is_noticed_by_the_matrix_or_by_a_named_test(pytestconfig):
    assert predicates() == set(ASKED) | set(NAMED)
    for predicate, path in NAMED.items():
        text = (pytestconfig.rootpath / path).read_text(encoding="utf-8")
        assert predicate.partition(".")[2] in text, predicate


def replace_everywhere(monkeypatch, old, new):
    """Also where a module holds the function under its own name."""
    for module in list(sys.modules.values()):
        if getattr(module, old.__name__, None) is old:
            monkeypatch.setattr(module, old.__name__, new)


# What "yes" is for a predicate that answers with more than that.
YES = {"accounts.givable_roles": lambda user: list(Role)}


def noticed(predicate, world, monkeypatch):
    """What the matrix says when the predicate always says yes."""
    app, _, name = predicate.partition(".")
    route, role = ASKED[predicate]
    replace_everywhere(monkeypatch, getattr(MODULES[app], name), YES.get(predicate, lambda *facts: True))
    return first_difference(world, (route,), (role,))


@pytest.mark.parametrize("predicate", SAMPLE)
def test_a_predicate_that_always_says_yes_is_noticed(predicate, world, monkeypatch):
    assert noticed(predicate, world, monkeypatch)


@pytest.mark.drill
@pytest.mark.parametrize("predicate", sorted(set(ASKED) - set(SAMPLE)))
def test_every_predicate_that_always_says_yes_is_noticed(predicate, world, monkeypatch):
    assert noticed(predicate, world, monkeypatch)
