"""Pages of rated products over time: the book of one product, facts, yearly returns, stories."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.permissions import require
from entities.views.facts import evidence_of, sent
from foundation import clock
from foundation.trail.models import Entry
from foundation.ui.http import carried_out, deed, form_page, page, perform, serve_private_file, turned_away
from foundation.ui.lists import render_list
from products import permissions, sheets, tracking
from products.actions import tracking as actions
from products.models import BusinessPlan, Product, ProductFact, ProductStory, YearlyReturn
from products.potential_forms import ReasonForm
from products.tracking_forms import FactFilter, FactForm, ReturnFilter, ReturnForm, StoryForm


def find_product(request, code):
    """The product by its code, if this person may see it and was told of it; else 404."""
    rows = (
        Product.objects.visible_to(request.user).with_stars().select_related("entity", "area__parent__parent")
    )
    product = get_object_or_404(rows, code=code)
    if not permissions.acts_for(request.user, product.entity):
        get_object_or_404(Product.objects.told(), pk=product.pk)
    return product


def find_fact(request, code):
    """The fact by its code, if this person may see it; else 404."""
    return get_object_or_404(ProductFact.objects.visible_to(request.user).for_list(), code=code)


@page
def product_book(request, code):
    """What is known of a product, for its people and the officers: plans, facts, returns, the story it shows."""
    product, user = find_product(request, code), request.user
    context = {
        "product": product,
        "plans": BusinessPlan.objects.visible_to(user).filter(product=product).for_list(),
        "facts": ProductFact.objects.visible_to(user).filter(product=product),
        "returns": YearlyReturn.objects.filter(product=product),
        "due": actions.open_for(product, clock.today()),
        "inspections": product.inspections.for_list(),
        "timeline": Entry.objects.about(product).as_timeline(),
        "can": {
            "inspect": permissions.may_inspect(user, product),
            "record": permissions.may_record_fact(user, product),
            "file": permissions.may_file_return(user, product),
            "tell": permissions.may_tell_story(user, product),
            "plan": permissions.may_open_plan(user, product),
        },
    }
    return render(request, "products/facts/book.html", context)


# ---------------------------------------------------------------- facts


@page
def product_facts(request):
    """How rated products were kept up; the plan counts them."""
    require(permissions.may_see_tracking(request.user))
    rows = ProductFact.objects.visible_to(request.user).for_list()
    return render_list(request, "products/facts", rows, FactFilter, export=sheets.facts)


@page
def product_fact(request, code):
    """One fact with its evidence and story."""
    record = find_fact(request, code)
    context = {
        "fact": record,
        "timeline": Entry.objects.about(record).as_timeline(),
        "may_record": permissions.may_record_fact(request.user, record.product),
    }
    return render(request, "products/facts/fact.html", context)


@form_page
def product_fact_new(request, code):
    """An officer writes down how a rated product was kept up."""
    product = find_product(request, code)
    require(permissions.may_record_fact(request.user, product))
    form = FactForm(request.POST or None, request.FILES or None)
    if form.is_valid() and carried_out(form, actions.record_fact, product, by=request.user, **sent(form)):
        messages.success(request, "Đã ghi sự kiện của sản phẩm.")
        return redirect(form.outcome)
    return render(request, "products/facts/form.html", {"form": form, "product": product})


@form_page
def product_fact_edit(request, code):
    """Put a fact right."""
    record = find_fact(request, code)
    require(permissions.may_record_fact(request.user, record.product))
    form = FactForm(request.POST or None, request.FILES or None, instance=record)
    if form.is_valid() and carried_out(form, actions.correct_fact, record, by=request.user, **sent(form)):
        return redirect(record)
    context = {"form": form, "product": record.product, "fact": record}
    return render(request, "products/facts/form.html", context)


@form_page
def product_fact_strike(request, code):
    """Take out what was written by mistake."""
    record = find_fact(request, code)
    require(permissions.may_record_fact(request.user, record.product))
    form = ReasonForm(request.POST or None, button="Bỏ mục ghi sai")
    product = record.product
    if form.is_valid() and carried_out(
        form, actions.strike_fact, record, by=request.user, **form.cleaned_data
    ):
        messages.success(request, "Đã bỏ mục ghi sai; nhật ký của sản phẩm giữ lại lý do.")
        return redirect("products:product_book", product.code)
    return render(request, "products/facts/form.html", {"form": form, "product": product, "fact": record})


@page
def product_fact_evidence(request, code):
    """The evidence of a fact."""
    return evidence_of(request, find_fact(request, code))


# ---------------------------------------------------------------- yearly returns


@page
def returns(request):
    """Who has returned the figures of a year and who has not."""
    require(permissions.may_see_tracking(request.user))
    year = ReturnFilter(request.GET).year
    filed = Prefetch("returns", YearlyReturn.objects.filter(year=year), to_attr="filed")
    rows = Product.objects.visible_to(request.user).due_return(year).with_stars()
    rows = rows.select_related("entity", "area__parent__parent").prefetch_related(filed)
    context = {
        "year": year,
        "due_on": tracking.due_on(year),
        "open": year in tracking.open_years(clock.today()),
    }
    return render_list(
        request, "products/returns", rows, ReturnFilter, export=sheets.returns_of(year), context=context
    )


@form_page
def yearly_return(request, year, code):
    """The figures of one product and year."""
    product = get_object_or_404(
        Product.objects.visible_to(request.user).select_related("entity", "area"), code=code
    )
    if year not in tracking.open_years(clock.today()):
        raise Http404
    require(permissions.may_file_return(request.user, product))
    held = YearlyReturn.objects.filter(product=product, year=year).first()
    form = ReturnForm(request.POST or None, instance=held)
    if form.is_valid() and carried_out(
        form, actions.file_return, product, by=request.user, year=year, **form.cleaned_data
    ):
        messages.success(request, f"Đã nhận khai báo năm {year} của {product}.")
        return redirect("products:returns")
    context = {"form": form, "product": product, "year": year, "source": tracking.source()}
    return render(request, "products/returns/form.html", context)


# ---------------------------------------------------------------- stories


@page
def stories(request, code):
    """Every version of a product's story and photo, the newest first."""
    product = find_product(request, code)
    context = {
        "product": product,
        "stories": product.stories.select_related("by"),
        "may_tell": permissions.may_tell_story(request.user, product),
    }
    return render(request, "products/stories/stories.html", context)


