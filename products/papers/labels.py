"""Labels with QR codes: each leads to the check of the certificate, or else to the product's public page."""

import datetime as dt
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from foundation.ui.papers import qr_svg, render_pdf

TEMPLATE = Path(__file__).with_name("labels.typ")


def labels_of(products):
    """What each label says, from the register alone."""
    return [label_of(product) for product in products]


def label_of(product):
    """One label; ``papers`` holds the product's ratings in force with their certificates, the newest first."""
    rating = next(iter(product.papers), None)
    paper = getattr(rating, "certificate", None)
    path = paper.get_absolute_url() if paper else product.get_absolute_url()
    return {
        "name": product.name,
        "maker": product.entity.name if product.entity else "",
        "place": product.area.place if product.area else "",
        "stars": rating.stars if rating else 0,
        "until": f"{rating.ends_on:%d/%m/%Y}" if rating else "",
        "number": paper.number if paper else "",
        "address": f"{settings.PORTAL_URL}{path}",
        "is_demo": product.is_demo,
    }


def label_paper(products, day):
    """The PDF of a sheet of labels."""
    sheet = labels_of(products)
    images = {f"qr-{at}.svg": qr_svg(label["address"]) for at, label in enumerate(sheet)}
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time(8)))
    return render_pdf(TEMPLATE, {"labels": sheet}, images, moment=moment)
