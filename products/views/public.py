"""What everybody may see: the catalogue, one product, one certificate of the register."""

import mimetypes
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from foundation import clock
from foundation.areas.models import Succession
from foundation.regimes.models import Regime
from foundation.ui.http import page, serve_private_file
from foundation.ui.lists import render_list
from products.filters import CatalogueFilter
from products.models import Certificate, Product

PER_PAGE = 24
PHOTO_SECONDS = 86_400
STATES = {
    "valid": ("Còn hiệu lực", "good"),
    "not_yet": ("Chưa có hiệu lực", "attention"),
    "expired": ("Hết hiệu lực", "danger"),
    "revoked": ("Đã thu hồi", "danger"),
}


@page(public=True)
def catalogue(request):
    """Products with a rating in force, and real ones that a source names."""
    rows = Product.objects.public().for_list()
    context = {"frame": "public.html"}
    return render_list(
        request,
        "products/public",
        rows,
        CatalogueFilter,
        per_page=PER_PAGE,
        context=context,
        name="catalogue",
    )


def _product(code):
    """A product that the public may know, or 404."""
    found = Product.objects.known_to_public().for_list().select_related("village")
    return get_object_or_404(found, code=code)


@page(public=True)
def product(request, code):
    """One product: what is known of it, from where, and what stars it has or had."""
    record = _product(code)
    ratings = [
        {"rating": rating, "state": STATES[rating.state_on(clock.today())]}
        for rating in record.ratings.for_list()
    ]
    context = {
        "product": record,
        "group": dict(Regime.objects.industries(clock.today())).get(record.industry, ""),
        "ratings": ratings,
        "stated": None if ratings else getattr(record, "stated", None),
        "fate": Succession.objects.after(record.area) if record.area else (),
        "place": record.place_today,
        "events": record.events.select_related("event"),
        "sources": record.sources.all(),
    }
    return render(request, "products/public/product.html", context)


@page(public=True)
def photo(request, code):
    """The product's photo; browsers may keep it for a day."""
    record = _product(code)
    if not record.photo:
        raise Http404
    kind = mimetypes.guess_type(record.photo.name)[0]
    response = _file(request, record.photo, record.photo.name.rpartition("/")[2], kind)
    response["Cache-Control"] = f"public, max-age={PHOTO_SECONDS}"
    return response


@page(public=True)
def certificate(request, token):
    """What the register says of this certificate today; a page that says so when it says nothing."""
    found = Certificate.objects.for_check().filter(token=token).first()
    here = urlsplit(settings.PORTAL_URL).netloc
    if found is None:
        return render(request, "products/public/certificate_unknown.html", {"here": here}, status=404)
    state = found.rating.state_on(clock.today())
    word, tone = STATES[state]
    context = {
        "certificate": found,
        "rating": found.rating,
        "product": found.rating.product,
        "state": state,
        "word": word,
        "tone": tone,
        "today": clock.today(),
        "here": here,
    }
    return render(request, "products/public/certificate.html", context)


@page(public=True)
def certificate_file(request, token):
    """The certificate as it was printed."""
    found = get_object_or_404(Certificate, token=token)
    name = f"giay-chung-nhan-{found.number}.pdf".replace("/", "-")
    return _file(request, found.file, name, "application/pdf")


def _file(request, file, name, kind):
    """The file shown in the browser, or 404 while it is not in the store."""
    if not file.storage.exists(file.name):
        raise Http404
    return serve_private_file(request, file, name, inline=True, content_type=kind)
