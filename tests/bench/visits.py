"""A filled portal, and for every page that can be read: who reads it, where. For budgets of queries and bytes."""

import datetime as dt
from dataclasses import dataclass, field

from allauth.mfa.models import Authenticator
from django.core import signing
from django.core.files.base import ContentFile
from django.core.management import call_command

from accounts.actions.own_account import SALT
from accounts.models import User
from accounts.works import set_password_link
from entities import loading as entities_loading
from entities.models import CraftVillage, Membership
from evaluation.models import Council
from foundation.regimes.engine import DOSSIER
from foundation.sources import loading as sources_loading
from ocop_portal.demo.seeding import seed
from products import loading as products_loading
from products.models import Certificate, Dossier, DossierStatus, IdeaStatus
from promotion import loading as promotion_loading
from promotion.models import Event
from targets import loading as targets_loading
from targets import papers, progress
from targets.models import YearPlan
from tests.evaluation.stories import THREE_STARS, concluded, opened
from tests.factories.entities import EntityFactory
from tests.factories.evaluation import case_before, fill
from tests.factories.products import EvidenceFactory, IdeaFactory
from tests.factories.targets import JobFactory, ProgressReportFactory

MORE_THAN_A_PAGE = 31  # rows of every signed-in list
GENERATED = {"producers": 60, "products": 120, "dossiers": 60}
SENT = dt.date(2024, 9, 1)


@dataclass(frozen=True)
class Visit:
    """One page: who reads it (nobody in particular when empty), with which arguments."""

    who: str = ""
    args: tuple = ()
    query: dict = field(default_factory=dict)


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
    maker = EntityFactory(area=commune)
    Membership.objects.create(entity=maker, user=producer)
    facts = {"entity": maker, "created_by": producer, "photo": ContentFile(b"jpeg", name="a.jpg")}
    ideas = IdeaFactory.create_batch(
        MORE_THAN_A_PAGE, status=IdeaStatus.SUBMITTED, submitted_on=SENT, **facts
    )
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
    )


def make_reports(plan, leader):
    """More than a page of reports on the province; one of them, with true figures."""
    figures = papers.frozen(progress.open_books(plan, SENT), plan.area)
    facts = {"plan": plan, "area": plan.area, "by": leader, "figures": figures, "as_of": SENT}
    return ProgressReportFactory.create_batch(MORE_THAN_A_PAGE, **facts)[0]


def visits(world):
    """Name of the page → who goes where."""
    return {
        **public_visits(world),
        **producer_visits(world),
        **officer_visits(world),
        **council_visits(world),
        **account_visits(),
    }


def account_visits():
    """One's own account; pages that ask for a fresh sign-in answer with the way there."""
    person = User.objects.get(username="chuthe")
    link = set_password_link(person).rstrip("/").split("/")[-2:]
    token = signing.dumps({"person": person.pk, "email": "a@vi-du.vn", "instead_of": ""}, salt=SALT)
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
        "mfa_reauthenticate": Visit("canbohuyen"),
        "mfa_deactivate_totp": Visit("canbohuyen"),
        "mfa_view_recovery_codes": Visit("canbohuyen"),
        "mfa_reauthenticate_webauthn": Visit("canbohuyen"),
        "mfa_remove_webauthn": Visit("chuthe", (passkey.pk,)),
        "accounts:factor_resets": Visit("quantri"),
        **{name: Visit("chuthe") for name in sensitive},
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
    sent = (Dossier.objects.filter(status=DossierStatus.SUBMITTED).earliest("pk").code,)
    year = (world.plan.year,)
    return {
        "desk": Visit("canbohuyen"),
        "products:ideas": Visit("canbohuyen"),
        "products:dossiers": Visit("canbotinh"),
        "products:idea_return": Visit("canbohuyen", (world.idea.code,)),
        "products:return": Visit("canbotinh", sent),
        "targets:plans": Visit("lanhdao"),
        "targets:plan": Visit("lanhdao", year),
        "targets:indicator": Visit("lanhdao", (*year, "tong-san-pham")),
        "targets:stage": Visit("lanhdao", (*year, "ho-so-da-cong-nhan-hang-sao")),
        "targets:reports": Visit("lanhdao"),
        "targets:report_new": Visit("lanhdao"),
        "targets:report": Visit("lanhdao", (world.report.code,)),
        "targets:report_file": Visit("lanhdao", (world.report.code, "pdf")),
        "jobs:jobs": Visit("lanhdao"),
        "jobs:job": Visit("lanhdao", (world.job.code,)),
        "ui:gallery": Visit("quantri"),
    }


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
