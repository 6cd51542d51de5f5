"""Redraw pictures: upright, small, and free of everything but the picture. In the child process only."""

import pillow_heif
from PIL import Image, ImageOps, UnidentifiedImageError

from foundation.inspection.words import Unfit

PHOTO_FORMATS = ("JPEG", "PNG", "WEBP")
MAX_PIXELS = 40_000_000
QUALITY = 85

pillow_heif.register_heif_opener(thumbnails=False)
Image.MAX_IMAGE_PIXELS = None  # ours comes first, and says so


def redrawn(path, target, longest_side, formats=(*PHOTO_FORMATS, "HEIF")):
    """Write the picture anew as JPEG, no side longer than asked; returns its width and height."""
    try:
        with Image.open(path, formats=formats) as image:
            if image.width * image.height > MAX_PIXELS:  # before a single pixel is decoded
                raise Unfit("pixels")
            image.draft("RGB", (longest_side, longest_side))
            image.load()
            turned = ImageOps.exif_transpose(image)
            turned.thumbnail((longest_side, longest_side), Image.Resampling.LANCZOS)
            fresh = bare(turned)
    except UnidentifiedImageError as unknown:
        raise Unfit("other") from unknown
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, RuntimeError) as broken:
        raise Unfit("damaged") from broken
    fresh.save(target, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return fresh.size


def bare(image):
    """Only the pixels, on white paper: a fresh picture, so no comment, place or profile travels along."""
    paper = Image.new("RGB", image.size, "white")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        paper.paste(layer, mask=layer.getchannel("A"))
    else:
        paper.paste(image.convert("RGB"))
    return paper
