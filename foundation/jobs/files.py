"""Files that a work makes: on the disk before the row that names them is committed."""

import io
import os
import shutil
from pathlib import Path

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, default_storage


def keep_file(name, content, storage=None):
    """Store bytes under a fresh name and return it; after a power cut the file is whole, or no row knows it."""
    return keep_stream(name, io.BytesIO(content), storage)


def keep_stream(name, source, storage=None):
    """The same for an open file, however large.

    The bytes are written to a temporary name in the same folder, flushed to the disk, and renamed; a disk that is full
    keeps none of them. A storage that is not a folder of this machine sees to that itself.
    """
    storage = storage or default_storage
    if not on_disk(storage):
        return storage.save(name, File(source))
    name = storage.get_available_name(name)
    path = Path(storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f".{path.name}.part")
    try:
        with half.open("wb") as file:
            shutil.copyfileobj(source, file)
            file.flush()
            os.fsync(file.fileno())
        half.chmod(settings.FILE_UPLOAD_PERMISSIONS)
        half.rename(path)
    except OSError:
        half.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    return name


def clear_folder(name):
    """Remove what an earlier try left behind; no row can name it, because that try lost its lease."""
    if on_disk():
        shutil.rmtree(default_storage.path(name), ignore_errors=True)


def on_disk(storage=default_storage):
    """Whether files are kept in a folder of this machine."""
    return isinstance(storage, FileSystemStorage)


def sync_folder(folder):
    """Flush the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
