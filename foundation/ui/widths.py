"""Photos in the widths that screens ask for: made when first asked for, kept in the same storage."""

import io
from pathlib import PurePath

from django.core.files.base import ContentFile
from PIL import Image

from foundation.ui.pictures import LONGEST_SIDE

WIDTHS = (320, 640, 960, 1280)  # pixels
FORMATS = ("JPEG", "PNG", "WEBP")
FOLDER = "photowidths"
QUALITY = 74
LARGEST = 2 * LONGEST_SIDE  # pixels


def narrowed(file, width):
    """The name, in the same storage, of the photo at most so wide, as WebP. OSError when it is no picture.

    Two requests at once may both make it; the second's file is dropped. Nothing else ever changes it, because a new
    photo has a new name.
    """
    storage, name = file.storage, f"{FOLDER}/{PurePath(file.name).stem}-{width}.webp"
    if not storage.exists(name):
        kept = storage.save(name, ContentFile(webp(file, width)))
        if kept != name:
            storage.delete(kept)
    return name


def webp(file, width):
    """The photo's pixels, never wider than the original, which the portal drew itself: anything larger is not one."""
    with file.storage.open(file.name) as source, Image.open(source, formats=FORMATS) as image:
        if max(image.size) > LARGEST:
            raise OSError("not drawn by the portal")
        image.draft("RGB", (width, width))
        picture = image.convert("RGB")
        picture.thumbnail((width, 8 * width), Image.Resampling.LANCZOS)
        out = io.BytesIO()
        picture.save(out, "WEBP", quality=QUALITY, method=4)
        return out.getvalue()
