"""Clocks of files. Ringing twice does no harm."""

from celery import shared_task
from django.utils import timezone

from foundation.files import reconcile, works
from foundation.jobs.queue import enqueue


@shared_task
def look_again():
    """Ring for files that wait for a verdict."""
    works.look_again()


@shared_task
def clear_files():
    """Ring at night: clear what was left behind, then compare rows and files."""
    works.clear_left_behind()
    key = f"compare-files-{timezone.localdate()}"
    enqueue(reconcile.compare, title="Đối chiếu tệp với dữ liệu", effect_key=key)
