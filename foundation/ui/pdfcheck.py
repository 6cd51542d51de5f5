"""Judge one PDF from standard input, in a process of its own, and print the verdict as JSON.

Started by ``documents.pages_of`` as a plain script, so it knows neither Django nor the portal.
"""

import io
import json
import resource
import sys

import pikepdf

MEMORY_BYTES = 1024**3
CPU_SECONDS = 15
ACTIVE_KINDS = {"/JavaScript", "/Launch", "/ImportData", "/RichMediaExecute"}
ACTIVE_KEYS = ("/JS", "/JavaScript", "/EF", "/EmbeddedFiles")
ACTIVE_TYPES = {"/EmbeddedFile"}
DEEPEST = 40  # levels of direct objects inside one another


def is_active(thing, depth=0):
    """Whether this object, or one written directly inside it, carries code or a file."""
    if depth > DEEPEST:
        return True
    if isinstance(thing, pikepdf.Array):
        return any(is_active(item, depth + 1) for item in thing if not leads_elsewhere(item))
    if not isinstance(thing, (pikepdf.Dictionary, pikepdf.Stream)):
        return False
    if str(thing.get("/S", "")) in ACTIVE_KINDS or str(thing.get("/Type", "")) in ACTIVE_TYPES:
        return True
    if any(key in thing for key in ACTIVE_KEYS):
        return True
    return any(is_active(value, depth + 1) for _, value in thing.items() if not leads_elsewhere(value))


def leads_elsewhere(value):
    """References are met on their own in the list of all objects; plain values hold nothing."""
    return not isinstance(value, pikepdf.Object) or value.is_indirect


def verdict(content):
    """``{"pages": n}`` or ``{"refused": word}``."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                return {"refused": "encrypted"}
            if not len(pdf.pages):
                return {"refused": "empty"}
            if any(is_active(thing) for thing in pdf.objects):
                return {"refused": "active"}
            return {"pages": len(pdf.pages)}
    except pikepdf.PasswordError:
        return {"refused": "encrypted"}
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return {"refused": "damaged"}


def main():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    print(json.dumps(verdict(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
