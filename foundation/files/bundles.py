"""Packs: a ZIP of a record's files with an index for people and checksums for machines."""

import hashlib
import tempfile
import zipfile

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from foundation import clock
from foundation.files.models import Bundle
from foundation.files.names import clean_name
from foundation.files.permissions import may_pack
from foundation.files.purposes import provider_of
from foundation.jobs.files import clear_folder, keep_stream
from foundation.jobs.queue import work

INDEX, CHECKSUMS = "MUC-LUC.html", "SHA256SUMS.txt"
CHUNK = 1024 * 1024
DAMAGED = "Tệp “{title}” đã lưu không còn khớp mã băm. Hãy báo quản trị hệ thống."


@work
def pack(step, *, provider_name, subject):
    """Write the ZIP and record it for whoever asked; the right is asked once more, for it may be gone meanwhile."""
    job, provider = step.job, provider_of(provider_name)
    if not may_pack(job.by, provider, subject):
        raise ValidationError("Bạn không còn quyền xem các tệp này.")
    clear_folder(f"bundles/{job.code.hex}")
    entries = provider.entries(subject)
    name = clean_name(f"{provider.file_name(subject)}.zip")
    with tempfile.TemporaryFile() as file:
        write_zip(file, provider.heading(subject), entries, step)
        size, digest = file.tell(), hashlib.sha256()
        file.seek(0)
        while content := file.read(CHUNK):
            digest.update(content)
        file.seek(0)
        stored = keep_stream(f"bundles/{job.code.hex}/{job.lease.hex}.zip", file)
    bundle = Bundle.objects.create(
        by=job.by,
        provider=provider_name,
        subject=subject,
        name=name,
        file=stored,
        sha256=digest.hexdigest(),
        size=size,
        entries=len(entries),
    )
    return bundle.get_absolute_url()


def write_zip(file, heading, entries, step):
    """All entries, then index and checksums. A stored file that is not what it was stops the pack."""
    rows, taken = [], {INDEX.lower(), CHECKSUMS.lower()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, entry in enumerate(entries):
            step(5 + 85 * number // len(entries), f"Đang thêm {entry.title}")
            path = free_path(entry.path, taken)
            size, digest = add(archive, path, entry)
            if entry.sha256 and digest != entry.sha256:
                raise ValidationError(DAMAGED.format(title=entry.title))
            rows.append({"path": path, "title": entry.title, "size": size, "sha256": digest})
        context = {"heading": heading, "rows": rows, "moment": clock.now(), "checksums": CHECKSUMS}
        archive.writestr(INDEX, render_to_string("files/index.html", context))
        archive.writestr(CHECKSUMS, "".join(f"{row['sha256']}  {row['path']}\n" for row in rows))
    file.seek(0, 2)


def add(archive, path, entry):
    """Stream one file into the archive; its size and digest."""
    size, digest = 0, hashlib.sha256()
    with entry.open() as source, archive.open(path, "w") as target:
        while content := source.read(CHUNK):
            size += len(content)
            digest.update(content)
            target.write(content)
    return size, digest.hexdigest()


def free_path(path, taken):
    """The path with every step cleaned; a second file of the same name gets a number."""
    steps = [clean_name(step) for step in path.split("/") if step]
    stem, dot, ending = steps[-1].rpartition(".")
    number, found = 1, "/".join(steps)
    while found.lower() in taken:
        number += 1
        last = f"{stem} ({number}){dot}{ending}" if dot else f"{ending} ({number})"
        found = "/".join([*steps[:-1], last])
    taken.add(found.lower())
    return found
