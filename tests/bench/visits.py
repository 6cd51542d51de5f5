"""A filled portal, and for every page that can be read: who reads it, where. For budgets of queries and bytes."""

import datetime as dt
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.core import signing
from django.core.files.base import ContentFile
from django.core.management import call_command

from accounts.actions.invitations import invite
from accounts.actions.own_account import SALT
from accounts.models import Invitation, LetterKind, Role, User
from accounts.works.signing import set_password_link
from entities import loading as entities_loading
from entities.models import CraftVillage, Entity, Membership
from evaluation.models import Council
from foundation.areas import loading as areas_loading
from foundation.areas.models import Area
from foundation.regimes.engine import DOSSIER
from foundation.sources import loading as sources_loading
from foundation.trail.moves import write
from ocop_portal.demo.seeding import seed
from products import loading as products_loading
from products.models import Certificate, Dossier, DossierStatus, IdeaStatus
from promotion import loading as promotion_loading
from promotion.models import Event
from targets import loading as targets_loading
from targets import papers, progress
from targets.models import YearPlan
from tests.bench import visits_councils
from tests.bench.makers import maker_visits
from tests.bench.places import MORE_THAN_A_PAGE, SENT, Visit
from tests.bench.visits_catalogue import catalogue_visits
from tests.bench.visits_certificates import certificate_visits
from tests.bench.visits_dossiers import dossier_visits
from tests.bench.visits_files import file_visits
from tests.bench.visits_late import late_visits
from tests.bench.visits_outcomes import outcome_visits
from tests.bench.visits_plans import plan_visits
from tests.bench.visits_regimes import regime_visits
from tests.bench.visits_scoring import scoring_visits
from tests.bench.visits_support import support_visits, trade_visits
from tests.evaluation.stories import THREE_STARS, concluded, opened
from tests.factories.accounts import InvitationFactory, LetterFactory, NoticeFactory
from tests.factories.areas import AreaFactory
from tests.factories.entities import EntityFactory
from tests.factories.evaluation import case_before, fill
from tests.factories.imports import ImportRowFactory, ImportRunFactory
from tests.factories.privacy import DataExportFactory, DataRequestFactory
from tests.factories.products import EvidenceFactory, IdeaFactory
from tests.factories.targets import JobFactory, ProgressReportFactory

GENERATED = {"producers": 60, "products": 120, "dossiers": 60}


@dataclass
class World:
    """Records that the visits go to."""

    idea: object
    draft_idea: object
    dossier: object
    certificate: object
    plan: object
    report: object
    job: object
    scoring: object
    opened: object
    concluded: object
    evidence: object
    case_evidence: object
    letter: object


def fill_portal():
    """Real reference data, the demonstration, generated rows and more than a page of everything signed-in."""
    for module in (sources_loading, entities_loading, products_loading, promotion_loading, targets_loading):
        module.load()
    seed()
    call_command("generate", seed=1, **GENERATED, verbosity=0)


def fill_world(commune):
    """``fill_portal`` with a record in every state that a page needs; area: the demonstration's commune."""
    fill_portal()
    producer, leader = (User.objects.get(username=name) for name in ("chuthe.tracvan", "lanhdao"))
    end_a_commune(commune.parent.parent)
    maker = EntityFactory(area=commune)
    Membership.objects.create(entity=maker, user=producer)
    facts = {"entity": maker, "created_by": producer, "photo": ContentFile(b"jpeg", name="a.jpg")}
    ideas = IdeaFactory.create_batch(
        MORE_THAN_A_PAGE, status=IdeaStatus.SUBMITTED, submitted_on=SENT, **facts
    )
    make_a_story(leader)
    council, plan = Council.objects.get(code="hd-349-2024"), YearPlan.objects.get(year=2024)
    JobFactory.create_batch(MORE_THAN_A_PAGE, by=leader)
    cases = [case_before(council, area=commune) for _ in range(MORE_THAN_A_PAGE)]
    fill(cases[0].sheets.get(seat__user__username="uyvien.huyen"))
    dossier = Dossier.objects.get(status=DossierStatus.DRAFT, product__entity__code="td-trac-van")
    return World(
        idea=ideas[0],
        draft_idea=IdeaFactory(**facts),
        dossier=dossier,
        certificate=Certificate.objects.select_related("rating__product").first(),
        plan=plan,
        report=make_reports(plan, leader),
        job=leader.jobs.first(),
        scoring=cases[0],
        opened=opened(cases[1]),
        concluded=concluded(cases[2], **THREE_STARS),
        evidence=EvidenceFactory(dossier=dossier),
        case_evidence=EvidenceFactory(dossier=cases[0].dossier),
        letter=make_news(User.objects.get(username="canbohuyen"), commune),
    )


