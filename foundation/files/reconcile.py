"""Do rows and files agree? Files that no row names, and rows whose file is not there."""

import logging

from django.apps import apps
from django.core.files.storage import default_storage, storages
from django.db.models import FileField

from foundation.files.models import quarantine
from foundation.jobs.queue import work
from foundation.ui import widths

log = logging.getLogger("portal.files")

QUARANTINE_FOLDER = "quarantine"  # may lie inside the folder of the other storage
# Photos in widths have no rows: they are made anew when missing.
NOT_OURS = {QUARANTINE_FOLDER, widths.FOLDER}
SHOWN = 20  # names in the log; the command prints all


def file_fields():
    """(model, field) of every column that names a stored file."""
    for model in apps.get_models():
        if model._meta.managed and not model._meta.proxy:
            yield from ((model, field) for field in model._meta.local_fields if isinstance(field, FileField))


def named_files():
    """{storage alias: names that rows hold}."""
    named = {"default": set(), "quarantine": set()}
    for model, field in file_fields():
        alias = "quarantine" if field.storage is quarantine() else "default"
        rows = model._base_manager.exclude(**{f"{field.name}__in": ["", None]})
        named[alias].update(rows.values_list(field.name, flat=True).iterator())
    return named


def stored_files(storage, folder=""):
    """Every file of a storage; what is being written has a name that begins with a dot."""
    folders, files = storage.listdir(folder)
    yield from (f"{folder}/{name}".lstrip("/") for name in files if name and not name.startswith("."))
    for name in folders:
        if name and name not in NOT_OURS:
            yield from stored_files(storage, f"{folder}/{name}".lstrip("/"))


def differences():
    """``(missing, unknown)``: names with their storage, in rows but not stored, and stored but in no row."""
    missing, unknown = [], []
    for alias, named in named_files().items():
        storage = storages[alias] if alias != "default" else default_storage
        stored = set(stored_files(storage))
        missing += [f"{alias}:{name}" for name in sorted(named - stored)]
        unknown += [f"{alias}:{name}" for name in sorted(stored - named)]
    return missing, unknown


@work
def compare(step):
    """The nightly comparison; what disagrees stands in the log as an error."""
    missing, unknown = differences()
    if missing:
        log.error("%s rows name a file that is not stored: %s", len(missing), ", ".join(missing[:SHOWN]))
    if unknown:
        log.warning("%s stored files are named by no row: %s", len(unknown), ", ".join(unknown[:SHOWN]))
    return ""
