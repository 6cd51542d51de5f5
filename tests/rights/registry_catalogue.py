"""How to reach the public catalogue's routes: chosen products, photos in widths, open data, what machines read."""

from tests.rights.places import EVERYONE, MISSING, NO_CODE, OWN, Place, plain


def with_width(world):
    """The photo of each rated product, of one that nobody was told of, in a width that is made."""
    found = []
    for name in EVERYONE:
        tenant = world.tenants[name]
        rated, secret = tenant.rated.product, tenant.dossiers["draft"].product
        found.append(Place(name, (rated.code, 320), rated, tenant))
        found.append(Place(f"{name}/draft", (secret.code, 320), secret, tenant))
    return [*found, Place(MISSING, (NO_CODE, 320))]


def chosen(world):
    """One's own rated product beside one that nobody was told of; nothing chosen."""
    tenant = world.tenants[OWN]
    codes = (tenant.rated.product.code, tenant.dossiers["draft"].product.code)
    return [Place(""), Place(OWN, query="?" + "&".join(f"ma={code}" for code in codes))]


def api_products(world):
    """Each rated product, and those that nobody was told of."""
    found = []
    for name in EVERYONE:
        tenant = world.tenants[name]
        rated, secret = tenant.rated.product, tenant.dossiers["draft"].product
        found.append(Place(name, (rated.code,), rated, tenant))
        found.append(Place(f"{name}/draft", (secret.code,), secret, tenant))
    return [*found, Place(MISSING, (NO_CODE,))]


PLACES = {
    "robots": plain,
    "sitemap": plain,
    "sitemap_part": lambda world: [Place("", ("san-pham", 1)), Place(MISSING, ("san-pham", 9))],
    "products:photo_width": with_width,
    "products:compare": chosen,
    "products:labels": chosen,
    "products:labels_paper": chosen,
    "products:feed": plain,
    "products:open_data": plain,
    "products:products_csv": plain,
    "products:api": plain,
    "products:api_document": plain,
    "products:api_products": plain,
    "products:api_product": api_products,
    "products:api_producers": plain,
    "products:api_villages": plain,
    "products:api_groups": plain,
    "products:api_ptnt_ocop": plain,
}

COUNTED = [name for name in PLACES if name.startswith("products:api")] + [
    "products:labels_paper",
    "products:products_csv",
    "products:register_heads",
    "products:register_leaves",
    "products:certificate_proof",
]
