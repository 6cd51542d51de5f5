"""A dossier in its producer's hands."""

from accounts.permissions import require
from products import permissions
from products.models import Dossier


def in_hand(dossier, by):
    """The dossier, locked, if this person may still change it."""
    dossier = (
        Dossier.objects.select_for_update(of=("self",))
        .select_related("product__entity", "regime", "criteria_set__regime")
        .get(pk=dossier.pk)
    )
    require(permissions.may_edit_dossier(by, dossier), "Hồ sơ đã nộp nên không sửa được nữa.")
    return dossier
