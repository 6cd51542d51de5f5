"""Deeds on product ideas (step 2 of the yearly cycle)."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from entities import kinds
from entities.actions.producers import take_part
from entities.actions.visits import plan_visit
from foundation import clock
from foundation.trail.moves import move, write
from products import notices, permissions
from products.actions.potentials import let_go, take_up
from products.models import (
    Idea,
    IdeaOpinion,
    IdeaStatus,
    IdeaVisit,
    Product,
    Serial,
)


@transaction.atomic
def register_idea(*, by, entity, area, kind, criteria_set, name, description, photo=None, potential=None):
    """Write down a product idea, perhaps one that grew from a screening list; it is a draft until it is sent."""
    require(permissions.may_register_idea(by, entity, area))
    _check_kind(entity, criteria_set)
    year = clock.today().year
    idea = Idea(
        code=f"yt-{year}-{Serial.objects.take(f'idea-{year}'):04}",
        entity=entity,
        area=area,
        kind=kind,
        criteria_set=criteria_set,
        name=name,
        description=description,
        potential=potential,
        created_by=by,
        keeper=by,
        is_demo=entity.is_demo,
    )
    idea.validate_constraints()
    if photo:
        idea.photo.save("photo.jpg", photo, save=False)
    idea.save()
    write(idea, "Lập ý tưởng", by=by, new=IdeaStatus.DRAFT)
    if potential:
        take_up(potential, idea, by=by)
    return idea


@transaction.atomic
def revise_idea(idea, *, by, photo=None, **facts):
    """Change an idea that is still in its author's hands."""
    idea = Idea.objects.select_for_update(of=("self",)).get(pk=idea.pk)
    require(permissions.may_edit_idea(by, idea), "Ý tưởng đã gửi nên không sửa được nữa.")
    place = facts.get("entity", idea.entity), facts.get("area", idea.area)
    require(permissions.may_register_idea(by, *place))
    _check_kind(place[0], facts.get("criteria_set", idea.criteria_set))
    for name, value in facts.items():
        setattr(idea, name, value)
    idea.validate_constraints()
    if photo:
        idea.photo.save("photo.jpg", photo, save=False)
    idea.save()
    write(idea, "Sửa ý tưởng", by=by)
    return idea


def _check_kind(entity, criteria_set):
    """Some kinds of producers belong to one group of products only, by the regime of the set."""
    if not kinds.admits(criteria_set.regime_id, entity.kind, criteria_set.industry_code):
        raise ValidationError(
            {"criteria_set": "Hội, hiệp hội chỉ tham gia với sản phẩm du lịch. Hãy chọn bộ du lịch."}
        )


@transaction.atomic
def submit_idea(idea, *, by):
    """Send the idea to the district."""
    require(permissions.may_edit_idea(by, idea))
    move(idea, IdeaStatus.SUBMITTED, by=by, submitted_on=clock.today())
    take_part(idea.entity, clock.today(), by=by, note=f"Gửi ý tưởng {idea.code}")
    notices.idea_submitted(idea, by=by)


@transaction.atomic
def return_idea(idea, *, by, note):
    """The district sends the idea back and says what is missing."""
    require(permissions.may_judge_idea(by, idea))
    move(idea, IdeaStatus.RETURNED, by=by, note=note)
    notices.idea_returned(idea, by=by)


@transaction.atomic
def accept_idea(idea, *, by, note=""):
    """The district accepts the idea: from now on it is a product that may have a dossier."""
    require(permissions.may_judge_idea(by, idea))
    move(idea, IdeaStatus.ACCEPTED, by=by, note=note)
    notices.idea_accepted(idea, by=by)
    return Product.objects.create(
        code=idea.code.replace("yt-", "sp-"),
        name=idea.name,
        entity=idea.entity,
        area=idea.area,
        industry=idea.criteria_set.industry_code,
        set_code=idea.criteria_set.code,
        description=idea.description,
        photo=idea.photo.name,
        idea=idea,
        is_demo=idea.is_demo,
    )


@transaction.atomic
def withdraw_idea(idea, *, by):
    """The author gives the idea up."""
    require(permissions.may_edit_idea(by, idea))
    move(idea, IdeaStatus.WITHDRAWN, by=by)
    if idea.potential:
        let_go(idea.potential, idea, by=by)


@transaction.atomic
def give_opinion(idea, *, by, agreed, text):
    """The commune says what it thinks of an idea that waits; said again, the later word holds."""
    idea = Idea.objects.select_for_update(of=("self",)).select_related("entity").get(pk=idea.pk)
    require(permissions.may_give_opinion(by, idea), "Ý tưởng này không chờ ý kiến của xã bạn.")
    facts = {"agreed": agreed, "text": text, "given_on": clock.today(), "by": by}
    opinion, _ = IdeaOpinion.objects.update_or_create(idea=idea, defaults=facts)
    write(idea, "Ý kiến của xã", by=by, note=f"{opinion}. {text}")
    notices.opinion_given(opinion, by=by)
    return opinion


@transaction.atomic
def reject_idea(idea, *, by, note):
    """The district does not accept the idea and says why; it does not come back."""
    require(permissions.may_judge_idea(by, idea))
    move(idea, IdeaStatus.REJECTED, by=by, note=note)
    if idea.potential:
        let_go(idea.potential, idea, by=by)
    notices.idea_rejected(idea, by=by)


@transaction.atomic
def plan_idea_visit(idea, *, by, **facts):
    """Plan a visit to the idea's producer that is about this idea."""
    visit = plan_visit(by=by, entity=idea.entity, **facts)
    IdeaVisit.objects.create(idea=idea, visit=visit)
    write(idea, "Lên lịch hỗ trợ", by=by, note=f"Ngày {visit.planned_on:%d/%m/%Y}")
    return visit
