"""The invented dossiers of the demonstration that came back, or were begun again, through the deeds that people do."""

import datetime as dt
import hashlib
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils import timezone

from foundation import clock
from foundation.regimes.models import Criterion
from foundation.ui.papers import render_pdf
from ocop_portal.demo.planning import first
from products import actions, permissions
from products.models import Application, Product
from products.past import PastRating

PAPER = Path(__file__).with_name("paper.typ")


def tell(story, users, entities):
    """All of them, as far as their offices' people exist today."""
    for facts in story["dossiers"]:
        by = users[facts["by"]]
        product = make_product(facts, entities[facts["entity"]], story["decision"], users[story["recorder"]])
        dossier = fill_in(actions.open_dossier(product, by=by), facts, by)
        if "returned" in facts:
            send_back(dossier, facts, by, [users[name] for name in story["officers"]])
        else:
            begin_again(dossier, by)


def make_product(facts, entity, decision, recorder):
    """A product whose stars have run out."""
    product = Product.objects.create(entity=entity, area=entity.area, is_demo=True, **facts["product"])
    actions.record_past_rating(product, PastRating(number=facts["number"], **decision), by=recorder)
    return product


def fill_in(dossier, facts, by):
    """Everything that a dossier needs, and papers that the story names with their own ends."""
    actions.save_registration(dossier, by=by, **facts["registration"])
    for criterion in Criterion.objects.of(dossier.criteria_set):
        options = criterion.options.all()
        actions.choose(dossier, criterion, options[len(options) // 2], version=0, by=by)
    names = {kind.code: kind.name for kind in dossier.regime.document_kinds}
    for kind in dict.fromkeys([*(row.code for row in dossier.required_papers()), *facts["papers"]]):
        days = facts["papers"].get(kind)
        actions.attach(
            dossier,
            by=by,
            kind=kind,
            title=names[kind],
            criteria=[],
            file=make_paper(names[kind], dossier),
            valid_until=days and clock.today() + dt.timedelta(days),
        )
    return dossier


def make_paper(title, dossier):
    """A PDF that says what it stands for, checked as an upload would be."""
    facts = {"title": title, "entity": dossier.product.entity.name, "product": dossier.product.name}
    moment = timezone.make_aware(dt.datetime.combine(clock.today(), dt.time(8)))
    content = render_pdf(PAPER, facts, moment=moment)
    paper = ContentFile(content, name="giay-to-trinh-dien.pdf")
    paper.content_type, paper.sha256 = "application/pdf", hashlib.sha256(content).hexdigest()
    return paper


def send_back(dossier, facts, by, officers):
    """Handed in, and returned by whoever of the officers checks it today."""
    actions.submit(dossier, by=by)
    dossier.refresh_from_db()
    officer = first(officers, permissions.may_check_dossier, dossier)
    if officer is not None:
        items = {(row["kind"], row["key"]): row["why"] for row in facts["returned"]}
        due_on = clock.today() + dt.timedelta(facts["days"])
        actions.send_back(dossier, by=officer, items=items, due_on=due_on)


def begin_again(dossier, by):
    """Taken back by its producer; the next one starts from its copy and marks what has expired."""
    actions.withdraw(dossier, by=by)
    actions.open_dossier(dossier.product, by=by, application=Application.AGAIN)
