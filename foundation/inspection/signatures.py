"""The signature in a PDF that an office sends back, judged against the paper that we made. In the child process only.

Accepted is exactly one signature, over the whole file, that chains to one of the given roots and stands in an update
whose base is our file byte by byte and which changes nothing that a reader sees. No revocation lists are fetched: the
room has no network.
"""

import asyncio
import hashlib
import io

import pikepdf
from asn1crypto import keys, pem, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from foundation.inspection.child import main
from foundation.inspection.words import Unfit

USES = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
BROKEN = (
    PdfError,
    pikepdf.PdfError,
    SigningError,
    SignatureValidationError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
)


class Loop(asyncio.SelectorEventLoop):
    """A loop without the pair of sockets by which threads would wake it: here are neither threads nor sockets."""

    def _make_self_pipe(self):
        self._internal_fds += 1

    def _close_self_pipe(self):
        self._internal_fds -= 1


def signature(source, folder, *, roots, size, sha256):
    """Who signed the paper of ``size`` bytes with that digest. Raises Unfit. ``roots``: certificates in PEM."""
    content = source.read_bytes()
    if len(content) <= size or hashlib.sha256(content[:size]).hexdigest() != sha256:
        raise Unfit("signed_other")
    try:
        with open(source, "rb") as file:
            found = judged(PdfFileReader(file, strict=False), [root_of(text) for text in roots])
        if not adds_only_a_signature(content, size):
            raise Unfit("signed_changed")
        return found
    except BROKEN as fault:
        raise Unfit("signed_wrong") from fault


def root_of(text):
    """A certificate from its PEM text."""
    return x509.Certificate.load(pem.unarmor(text.encode())[2])


def judged(reader, roots):
    """The facts of the one signature; raises Unfit for whatever is not as it must be."""
    found = reader.embedded_signatures
    if not found:
        raise Unfit("signed_not")
    if len(found) > 1:
        raise Unfit("signed_twice")
    one = found[0]
    status = validated(one, roots)
    if not (status.intact and status.valid):
        raise Unfit("signed_wrong")
    if status.coverage != SignatureCoverageLevel.ENTIRE_FILE:
        raise Unfit("signed_part")
    if not status.trusted:
        raise Unfit("signed_unknown")
    at = status.signer_reported_dt
    authority = status.validation_path.trust_anchor.authority.name
    return {
        "signer": status.signing_cert.subject.human_friendly,
        "authority": authority.human_friendly,
        "signed_at": at.isoformat() if at else "",
    }


def validated(one, roots):
    """pyHanko's verdict, without the network."""
    context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
    work = async_validate_pdf_signature(
        one, signer_validation_context=context, key_usage_settings=USES, skip_diff=True
    )
    return done(work)


def done(work):
    """Run a coroutine to its end."""
    loop = Loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()


def adds_only_a_signature(content, size):
    """Whether what follows our own revision leaves it as it was: only signature fields are new.

    The document's information and metadata may differ, nobody sees them on the page.
    """
    with pikepdf.open(io.BytesIO(content[:size])) as ours, pikepdf.open(io.BytesIO(content)) as sent:
        if ours.Root.objgen != sent.Root.objgen or len(ours.pages) != len(sent.pages):
            return False
        may_gain = {page.obj.objgen: {"/Annots"} for page in ours.pages}
        may_gain[ours.Root.objgen] = {"/AcroForm", "/Metadata", "/Extensions", "/Version"}
        unseen = {
            thing.objgen
            for thing in (ours.trailer.get("/Info"), ours.Root.get("/Metadata"))
            if thing is not None
        }
        return all(
            thing.objgen in unseen
            or is_same(thing, sent.get_object(thing.objgen), may_gain.get(thing.objgen, ()))
            for thing in ours.objects
            if thing.is_indirect
        ) and all(is_signature(note) for page in sent.pages for note in new_notes(page, ours))


def new_notes(page, ours):
    """Annotations of a page that our revision does not know."""
    known = {thing.objgen for thing in ours.objects}
    return [note for note in page.obj.get("/Annots", ()) if note.objgen not in known or not note.is_indirect]


def is_signature(note):
    """A widget that shows a signature, and nothing else."""
    return str(note.get("/Subtype")) == "/Widget" and str(note.get("/FT")) == "/Sig"


def is_same(old, new, gains):
    """Whether an object is what it was, but for these keys."""
    if type(old) is not type(new):
        return False
    if isinstance(old, pikepdf.Stream) and old.read_raw_bytes() != new.read_raw_bytes():
        return False
    if not isinstance(old, (pikepdf.Dictionary, pikepdf.Stream)):
        return old.unparse(resolved=True) == new.unparse(resolved=True)
    keys = (set(old.keys()) | set(new.keys())) - set(gains)
    return all(key in old and key in new and written(old[key]) == written(new[key]) for key in keys)


def written(thing):
    """A value as the file writes it; what stands elsewhere as a reference."""
    return thing.unparse() if isinstance(thing, pikepdf.Object) else thing


def test_signature(source, folder, *, certificate, key, root):
    """Sign the paper as an invented authority does in a demonstration; all three in PEM."""
    store = SimpleCertificateStore()
    store.register(root_of(root))
    private = keys.PrivateKeyInfo.load(pem.unarmor(key.encode())[2])
    who = SimpleSigner(signing_cert=root_of(certificate), signing_key=private, cert_registry=store)
    how = PdfSignatureMetadata(field_name="ChuKySo", md_algorithm="sha256")
    writer = IncrementalPdfFileWriter(io.BytesIO(source.read_bytes()), strict=False)
    signed = done(PdfSigner(how, signer=who).async_sign_pdf(writer))
    (folder / "released").write_bytes(signed.getvalue())
    return {}


if __name__ == "__main__":
    main({"signature": signature, "test_signature": test_signature})
