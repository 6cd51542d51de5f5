"""The register of certificates as everybody may check it: signed heads, keys, leaves, proofs, files."""

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, render

from foundation import clock
from foundation.trail.keys import PortalKey
from foundation.trail.merkle import path
from foundation.ui.errors import too_many_requests
from foundation.ui.http import form_page, page
from products.certificate_forms import CheckForm
from products.limits import GUESSES, OPEN_DATA, limited, limited_misses, wait_of
from products.matching import match
from products.models import Certificate, RegisterEntry, RegisterHead
from products.views.public import STATES

HEADS_SHOWN, HEADS_GIVEN, LEAVES_GIVEN = 10, 400, 5_000


def refuse(request, seconds):
    """Too much was asked."""
    return too_many_requests(request)


@page(public=True)
def register(request):
    """What the register is, its newest signed heads, the keys and how to check all of it."""
    context = {
        "heads": RegisterHead.objects.select_related("key")[:HEADS_SHOWN],
        "keys": PortalKey.objects.all(),
        "portal": settings.PORTAL_URL,
    }
    return render(request, "products/public/register.html", context)


@limited(OPEN_DATA, refuse)
@page(public=True)
def register_heads(request):
    """The newest heads as they were signed, and every key of this portal with its periods."""
    heads = RegisterHead.objects.select_related("key")[:HEADS_GIVEN]
    keys = [key.published for key in PortalKey.objects.all()]
    return JsonResponse(
        {"portal": settings.PORTAL_URL, "keys": keys, "heads": [head.published for head in heads]}
    )


@limited(OPEN_DATA, refuse)
@page(public=True)
def register_leaves(request):
    """The hashes of all entries in order, from ?tu= on: with them anybody computes every root anew."""
    given = request.GET.get("tu", "")
    start = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    rows = RegisterEntry.objects.filter(number__gte=start, number__lt=start + LEAVES_GIVEN)
    leaves = [leaf.hex() for leaf in rows.leaves()]
    following = start + LEAVES_GIVEN if len(leaves) == LEAVES_GIVEN else None
    return JsonResponse({"from": start, "leaves": leaves, "next": following})


@limited_misses(GUESSES, refuse)
@limited(OPEN_DATA, refuse)
@page(public=True)
def certificate_proof(request, token):
    """What the register says of one certificate, with the proof that the newest signed head holds it."""
    found = get_object_or_404(Certificate, token=token)
    head = RegisterHead.objects.select_related("key").first()
    leaves = RegisterEntry.objects.leaves(head.size) if head else []
    entries = [
        {"number": row.number, "text": row.text, "path": proof(leaves, row.number)}
        for row in found.entries.all()
    ]
    return JsonResponse({"head": head and head.published, "entries": entries, "qr": found.qr})


def proof(leaves, number):
    """The neighbours of a leaf in hexadecimal; None while no signed head holds it."""
    return [each.hex() for each in path(leaves, number)] if number < len(leaves) else None


@form_page(public=True)
def certificate_check(request):
    """Whether a PDF that somebody was given is one of ours, unchanged. Nothing is kept of it."""
    form = CheckForm(request.POST or None, request.FILES or None)
    found = None
    if form.is_valid():
        if seconds := wait_of(GUESSES, request):
            response = refuse(request, seconds)
            response["Retry-After"] = str(seconds)
            return response
        found = match(form.cleaned_data["file"].read())
    context = {"form": form, "found": found, "state": None}
    if found and found.certificate:
        context["state"] = STATES[found.certificate.state_on(clock.today())]
    return render(request, "products/public/certificate_check.html", context)
