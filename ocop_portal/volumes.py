"""How full the volumes are that the portal watches; administrators hear of it before a volume is full (T30)."""

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from accounts.models import Notice, NoticeKind, Role, User
from accounts.notices import tell
from foundation import clock


@dataclass(frozen=True)
class Volume:
    """A watched folder and how much of its volume is taken, in whole percent."""

    folder: Path
    percent: int


def measured():
    """Each watched folder that is there, one for each volume."""
    found = {}
    for folder in map(Path, settings.WATCHED_FOLDERS):
        if folder.is_dir():
            space = shutil.disk_usage(folder)
            found.setdefault(
                folder.stat().st_dev, Volume(folder, 100 * space.used // (space.used + space.free))
            )
    return list(found.values())


def crowded():
    """Those that have reached the share from which the alarm rings."""
    return [volume for volume in measured() if volume.percent >= settings.VOLUME_ALARM_PERCENT]


def watch():
    """Tell every administrator of crowded volumes: once a day at the bell and by mail."""
    told = "; ".join(f"{volume.folder}: {volume.percent} %" for volume in crowded())
    if not told:
        return
    text = f"Ổ đĩa của máy chủ sắp đầy ({told}). Hãy thêm dung lượng trước khi cổng phải từ chối ghi."
    heard = Notice.objects.filter(kind=NoticeKind.PORTAL_VOLUME, day=clock.today()).values("person")
    for keeper in User.objects.holding(Role.ADMINISTRATOR).exclude(pk__in=heard):
        tell([keeper], NoticeKind.PORTAL_VOLUME, keeper, text=text, url=reverse("desk"))
