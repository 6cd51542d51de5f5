"""Deeds on the screening list of potential products (step 1 of the yearly cycle)."""

from django.db import transaction

from accounts.permissions import require
from entities.actions.facts import altered
from foundation.trail.moves import move, write
from products import permissions
from products.models import PotentialProduct, PotentialStatus, Serial

LOCKED = "Sản phẩm này đã lập ý tưởng hoặc không còn được đề xuất nên không sửa được."


@transaction.atomic
def screen_product(*, by, year, area, **facts):
    """An officer puts a product on the commune's list of the year."""
    require(permissions.may_screen(by, area), "Xã này ngoài địa bàn của bạn.")
    entity = facts.get("entity")
    potential = PotentialProduct(
        code=f"tn-{year}-{Serial.objects.take(f'potential-{year}'):04}",
        year=year,
        area=area,
        recorded_by=by,
        is_demo=by.is_demo or bool(entity and entity.is_demo),
        **facts,
    )
    potential.validate_constraints()
    potential.save()
    write(potential, "Đưa vào danh sách tiềm năng", by=by, new=PotentialStatus.PROPOSED)
    return potential


@transaction.atomic
def revise_potential(potential, *, by, **facts):
    """Put the line right; the trail says what was written before."""
    potential = (
        PotentialProduct.objects.select_for_update(of=("self",)).select_related("area").get(pk=potential.pk)
    )
    require(permissions.may_revise_potential(by, potential), LOCKED)
    require(permissions.may_screen(by, facts.get("area", potential.area)), "Xã này ngoài địa bàn của bạn.")
    said = altered(potential, facts)
    potential.validate_constraints()
    potential.save()
    if said:
        write(potential, "Sửa sản phẩm tiềm năng", by=by, note=said)
    return potential


@transaction.atomic
def drop_potential(potential, *, by, note):
    """The office above the commune leaves it out of this year's choice and says why."""
    require(permissions.may_drop_potential(by, potential))
    move(potential, PotentialStatus.DROPPED, by=by, note=note)


@transaction.atomic
def propose_again(potential, *, by):
    """What was left out is considered again."""
    require(permissions.may_propose_again(by, potential))
    move(potential, PotentialStatus.PROPOSED, by=by)


def take_up(potential, idea, *, by):
    """An idea grew from it, inside the caller's transaction; of two at once the slower reads a message."""
    require(permissions.may_grow_idea(by, potential), LOCKED)
    move(potential, PotentialStatus.TAKEN_UP, by=by, note=f"Ý tưởng {idea.code}")


def let_go(potential, idea, *, by):
    """Its idea goes on no more, so another may grow."""
    move(potential, PotentialStatus.PROPOSED, by=by, note=f"Ý tưởng {idea.code} không tiếp tục")
