"""A store that speaks S3: MinIO, Ceph, or an office's cloud. Nothing in it is public; the portal sends every file."""

from botocore.config import Config
from storages.backends.s3 import S3Storage


class Store(S3Storage):
    """Private objects under names of ours; never overwritten, never linked to."""

    def get_default_settings(self):
        quiet = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            request_checksum_calculation="when_required",  # stores that are not Amazon's often know no other
            response_checksum_validation="when_required",
            connect_timeout=5,
            read_timeout=30,
            retries={"max_attempts": 3},
        )
        ours = {
            "file_overwrite": False,
            "default_acl": None,
            "querystring_auth": True,
            "client_config": quiet,
        }
        return super().get_default_settings() | ours
