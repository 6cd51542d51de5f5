"""The open-data interface, version 1: read only, for trading floors and the ministry. Described by data/openapi.yaml.

What it says changes only by additions; anything else is version 2 beside it. Errors are RFC 9457 problems.
"""

import hashlib
import json
import re
from functools import cache
from pathlib import Path

import yaml
from django.conf import settings
from django.http import HttpResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext

from entities.models import CraftVillage, Entity
from foundation import clock
from foundation.regimes.models import Regime
from foundation.ui.http import page
from foundation.ui.text import tidy
from products.filters import words_of
from products.limits import OPEN_DATA, limited
from products.models import Product, Rating
from products.public_facts import (
    LICENCE,
    both,
    producer_facts,
    product_facts,
    ptnt_row,
    village_facts,
)
from products.structured import absolute

DOCUMENT = Path(__file__).resolve().parent.parent / "data" / "openapi.yaml"
FRESH_SECONDS = 300
SLUG, GROUP, NUMBER, TEXT = r"[-a-zA-Z0-9_]{1,40}", r"[IVX]{1,4}", r"[0-9]{1,4}", r"[\s\S]{1,100}"
LIMIT, MOST = 50, 200


class Refused(ValueError):
    """The question cannot be read; ``args[0]`` says of each parameter why."""


# ---------------------------------------------------------------- answers


def answer(request, payload, *, kind="application/json", status=200):
    """JSON with its digest as ETag; 304 when the asker has it. Any page of any site may read it."""
    body = json.dumps(payload, ensure_ascii=False).encode()
    response = HttpResponse(body, content_type=kind, status=status)
    response["Access-Control-Allow-Origin"] = "*"
    if status != 200:
        response["Cache-Control"] = "no-store"
        return response
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response)


def problem(request, status, title, **more):
    """An error that machines can read; the title is Vietnamese, as everything that people read."""
    facts = {"type": "about:blank", "status": status, "title": title, **more}
    return answer(request, facts, kind="application/problem+json", status=status)


def too_many(request, seconds):
    """Asked too often."""
    return problem(request, 429, f"Đã hỏi quá nhiều. Hãy hỏi lại sau {seconds} giây.")


