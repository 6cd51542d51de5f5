"""Where files are kept, from the environment: folders of this machine, or a store that speaks S3."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

LOCAL = "django.core.files.storage.FileSystemStorage"
S3 = "foundation.files.s3.Store"
S3_NEEDS = ("S3_ENDPOINT", "S3_ACCESS_KEY", "S3_SECRET_KEY")


def kept_in_s3():
    """Whether a bucket is named."""
    return bool(os.environ.get("S3_BUCKET"))


def media_storages(media_root):
    """Two storages: ``default`` for what was released, ``quarantine`` for bytes that nobody has judged."""
    if kept_in_s3():
        return {"default": bucket(""), "quarantine": bucket("quarantine")}
    quarantine = Path(os.environ.get("QUARANTINE_DIR") or media_root / "quarantine")
    return {
        "default": {"BACKEND": LOCAL},
        "quarantine": {"BACKEND": LOCAL, "OPTIONS": {"location": quarantine}},
    }


def bucket(location):
    """A part of the bucket that S3_BUCKET names."""
    given = {name: os.environ.get(name, "") for name in S3_NEEDS}
    if missing := [name for name, value in given.items() if not value]:
        raise ImproperlyConfigured(f"S3_BUCKET needs {', '.join(missing)} too.")
    return {
        "BACKEND": S3,
        "OPTIONS": {
            "bucket_name": os.environ["S3_BUCKET"],
            "location": location,
            "endpoint_url": given["S3_ENDPOINT"],
            "access_key": given["S3_ACCESS_KEY"],
            "secret_key": given["S3_SECRET_KEY"],
            "region_name": os.environ.get("S3_REGION") or "us-east-1",
        },
    }