@form_page
def story_new(request, code):
    """Write a new version."""
    product = find_product(request, code)
    form = StoryForm(request.POST or None, request.FILES or None, initial={"text": product.description})
    if not permissions.may_tell_story(request.user, product):
        return turned_away(request, form, reverse("products:stories", args=[code]))
    if form.is_valid() and carried_out(
        form, actions.tell_story, product, by=request.user, **form.cleaned_data
    ):
        messages.success(request, "Đã lưu bản mới; bản trước vẫn được giữ.")
        return redirect("products:stories", code)
    return render(request, "products/stories/form.html", {"form": form, "product": product})


def find_story(request, code, number):
    """A version of a product that this person may see; else 404."""
    return get_object_or_404(
        ProductStory.objects.select_related("product"), product=find_product(request, code), number=number
    )


@page
def story_photo(request, code, number):
    """The photo of a version."""
    story = find_story(request, code, number)
    if not story.photo:
        raise Http404
    name = f"{code}-{number}.jpg"
    return serve_private_file(request, story.photo, name, inline=True, content_type="image/jpeg")


@deed
def story_restoration(request, code, number):
    """An older version is shown again."""
    story = find_story(request, code, number)
    return perform(
        request, actions.restore_story, story, done=f"Đã khôi phục bản {number}.",
        goes_to=reverse("products:stories", args=[code]),
    )  # fmt: skip
