"""Work behind the pages: reminding producers of their yearly returns."""

from foundation.jobs.queue import work
from products import notices
from products.models import Product


@work
def remind(step, *, year):
    """Tell the people of every producer with a product whose return of the year is missing, once for each product."""
    missing = Product.objects.due_return(year).exclude(returns__year=year).select_related("entity", "area")
    step(10, "Đang tìm sản phẩm chưa khai báo")
    for product in missing.iterator(chunk_size=500):
        notices.return_wanted(product, year)
    step(100, "Đã nhắc")
    return ""
