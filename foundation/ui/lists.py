"""Every list page: filter, sort, count, page, and an export of exactly what is shown."""

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from . import exports

PER_PAGE = 30
PAGE_PARAMETER = "trang"
EXPORT_PARAMETER = "tep"


class ClampedPaginator(Paginator):
    """Too far is the last page; nonsense and numbers below one are the first."""

    def get_page(self, number):
        try:
            number = int(number)
        except (TypeError, ValueError, OverflowError):
            number = 1
        try:
            return self.page(max(number, 1))
        except (EmptyPage, PageNotAnInteger):
            return self.page(self.num_pages)


class FoundOnce:
    """Rows behind a dear question, asked a single time: counted and cut into pages by their keys.

    ``found`` answers which rows and in which order; ``rows`` is what a page shows of them.
    """

    def __init__(self, found, rows):
        self.keys = list(found.values_list("pk", flat=True))
        self.rows = rows

    def __len__(self):
        return len(self.keys)

    def __getitem__(self, part):
        keys = self.keys[part]
        rows = self.rows.in_bulk(keys)
        return [rows[key] for key in keys if key in rows]  # one may be gone meanwhile


def wants_fragment(request):
    """Whether htmx asks for the rows only; not for boosted links, not for the browser's way back."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def render_list(
    request,
    folder,
    queryset,
    filter_form=None,
    *,
    per_page=PER_PAGE,
    export=None,
    context=None,
    name="",
):
    """Filter, sort, page and draw a list: the whole page, or only its rows for htmx.

    Templates are ``<folder>/list.html`` and ``<folder>/_rows.html`` (with ``name``: ``<name>.html``,
    ``_<name>_rows.html``). ``filter_form`` is a FilterForm; ``export(queryset)`` returns an ``exports.Sheet``
    and is offered as ?tep=xlsx and csv.
    """
    form = filter_form(request.GET) if filter_form else None
    rows = form.narrow(queryset) if form else queryset
    if export and (kind := request.GET.get(EXPORT_PARAMETER)) in exports.WRITERS:
        return exports.respond(request, export(rows), kind)
    rows_template = f"{folder}/_{name}_rows.html" if name else f"{folder}/_rows.html"
    whole = f"{folder}/{name or 'list'}.html"
    page = ClampedPaginator(rows, per_page).get_page(request.GET.get(PAGE_PARAMETER))
    shown = {
        "page": page,
        "filter": form,
        "rows_template": rows_template,
        "exportable": bool(export),
        "is_narrowed": bool(form and form.is_narrowed),
        **(context or {}),
    }
    response = render(request, rows_template if wants_fragment(request) else whole, shown)
    patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return response
