"""An invented authority that signs certificates of a demonstration, so that the whole way can be tried.

Its name says that it is worth nothing. Its keys follow from the portal's secret, so every process has the same ones and
none is stored. Outside a demonstration it is not trusted (products/signatures.py) and nobody can ask for it.
"""

import datetime as dt
import hashlib
from functools import cache

from cryptography import x509 as certificates
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.files.base import ContentFile

from foundation.inspection.opening import inspected_bytes

NAME = "NOI KY THU NGHIEM - KHONG CO GIA TRI PHAP LY"
SIGNER = "Con dau thu nghiem - khong co gia tri"
FROM, UNTIL = dt.datetime(2019, 1, 1, tzinfo=dt.UTC), dt.datetime(2049, 1, 1, tzinfo=dt.UTC)
CURVE = ec.SECP256R1()


def derived_key(purpose):
    """A private key of this portal for one purpose."""
    seed = hashlib.sha512(f"test-authority/{purpose}/{settings.SECRET_KEY}".encode()).digest()
    return ec.derive_private_key(int.from_bytes(seed[:31]) + 1, CURVE)


def certified(subject, key, issuer, issuer_key, *, is_authority):
    """A certificate for a key."""
    name, by = (
        certificates.Name([certificates.NameAttribute(NameOID.COMMON_NAME, text)])
        for text in (subject, issuer)
    )
    uses = certificates.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    rough = certificates.CertificateBuilder().subject_name(name).issuer_name(by).public_key(key.public_key())
    rough = rough.serial_number(2 - is_authority).not_valid_before(FROM).not_valid_after(UNTIL)
    rough = rough.add_extension(certificates.BasicConstraints(is_authority, None), critical=True)
    rough = rough.add_extension(uses, critical=True)
    own = certificates.SubjectKeyIdentifier.from_public_key(key.public_key())
    above = certificates.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key())
    return rough.add_extension(own, False).add_extension(above, False).sign(issuer_key, hashes.SHA256())


@cache
def authority():
    """The root of this process."""
    key = derived_key("root")
    return certified(NAME, key, NAME, key, is_authority=True)


def root():
    """The root as PEM text."""
    return pem(authority())


def signed(content):
    """The PDF with the test signature in an update of its own, as a content file. Raises Unfit."""
    key = derived_key("signer")
    paper = certified(SIGNER, key, NAME, derived_key("root"), is_authority=False)
    return ContentFile(sign(content, paper, key, authority()))


def sign(content, certificate, key, above):
    """One invisible signature over the whole file, made in the child process: its library is large."""
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    papers = {"certificate": pem(certificate), "root": pem(above), "key": private.decode()}
    with inspected_bytes(content, "test_signature", **papers) as made:
        return made.released.read_bytes()


def pem(certificate):
    """A certificate as text."""
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
