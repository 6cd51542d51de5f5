"""Units as offices write them in workbooks: by name, with or without the word before it and the district behind it."""

import re

from foundation import clock
from foundation.areas.models import Area, Whereabouts
from foundation.ui.text import plain

KIND_WORDS = re.compile(r"^(xa|phuong|thi tran|thi xa|thanh pho|huyen|tinh|quan|tt|tx|tp|p|x|h)[. ]+")
PARTS = re.compile(r"\s*[,;–]\s*|\s+-\s+")


def bare(text):
    """A unit's name without accents and without the word before it."""
    return KIND_WORDS.sub("", " ".join(plain(text).split()))


class Units:
    """The communes of today, and which of them a person serves in one of these roles."""

    def __init__(self, by, roles):
        self.today, self.roles, self.seats = clock.today(), roles, by.seats_today
        self.areas = by.areas_as(*roles)
        self.named, self.answers = {}, {}
        for unit in Area.objects.communes().on(self.today).with_parents():
            for name in {" ".join(plain(unit.full_name).split()), bare(unit.name)}:
                self.named.setdefault(name, []).append(unit)
        stays = Whereabouts.objects.on(self.today).values_list("origin", "place")
        self.place_of = dict(stays)

    def serves(self, unit):
        """The person holds one of the roles for the unit or one above it."""
        return any((role, above.pk) in self.seats for above in unit.chain for role in self.roles)

    def find(self, text):
        """(unit, trouble) for what stands in a cell. Asked once for each way of writing it."""
        if text not in self.answers:
            self.answers[text] = self._find(text)
        return self.answers[text]

    def _find(self, text):
        commune, *above = [part for part in PARTS.split(text) if part]
        found = self.named.get(" ".join(plain(commune).split())) or self.named.get(bare(commune)) or []
        for hint in map(bare, above):
            closer = [unit for unit in found if any(bare(up.name) == hint for up in unit.chain[1:])]
            found = closer or found
        if not found:
            return None, self._unknown(text, commune)
        mine = [unit for unit in found if self.serves(unit)]
        if len(mine) == 1:
            return mine[0], ""
        if not mine:
            return None, f"{found[0].place} ngoài địa bàn của bạn"
        places = "; ".join(unit.place for unit in mine)
        return None, f"có {len(mine)} nơi tên “{commune}”: {places}. Hãy ghi thêm tên huyện"

    def _unknown(self, text, commune):
        """Why there is no such commune: it never was, or it is no more."""
        former = next(
            (unit for unit in Area.objects.communes().found_by(commune) if bare(unit.name) == bare(commune)),
            None,
        )
        if former is None:
            return f"không có xã, phường, thị trấn nào tên “{text[:60]}”"
        now = former.place_on(self.today).unit
        return f"{former} không còn; nơi này nay thuộc {now.place}. Hãy ghi tên đơn vị hiện nay"

    def chain_today(self, unit):
        """Keys of the unit and of those above it, smallest first."""
        return [above.pk for above in unit.chain]

    def now(self, area_id):
        """The key of the unit where records of this unit are found today."""
        return self.place_of.get(area_id, area_id)
