"""Answering with a file of what was handed in."""

from django.http import Http404

from foundation.ui.http import serve_private_file
from products.models import Evidence


def serve_frozen(request, paper):
    """The bytes behind a paper of a submission, once the caller has checked the right to it; else 404."""
    storage = Evidence._meta.get_field("file").storage
    if not storage.exists(paper.file):
        raise Http404
    stored = Evidence(file=paper.file).file
    name = f"{paper.title}.{paper.file.rpartition('.')[2]}"
    return serve_private_file(request, stored, name, inline=True, content_type=paper.content_type)
