"""The list of sources from ``data/sources.csv``, and which rows cite them; may run as often as one likes."""

from pathlib import Path

from django.db import transaction

from foundation.reference import read, store
from foundation.sources.models import Source

DATA = Path(__file__).resolve().parent / "data"


@transaction.atomic
def load():
    """Load the sources."""
    rows = [
        Source(
            key=row["key"],
            publisher=row["publisher"],
            url=row["url"],
            dated=row["date"],
            covers=row["covers"],
        )
        for row in read(DATA / "sources.csv")
    ]
    facts = ("publisher", "url", "dated", "covers")
    return [store(Source.objects.all(), rows, key=("key",), fields=facts, what="nguồn")[1]]


def cite(relation, cited):
    """Make the rows cite exactly these sources.

    ``relation`` is a many-to-many field to Source (``Product.sources``), ``cited`` maps a row's id to keys.
    """
    through, name = relation.through, relation.field.m2m_column_name()
    held = {
        (getattr(link, name), link.source_id): link.pk
        for link in through.objects.filter(**{f"{name}__in": cited})
    }
    wanted = {(pk, key) for pk, keys in cited.items() for key in keys}
    through.objects.filter(pk__in=[held[pair] for pair in held.keys() - wanted]).delete()
    through.objects.bulk_create(
        [through(**{name: pk, "source_id": key}) for pk, key in sorted(wanted - held.keys())]
    )


def keys_of(row):
    """The keys in the column ``sources`` of a file."""
    return [key for key in row["sources"].split(";") if key]
