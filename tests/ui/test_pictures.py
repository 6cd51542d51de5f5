"""Uploaded pictures."""

import io
import struct
import zlib

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from foundation.ui.forms import PhotoField
from foundation.ui.pictures import MAX_BYTES

PAYLOAD = b"<script>alert(1)</script>PK\x03\x04<?php"


def picture(form="JPEG", size=(40, 30), mode="RGB", color="red", **options):
    out = io.BytesIO()
    Image.new(mode, size, color).save(out, form, **options)
    return out.getvalue()


def cleaned(content, name="anh.jpg"):
    return PhotoField().clean(SimpleUploadedFile(name, content))


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def bomb(width, height):
    """A PNG that promises so many pixels and holds almost nothing."""
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    body = zlib.compress(b"\x00" * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_the_three_formats_become_jpeg(form):
    file = cleaned(picture(form), f"ảnh.{form.lower()}")
    assert Image.open(file).format == "JPEG"
    assert file.name == "ảnh.jpg"
    assert file.content_type == "image/jpeg"


@pytest.mark.parametrize(
    "content", [picture("GIF"), picture("BMP"), picture("TIFF"), b"%PDF-1.7", b"<svg/>", b"x" * 100]
)
def test_other_formats_are_refused_whatever_their_name(content):
    with pytest.raises(forms.ValidationError, match="không phải ảnh"):
        cleaned(content, "anh.jpg")


@pytest.mark.parametrize(("width", "height"), [(8000, 6000), (20000, 10000), (60000, 60000)])
def test_a_picture_of_too_many_pixels_is_refused_before_decoding(monkeypatch, width, height):
    def never(self):
        raise AssertionError("decoded")

    monkeypatch.setattr("PIL.PngImagePlugin.PngImageFile.load", never)
    with pytest.raises(forms.ValidationError, match="điểm ảnh"):
        cleaned(bomb(width, height), "bom.png")


def test_a_picture_just_within_the_limit_is_taken():
    file = cleaned(picture("PNG", (8000, 5000), "1", 0), "to.png")
    assert max(Image.open(file).size) == 1600


def test_a_broken_picture_is_refused_in_words():
    with pytest.raises(forms.ValidationError, match="hỏng"):
        cleaned(picture(size=(800, 600), color="blue")[:300])


def test_a_heavy_file_is_refused_by_its_size():
    with pytest.raises(forms.ValidationError, match="10 MB"):
        cleaned(picture() + b"\x00" * MAX_BYTES)


def test_a_polyglot_loses_its_payload():
    dirty = picture(comment=PAYLOAD) + PAYLOAD
    assert PAYLOAD in dirty
    assert PAYLOAD not in cleaned(dirty).read()


def test_place_and_camera_are_dropped_and_the_picture_stands_upright():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Máy ảnh"
    exif.get_ifd(0x8825)[1] = "N"
    out = Image.open(cleaned(picture(size=(40, 30), exif=exif)))
    assert out.size == (30, 40)
    assert not out.getexif()


def test_transparent_ground_becomes_white_paper():
    out = Image.open(cleaned(picture("PNG", mode="RGBA", color=(0, 0, 0, 0)), "a.png"))
    assert out.getpixel((5, 5)) == (255, 255, 255)


def test_nothing_sent_to_an_optional_field_is_no_error():
    assert PhotoField(required=False).clean(None) is None
