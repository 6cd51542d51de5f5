"""Beside the form: what each paper supports, what is missing, the shortest way to the next star."""

from django.shortcuts import redirect, render

from foundation.ui.http import page
from products import guidance, permissions, rules
from products.views.dossiers import find


@page
def way(request, code):
    """What the producer sees while filling in."""
    dossier = find(request, code)
    if not permissions.may_edit_dossier(request.user, dossier):
        return redirect(dossier)
    context = {"dossier": dossier, "source": rules.of(dossier.regime_id)["supports"]["source"]}
    return render(request, "products/dossiers/way.html", context | guidance.guidance(dossier))
