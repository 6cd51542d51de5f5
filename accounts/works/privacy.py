"""What a worker does for this app: put together a copy of one person's data."""

import io
import json
import zipfile

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from accounts.models import DataExport, User
from accounts.models.privacy import expiry_of_exports
from foundation import clock
from foundation.jobs.files import clear_folder, keep_file
from foundation.jobs.queue import work

README = """Dữ liệu của tôi
===============
du-lieu.json   cùng nội dung, để máy đọc
du-lieu.html   cùng nội dung, mở bằng trình duyệt
Cổng chỉ lập tệp này cho chính bạn và xóa khỏi cổng sau vài ngày. Hãy giữ tệp ở nơi an toàn.
"""


@work
def collect_my_data(step, *, person_id):
    """Collect what the portal holds about the person who asked, as a ZIP file that expires."""
    job = step.job
    person = User.objects.get(pk=person_id, pk__in=[job.by_id])
    clear_folder(f"my-data/{job.code.hex}")
    step(10, "Đang tìm dữ liệu của bạn")
    sections = import_string(settings.PERSONAL_DATA)(person)
    step(60, "Đang nén tệp")
    now = clock.now()
    content = zipped(sections, now)
    step(85, "Đang lưu tệp")
    name = keep_file(f"my-data/{job.code.hex}/{job.lease.hex}/du-lieu-cua-toi.zip", content)
    export = DataExport.objects.create(
        person=person, job=job, file=name, created_at=now, expires_at=expiry_of_exports(now)
    )
    return export.get_absolute_url()


def zipped(sections, moment):
    """The sections as JSON and as a page to read, in one file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc-truoc.txt", README)
        facts = {"made_at": moment.isoformat(timespec="seconds"), "sections": sections}
        archive.writestr("du-lieu.json", json.dumps(facts, ensure_ascii=False, indent=1))
        page = render_to_string("accounts/export.html", {"sections": sections, "moment": moment})
        archive.writestr("du-lieu.html", page)
    return out.getvalue()
