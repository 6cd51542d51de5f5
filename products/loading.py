"""Real products from ``data/products.csv``, with what sources state of them; may run as often as one likes."""

import datetime as dt
from pathlib import Path

from django.db import transaction

from entities.loading import FILES_DAY, code_of, sentence
from entities.models import CraftVillage, Entity
from foundation import clock
from foundation.areas.models import Area
from foundation.reference import read, store
from foundation.regimes.models import Regime
from foundation.sources.loading import cite, keys_of
from products.models import Decision, Product, Rating, StatedStanding

DATA = Path(__file__).resolve().parent / "data"
INDUSTRIES = {
    "Thực phẩm": "I",
    "Đồ uống": "II",
    "Dược liệu và sản phẩm từ dược liệu": "III",
    "Thủ công mỹ nghệ": "IV",
}
ISSUER = "Ủy ban nhân dân tỉnh Hà Nam"


@transaction.atomic
def load():
    """Load products, their stated standings, and the one rating whose decision was seen."""
    lines = read(DATA / "products.csv")
    held, products = load_products(lines)
    standings = [standing(line, held) for line in lines if not line["decision_no"]]
    facts = ("standing", "stars", "stars_basis", "year", "note")
    ours = StatedStanding.objects.all()
    _, stated = store(ours, standings, key=("product_id",), fields=facts, what="hạng theo nguồn")
    _, ratings = store(
        Rating.objects.filter(dossier=None),
        [rating(line, held) for line in lines if line["decision_no"]],
        key=("product_id", "starts_on"),
        fields=("regime_id", "stars", "decision_id", "year", "ends_on"),
        what="hạng theo quyết định đã thấy",
    )
    return [products, stated, ratings]


def load_products(lines):
    """Products by their key in the file, and a Loaded."""
    place = Area.objects.places_on(FILES_DAY)
    entities, villages = (dict(model.objects.values_list("code", "pk")) for model in (Entity, CraftVillage))
    rows = [
        Product(
            code=code_of(line["product_id"]),
            name=line["name"],
            entity_id=entities[code_of(line["entity_id"])] if line["entity_id"] else None,
            area=place(line["commune_code_2024"], line["district_code"]),
            industry=INDUSTRIES[line["product_group_derived"]],
            village_id=villages[code_of(line["village_id"])] if line["village_id"] else None,
            represents=int(line["products_represented"]),
        )
        for line in lines
    ]
    facts = ("name", "entity_id", "area_id", "industry", "village_id", "represents")
    ours = Product.objects.filter(code__startswith="hn-")
    stored, loaded = store(ours, rows, key=("code",), fields=facts, what="sản phẩm")
    held = {line["product_id"]: stored[code_of(line["product_id"]),] for line in lines}
    cite(Product.sources, {held[line["product_id"]].pk: keys_of(line) for line in lines})
    return held, loaded


def standing(line, held):
    """What sources say of a product whose decision was not seen."""
    return StatedStanding(
        product=held[line["product_id"]],
        standing=line["status"],
        stars=int(line["star"]) if line["star"] else None,
        stars_basis=line["star_basis"],
        year=int(line["year_assessed"]) if line["year_assessed"] else None,
        note=sentence(line["note"]),
    )


def rating(line, held):
    """The rating of a decision that was seen; the portal did not issue its certificate, so it has none."""
    day = dt.date.fromisoformat(line["decision_date"])
    regime, stars = Regime.objects.in_force(day).first(), int(line["star"])
    level = regime.level_for(stars)
    province = Area.objects.provinces().on(day).get()
    decision, _ = Decision.objects.update_or_create(
        number=line["decision_no"], day=day, issuer=ISSUER, defaults={"level": level, "area": province}
    )
    return Rating(
        product=held[line["product_id"]],
        regime=regime,
        stars=stars,
        decision=decision,
        year=int(line["year_assessed"]),
        starts_on=day,
        ends_on=clock.add_months(day, regime.certificate_months),
    )
