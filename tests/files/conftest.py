"""A dossier in a producer's hands with one piece of evidence, and ways to send files for it."""

import socket
import struct
import threading
from contextlib import contextmanager

import pytest
from django.core.files.storage import storages
from django.utils.functional import empty

from foundation.files import actions, works
from foundation.files.models import Upload, quarantine_storage
from tests.factories.products import DossierFactory, EvidenceFactory
from tests.factories.targets import JobFactory
from tests.jobs.conftest import bell, workers

__all__ = ["bell", "workers"]


class Step:
    """What a job gives to its work."""

    def __init__(self, by=None):
        self.job = JobFactory(by=by)
        self.job.lease = self.job.code
        self.said = []

    def __call__(self, percent, message=""):
        self.said.append((percent, message))


@pytest.fixture
def producer(people):
    return people["producer"]


@pytest.fixture
def evidence(entity, producer):
    """Evidence of a draft dossier."""
    return EvidenceFactory(dossier=DossierFactory(product__entity=entity), added_by=producer)


@pytest.fixture
def kept_in(settings):
    """Keep files elsewhere than in memory: ``kept_in(storages)``."""

    def keep(chosen):
        settings.STORAGES = settings.STORAGES | chosen
        quarantine_storage._wrapped = empty

    yield keep
    quarantine_storage._wrapped = empty


@pytest.fixture
def disk(kept_in, tmp_path):
    """Folders of this machine; returns the outer one."""
    local = "django.core.files.storage.FileSystemStorage"
    chosen = {
        "default": {"BACKEND": local, "OPTIONS": {"location": tmp_path / "media"}},
        "quarantine": {"BACKEND": local, "OPTIONS": {"location": tmp_path / "media" / "quarantine"}},
    }
    kept_in(chosen)
    return tmp_path / "media"


@pytest.fixture
def sent(evidence, producer):
    """Send a file and have it checked: ``sent(content, name)`` returns its row."""

    def send(content, name="giay.pdf", check=True):
        upload = actions.begin("evidence", str(evidence.code), by=producer, name=name, size=len(content))
        for start in range(0, len(content), actions.PIECE):
            actions.add_piece(upload, start, content[start : start + actions.PIECE], by=producer)
        upload = actions.finish(upload, by=producer)
        if check:
            works.check(Step(), upload_id=upload.pk)
        return Upload.objects.get(pk=upload.pk)

    return send


def stored(alias="default"):
    """Names of everything in a storage, for tests in memory."""
    storage, found = storages[alias], []

    def walk(folder):
        folders, files = storage.listdir(folder)
        found.extend(f"{folder}/{name}".lstrip("/") for name in files)
        for name in folders:
            walk(f"{folder}/{name}".lstrip("/"))

    walk("")
    return sorted(found)


EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class Clamd(threading.Thread):
    """A daemon that speaks the protocol of clamd (INSTREAM) and knows one virus; or answers as told."""

    def __init__(self, answer=None):
        super().__init__(daemon=True)
        self.answer, self.scanned = answer, []
        self.door = socket.create_server(("127.0.0.1", 0))
        self.url = f"tcp://127.0.0.1:{self.door.getsockname()[1]}"

    def run(self):
        while True:
            try:
                line, _ = self.door.accept()
            except OSError:
                return
            with line:
                self.serve(line)

    def serve(self, line):
        """One scan."""
        assert exactly(line, 10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", exactly(line, 4))[0]:
            content += exactly(line, length)
        self.scanned.append(len(content))
        verdict = b"stream: Eicar-Test-Signature FOUND" if EICAR[3:] in content else b"stream: OK"
        line.sendall((verdict if self.answer is None else self.answer) + b"\0")


def exactly(line, length):
    """So many bytes."""
    found = b""
    while len(found) < length:
        more = line.recv(length - len(found))
        assert more, "the line was cut"
        found += more
    return found


@contextmanager
def clamd(answer=None):
    """A running daemon."""
    daemon = Clamd(answer)
    daemon.start()
    yield daemon
    daemon.door.shutdown(socket.SHUT_RDWR)  # a closed door alone would let one more visitor in
    daemon.join(5)
    daemon.door.close()
