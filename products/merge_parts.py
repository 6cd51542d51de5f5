"""What products hold of a producer, and how it moves to the record that remains."""

from entities.merging import Piece, counted
from products.models import Dossier, Idea, IdeaStatus, PotentialProduct, Product

CLASH = "cả hai hồ sơ có ý tưởng cùng tên “{name}”; hãy rút một ý tưởng trước khi gộp"


def pieces(entity, to):
    """Ideas, products with their dossiers and stars, and ideas of one name that stand in the way."""
    yield counted("Ý tưởng", Idea.objects.filter(entity=entity))
    yield counted("Sản phẩm tiềm năng", PotentialProduct.objects.filter(entity=entity))
    yield counted("Sản phẩm", Product.objects.filter(entity=entity))
    yield counted("Hồ sơ đánh giá", Dossier.objects.filter(product__entity=entity))
    alive = Idea.objects.exclude(status__in=[IdeaStatus.WITHDRAWN, IdeaStatus.REJECTED])
    names = alive.filter(entity=to).values("name")
    for name in alive.filter(entity=entity, name__in=names).order_by("name").values_list("name", flat=True):
        yield Piece("Ý tưởng trùng tên", 1, clash=CLASH.format(name=name))


def pass_on(entity, to, *, by):
    """Ideas, potential products and products; plans, dossiers, ratings, certificates go with their products."""
    PotentialProduct.objects.filter(entity=entity).update(entity=to)
    Idea.objects.filter(entity=entity).update(entity=to)
    Product.objects.filter(entity=entity).update(entity=to)