def make_a_story(person):
    """More than a page of entries about somebody."""
    for number in range(MORE_THAN_A_PAGE):
        write(person, f"Sửa lần {number}", by=person, note="theo góp ý")


def make_news(officer, area):
    """More than a page of notices and letters for the officer; one of the letters."""
    NoticeFactory.create_batch(MORE_THAN_A_PAGE, person=officer)
    facts = {"kind": LetterKind.NOTICE, "person": officer, "to": officer.email, "area": area}
    return LetterFactory.create_batch(MORE_THAN_A_PAGE, **facts)[0]


def make_reports(plan, leader):
    """More than a page of reports on the province; one of them, with true figures."""
    figures = papers.frozen(progress.open_books(plan, SENT), plan.area)
    facts = {"plan": plan, "area": plan.area, "by": leader, "figures": figures, "as_of": SENT}
    return ProgressReportFactory.create_batch(MORE_THAN_A_PAGE, **facts)[0]


def visits(world):
    """Name of the page → who goes where."""
    return {
        **public_visits(world),
        **catalogue_visits(world),
        **regime_visits(),
        **trade_visits(),
        **producer_visits(world),
        **officer_visits(world),
        **council_visits(world),
        **people_visits(world),
        **personal_visits(),
        **account_visits(),
        **support_visits(world),
        **plan_visits(world),
        **dossier_visits(world),
        **visits_councils.council_visits(world),
        **late_visits(world),
        **scoring_visits(world),
        **outcome_visits(world),
        **certificate_visits(world),
        **file_visits(world.evidence, "chuthe.tracvan"),
        **{name: Visit(*facts) for name, facts in maker_visits(world.idea.entity, MORE_THAN_A_PAGE).items()},
    }


def account_visits():
    """One's own account; pages that ask for a fresh sign-in answer with the way there."""
    person = User.objects.get(username="chuthe")
    link = set_password_link(person).rstrip("/").split("/")[-2:]
    token = signing.dumps({"person": person.pk, "email": "a@vi-du.vn", "instead_of": person.email}, salt=SALT)
    passkey = Authenticator.objects.create(
        user=person, type="webauthn", data={"name": "Máy", "credential": {}}
    )
    sensitive = ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes", "accounts:email")
    return {
        "account_reset_password": Visit(),
        "account_reset_password_done": Visit(),
        "account_reset_password_from_key": Visit(args=tuple(link)),
        "accounts:demo_codes": Visit(),
        "mfa_authenticate": Visit(),
        "openid_connect_login": Visit(args=("sso",)),
        "openid_connect_callback": Visit(args=("sso",)),
        "accounts:profile": Visit("chuthe"),
        "accounts:email_confirmation": Visit("chuthe", (token,)),
        "account_change_password": Visit("chuthe"),
        "account_reauthenticate": Visit("chuthe"),
        "usersessions_list": Visit("chuthe"),
        "mfa_index": Visit("canbohuyen"),
        "mfa_square": Visit("chuthe"),
        "mfa_reauthenticate": Visit("canbohuyen"),
        "mfa_deactivate_totp": Visit("canbohuyen"),
        "mfa_view_recovery_codes": Visit("canbohuyen"),
        "mfa_reauthenticate_webauthn": Visit("canbohuyen"),
        "mfa_remove_webauthn": Visit("chuthe", (passkey.pk,)),
        "accounts:factor_resets": Visit("quantri"),
        **{name: Visit("chuthe") for name in sensitive},
    }


