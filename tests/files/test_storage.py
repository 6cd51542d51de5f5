"""Folders or a store that speaks S3; rows and files compared."""

import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command

from foundation.files import reconcile, tasks
from foundation.files.models import Upload
from foundation.jobs.models import Job
from ocop_portal import media
from tests.factories.files import PieceFactory, UploadFactory
from tests.inspection.test_kinds import picture
from tests.ui.test_documents import pdf

ENVIRONMENT = {
    "S3_BUCKET": "ocop",
    "S3_ENDPOINT": "https://s3.example.vn",
    "S3_ACCESS_KEY": "a",
    "S3_SECRET_KEY": "b",
}


class Bucket(BaseHTTPRequestHandler):
    """PUT, GET, HEAD, DELETE and list of one bucket, in memory; takes signed requests only."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    @property
    def key(self):
        return unquote(urlsplit(self.path).path).removeprefix("/ocop").lstrip("/")

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_PUT(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.headers.get("Authorization", "").startswith("AWS4-HMAC-SHA256"):
            return self.answer(403)
        self.server.objects[self.key] = body
        return self.answer(200, ETag='"a"')

    def do_GET(self):
        if not self.key:
            return self.answer(200, self.listed(), Content_Type="application/xml")
        body = self.server.objects.get(self.key)
        facts = {"ETag": '"a"', "Last_Modified": "Tue, 15 Oct 2024 00:00:00 GMT"}
        return self.answer(404) if body is None else self.answer(200, body, **facts)

    do_HEAD = do_GET

    def do_DELETE(self):
        self.server.objects.pop(self.key, None)
        self.answer(204)

    def listed(self):
        """One level of the bucket, as ListObjects says it."""
        asked = parse_qs(urlsplit(self.path).query)
        prefix, mark = asked.get("prefix", [""])[0], asked.get("delimiter", [""])[0]
        rest = [key[len(prefix) :] for key in sorted(self.server.objects) if key.startswith(prefix)]
        files = [key for key in rest if not mark or mark not in key]
        folders = sorted({key.split(mark)[0] for key in rest if mark and mark in key})
        body = "".join(f"<Contents><Key>{prefix}{key}</Key><Size>1</Size></Contents>" for key in files)
        body += "".join(
            f"<CommonPrefixes><Prefix>{prefix}{name}/</Prefix></CommonPrefixes>" for name in folders
        )
        head = "<Name>ocop</Name><IsTruncated>false</IsTruncated>"
        return f"<?xml version='1.0'?><ListBucketResult>{head}{body}</ListBucketResult>".encode()


@pytest.fixture
def s3(kept_in, monkeypatch):
    """The portal with a store that speaks S3; the objects in it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    server.objects = {}
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("S3_ENDPOINT", f"http://127.0.0.1:{server.server_port}")
    kept_in(media.media_storages(Path("/nowhere")))
    yield server.objects
    server.shutdown()
    server.server_close()


@pytest.mark.django_db
def test_a_file_goes_all_its_way_in_a_store_that_speaks_s3(
    s3, sent, client, producer, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        upload = sent(pdf(pages=2))
    assert upload.status == "released"
    assert s3[upload.file.name].startswith(b"%PDF")
    assert {re.sub("[0-9a-f]{32}", "x", name) for name in s3 if "uploads" in name} == {
        "uploads/x/tep.pdf",
        "uploads/x/trang/0001.jpg",
        "uploads/x/trang/0002.jpg",
        "quarantine/uploads/x/goc",
    }
    assert (upload.file.storage, upload.original.storage) == (default_storage, storages["quarantine"])
    client.force_login(producer)
    row = upload.evidence_files.get()
    url = f"/ho-so/{row.evidence.dossier.code}/minh-chung/{row.evidence.code}/tep-kem/{upload.code}/tai-ve/"
    assert b"".join(client.get(url)).startswith(b"%PDF")
    assert upload.file.name in set(reconcile.stored_files(default_storage))


def test_storages_come_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.delenv("S3_BUCKET", raising=False)
    local = media.media_storages(tmp_path)
    assert not media.kept_in_s3()
    assert local["quarantine"]["OPTIONS"]["location"] == tmp_path / "quarantine"
    monkeypatch.setenv("QUARANTINE_DIR", "/srv/quarantine")
    assert media.media_storages(tmp_path)["quarantine"]["OPTIONS"]["location"] == Path("/srv/quarantine")
    monkeypatch.setenv("S3_BUCKET", "ocop")
    with pytest.raises(ImproperlyConfigured, match="S3_ENDPOINT, S3_ACCESS_KEY, S3_SECRET_KEY"):
        media.media_storages(tmp_path)


# ---------------------------------------------------------------- rows and files (T31)


@pytest.mark.django_db
def test_a_row_without_file_and_a_file_without_row_are_both_found(
    disk, sent, capsys, caplog, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        sent(picture(), "a.jpg")
    kept, lost = UploadFactory(released=True), UploadFactory(released=True)
    PieceFactory(upload=kept)
    before = [name for names in reconcile.differences() for name in names]
    assert not any("uploads" in name for name in before)  # control
    (disk / lost.file.name).unlink()
    (disk / "uploads" / "la.pdf").write_bytes(b"x")
    (disk / "uploads" / ".dang-ghi.part").write_bytes(b"x")
    (disk / "quarantine" / "uploads" / "la").write_bytes(b"x")
    (disk / "photowidths").mkdir()
    (disk / "photowidths" / "a-320.webp").write_bytes(b"x")  # made anew when missing: no row names it
    missing, unknown = reconcile.differences()
    assert f"default:{lost.file.name}" in missing
    assert {"default:uploads/la.pdf", "quarantine:uploads/la"} <= set(unknown)
    assert not any("part" in name or "photowidths" in name for name in unknown)
    with pytest.raises(CommandError):
        call_command("check_files")
    assert lost.file.name in capsys.readouterr().out
    assert reconcile.compare(None) == ""
    assert lost.file.name in caplog.text
    assert "uploads/la" in caplog.text


@pytest.mark.django_db
def test_when_all_agree_the_command_says_so(disk, capsys, caplog):
    disk.mkdir(parents=True)
    (disk / "quarantine").mkdir()
    call_command("check_files")
    assert "Không dòng dữ liệu nào" in capsys.readouterr().out
    reconcile.compare(None)
    assert not [record for record in caplog.records if record.name == "portal.files"]


@pytest.mark.django_db
def test_the_clocks_ring(sent):
    tasks.look_again()
    tasks.clear_files()
    tasks.clear_files()
    assert Job.objects.doing("foundation.files.reconcile.compare").count() == 1
    assert Upload.objects.count() == 0
