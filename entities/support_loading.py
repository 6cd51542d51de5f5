"""Policies and first guidance from ``data/support/``; may run as often as one likes. Officers' revisions stay."""

import datetime as dt
from pathlib import Path

import yaml
from django.db import transaction

from entities.actions.guides import publish
from entities.models import Guide, SupportPolicy
from foundation.reference import Loaded, store

DATA = Path(__file__).resolve().parent / "data" / "support"
FACTS = ("title", "kind", "document", "document_on", "link", "certainty", "producer_kinds", "stars_min", "who",
         "what", "how", "start", "until")  # fmt: skip
TOLD = ("title", "body", "checklist", "sources", "certainty")


@transaction.atomic
def load():
    """Load both; returns one Loaded for each."""
    return [load_policies(), load_guides()]


def load_policies():
    """Real policies; those that an officer keeps are left alone."""
    lines = yaml.safe_load((DATA / "policies.yaml").read_text(encoding="utf-8"))["policies"]
    kept = set(SupportPolicy.objects.exclude(revised_by=None).values_list("code", flat=True))
    rows = [policy(line) for line in lines if line["code"] not in kept]
    ours = SupportPolicy.objects.filter(revised_by=None, is_demo=False)
    return store(ours, rows, key=("code",), fields=FACTS, what="chính sách")[1]


def policy(line):
    """One policy of the file; it applies from the day of its document when no other day is known."""
    facts = {
        name: line.get(name, "") for name in ("title", "kind", "document", "link", "certainty", "who", "how")
    }
    return SupportPolicy(
        code=line["code"],
        document_on=day(line.get("document_on")),
        producer_kinds=line.get("producer_kinds", []),
        stars_min=line.get("stars_min", 0),
        what=line["what"].strip(),
        start=day(line.get("start") or line["document_on"]),
        until=day(line.get("until")),
        **{name: str(value).strip() for name, value in facts.items()},
    )


def day(value):
    """A date of YAML as it is; None stays None."""
    return value if value is None or isinstance(value, dt.date) else dt.date.fromisoformat(value)


def load_guides():
    """First texts; a page whose version in force was written by a person is left alone."""
    new = changed = kept = 0
    for line in yaml.safe_load((DATA / "guides.yaml").read_text(encoding="utf-8"))["guides"]:
        facts = told(line)
        guide, is_new = Guide.objects.get_or_create(
            code=line["code"], defaults={"topic": line["topic"], "title": line["title"]}
        )
        if is_new:
            publish(guide, by=None, **facts)
            new += 1
        elif guide.current.by_id is None and facts != {name: getattr(guide.current, name) for name in TOLD}:
            publish(guide, by=None, **facts)
            changed += 1
        else:
            kept += 1
    return Loaded("hướng dẫn", new, changed, kept)


def told(line):
    """What a version says; its body stands in a file of its own."""
    return {
        "title": line["title"],
        "body": (DATA / "guides" / f"{line['code']}.md").read_text(encoding="utf-8").strip(),
        "checklist": "\n".join(line["checklist"]),
        "sources": "\n".join(line["sources"]),
        "certainty": line["certainty"],
    }
