"""Uploaded documents."""

import io

import pikepdf
import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from foundation.ui.documents import MAX_BYTES
from foundation.ui.forms import DocumentField


def pdf(change=None, pages=2, **options):
    """A PDF of blank pages, changed before it is saved."""
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page(page_size=(200, 200))
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out, **options)
    return out.getvalue()


def action(kind, **entries):
    return pikepdf.Dictionary(S=pikepdf.Name(kind), **entries)


def open_action(made):
    made.Root.OpenAction = action("/JavaScript", JS=pikepdf.String("app.alert(1)"))


def nested_action(made):
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, A=action("/Launch", F="cmd.exe")
    )
    made.pages[0].Annots = pikepdf.Array([link])


def attachment(made):
    made.attachments["a.exe"] = b"MZ"


def named_script(made):
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([])))


def web_link(made):
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Link,
        A=action("/URI", URI=pikepdf.String("https://example.vn")),
    )
    made.pages[0].Annots = pikepdf.Array([link])


def cleaned(content, name="tai-lieu.pdf"):
    return DocumentField().clean(SimpleUploadedFile(name, content))


@pytest.mark.parametrize("change", [None, web_link])
def test_a_plain_pdf_is_kept_byte_for_byte(change):
    content = pdf(change)
    file = cleaned(content)
    assert file.read() == content
    assert (file.pages, file.content_type) == (2, "application/pdf")


@pytest.mark.parametrize("change", [open_action, nested_action, attachment, named_script])
def test_code_and_attachments_are_refused(change):
    with pytest.raises(forms.ValidationError, match="mã lệnh hoặc tệp đính kèm"):
        cleaned(pdf(change))


def test_code_hidden_in_compressed_objects_is_refused():
    content = pdf(open_action, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert b"JavaScript" not in content
    with pytest.raises(forms.ValidationError, match="mã lệnh"):
        cleaned(content)


@pytest.mark.parametrize("password", ["", "bí mật"])
def test_an_encrypted_pdf_is_refused(password):
    with pytest.raises(forms.ValidationError, match="mật khẩu"):
        cleaned(pdf(encryption=pikepdf.Encryption(owner="chủ", user=password)))


def test_a_pdf_without_pages_is_refused():
    with pytest.raises(forms.ValidationError, match="không có trang"):
        cleaned(pdf(pages=0))


def test_a_damaged_pdf_is_refused():
    with pytest.raises(forms.ValidationError, match="hỏng"):
        cleaned(b"%PDF-1.7\n" + b"\xff" * 400)


def test_a_pdf_that_takes_too_long_is_refused_and_the_server_goes_on(monkeypatch):
    monkeypatch.setattr("foundation.inspection.opening.SECONDS", 0.001)
    with pytest.raises(forms.ValidationError, match="quá phức tạp"):
        cleaned(pdf())


@pytest.mark.parametrize(
    "content", [b"MZ\x90\x00", b"PK\x03\x04", b"<html>", b"RIFF\x00\x00\x00\x00WAVE", b" %PDF-1.7"]
)
def test_other_files_are_refused_whatever_their_name(content):
    with pytest.raises(forms.ValidationError):
        cleaned(content + b"\x00" * 50)


def test_a_photo_may_stand_for_a_document():
    out = io.BytesIO()
    Image.new("RGB", (30, 20)).save(out, "PNG")
    file = cleaned(out.getvalue(), "giay.png")
    assert (file.content_type, file.pages) == ("image/jpeg", 1)


def test_a_heavy_file_is_refused_by_its_size():
    with pytest.raises(forms.ValidationError, match="20 MB"):
        cleaned(pdf() + b"\x00" * MAX_BYTES)
