"""A product as machines read it: schema.org Product as JSON-LD, from what its public page says and nothing more."""

import json

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from foundation.ui.widths import WIDTHS

ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


def absolute(path):
    """An address that also holds outside this portal."""
    return f"{settings.PORTAL_URL}{path}"


def photo_address(product):
    """The widest photo, or nothing."""
    return absolute(reverse("products:photo_width", args=[product.code, WIDTHS[-1]])) if product.photo else ""


def structured(product, rating, group):
    """The dictionary; ``rating`` is the one in force or None, ``group`` the name of the product's group."""
    found = {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": product.name,
        "url": absolute(product.get_absolute_url()),
        "productID": product.code,
        "category": group,
        "description": product.description,
        "image": photo_address(product),
        "manufacturer": maker(product),
        "countryOfOrigin": {"@type": "Country", "name": "Việt Nam"},
        "hasCertification": certification(rating),
        "award": _("OCOP %(stars)s sao") % {"stars": rating.stars} if rating else "",
    }
    return {key: value for key, value in found.items() if value}


def maker(product):
    """The producer's name and place; nothing that the public page does not say."""
    if product.entity is None:
        return None
    place = product.area.place if product.area else ""
    address = {"@type": "PostalAddress", "addressLocality": place, "addressCountry": "VN"}
    found = {"@type": "Organization", "name": product.entity.name, "address": address}
    if product.entity.has_public_page:
        found["url"] = absolute(reverse("entities:producer_public", args=[product.entity.code]))
    return found


def certification(rating):
    """The stars in force as a certification: by whom, from when until when, where to check."""
    if rating is None:
        return None
    paper = getattr(rating, "certificate", None)
    found = {
        "@type": "Certification",
        "name": "OCOP",
        "certificationRating": {"@type": "Rating", "ratingValue": rating.stars, "bestRating": 5},
        "issuedBy": {"@type": "Organization", "name": rating.decision.issuer},
        "datePublished": rating.decision.day.isoformat(),
        "validFrom": rating.starts_on.isoformat(),
        "expires": rating.ends_on.isoformat(),
    }
    if paper:
        found |= {"certificationIdentification": paper.number, "url": absolute(paper.get_absolute_url())}
    return found


def as_script(facts):
    """JSON that cannot end the script element it stands in."""
    return mark_safe(json.dumps(facts, ensure_ascii=False).translate(ESCAPES))
