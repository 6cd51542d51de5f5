"""What anybody can check: QR codes offline, proofs, heads, keys, files (T107–T110, T113–T116)."""

import datetime as dt
import io
import json
import os

import pytest
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from pyhanko.pdf_utils.generic import pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from foundation.trail import merkle
from foundation.trail.keys import PortalKey
from products import actions, qr, test_authority
from products.actions import register
from products.models import Happening, Product, RegisterEntry, SignedPaper
from tests.factories.certificates import rated
from tests.products.test_certificate_life import DAY
from tools import check_certificate as offline

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(entity):
    row = rated(entity)
    Product.objects.update(is_demo=True)
    row.product.is_demo = True
    return actions.issue_certificate(row, by=None)


def published(client):
    return client.get(reverse("products:register_heads")).json()


def proof_of(client, paper):
    return client.get(reverse("products:certificate_proof", args=[paper.token])).json()


@pytest.mark.parametrize("size", range(1, 18))
def test_every_leaf_of_every_small_tree_climbs_to_the_root(size):
    leaves = [merkle.leaf(bytes([n])) for n in range(size)]
    top = merkle.root(leaves)

    assert offline.root(leaves) == top
    for at, leaf in enumerate(leaves):
        way = merkle.path(leaves, at)
        assert merkle.climbs_to(leaf, at, size, way) == offline.climbs_to(leaf, at, size, way) == top
        assert merkle.climbs_to(merkle.leaf(b"x"), at, size, way) != top
        assert merkle.climbs_to(leaf, at, size, [*way, top]) is None
    assert merkle.climbs_to(leaves[0], size, size, []) is None
    assert merkle.root([]) == offline.root([])


def test_t109_t115_the_code_is_checked_without_the_portal(paper, client):
    keys = published(client)

    assert offline.check_qr(paper.qr, keys).startswith(f"Mã do cổng ký: giấy số {paper.number}")
    address, payload = qr.read(paper.qr, PortalKey.objects.all())
    assert (address, payload.number) == (paper.qr.partition("#")[0], paper.number)
    for forged in (
        paper.qr.replace("giay-chung-nhan", "giay-chung-nhan2"),
        paper.qr[:-4] + "AAAA",
        "https://a/#x",
    ):
        with pytest.raises(offline.Wrong):
            offline.check_qr(forged, keys)
        with pytest.raises(qr.NotOurs):
            qr.read(forged, PortalKey.objects.all())
    with pytest.raises(qr.NotOurs, match="không phải của cổng"):
        qr.read(paper.qr, [])


def test_t114_a_rotated_key_still_proves_a_stolen_one_does_not(paper, client, settings):
    old = PortalKey.objects.get()
    settings.TRAIL_SIGNING_SEED = os.urandom(32)
    new = PortalKey.objects.current()
    old.refresh_from_db()

    assert (old.until, new.until) == (new.since, None)
    assert qr.read(paper.qr, PortalKey.objects.all())
    with pytest.raises(IntegrityError, match="không sửa lại"), transaction.atomic():
        PortalKey.objects.filter(pk=old.pk).update(until=None)
    PortalKey.objects.filter(pk=old.pk).update(stolen_since=old.since)
    with pytest.raises(qr.NotOurs, match="ngoài thời gian"):
        qr.read(paper.qr, PortalKey.objects.all())
    with pytest.raises(offline.Wrong, match="ngoài thời gian"):
        offline.check_qr(paper.qr, published(client))


def test_t114_a_key_that_was_put_aside_does_not_sign_again(paper, settings):
    seed = settings.TRAIL_SIGNING_SEED
    settings.TRAIL_SIGNING_SEED = os.urandom(32)
    PortalKey.objects.current()
    settings.TRAIL_SIGNING_SEED = seed

    with pytest.raises(ImproperlyConfigured):
        PortalKey.objects.current()


def test_a_proof_leads_to_the_signed_head(paper, client, tmp_path, capsys):
    assert proof_of(client, paper)["head"] is None
    register.sign_head(DAY)
    register.enter(paper, Happening.EXPIRED, day=DAY)

    proof, keys = proof_of(client, paper), published(client)
    said = offline.check_proof(proof, keys)
    assert "dòng 0: issued" in said
    assert "chờ dấu cuối" in said
    proof["entries"][0]["text"] = proof["entries"][0]["text"].replace('"stars":3', '"stars":5')
    with pytest.raises(offline.Wrong, match="Không có trong dấu cuối"):
        offline.check_proof(proof, keys)
    files = {name: tmp_path / name for name in ("keys", "qr")}
    files["keys"].write_text(json.dumps(keys))
    assert offline.main(["qr", paper.qr, "--keys", str(files["keys"])]) == 0
    assert offline.main(["qr", "x", "--keys", str(files["keys"])]) == 1
    assert offline.main(["qr", "x", "--keys", str(files["qr"])]) == 2


