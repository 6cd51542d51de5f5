"""Deeds on craft villages: write down, correct, recognise, withdraw the recognition, photos."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from entities import permissions
from entities.actions.facts import altered
from entities.models import CraftVillage, VillagePhoto, VillageStatus
from entities.models.facts import new_code
from foundation import clock
from foundation.trail.moves import move, write


@transaction.atomic
def register_village(*, by, area, **facts):
    """Write down a craft village; recognition is a deed of its own."""
    require(permissions.may_register_village(by, area), "Xã, phường này không thuộc địa bàn của bạn.")
    village = CraftVillage.objects.create(code=f"lang-{new_code()}", area=area, **facts)
    write(village, "Ghi làng nghề", by=by, new=VillageStatus.NAMED)
    return village


@transaction.atomic
def revise_village(village, *, by, **facts):
    """Correct what is written of a village; it may move only inside the officer's own area."""
    village = _locked(village, by)
    if facts.get("area", village.area) != village.area:
        require(
            permissions.may_register_village(by, facts["area"]), "Xã, phường này không thuộc địa bàn của bạn."
        )
    if said := altered(village, facts):
        village.save()
        write(village, "Sửa làng nghề", by=by, note=said)
    return village


@transaction.atomic
def recognise_village(village, *, by, kind, decision_number, decided_on, issuer):
    """Enter the decision that recognises the village."""
    require(permissions.may_recognise_village(by, village))
    if decided_on > clock.today():
        raise ValidationError({"decided_on": "Ngày ký không được sau hôm nay."})
    paper = {"kind": kind, "decision_number": decision_number, "decided_on": decided_on, "issuer": issuer}
    facts = {**paper, "recognised_year": decided_on.year, "withdrawn_on": None}
    note = f"{decision_number} ngày {decided_on:%d/%m/%Y}, {issuer}"
    move(village, VillageStatus.RECOGNISED, by=by, note=note, **facts)


@transaction.atomic
def withdraw_village(village, *, by, withdrawn_on, note):
    """Take the recognition back from a day on, and say why."""
    require(permissions.may_withdraw_village(by, village))
    if not village.decided_on <= withdrawn_on <= clock.today():
        raise ValidationError({"withdrawn_on": "Ngày thu hồi phải từ ngày công nhận đến hôm nay."})
    move(village, VillageStatus.WITHDRAWN, by=by, note=note, withdrawn_on=withdrawn_on)


@transaction.atomic
def add_photo(village, *, by, image, caption):
    """Show a photo on the village's page."""
    village = _locked(village, by)
    photo = VillagePhoto(village=village, caption=caption)
    photo.image.save("photo.jpg", image, save=False)
    photo.save()
    write(village, "Thêm ảnh làng nghề", by=by, note=caption)
    return photo


@transaction.atomic
def remove_photo(photo, *, by):
    """Take a photo from the village's page."""
    village = _locked(photo.village, by)
    write(village, "Bỏ ảnh làng nghề", by=by, note=photo.caption)
    stored, storage = photo.image.name, photo.image.storage
    photo.delete()
    transaction.on_commit(lambda: storage.delete(stored))


def _locked(village, by):
    """The village, locked, if it lies in this officer's area."""
    village = CraftVillage.objects.select_for_update(of=("self",)).get(pk=village.pk)
    require(permissions.may_edit_village(by, village))
    return village
