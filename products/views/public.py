"""What everybody may see: the catalogue, one product, one certificate of the register."""

import mimetypes
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models.fields.files import FieldFile
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation import clock
from foundation.areas import maps
from foundation.areas.models import AreaKind, Succession
from foundation.regimes.models import CriteriaSet, Regime
from foundation.ui.errors import too_many_requests
from foundation.ui.http import page, serve_private_file
from foundation.ui.languages import bilingual
from foundation.ui.lists import render_list
from foundation.ui.widths import WIDTHS, narrowed
from products.filters import CatalogueFilter
from products.limits import GUESSES, limited_misses
from products.models import Certificate, Product
from products.papers import draft_paper
from products.structured import absolute, as_script, photo_address, structured

PER_PAGE = 24
PHOTO_SECONDS = 86_400
STATES = {
    "valid": (gettext_lazy("Còn hiệu lực"), "good"),
    "extended": (gettext_lazy("Còn hiệu lực, được kéo dài"), "good"),
    "not_yet": (gettext_lazy("Chưa có hiệu lực"), "attention"),
    "expired": (gettext_lazy("Hết hiệu lực"), "danger"),
    "revoked": (gettext_lazy("Đã thu hồi"), "danger"),
    "replaced": (gettext_lazy("Đã được thay bằng giấy khác"), "attention"),
}


@bilingual
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


@bilingual
@page(public=True)
def product(request, code):
    """One product: what is known of it, from where, what stars it has or had, where it is made and sold."""
    record = _product(code)
    known = list(record.ratings.for_list())
    ratings = [{"rating": rating, "state": STATES[rating.state_on(clock.today())]} for rating in known]
    current = next((rating for rating in known if rating.state_on(clock.today()) == "valid"), None)
    group = (
        _(dict(Regime.objects.industries(clock.today())).get(record.industry, "")) if record.industry else ""
    )
    context = {
        "product": record,
        "group": group,
        "set_name": _(set_name(record.set_code)) if record.set_code else "",
        "ratings": ratings,
        "stated": None if ratings else getattr(record, "stated", None),
        "fate": Succession.objects.after(record.area) if record.area else (),
        "place": record.place_today,
        "shelves": record.carried.on().for_public(),
        "events": record.events.select_related("event"),
        "inspections": record.inspections.all(),
        "sources": record.sources.all(),
        "address": absolute(record.get_absolute_url()),
        "photo_address": photo_address(record),
        "structured": as_script(structured(record, current, group)),
        **on_the_map(record.area),
    }
    return render(request, "products/public/product.html", context)


def set_name(code):
    """The name of the set that the product is judged by, as the law of the newest regime with it says."""
    return (
        CriteriaSet.objects.filter(code=code)
        .order_by("-regime__effective_from")
        .values_list("name", flat=True)
        .first()
        or ""
    )


def on_the_map(area):
    """The districts' shapes and the code of the one where the unit lies; nothing where it has no shape."""
    drawn = maps.shapes()
    units = [unit for unit in (area, area and area.parent) if unit and unit.kind == AreaKind.DISTRICT]
    here = next((unit.code for unit in units if unit.code in drawn["districts"]), "")
    return {"map": drawn, "here": here}


@page(public=True)
def photo(request, code):
    """The product's photo; browsers may keep it for a day."""
    record = _product(code)
    if not record.photo:
        raise Http404
    kind = mimetypes.guess_type(record.photo.name)[0]
    return _kept(_file(request, record.photo, record.photo.name.rpartition("/")[2], kind))


@page(public=True)
def photo_width(request, code, width):
    """The photo in one of the widths that screens ask for; what cannot be narrowed is shown as it is."""
    record = _product(code)
    if width not in WIDTHS or not record.photo or not record.photo.storage.exists(record.photo.name):
        raise Http404
    try:
        name = narrowed(record.photo, width)
    except OSError:
        return photo(request, code)
    file = FieldFile(record, record.photo.field, name)
    return _kept(_file(request, file, f"{record.code}-{width}.webp", "image/webp"))


def _kept(response):
    response["Cache-Control"] = f"public, max-age={PHOTO_SECONDS}"
    return response


@limited_misses(GUESSES, lambda request, seconds: too_many_requests(request))
@bilingual
@page(public=True)
def certificate(request, token):
    """What the register says of this certificate today; a page that says so when it says nothing."""
    found = Certificate.objects.for_check().filter(token=token).first()
    here = urlsplit(settings.PORTAL_URL).netloc
    if found is None:
        return render(request, "products/public/certificate_unknown.html", {"here": here}, status=404)
    rating = found.recognition
    state = found.state_on(clock.today())
    word, tone = STATES[state]
    context = {
        "certificate": found,
        "rating": rating,
        "product": rating.product,
        "extension": getattr(rating, "extension", None),
        "revocation": getattr(rating, "revocation", None),
        "signed": getattr(found, "signed", None),
        "state": state,
        "word": word,
        "tone": tone,
        "today": clock.today(),
        "here": here,
    }
    return render(request, "products/public/certificate.html", context)


@limited_misses(GUESSES, lambda request, seconds: too_many_requests(request))
@page(public=True)
def certificate_file(request, token):
    """The certificate as the agency signed it; before that a draft across which stands that nobody has."""
    found = Certificate.objects.for_check().filter(token=token).first()
    if found is None:
        return render(request, "products/public/certificate_unknown.html", {}, status=404)
    name = f"giay-chung-nhan-{found.number}.pdf".replace("/", "-")
    if signed := getattr(found, "signed", None):
        return _file(request, signed.file, name, "application/pdf")
    return serve_private_file(
        request, draft_paper(found), f"nhap-{name}", inline=True, content_type="application/pdf"
    )


def _file(request, file, name, kind):
    """The file shown in the browser, or 404 while it is not in the store."""
    if not file.storage.exists(file.name):
        raise Http404
    return serve_private_file(request, file, name, inline=True, content_type=kind)
