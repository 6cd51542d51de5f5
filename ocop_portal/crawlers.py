"""What search engines are told: which addresses there are, in which languages, and what to leave alone."""

from xml.sax.saxutils import escape

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse

from entities.models import CraftVillage, Entity
from foundation.ui.http import page
from foundation.ui.languages import PREFIX
from products.models import Product
from promotion.models import Event

PART = 5_000  # addresses in one file; the protocol allows 50,000
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
INDEX = f'{HEAD}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
SET = (
    f'{HEAD}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
    ' xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
)
FRONT = ("home", "products:catalogue", "entities:villages", "products:open_data")
ALONE = (
    "/api/",
    "/san-pham/so-sanh/",
    "/san-pham/nhan",
    "/en/san-pham/so-sanh/",
    "/en/san-pham/nhan",
    "/dang-nhap/",
)


def sections():
    """Name → (rows with a code, name of their page, whether it speaks English)."""
    return {
        "san-pham": (Product.objects.known_to_public(), "products:public", True),
        "chu-the": (Entity.objects.known_to_public(), "entities:producer_public", True),
        "lang-nghe": (CraftVillage.objects.all(), "entities:village", True),
        "su-kien": (Event.objects.all(), "promotion:event", False),
    }


def xml(text):
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def entry(path, bilingual):
    """One address, and the same page in both languages."""
    here = settings.PORTAL_URL
    if not bilingual:
        return f"<url><loc>{escape(here + path)}</loc></url>\n"
    pages = {"vi": here + path, "en": here + PREFIX + path}
    links = "".join(
        f'<xhtml:link rel="alternate" hreflang="{code}" href="{escape(address)}"/>'
        for code, address in pages.items()
    )
    return "".join(f"<url><loc>{escape(address)}</loc>{links}</url>\n" for address in pages.values())


@page(public=True)
def robots(request):
    """Public pages are there to be found; copies and machines' doors are not."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in ALONE), ""]
    lines.append(f"Sitemap: {settings.PORTAL_URL}{reverse('sitemap')}")
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@page(public=True)
def sitemap(request):
    """The index: as many parts of each section as it needs."""
    parts = [("trang", 1)]
    for name, (rows, _view, _bilingual) in sections().items():
        parts += [(name, number + 1) for number in range(-(-rows.count() // PART))]
    places = (f"{settings.PORTAL_URL}{reverse('sitemap_part', args=part)}" for part in parts)
    return xml(
        INDEX
        + "".join(f"<sitemap><loc>{escape(place)}</loc></sitemap>\n" for place in places)
        + "</sitemapindex>\n"
    )


@page(public=True)
def sitemap_part(request, section, number):
    """At most PART addresses of a section."""
    if section == "trang" and number == 1:
        lines = [*(entry(reverse(name), True) for name in FRONT), entry(reverse("promotion:events"), False)]
        return xml(f"{SET}{''.join(lines)}</urlset>\n")
    if section not in sections() or not 0 < number < 10**6:
        raise Http404
    rows, view, bilingual = sections()[section]
    codes = list(rows.order_by("pk").values_list("code", flat=True)[(number - 1) * PART : number * PART])
    if not codes:
        raise Http404
    return xml(f"{SET}{''.join(entry(reverse(view, args=[code]), bilingual) for code in codes)}</urlset>\n")
