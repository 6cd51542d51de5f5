"""Deeds on rated products over time: dated facts, yearly returns, story versions."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from accounts.permissions import require
from entities.actions.facts import altered, store
from foundation import clock
from foundation.jobs.queue import enqueue
from foundation.trail.moves import write
from products import permissions, return_works, tracking
from products.models import Product, ProductFact, ProductStory, Rating, YearlyReturn

# ---------------------------------------------------------------- facts


@transaction.atomic
def record_fact(product, *, by, evidence=None, **facts):
    """An officer writes down that a rated product was maintained, strengthened or upgraded."""
    require(permissions.may_record_fact(by, product))
    fact = ProductFact(product=product, recorded_by=by, is_demo=product.is_demo, **facts)
    _can_be_true(fact)
    store(fact, evidence)
    write(fact, "Ghi sự kiện của sản phẩm", by=by, note=f"{fact}. {fact.note}")
    return fact


@transaction.atomic
def correct_fact(fact, *, by, evidence=None, **facts):
    """Put it right; the trail says what was written before."""
    fact = _fact(fact, by)
    said = altered(fact, facts)
    _can_be_true(fact)
    store(fact, evidence)
    if said or evidence:
        write(fact, "Sửa sự kiện của sản phẩm", by=by, note=said or "thay tệp minh chứng")
    return fact


@transaction.atomic
def strike_fact(fact, *, by, note):
    """Take out what was written by mistake; the product's trail keeps what it said and why it went."""
    fact = _fact(fact, by)
    write(fact.product, "Bỏ sự kiện ghi sai", by=by, note=f"{fact}. {note}")
    stored, storage = fact.evidence.name, fact.evidence.storage
    fact.delete()
    if stored:
        transaction.on_commit(lambda: storage.delete(stored))


def _fact(fact, by):
    rows = ProductFact.objects.select_for_update(of=("self",)).select_related("product__area")
    fact = rows.get(pk=fact.pk)
    require(permissions.may_record_fact(by, fact.product))
    return fact


def _can_be_true(fact):
    """It has happened, to a product with stars on that day; an upgrade to one with more stars than it had before."""
    if fact.day > clock.today():
        raise ValidationError({"day": "Ngày không được sau hôm nay."})
    ratings = Rating.objects.filter(product=fact.product)
    held = ratings.in_force(fact.day).order_by("-stars").first()
    if held is None:
        raise ValidationError({"day": "Ngày này sản phẩm không có hạng sao còn hiệu lực."})
    earlier = ratings.filter(starts_on__lt=held.starts_on, stars__lt=held.stars)
    if fact.kind == tracking.UPGRADED and not earlier.exists():
        raise ValidationError({"kind": "Chưa có quyết định hạng cao hơn hạng trước của sản phẩm này."})


# ---------------------------------------------------------------- yearly returns


@transaction.atomic
def file_return(product, *, by, year, **facts):
    """The producer states the figures of a finished year; stated again, the later ones hold."""
    product = (
        Product.objects.select_for_update(of=("self",)).select_related("entity", "area").get(pk=product.pk)
    )
    require(permissions.may_file_return(by, product))
    if year not in tracking.open_years(clock.today()):
        raise ValidationError(f"Cổng không nhận khai báo của năm {year}.")
    if year not in open_for(product, clock.today()):
        raise ValidationError(f"Năm {year} sản phẩm không có hạng sao nên không phải khai báo.")
    row = YearlyReturn.objects.filter(product=product, year=year).first()
    said = "" if row is None else altered(row, facts)
    row = row or YearlyReturn(product=product, year=year, is_demo=product.is_demo, **facts)
    row.returned_on, row.returned_by = clock.today(), by
    row.validate_constraints()
    row.save()
    write(product, f"Khai báo năm {year}", by=by, note=said)
    return row


def open_for(product, today):
    """The finished years that the product's producer may return on that day."""
    years = tracking.open_years(today)
    return [year for year in years if Product.objects.due_return(year).filter(pk=product.pk).exists()]


def ask_for_returns():
    """Ask for the job that reminds producers, once for each reminder day; returns the Job or None."""
    today = clock.today()
    if (day := tracking.reminder_on(today)) is None:
        return None
    year = today.year - 1
    title = f"Nhắc khai báo sản phẩm năm {year}, đợt {day:%d/%m/%Y}"
    return enqueue(return_works.remind, title=title, effect_key=f"returns:{day.isoformat()}", year=year)


# ---------------------------------------------------------------- story and photo


@transaction.atomic
def tell_story(product, *, by, text, photo=None):
    """A new version of the story, with a new photo or the one before; it is what the product shows from now on."""
    product = _storied(product, by)
    _keep_first(product)
    story = ProductStory(text=text, photo=product.photo.name)
    if photo:
        story.photo.save("photo.jpg", photo, save=False)
    return _show(product, story, by, "Viết câu chuyện sản phẩm")


@transaction.atomic
def restore_story(story, *, by):
    """An older version becomes the newest; nothing in between is lost."""
    product = _storied(story.product, by)
    again = ProductStory(text=story.text, photo=story.photo.name, restores=story.number)
    return _show(product, again, by, f"Khôi phục câu chuyện, bản {story.number}")


def _storied(product, by):
    product = (
        Product.objects.select_for_update(of=("self",)).select_related("entity", "area").get(pk=product.pk)
    )
    require(permissions.may_tell_story(by, product))
    return product


def _keep_first(product):
    """What the product said before versions were kept."""
    if (product.description or product.photo) and not product.stories.exists():
        ProductStory.objects.create(
            product=product, number=1, text=product.description, photo=product.photo.name, day=clock.today()
        )


def _show(product, story, by, act):
    last = product.stories.aggregate(last=Max("number"))["last"] or 0
    story.product, story.number, story.by, story.day = product, last + 1, by, clock.today()
    story.save()
    product.description, product.photo = story.text, story.photo.name
    product.save(update_fields=["description", "photo"])
    write(product, act, by=by, note=str(story))
    return story
