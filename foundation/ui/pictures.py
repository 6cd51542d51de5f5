"""Uploaded pictures: judged by content, made upright, small and free of everything but the picture."""

import io
from pathlib import PurePath

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 10 * 1024 * 1024
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 1600  # pixels
QUALITY = 85

# Pillow's own alarm rings at the same size as ours (as a warning) and at twice the size (as an error).
Image.MAX_IMAGE_PIXELS = MAX_PIXELS


class UnfitPicture(ValueError):
    """The picture is refused; the message says why, in the words of the person who sent it."""


def checked_photo(file, *, longest_side=LONGEST_SIDE):
    """A new JPEG file made from an uploaded picture, or UnfitPicture."""
    if file.size > MAX_BYTES:
        raise UnfitPicture("Ảnh lớn hơn 10 MB. Hãy chọn ảnh nhỏ hơn.")
    file.seek(0)
    picture = upright(file, longest_side)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    fresh = ContentFile(out.getvalue(), name=f"{PurePath(file.name or 'anh').stem[:80] or 'anh'}.jpg")
    fresh.content_type, fresh.pages = "image/jpeg", 1
    fresh.width, fresh.height = picture.size
    return fresh


def upright(file, longest_side):
    """The picture turned as the camera was held, no side longer than asked, on white, in RGB, without
    metadata.
    """
    try:
        with Image.open(file, formats=FORMATS) as image:
            refuse_too_many_pixels(image)  # before a single pixel is decoded
            image.draft("RGB", (longest_side, longest_side))
            image.load()
            turned = ImageOps.exif_transpose(image)
            turned.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
            return bare(turned)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise UnfitPicture(too_many_pixels()) from bomb
    except UnidentifiedImageError as unknown:
        raise UnfitPicture("Tệp không phải ảnh JPEG, PNG hoặc WebP. Ảnh HEIC hãy đổi sang JPEG.") from unknown
    except (OSError, ValueError, SyntaxError, EOFError, IndexError) as broken:
        if isinstance(broken, UnfitPicture):
            raise
        raise UnfitPicture("Ảnh bị hỏng, không mở được. Hãy chụp hoặc lưu lại ảnh rồi thử lại.") from broken


def too_many_pixels():
    return f"Ảnh có quá nhiều điểm ảnh (trên {MAX_PIXELS // 1_000_000} triệu). Hãy giảm kích thước ảnh."


def refuse_too_many_pixels(image):
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise UnfitPicture(too_many_pixels())


def bare(image):
    """Only the pixels, on white paper: a fresh picture, so no comment, place or profile travels along."""
    paper = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        paper.paste(layer, mask=layer.getchannel("A"))
    else:
        paper.paste(image.convert("RGB"))
    return paper