def personal_visits():
    """Personal data: a person's own pages, and the administrators' requests."""
    who, office = "chuthe.tracvan", "quantri"
    person = User.objects.get(username=who)
    request = DataRequestFactory.create_batch(MORE_THAN_A_PAGE, person=person)[0]
    code, copy = (request.code,), DataExportFactory(person=person)
    return {
        "accounts:register": Visit(),
        "accounts:my_data": Visit(who),
        "accounts:my_data_file": Visit(who, (copy.code,)),
        "accounts:request_new": Visit(who),
        "accounts:consent": Visit(who),
        "accounts:consent_withdrawal": Visit(who),
        "accounts:data_requests": Visit(office),
        "accounts:data_request": Visit(office, code),
        "accounts:request_answer": Visit(office, code),
        "accounts:request_fulfilment": Visit(office, code),
        "accounts:request_refusal": Visit(office, code),
    }


def public_visits(world):
    """Pages that everybody may read."""
    token, product = (world.certificate.token,), (world.certificate.rating.product.code,)
    with_photo = world.certificate.rating.product
    with_photo.photo.save("a.jpg", ContentFile(b"jpeg"))
    return {
        "home": Visit(),
        "health": Visit(),
        "account_login": Visit(),
        "entities:villages": Visit(),
        "entities:village": Visit(args=(CraftVillage.objects.earliest("pk").code,)),
        "promotion:events": Visit(),
        "promotion:event": Visit(args=(Event.objects.earliest("pk").code,)),
        "products:catalogue": Visit(),
        "products:public": Visit(args=product),
        "products:photo": Visit(args=product),
        "products:certificate": Visit(args=token),
        "products:certificate_file": Visit(args=token),
    }


def producer_visits(world):
    """A producer's person at work."""
    who, code, draft = "chuthe.tracvan", (world.dossier.code,), (world.draft_idea.code,)
    return {
        "products:idea_new": Visit(who),
        "products:idea": Visit(who, draft),
        "products:idea_edit": Visit(who, draft),
        "products:idea_photo": Visit(who, draft),
        "products:dossier": Visit(who, code),
        "products:registration": Visit(who, code),
        "products:self_score": Visit(who, code),
        "products:evidence_new": Visit(who, code),
        "products:evidence_file": Visit(who, (*code, world.evidence.code)),
    }


def officer_visits(world):
    """Officers and those who lead."""
    year = (world.plan.year,)
    return {
        "desk": Visit("canbohuyen"),
        "notices": Visit("canbohuyen"),
        "accounts:notice_settings": Visit("canbohuyen"),
        "accounts:letters": Visit("canbohuyen"),
        "accounts:letter": Visit("canbohuyen", (world.letter.code,)),
        "products:ideas": Visit("canbohuyen"),
        "products:dossiers": Visit("canbotinh"),
        "products:idea_return": Visit("canbohuyen", (world.idea.code,)),
        "targets:plans": Visit("lanhdao"),
        "targets:plan": Visit("lanhdao", year),
        "targets:indicator": Visit("lanhdao", (*year, "tong-san-pham")),
        "targets:stage": Visit("lanhdao", (*year, "ho-so-da-cong-nhan-hang-sao")),
        "targets:reports": Visit("lanhdao"),
        "targets:report_new": Visit("lanhdao"),
        "targets:report": Visit("lanhdao", (world.report.code,)),
        "targets:report_file": Visit("lanhdao", (world.report.code, "pdf")),
        "targets:report_texts": Visit("lanhdao", (world.report.code,)),
        "targets:report_signing": Visit("lanhdao", (world.report.code,)),
        "targets:ministry_table": Visit("lanhdao", (*year, "csv")),
        "jobs:jobs": Visit("lanhdao"),
        "jobs:job": Visit("lanhdao", (world.job.code,)),
        "ui:gallery": Visit("quantri"),
        "accounts:trail": Visit("quantri"),
        "accounts:trail_record": Visit("quantri", ("accounts.user", User.objects.get(username="lanhdao").pk)),
        **placement_visits(),
        **import_visits(),
    }


