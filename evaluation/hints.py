"""Hints at a judge's conflict of interest with a producer. They ask the judge to think; the judge decides."""

from accounts.models import Role
from entities.models import Membership
from foundation import clock
from foundation.ui.text import plain

HEAD_OFFICE = 10  # digits of a tax code that a firm and its branches share (Thông tư 105/2020/TT-BTC, Điều 5)


def hints(case, seat):
    """Sentences, each saying what this judge and the producer have in common."""
    entity = case.dossier.product.entity
    found = [
        _membership(entity, seat),
        _tax_code(entity, seat),
        _employer(entity, seat),
        _commune(case, seat),
    ]
    return [sentence for sentence in found if sentence]


def _membership(entity, seat):
    if Membership.objects.filter(entity=entity, user=seat.user_id).exists():
        return f"Bạn là người của {entity} trên cổng."
    return ""


def _tax_code(entity, seat):
    mine, theirs = seat.employer_tax_code[:HEAD_OFFICE], entity.tax_code[:HEAD_OFFICE]
    return f"Cơ quan công tác của bạn và {entity} cùng mã số thuế {mine}." if mine and mine == theirs else ""


def _employer(entity, seat):
    names = {plain(name) for name in (entity.name, entity.short_name) if name}
    if plain(seat.employer) in names:
        return f"Cơ quan công tác của bạn trùng tên với {entity}."
    return ""


def _commune(case, seat):
    """The commune of today where the judge lives or serves, against that of producer and product."""
    today, product = clock.today(), case.dossier.product
    theirs = {place.unit for place in (product.entity.place_today, product.place_today)}
    if seat.home and seat.home.place_on(today).unit in theirs:
        return f"Bạn cư trú cùng xã với chủ thể: {seat.home}."
    served = [charge.area for charge in seat.user.charges if charge.role == Role.COMMUNE_OFFICER]
    shared = next((area for area in served if area.place_on(today).unit in theirs), None)
    return f"Bạn công tác tại xã của chủ thể: {shared}." if shared else ""