def test_t113_two_histories_contradict_each_other(paper, client):
    register.sign_head(DAY)
    old = published(client)
    leaves = client.get(reverse("products:register_leaves")).json()
    assert offline.check_heads(old, published(client), leaves).startswith("2 dấu cuối")

    forked = {"leaves": [merkle.leaf(b"khac").hex()]}
    with pytest.raises(offline.Wrong, match="hai bản sổ"):
        offline.check_heads(old, old, forked)
    with pytest.raises(offline.Wrong, match="thiếu dòng"):
        offline.check_heads(old, old, {"leaves": []})


def test_t110_guesses_are_counted(client, settings):
    settings.CERTIFICATE_GUESSES_PER_MINUTE = 5
    codes = [client.get(reverse("products:certificate", args=[f"doan{n}"])).status_code for n in range(8)]

    assert codes == [404] * 5 + [429] * 3


def test_the_register_page_shows_heads_and_keys(paper, client):
    head = register.sign_head(DAY)
    text = client.get(reverse("products:register")).content.decode()

    assert head.root in text
    assert PortalKey.objects.get().public_key in text


# ---------------------------------------------------------------- signed papers


def ours(paper):
    with paper.file.open("rb") as file:
        return file.read()


def updated(content, name):
    """The same PDF after one more update that changes something of the whole document."""
    writer, out = IncrementalPdfFileWriter(io.BytesIO(content), strict=False), io.BytesIO()
    writer.root[name] = pdf_string("en")
    writer.update_root()
    writer.write(out)
    return out.getvalue()


def accepted(paper, officer, content):
    return actions.accept_signed(paper, by=officer, file=ContentFile(content))


def verdict(client, content):
    file = SimpleUploadedFile("a.pdf", content, content_type="application/pdf")
    return client.post(reverse("products:certificate_check"), {"file": file}).content.decode()


def test_t105_t106_t107_t116_only_the_agencys_signature_on_our_bytes(paper, people, client, settings):
    officer, base = people["district_officer"], ours(paper)
    signed = test_authority.signed(base).read()
    key = test_authority.derived_key("kẻ giả")
    fake = test_authority.certified("Gia", key, "Gia", key, is_authority=True)
    own = test_authority.certified(
        "Nguoi ky", test_authority.derived_key("b"), "Gia", key, is_authority=False
    )
    flipped = bytearray(signed)
    flipped[len(base) // 2] ^= 1
    inside = bytearray(signed)
    inside[len(base) + 40] ^= 1
    wrong = {
        "nội dung gốc khác": bytes(flipped),
        "chưa có chữ ký|không hợp lệ": base + b"\n% them\n%%EOF\n",
        "không hợp lệ": bytes(inside),
        "không bao trùm": updated(signed, "/Lang"),
        "thêm nội dung khác": test_authority.signed(updated(base, "/Lang")).read(),
        "không do nơi được cổng tin": test_authority.sign(base, own, test_authority.derived_key("b"), fake),
    }
    for sentence, content in wrong.items():
        with pytest.raises(ValidationError, match=sentence):
            accepted(paper, officer, content)
    assert not SignedPaper.objects.exists()

    row = accepted(paper, officer, signed)

    assert (row.is_test, row.signer) == (True, f"Common Name: {test_authority.SIGNER}")
    assert RegisterEntry.objects.last().facts["signed_sha256"] == row.sha256
    with pytest.raises(ValidationError, match="đã có bản ký số"):
        accepted(paper, officer, signed)
    assert "Đúng bản đã ký" in verdict(client, signed)
    assert "chưa có chữ ký" in verdict(client, base)
    assert "Đã bị thêm nội dung" in verdict(client, base + b"\n% them\n%%EOF\n")
    assert "Không phải bản của cổng" in verdict(client, b"%PDF-1.7 khac")
    file = client.get(reverse("products:certificate_file", args=[paper.token]))
    assert b"".join(file.streaming_content) == signed


def test_the_test_authority_signs_invented_papers_only_and_nothing_is_trusted_without_roots(
    entity, people, settings
):
    real = actions.issue_certificate(rated(entity), by=None)
    signed = test_authority.signed(ours(real)).read()
    with pytest.raises(ValidationError, match="chỉ dùng cho dữ liệu trình diễn"):
        accepted(real, people["district_officer"], signed)
    settings.DEMO = False
    with pytest.raises(ValidationError, match="chưa có danh sách"):
        accepted(real, people["district_officer"], signed)


def test_before_the_signature_everybody_sees_a_draft(paper, client):
    file = client.get(reverse("products:certificate_file", args=[paper.token]))
    content = b"".join(file.streaming_content)

    assert content.startswith(b"%PDF-")
    assert content != ours(paper)
    assert paper.issued_on == dt.date(2024, 10, 1)
