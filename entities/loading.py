"""Real producers and craft villages from the files in ``data/``; may run as often as one likes."""

import calendar
import datetime as dt
from pathlib import Path

from django.db import transaction

from entities.models import CraftVillage, Entity, EntityKind, EntityStatus, Spell
from foundation.areas.models import Area
from foundation.reference import read, store
from foundation.sources.loading import cite, keys_of
from foundation.sources.models import Source

DATA = Path(__file__).resolve().parent / "data"
KINDS = {
    "DN": EntityKind.SME,
    "HTX": EntityKind.COOPERATIVE,
    "Hộ": EntityKind.HOUSEHOLD,
    "Hiệp hội": EntityKind.ASSOCIATION,
    "Trang trại": EntityKind.FARM,
    # The legal kind behind the word is not stated.
    "Cơ sở": EntityKind.UNKNOWN,
    "": EntityKind.UNKNOWN,
}
VILLAGE_KINDS = {"làng nghề": "craft", "làng nghề truyền thống": "traditional", "": ""}
PART = {
    "yes": "",
    "mentioned": "Nguồn nêu cùng các chủ thể OCOP, chưa thấy quyết định.",
    "unknown": "Nguồn không nêu việc tham gia OCOP.",
}
FILES_DAY = dt.date(2024, 12, 31)  # the codes in the files are those of 2024
VILLAGE_COUNT_DAY = dt.date(2024, 12, 31)  # source S01 counts products of villages for the end of 2024


def code_of(key):
    """P001 → hn-p001: the code under which the portal knows what a file calls P001."""
    return f"hn-{key.lower()}"


@transaction.atomic
def load():
    """Load producers and villages; returns one Loaded for each."""
    return [load_entities(), load_villages()]


def load_entities():
    """Producers, each in the smallest unit that a source states."""
    lines, place = read(DATA / "entities.csv"), Area.objects.places_on(FILES_DAY)
    rows = [
        Entity(
            code=code_of(line["entity_id"]),
            name=line["name"],
            kind=KINDS[line["entity_type"]],
            area=place(line["commune_code_2024"], line["district_code"]),
            note=" ".join(filter(None, [PART[line["in_ocop"]], sentence(line["note"])])),
        )
        for line in lines
    ]
    facts = ("name", "kind", "area_id", "note")
    ours = Entity.objects.filter(code__startswith="hn-")
    held, loaded = store(ours, rows, key=("code",), fields=facts, what="chủ thể")
    cite(Entity.sources, {held[code_of(line["entity_id"]),].pk: keys_of(line) for line in lines})
    take_part(
        {held[code_of(line["entity_id"]),].pk: keys_of(line) for line in lines if line["in_ocop"] == "yes"}
    )
    return loaded


def take_part(cited):
    """Producers that a source counts among those of OCOP take part; since when, no source says.

    The day that vouches is that of its latest dated source: by then it surely did; else the day of the files. Whoever
    has a spell already is left alone: officers know more than files.
    """
    fresh = Entity.objects.filter(pk__in=cited, spells=None)
    days = {source.key: day_of(source.dated) for source in Source.objects.exclude(dated="")}
    spells = []
    for entity in fresh:
        seen = max((days[key] for key in cited[entity.pk] if key in days), default=FILES_DAY)
        note = "Nguồn nêu trong các chủ thể OCOP"
        spells.append(Spell(entity=entity, status=EntityStatus.PARTICIPATING, seen_on=seen, note=note))
    Spell.objects.bulk_create(spells)
    Entity.objects.filter(pk__in=[spell.entity_id for spell in spells]).update(
        status=EntityStatus.PARTICIPATING
    )


def day_of(dated):
    """The last day that a date of a source can mean: 2023-09 is 30/09/2023."""
    parts = [int(part) for part in dated.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return dt.date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def load_villages():
    """Craft villages; what no source states stays empty."""
    lines, place = read(DATA / "craft_villages.csv"), Area.objects.places_on(FILES_DAY)
    rows = [village(line, place(line["commune_code_2024"])) for line in lines]
    facts = (
        "name",
        "craft",
        "hamlet",
        "area_id",
        "kind",
        "recognised_year",
        "stated_products",
        "stated_on",
        "note",
    )
    held, loaded = store(CraftVillage.objects.all(), rows, key=("code",), fields=facts, what="làng nghề")
    cite(CraftVillage.sources, {held[code_of(line["village_id"]),].pk: keys_of(line) for line in lines})
    return loaded


def village(line, area):
    """One line of craft_villages.csv."""
    stated = line["ocop_products_end_2024"]
    return CraftVillage(
        code=code_of(line["village_id"]),
        name=line["name"],
        craft=line["craft"],
        hamlet=line["hamlet"],
        area=area,
        kind=VILLAGE_KINDS[line["kind"]],
        recognised_year=int(line["recognised_year"]) if line["recognised_year"] else None,
        stated_products=int(stated) if stated else None,
        stated_on=VILLAGE_COUNT_DAY if stated else None,
        note=sentence(line["note"]),
    )


def sentence(text):
    """A note as a sentence: first letter large, full stop at its end."""
    return f"{text[0].upper()}{text[1:].rstrip('.')}." if text else ""
