"""Visits to the pages of support, and of what officers keep about producers and craft villages."""

import datetime as dt

from django.core.files.base import ContentFile

from accounts.models import User
from entities.actions.calendars import renew_link
from entities.models import CraftVillage, Entity
from tests.bench.places import MORE_THAN_A_PAGE, SENT, Visit
from tests.factories.entities import (
    CraftVillageFactory,
    SalesChannelFactory,
    StrengtheningFactory,
    VillagePhotoFactory,
)
from tests.factories.support import (
    AgreedActionFactory,
    FieldVisitFactory,
    GuideFactory,
    GuideSampleFactory,
    SupportGrantFactory,
    SupportPolicyFactory,
    VisitPhotoFactory,
)


def support_visits(world):
    """Support of producers: visits and what was agreed, policies and grants, guidance; more than a page of each."""
    who, office, maker = "canbohuyen", "songanh", world.idea.entity
    officer = User.objects.get(username=who)
    facts = {"entity": maker, "officer": officer}
    planned = FieldVisitFactory.create_batch(MORE_THAN_A_PAGE, planned_on=dt.date(2024, 12, 20), **facts)[0]
    held = FieldVisitFactory(held=True, **facts)
    action = AgreedActionFactory.create_batch(MORE_THAN_A_PAGE, visit=held)[0]
    paper = ContentFile(b"%PDF-1.4", name="a.pdf")
    done = AgreedActionFactory(
        visit=held,
        done_on=SENT,
        agreed_on=SENT,
        done_by=officer,
        evidence=paper,
        evidence_type="application/pdf",
    )
    photo = VisitPhotoFactory.create_batch(4, visit=held)[0]
    policy = SupportPolicyFactory.create_batch(MORE_THAN_A_PAGE)[0]
    grant = SupportGrantFactory.create_batch(MORE_THAN_A_PAGE, entity=maker, policy=policy)[0]
    guide = GuideFactory.create_batch(MORE_THAN_A_PAGE)[0]
    sample = GuideSampleFactory(guide=guide)
    code, page = (planned.code,), (guide.code,)
    return {
        "entities:visits": Visit(who),
        "entities:visit_new": Visit(who),
        "entities:visit": Visit(who, (held.code,)),
        "entities:visit_edit": Visit(who, code),
        "entities:visit_record": Visit(who, code),
        "entities:visit_photos": Visit(who, code),
        "entities:visit_photo": Visit(who, (held.code, photo.code)),
        "entities:visit_cancellation": Visit(who, code),
        "entities:visit_calendar": Visit(who, code),
        "entities:agreed": Visit(who),
        "entities:action_new": Visit(who, code),
        "entities:action_done": Visit(who, (action.code,)),
        "entities:action_evidence": Visit(who, (done.code,)),
        "entities:calendar": Visit(who),
        "entities:calendar_feed": Visit(args=(renew_link(officer, by=officer),)),
        "entities:policies": Visit(office),
        "entities:policy": Visit(office, (policy.code,)),
        "entities:policy_new": Visit(office),
        "entities:policy_edit": Visit(office, (policy.code,)),
        "entities:grants": Visit(office),
        "entities:grant_new": Visit(who, (policy.code,)),
        "entities:grant_edit": Visit(who, (grant.code,)),
        "entities:guides": Visit(office),
        "entities:guide": Visit("chuthe.tracvan", page),
        "entities:guide_new": Visit(office),
        "entities:guide_edit": Visit(office, page),
        "entities:guide_versions": Visit(office, page),
        "entities:guide_version": Visit(office, (*page, 1)),
        "entities:sample_new": Visit(office, page),
        "entities:sample": Visit(office, (*page, sample.code)),
        "products:entity_support": Visit(who, (maker.code,)),
        "products:idea_visit_new": Visit(who, (world.idea.code,)),
    }


def trade_visits():
    """Channels, strengthening and the book of villages: more than a page of each, around one producer."""
    who, maker = "canbohuyen", Entity.objects.get(code="td-trac-van")
    proof = {"entity": maker, "evidence": ContentFile(b"%PDF-1.7 thu", name="a.pdf")}
    proof["evidence_type"] = "application/pdf"
    channel = SalesChannelFactory.create_batch(MORE_THAN_A_PAGE, **proof)[0]
    days = [SENT - dt.timedelta(number) for number in range(MORE_THAN_A_PAGE)]
    facts = [StrengtheningFactory(day=day, **proof) for day in days]
    village = CraftVillage.objects.get(is_demo=True)
    photo = VillagePhotoFactory(village=village)
    waiting = CraftVillageFactory.create_batch(MORE_THAN_A_PAGE, area=maker.area)[0]
    product = maker.products.earliest("pk")
    carrying = maker.channels.get(carried__product=product)
    one, done, place = (channel.code,), (facts[0].code,), (village.code,)
    return {
        "entities:channels": Visit(who),
        "entities:channel": Visit(who, (carrying.code,)),
        "entities:channel_edit": Visit(who, one),
        "entities:channel_ending": Visit(who, one),
        "entities:channel_strike": Visit(who, one),
        "entities:channel_evidence": Visit(who, one),
        "entities:producer_channels": Visit(who, (maker.code,)),
        "entities:channel_new": Visit(who, (maker.code,)),
        "entities:strengthenings": Visit(who),
        "entities:strengthening": Visit(who, done),
        "entities:strengthening_new": Visit(who, (maker.code,)),
        "entities:strengthening_edit": Visit(who, done),
        "entities:strengthening_strike": Visit(who, done),
        "entities:strengthening_evidence": Visit(who, done),
        "entities:village_book": Visit(who),
        "entities:village_new": Visit(who),
        "entities:village_record": Visit(who, place),
        "entities:village_edit": Visit(who, place),
        "entities:village_recognition": Visit("canbotinh", (waiting.code,)),
        "entities:village_withdrawal": Visit("canbotinh", place),
        "entities:village_photo_new": Visit(who, place),
        "entities:village_photo": Visit(args=(*place, photo.code)),
        "products:carried_new": Visit(who, one),
        "products:carried_ending": Visit(who, (carrying.code, product.code)),
    }
