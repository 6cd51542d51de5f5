"""A product's photo in the widths that screens ask for."""

from django import template
from django.urls import reverse

from foundation.ui.widths import WIDTHS

register = template.Library()
CARD = "(max-width: 575px) 5.5rem, (max-width: 991px) 45vw, 18rem"
WHOLE = "(max-width: 991px) 92vw, 22rem"


@register.inclusion_tag("products/public/_photo.html")
def product_photo(product, whole=False):
    """The photo on a card, or (``whole``) the large one of the product's page, which is fetched at once."""
    sources = [(reverse("products:photo_width", args=[product.code, width]), width) for width in WIDTHS]
    return {
        "product": product,
        "src": sources[1][0],
        "srcset": ", ".join(f"{address} {width}w" for address, width in sources),
        "sizes": WHOLE if whole else CARD,
        "eager": whole,
    }
