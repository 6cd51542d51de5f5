"""Open data for people: the page that explains them, the whole catalogue as CSV, new recognitions as a feed."""

import csv
import datetime as dt
from itertools import islice

from django.conf import settings
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import feedgenerator, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from foundation import clock
from foundation.ui.errors import too_many_requests
from foundation.ui.exports import Echo, safe_text
from foundation.ui.http import page
from foundation.ui.languages import bilingual
from products.limits import OPEN_DATA, limit_of, limited
from products.models import Product, Rating
from products.public_facts import COLUMNS, LICENCE, product_facts
from products.structured import absolute

NEWS = 50  # recognitions in the feed
BATCH = 500  # products read at a time


@bilingual
@page(public=True)
def open_data(request):
    """What is open, under which licence, and how to fetch it."""
    context = {"licence": LICENCE, "columns": COLUMNS, "limit": limit_of(OPEN_DATA).most}
    return render(request, "products/public/open_data.html", context)


def _lines():
    """The CSV line by line; texts that a spreadsheet would take for a formula are disarmed."""
    writer = csv.writer(Echo())
    yield "\ufeff" + writer.writerow([column.head for column in COLUMNS])
    rows = Product.objects.public().for_open_data().iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        for product in batch:
            facts = product_facts(product)
            yield writer.writerow([_cell(column.value(facts)) for column in COLUMNS])


def _cell(value):
    """Numbers with a point and yes or no as 1 or 0: for machines."""
    if isinstance(value, bool | int):
        return int(value)
    return safe_text(value)


@limited(OPEN_DATA, lambda request, seconds: too_many_requests(request))
@page(public=True)
def products_csv(request):
    """The whole catalogue. The licence travels in the head of the answer."""
    response = StreamingHttpResponse(_lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="san-pham-ocop-{clock.today():%Y-%m-%d}.csv"'
    response["Link"] = f'<{LICENCE["url"]}>; rel="license"'
    return response


@bilingual
@page(public=True)
def feed(request):
    """The newest recognitions as Atom."""
    news = Rating.objects.in_force().for_list().order_by("-starts_on", "-pk")[:NEWS]
    about = {"province": settings.PROVINCE_NAME}
    atom = feedgenerator.Atom1Feed(
        title=_("Sản phẩm OCOP mới được công nhận, tỉnh %(province)s") % about,
        link=absolute(reverse("products:catalogue")),
        description="",
        language=get_language(),
        feed_url=absolute(reverse("products:feed")),
        feed_guid=absolute("/san-pham/moi.atom"),
        feed_copyright=LICENCE["title"],
    )
    for rating in news:
        facts = {
            "stars": rating.stars,
            "number": rating.decision.number,
            "maker": rating.product.entity or "",
        }
        moment = timezone.make_aware(dt.datetime.combine(rating.decision.day, dt.time(8)))
        link = absolute(rating.product.get_absolute_url())
        atom.add_item(
            title=rating.product.name,
            link=link,
            description=_("%(stars)s sao, quyết định %(number)s. %(maker)s") % facts,
            unique_id=f"{absolute('/san-pham/')}{rating.product.code}/#{rating.starts_on}",
            pubdate=moment,
            updateddate=moment,
        )
    return HttpResponse(atom.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")
