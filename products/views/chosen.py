"""What a reader does with chosen products: compare up to four, print labels with their QR codes."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from foundation import clock
from foundation.regimes.models import Regime
from foundation.ui.errors import too_many_requests
from foundation.ui.http import page
from foundation.ui.languages import bilingual
from foundation.ui.papers import qr_svg
from products.limits import PAPERS, limited
from products.models import Product
from products.papers.labels import label_paper, labels_of

MOST_COMPARED, MOST_LABELS = 4, 24
CODE_LENGTH = 40


def chosen(request, most):
    """The products named in the address, in its order, and whether more were named than are shown."""
    named = list(dict.fromkeys(code[:CODE_LENGTH].replace("\x00", "") for code in request.GET.getlist("ma")))
    found = Product.objects.known_to_public().for_list().select_related("village").with_papers()
    rows = {row.code: row for row in found.filter(code__in=named[: 10 * most])}
    shown = [rows[code] for code in named if code in rows]
    return shown[:most], len(shown) > most


@bilingual
@page(public=True)
def compare(request):
    """Up to four products side by side."""
    products, cut = chosen(request, MOST_COMPARED)
    groups = dict(Regime.objects.industries(clock.today()))
    for product in products:
        product.group = _(groups[product.industry]) if product.industry in groups else ""
    context = {"products": products, "cut": cut, "most": MOST_COMPARED}
    return render(request, "products/public/compare.html", context)


@bilingual
@page(public=True)
def labels(request):
    """A sheet of labels to print: name, stars, producer, and a QR code that leads to the register."""
    products, cut = chosen(request, MOST_LABELS)
    sheet = [{**label, "qr": mark_safe(qr_svg(label["address"]).decode())} for label in labels_of(products)]
    context = {"labels": sheet, "cut": cut, "most": MOST_LABELS, "query": request.GET.urlencode()}
    return render(request, "products/public/labels.html", context)


@limited(PAPERS, lambda request, seconds: too_many_requests(request))
@page(public=True)
def labels_paper(request):
    """The same sheet as a PDF."""
    products, _cut = chosen(request, MOST_LABELS)
    response = HttpResponse(label_paper(products, clock.today()), content_type="application/pdf")
    response["Content-Disposition"] = 'inline; filename="nhan-ocop.pdf"'
    return response
