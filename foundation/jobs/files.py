"""Files that a work makes: on the disk before the row that names them is committed."""

import os
import shutil
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage


def keep_file(name, content):
    """Store bytes under a fresh name and return it; after a power cut the file is whole, or no row knows it.

    The bytes are written to a temporary name in the same folder, flushed to the disk, and renamed. A storage that is
    not a folder of this machine sees to that itself.
    """
    if not on_disk():
        return default_storage.save(name, ContentFile(content))
    name = default_storage.get_available_name(name)
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    with half.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    half.chmod(settings.FILE_UPLOAD_PERMISSIONS)
    half.rename(path)
    sync_folder(path.parent)
    return name


def clear_folder(name):
    """Remove what an earlier try left behind; no row can name it, because that try lost its lease."""
    if on_disk():
        shutil.rmtree(default_storage.path(name), ignore_errors=True)


def on_disk():
    """Whether files are kept in a folder of this machine."""
    return isinstance(default_storage, FileSystemStorage)


def sync_folder(folder):
    """Flush the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
