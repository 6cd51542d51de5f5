"""Ask ClamAV about a file, over the protocol of its daemon (clamd, INSTREAM). Off unless CLAMD_URL is set."""

import re
import socket
import struct
from urllib.parse import urlsplit

from django.conf import settings

CHUNK = 256 * 1024
SECONDS = 60
FOUND = re.compile(r"^stream: (?P<name>.+) FOUND$")


class ScannerAway(Exception):
    """Nobody answered sensibly; the file waits."""


def virus_in(path):
    """The name of what clamd found in the file; empty when it found nothing or no scanner is set up."""
    if not settings.CLAMD_URL:
        return ""
    try:
        answer = asked(path)
    except OSError as away:
        raise ScannerAway(str(away)) from away
    if answer == "stream: OK":
        return ""
    if found := FOUND.match(answer):
        return found["name"]
    raise ScannerAway(answer)


def asked(path):
    """Send the file piece by piece, each after its length; the answer."""
    with connected() as line, open(path, "rb") as file:
        line.sendall(b"zINSTREAM\0")
        while piece := file.read(CHUNK):
            line.sendall(struct.pack("!I", len(piece)) + piece)
        line.sendall(struct.pack("!I", 0))
        answer = b""
        while not answer.endswith(b"\0") and (more := line.recv(4096)):
            answer += more
    return answer.rstrip(b"\0").decode("utf-8", "replace")


def connected():
    """A connection to ``tcp://host:port`` or ``unix:///path``."""
    address = urlsplit(settings.CLAMD_URL)
    if address.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(SECONDS)
        line.connect(address.path)
        return line
    return socket.create_connection((address.hostname, address.port or 3310), timeout=SECONDS)