def import_visits():
    """More than a page of an officer's imports, one of them with more than a page of rows."""
    who = "canbohuyen"
    run = ImportRunFactory.create_batch(MORE_THAN_A_PAGE, by=User.objects.get(username=who))[0]
    ImportRowFactory.create_batch(MORE_THAN_A_PAGE, run=run)
    return {
        "accounts:import_runs": Visit(who),
        "accounts:import_new": Visit(who),
        "accounts:import_run": Visit(who, (run.code,)),
        "accounts:import_columns": Visit(who, (run.code,)),
        "accounts:import_wrong_rows": Visit(who, (run.code,)),
    }


def placement_visits():
    """A unit that is no more, with more than a page of records that wait at the province."""
    gone = Area.objects.get(code="90001")
    chosen = {"chon": [f"entity:{maker.code}" for maker in Entity.objects.filter(area=gone)]}
    return {
        "accounts:area_search": Visit("canbotinh", query={"q": "tan"}),
        "accounts:waiting": Visit("canbotinh"),
        "accounts:waiting_from": Visit("canbotinh", (gone.slug,)),
        "accounts:placement": Visit("canbotinh", (gone.slug,), chosen),
    }


def end_a_commune(province):
    """An invented commune that ended without a stated successor, with its producers."""
    gone = AreaFactory(code="90001", parent=province, valid_to=dt.date(2024, 6, 30))
    areas_loading.store_whereabouts()
    EntityFactory.create_batch(MORE_THAN_A_PAGE, area=gone)


def council_visits(world):
    """The council of the district."""
    scoring, open_case = (world.scoring.code,), (world.opened.code,)
    return {
        "evaluation:cases": Visit("thuky.huyen"),
        "evaluation:admissions": Visit("thuky.huyen"),
        "evaluation:case": Visit("chutich.huyen", (world.concluded.code,)),
        "evaluation:dossier": Visit("uyvien.huyen", scoring),
        "evaluation:evidence": Visit("uyvien.huyen", (*scoring, world.case_evidence.code)),
        "evaluation:sheet": Visit("uyvien.huyen", scoring),
        "evaluation:strike": Visit("uyvien.huyen", (*scoring, DOSSIER)),
        "evaluation:hand_in": Visit("uyvien.huyen", scoring),
        "evaluation:comparison": Visit("chutich.huyen", open_case),
        "evaluation:reopening": Visit("chutich.huyen", open_case),
        "evaluation:conclusion": Visit("chutich.huyen", open_case),
        "evaluation:decision": Visit("thuky.huyen", (world.concluded.code,)),
    }


def people_visits(world):
    """Who works where; more than a page of invitations."""
    who, username = "quantri", ("canboxa",)
    commune = User.objects.get(username="canboxa").charges[0]
    inviter = User.objects.get(username=who)
    InvitationFactory.create_batch(MORE_THAN_A_PAGE, invited_by=inviter)
    _, token = invite(
        by=inviter, full_name="Người Được Mời", role=Role.COMMUNE_OFFICER, area=commune.area, start=SENT
    )
    return {
        "accounts:roles": Visit(who),
        "accounts:people": Visit(who),
        "accounts:person": Visit(who, username),
        "accounts:charge_new": Visit(who, username),
        "accounts:charge_end": Visit(who, (*username, commune.pk)),
        "accounts:handing_over": Visit(who, username),
        "accounts:closing": Visit(who, username),
        "accounts:looking": Visit(who, username),
        "accounts:invitations": Visit(who),
        "accounts:invitation": Visit(who, (Invitation.objects.latest("pk").code,)),
        "accounts:invitation_new": Visit(who),
        "accounts:joining": Visit(args=(token,)),
    }
