"""Deeds on guidance: every save is a new version; ticks belong to producers."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.permissions import require
from entities import permissions
from entities.actions.policies import new_code
from entities.models import Guide, GuideItem, GuideSample, GuideTick, GuideVersion
from foundation.trail.moves import write

NOT_YOURS = "Chỉ cán bộ cấp tỉnh, sở ngành và quản trị viết hướng dẫn."
OVERTAKEN = (
    "Trong lúc bạn viết, {who} đã lưu bản {number}. Nội dung bạn gõ còn ở dưới; hãy mở bản mới ở cửa sổ khác, "
    "gộp lại rồi lưu lần nữa."
)


@transaction.atomic
def write_guide(*, by, topic, base=0, **facts):
    """A new page, as its first version."""
    require(permissions.may_write_guides(by), NOT_YOURS)
    guide = Guide.objects.create(code=new_code(facts["title"]), topic=topic, title=facts["title"])
    publish(guide, by=by, **facts)
    write(guide, "Viết hướng dẫn", by=by, new="1")
    return guide


@transaction.atomic
def revise_guide(guide, *, by, topic, base, **facts):
    """A new version of a page; refused when somebody saved one since ``base`` was read."""
    require(permissions.may_write_guides(by), NOT_YOURS)
    guide = Guide.objects.select_for_update(of=("self",)).select_related("current__by").get(pk=guide.pk)
    if guide.current.number != base:
        who = guide.current.by or "cổng"
        raise ValidationError(OVERTAKEN.format(who=who, number=guide.current.number))
    guide.topic = topic
    version = publish(guide, by=by, **facts)
    write(guide, "Sửa hướng dẫn", by=by, new=str(version.number), note=version.change)
    return guide


def publish(guide, *, by, **facts):
    """Write the next version and put it in force; items said in the same words keep their ticks."""
    number = guide.current.number + 1 if guide.current else 1
    version = GuideVersion.objects.create(guide=guide, number=number, by=by, **facts)
    guide.current, guide.title = version, version.title
    guide.save()
    held = {item.text: item for item in guide.items.all()}
    rows = []
    for position, text in enumerate(version.lines):
        row = held.pop(text, None) or GuideItem(guide=guide, text=text)
        row.position, row.is_current = position, True
        rows.append(row)
    for row in held.values():
        row.is_current = False
    GuideItem.objects.bulk_create([row for row in rows if row.pk is None])
    GuideItem.objects.bulk_update([*rows, *held.values()], ["position", "is_current"])
    return version


@transaction.atomic
def tick(entity, *, by, guide, done_items):
    """The producer says which things of the page are done."""
    require(permissions.may_tick(by, entity), "Chỉ người của chủ thể đánh dấu việc đã làm.")
    done = {item.pk for item in done_items}
    of_page = GuideTick.objects.filter(entity=entity, item__guide=guide, item__is_current=True)
    held = set(of_page.values_list("item", flat=True))
    of_page.exclude(item__in=done).delete()
    rows = [GuideTick(item_id=pk, entity=entity, by=by) for pk in sorted(done - held)]
    GuideTick.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def add_sample(guide, *, by, title, file):
    """A sample file for the page."""
    require(permissions.may_write_guides(by), NOT_YOURS)
    sample = GuideSample(guide=guide, title=title, content_type=file.content_type, added_by=by)
    sample.file.save("tep.pdf" if file.content_type == "application/pdf" else "tep.jpg", file)
    write(guide, "Thêm tệp mẫu", by=by, note=title)
    return sample


@transaction.atomic
def remove_sample(sample, *, by):
    """The page no longer offers it; the row stays."""
    require(permissions.may_write_guides(by), NOT_YOURS)
    sample.removed_at = timezone.now()
    sample.save(update_fields=["removed_at"])
    write(sample.guide, "Gỡ tệp mẫu", by=by, note=sample.title)
