"""The public catalogue's pages for the budgets: name of the page → with which arguments and query."""

from tests.bench.places import Visit


def catalogue_visits(world):
    """Everybody's pages around a product with a certificate and a photo."""
    code = world.certificate.rating.product.code
    chosen = {"ma": code}
    return {
        "robots": Visit(),
        "sitemap": Visit(),
        "sitemap_part": Visit(args=("san-pham", 1)),
        "products:photo_width": Visit(args=(code, 640)),
        "products:compare": Visit(query=chosen),
        "products:labels": Visit(query=chosen),
        "products:labels_paper": Visit(query=chosen),
        "products:feed": Visit(),
        "products:open_data": Visit(),
        "products:products_csv": Visit(),
        "products:api": Visit(),
        "products:api_document": Visit(),
        "products:api_products": Visit(),
        "products:api_product": Visit(args=(code,)),
        "products:api_producers": Visit(),
        "products:api_villages": Visit(),
        "products:api_groups": Visit(),
        "products:api_ptnt_ocop": Visit(),
    }
