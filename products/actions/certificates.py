"""The paper of a recognition: issued, replaced by another one, signed outside and taken in."""

import datetime as dt
import hashlib

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from foundation import clock
from foundation.trail.moves import write
from products import notices, papers, permissions, signatures
from products.actions import register
from products.models import Certificate, Happening, Rating, SignedPaper
from products.numbering import take_number


@transaction.atomic
def issue_certificate(rating, *, by):
    """Enter the certificate in the register and print it; its QR leads to the register's public page.

    Papers of the product's earlier stars that still hold are replaced by it.
    """
    certificate = _printed(rating, rating.starts_on)
    write(rating.dossier, "Cấp giấy chứng nhận", by=by, note=certificate.number)
    _enter_issue(certificate)
    earlier = Rating.objects.in_force(rating.starts_on).filter(product=rating.product).exclude(pk=rating.pk)
    for old in Certificate.objects.filter(recognition__in=earlier, replaced_by=None).order_by("pk"):
        _replace(old, certificate, rating.starts_on, by=by, note=f"{rating.stars} sao, {rating.decision}")
    return certificate


@transaction.atomic
def replace_certificate(certificate, *, by, reason):
    """A new paper with a new number for the same stars: a word was wrong, or the paper is spoilt or lost."""
    certificate = locked_paper(certificate)
    rating = certificate.recognition
    require(permissions.may_tend(by, rating))
    today = clock.today()
    if certificate.replaced_by_id:
        raise ValidationError("Giấy này đã được thay bằng giấy khác.")
    if certificate.state_on(today) not in {"valid", "extended"}:
        raise ValidationError("Chỉ cấp lại giấy chứng nhận còn hiệu lực.")
    Certificate.objects.filter(pk=certificate.pk).update(
        rating=None, replaced_on=today, replaced_by=certificate
    )
    rating = Rating.objects.get(pk=rating.pk)
    new = _printed(rating, today, instead_of=certificate.number)
    write(new, "Cấp lại giấy chứng nhận", by=by, note=f"thay giấy số {certificate.number}: {reason}")
    _enter_issue(new)
    _replace(certificate, new, today, by=by, note=reason)
    notices.certificate_replaced(new, by=by)
    return new


@transaction.atomic
def accept_signed(certificate, *, by, file):
    """Take in the paper that the agency signed outside; refused with a sentence when anything about it is not right."""
    certificate = locked_paper(certificate)
    require(permissions.may_tend(by, certificate.recognition))
    if certificate.replaced_by_id:
        raise ValidationError("Giấy này đã được thay, không nhận bản ký nữa.")
    if SignedPaper.objects.filter(certificate=certificate).exists():
        raise ValidationError("Giấy này đã có bản ký số.")
    content = file.read()
    found = signatures.checked(content, certificate)
    paper = SignedPaper(
        certificate=certificate,
        sha256=hashlib.sha256(content).hexdigest(),
        signer=found["signer"],
        authority=found["authority"],
        signed_at=dt.datetime.fromisoformat(found["signed_at"]) if found["signed_at"] else None,
        is_test=found["is_test"],
        on=clock.today(),
        by=by,
    )
    paper.file.save("signed.pdf", file, save=False)
    paper.save()
    write(certificate, "Nhận bản ký số", by=by, note=paper.signer)
    register.enter(certificate, Happening.SIGNED, day=paper.on, signed_sha256=paper.sha256)
    return paper


def locked_paper(certificate):
    """The paper as it stands, locked until the end of the transaction."""
    rows = Certificate.objects.select_related(
        "recognition__product__area",
        "recognition__product__entity",
        "recognition__decision",
        "recognition__regime",
    )
    return rows.select_for_update(of=("self",)).get(pk=certificate.pk)


def _printed(rating, day, *, instead_of=""):
    """A new row with its number, its words, its code and its file."""
    certificate = Certificate(
        recognition=rating,
        rating=rating,
        number=take_number(rating.decision.area, day.year, rating.decision.level),
        issued_on=day,
        ends_on=rating.ends_on,
    )
    certificate.qr = papers.signed_code(certificate)
    certificate.facts = papers.certificate_data(certificate) | {"instead_of": instead_of}
    content, certificate.sha256 = papers.certificate_paper(certificate)
    certificate.file.save("certificate.pdf", content, save=False)
    certificate.save()
    return certificate


def _enter_issue(certificate):
    rating, facts = certificate.recognition, certificate.facts
    register.enter(
        certificate,
        Happening.ISSUED,
        day=certificate.issued_on,
        product=facts["product"],
        entity=facts["entity"],
        stars=rating.stars,
        issuer=facts["issuer"],
        decision=rating.decision.number,
        decided_on=rating.decision.day,
        ends_on=certificate.ends_on,
    )


def _replace(old, new, day, *, by, note):
    """The old paper's page leads to the new one from now on."""
    Certificate.objects.filter(pk=old.pk).update(replaced_by=new, replaced_on=day)
    write(old, "Được thay bằng giấy khác", by=by, note=f"{new.number}: {note}")
    register.enter(old, Happening.REPLACED, day=day, replaced_by=new.number)
