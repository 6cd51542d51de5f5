"""The certificate as a paper."""

import datetime as dt
import hashlib
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from foundation.ui.papers import qr_svg, render_pdf

TEMPLATE = Path(__file__).with_name("certificate.typ")


def public_address(certificate):
    """Where anybody can check the certificate; this is what the QR code holds."""
    return f"{settings.PORTAL_URL}{certificate.get_absolute_url()}"


def certificate_paper(certificate):
    """The PDF of a certificate and its SHA-256. The same register data give the same bytes."""
    address = public_address(certificate)
    moment = timezone.make_aware(dt.datetime.combine(certificate.issued_on, dt.time(8)))
    content = render_pdf(TEMPLATE, certificate_data(certificate), {"qr.svg": qr_svg(address)}, moment=moment)
    return ContentFile(content), hashlib.sha256(content).hexdigest()


def certificate_data(certificate):
    """What the certificate says, from the register alone."""
    rating = certificate.rating
    product, decision = rating.product, rating.decision
    return {
        "issuer": decision.issuer,
        "number": certificate.number,
        "product": product.name,
        "product_code": rating.dossier.product_code,
        "entity": product.entity.name,
        "place": product.area.place,
        "stars": rating.stars,
        "year": rating.year,
        "decision": decision.number,
        "decided_on": f"{decision.day:%d/%m/%Y}",
        "place_date": f"{decision.area.name}, ngày {decision.day:%d} tháng {decision.day:%m} năm {decision.day:%Y}",
        "starts_on": f"{rating.starts_on:%d/%m/%Y}",
        "ends_on": f"{rating.ends_on:%d/%m/%Y}",
        "address": public_address(certificate),
        "law": rating.regime.law,
        "is_demo": product.is_demo,
    }
