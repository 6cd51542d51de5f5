"""The certificate as a paper, its QR code, and the letter before its end."""

import datetime as dt
import hashlib
import io
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from foundation.trail.keys import PortalKey, signing_key, this_second
from foundation.ui.papers import qr_svg, render_pdf
from products import qr

TEMPLATE = Path(__file__).with_name("certificate.typ")
LETTER = Path(__file__).with_name("expiry_notice.typ")
DRAFT, DEMO = "BẢN NHÁP – CHƯA KÝ", "TRÌNH DIỄN"


def public_address(certificate):
    """Where anybody can check the certificate."""
    return f"{settings.PORTAL_URL}{certificate.get_absolute_url()}"


def signed_code(certificate):
    """What the QR code holds: the address, and the portal's signature over the main facts."""
    rating, key = certificate.recognition, PortalKey.objects.current()
    payload = qr.Payload(
        key=key.code,
        at=f"{this_second():{qr.MOMENT}}",
        number=certificate.number,
        stars=str(rating.stars),
        starts_on=f"{rating.starts_on:%Y%m%d}",
        ends_on=f"{certificate.ends_on:%Y%m%d}",
        product=qr.short(rating.product.name),
    )
    return qr.signed(public_address(certificate), payload, signing_key())


def certificate_paper(certificate):
    """The PDF of a certificate and its SHA-256. The same register data give the same bytes."""
    content = drawn(certificate, DEMO if certificate.recognition.product.is_demo else "")
    return ContentFile(content), hashlib.sha256(content).hexdigest()


def draft_paper(certificate):
    """The same words across which stands that nobody has signed it: what is shown before the agency's signature."""
    return io.BytesIO(drawn(certificate, DRAFT))


def drawn(certificate, watermark):
    """The bytes of the paper."""
    moment = timezone.make_aware(dt.datetime.combine(certificate.issued_on, dt.time(8)))
    facts = (certificate.facts or certificate_data(certificate)) | {"watermark": watermark}
    return render_pdf(TEMPLATE, facts, {"qr.svg": qr_svg(certificate.qr, error="m")}, moment=moment)


def certificate_data(certificate):
    """What the certificate says, from the register alone."""
    rating = certificate.recognition
    product, decision = rating.product, rating.decision
    day = certificate.issued_on
    return {
        "issuer": decision.issuer,
        "number": certificate.number,
        "product": product.name,
        "product_code": rating.dossier.product_code if rating.dossier else "",
        "entity": product.entity.name if product.entity else "",
        "place": product.area.place if product.area else "",
        "stars": rating.stars,
        "year": rating.year,
        "decision": decision.number,
        "decided_on": f"{decision.day:%d/%m/%Y}",
        "place_date": f"{decision.area.name}, ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        "starts_on": f"{rating.starts_on:%d/%m/%Y}",
        "ends_on": f"{certificate.ends_on:%d/%m/%Y}",
        "address": public_address(certificate),
        "law": rating.regime.law,
        "is_demo": product.is_demo,
        "instead_of": "",
    }


def notice_paper(rating, renewal, day):
    """The draft of the written notice before the end, for the office to number, sign and send."""
    product, decision = rating.product, rating.decision
    paper = getattr(rating, "certificate", None)
    facts = {
        "issuer": decision.issuer,
        "place_date": f"{decision.area.name}, ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        "product": product.name,
        "entity": product.entity.name if product.entity else "",
        "place": product.area.place if product.area else "",
        "stars": rating.stars,
        "decision": f"{decision.number} ngày {decision.day:%d/%m/%Y}",
        "number": paper.number if paper else "",
        "ends_on": f"{rating.ends_on:%d/%m/%Y}",
        "law": renewal.regime.law,
        "opens_on": f"{renewal.opens_on:%d/%m/%Y}" if renewal.opens_on else "",
        "closes_on": f"{renewal.closes_on:%d/%m/%Y}" if renewal.closes_on else "",
        "is_demo": product.is_demo,
    }
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time(8)))
    return io.BytesIO(render_pdf(LETTER, facts, moment=moment))
