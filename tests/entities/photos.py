"""Photos as phones make them."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def photo(colour="teal", name="IMG_0001.jpg"):
    """A photo as a phone makes it, with the place in it."""
    out, exif = io.BytesIO(), Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (20.0, 30.0, 15.0)
    exif[0x010F] = "May anh bi mat"
    Image.new("RGB", (80, 60), colour).save(out, "JPEG", exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), "image/jpeg")
