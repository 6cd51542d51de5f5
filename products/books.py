"""Products that come from workbooks: found by producer and name, with the ratings they have."""

import secrets
from dataclasses import dataclass, field

from entities.books import same
from foundation import clock
from products.models import Product, Rating


@dataclass
class Made:
    """The product of a line, and the recognitions that the portal does not have yet."""

    record: Product
    changes: list = field(default_factory=list)
    pasts: list = field(default_factory=list)
    industry: str = ""
    maker: object = None
    was_new: bool = False

    @property
    def is_new(self):
        return self.record.pk is None


class ProductBook:
    """Products of producers inside a person's area."""

    def __init__(self, units):
        self.keys, self.twice, self.held, self.ratings = {}, set(), {}, {}
        rows = Product.objects.located_in(units.areas).exclude(entity=None).order_by("pk")
        for pk, entity, name in rows.values_list("pk", "entity", "name").iterator(chunk_size=5_000):
            key = (entity, same(name))
            if key in self.keys:
                self.twice.add(key)
            self.keys.setdefault(key, pk)

    def load(self, known):
        """Read the products of a batch and their ratings: (key of the producer, name) of each line."""
        keys = ((entity, same(name)) for entity, name in known)
        wanted = [self.keys[key] for key in keys if key in self.keys]
        rows = Product.objects.filter(pk__in=wanted).select_related("area__parent__parent", "entity")
        self.held, self.ratings = {row.pk: row for row in rows}, {}
        for rating in Rating.objects.filter(product__in=wanted).select_related("decision"):
            self.ratings[rating.product_id, rating.starts_on] = rating

    def slot(self, maker, name, unit, industry, pasts):
        """(made, trouble) for the product of a line."""
        key = (maker.record.pk, same(name))
        if key in self.twice:
            return None, f"Trong cổng có nhiều sản phẩm tên “{name}” của chủ thể này."
        if key not in self.keys:
            record = Product(
                code=f"sp-{secrets.token_hex(6)}",
                name=name,
                area=unit,
                industry=industry,
                is_demo=maker.record.is_demo,
            )
            told = [[f"Công nhận {past.decided_on:%d/%m/%Y}", "", f"{past.stars} sao"] for past in pasts]
            return Made(record, told, list(pasts), industry, maker, True), ""
        record = self.held[self.keys[key]]
        made = Made(record, industry=industry, maker=maker)
        if record.industry != industry:
            made.changes.append(["Nhóm", record.industry, industry])
        for past in pasts:
            if trouble := self.compare(made, past):
                return None, trouble
        return made, ""

    def compare(self, made, past):
        """Note a recognition that is new; one that the portal has otherwise is a trouble, never overwritten."""
        held = self.ratings.get((made.record.pk, past.decided_on))
        if held is None:
            made.pasts.append(past)
            made.changes.append([f"Công nhận {past.decided_on:%d/%m/%Y}", "", f"{past.stars} sao"])
            return ""
        if (held.stars, held.decision.number) == (past.stars, past.number):
            return ""
        return (
            f"Cổng đã có quyết định {held.decision} công nhận {held.stars} sao cho sản phẩm này; "
            f"danh sách ghi {past.stars} sao, số {past.number}. Hạng đã ghi không được sửa bằng tệp Excel."
        )

    def has_stars_today(self, made, pasts, laws):
        """One of the line's recognitions counts today: as the portal has it, else by the law of its day."""
        today = clock.today()
        for past in pasts:
            held = self.ratings.get((made.record.pk, past.decided_on))
            if held is None:
                counts = past.decided_on <= today <= laws.ends_on(past)
            else:
                revoked = held.revoked_on is not None and held.revoked_on <= today
                counts = held.starts_on <= today <= held.ends_on and not revoked
            if counts:
                return True
        return False

    def write(self, slots):
        """Make what is new and change what differs; producers are written already."""
        new = [slot for slot in slots if slot.is_new]
        for slot in new:
            slot.record.entity = slot.maker.record
        changed = [slot for slot in slots if not slot.is_new and slot.record.industry != slot.industry]
        Product.objects.bulk_create([slot.record for slot in new], batch_size=1_000)
        for slot in changed:
            slot.record.industry = slot.industry
        Product.objects.bulk_update([slot.record for slot in changed], ["industry"], batch_size=500)
        for slot in new:
            self.keys[slot.record.entity_id, same(slot.record.name)] = slot.record.pk