def endpoint(view):
    """A counted public page of the interface that answers unreadable questions with 400."""

    def wrapped(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except Refused as refusal:
            return problem(request, 400, "Tham số không hợp lệ.", errors=refusal.args[0])

    wrapped.__name__, wrapped.__doc__ = view.__name__, view.__doc__
    return limited(OPEN_DATA, too_many)(page(public=True)(wrapped))


# ---------------------------------------------------------------- questions


def whole(value, low, high):
    """A whole number in its range, in plain digits, or None."""
    number = int(value) if re.fullmatch(NUMBER, value, re.ASCII) else None
    return number if number is not None and low <= number <= high else None


def cursor_after(code):
    """Where the next page begins, not meant to be read."""
    return code.encode().hex()


def after_cursor(value):
    """What a cursor stands for, or None; one that was made up leads somewhere in the list, and harms nobody."""
    if not re.fullmatch(r"([0-9a-f]{2}){1,60}", value, re.ASCII):
        return None
    return bytes.fromhex(value).decode(errors="replace").replace("\x00", "")


def matching(pattern):
    """The value as it stands when it has this form, else None."""
    return lambda value: value if re.fullmatch(pattern, value, re.ASCII) else None


READERS = {
    "q": lambda value: tidy(value) if re.fullmatch(TEXT, value) else None,
    "stars": lambda value: whole(value, 1, 5),
    "year": lambda value: whole(value, 2018, 2100),
    "limit": lambda value: whole(value, 1, MOST),
    "group": matching(GROUP),
    "district": matching(SLUG),
    "village": matching(SLUG),
    "producer": matching(SLUG),
    "cursor": after_cursor,
}


def read(request, *names):
    """The parameters that were given, checked; raises Refused. Others are ignored, as new ones may come."""
    found, wrong = {}, {}
    for name in names:
        values = request.GET.getlist(name)
        if not values:
            continue
        value = READERS[name](values[0]) if len(values) == 1 else None
        if value is None:
            wrong[name] = "Giá trị không hợp lệ."
        found[name] = value
    if wrong:
        raise Refused(wrong)
    return found


def listed(request, name, rows, asked, facts, key="code"):
    """One page of a list in the order of its codes, and where the next begins."""
    if "cursor" in asked:
        rows = rows.filter(**{f"{key}__gt": asked["cursor"]})
    limit = asked.get("limit", LIMIT)
    found = list(rows.order_by(key)[: limit + 1])
    following = None
    if len(found) > limit:
        query = request.GET.copy()
        query["cursor"] = cursor_after(getattr(found[limit - 1], key))
        following = f"{absolute(reverse(name))}?{query.urlencode()}"
    payload = {"data": [facts(row) for row in found[:limit]], "next": following, "license": LICENCE}
    response = answer(request, payload)
    if following and response.status_code == 200:
        response["Link"] = f'<{following}>; rel="next"'
    return response


# ---------------------------------------------------------------- endpoints


@cache
def description():
    """The OpenAPI document, with this portal's address."""
    facts = yaml.safe_load(DOCUMENT.read_text(encoding="utf-8"))
    return {**facts, "servers": [{"url": settings.PORTAL_URL}]}


@endpoint
def index(request):
    """What there is, under which licence."""
    names = ("products", "producers", "villages", "groups", "ptnt_ocop", "document")
    links = {name: absolute(reverse(f"products:api_{name}")) for name in names}
    return answer(request, {"version": "1", "license": LICENCE, "links": links})


@endpoint
def document(request):
    """How to ask, as OpenAPI 3.1."""
    return answer(request, description())


@endpoint
def products(request):
    """Products of the catalogue."""
    asked = read(request, "q", "stars", "group", "district", "village", "producer", "limit", "cursor")
    rows = Product.objects.public().for_open_data()
    lookups = {"stars": "stars", "group": "industry", "village": "village__code", "producer": "entity__code"}
    rows = rows.filter(**{lookup: asked[name] for name, lookup in lookups.items() if name in asked})
    if "district" in asked:
        rows = rows.in_district(asked["district"])
    if "q" in asked:
        rows = rows.found_by(words_of(asked["q"]))
    return listed(request, "products:api_products", rows, asked, product_facts)


@endpoint
def product(request, code):
    """One product of the catalogue."""
    row = Product.objects.public().for_open_data().filter(code=code).first()
    if row is None:
        return problem(request, 404, "Không có sản phẩm này trong danh mục.")
    return answer(request, {"data": product_facts(row), "license": LICENCE})


@endpoint
def producers(request):
    """Producers with a public page."""
    rows = Entity.objects.known_to_public().for_list()
    return listed(request, "products:api_producers", rows, read(request, "limit", "cursor"), producer_facts)


@endpoint
def villages(request):
    """Craft villages."""
    rows = CraftVillage.objects.select_related("area__parent__parent")
    return listed(request, "products:api_villages", rows, read(request, "limit", "cursor"), village_facts)


@endpoint
def groups(request):
    """The groups of products, as the law of today names them."""
    named = Regime.objects.industries(clock.today())
    return answer(
        request, {"data": [{"code": code, **both(name, gettext)} for code, name in named], "license": LICENCE}
    )


@endpoint
def ptnt_ocop(request):
    """The ministry's table: one row for each recognition of a year."""
    asked = read(request, "year", "limit", "cursor")
    rows = Rating.objects.with_place_in_register()
    if "year" in asked:
        rows = rows.filter(year=asked["year"])
    today = clock.today()
    return listed(
        request, "products:api_ptnt_ocop", rows, asked, lambda row: ptnt_row(row, today), key="register"
    )
