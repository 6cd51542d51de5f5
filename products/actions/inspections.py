"""Inspections after recognition: what officers found, and whether it was mended."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.permissions import require
from foundation import clock
from foundation.trail.moves import write
from products import notices, permissions
from products.models import Inspection, Product, Rating


@transaction.atomic
def record_inspection(product, *, by, day, inspector, result, findings, to_mend="", mend_until=None):
    """Officers write down what they found at a product with stars on that day."""
    rows = Product.objects.select_for_update(of=("self",)).select_related("entity", "area")
    product = rows.get(pk=product.pk)
    require(permissions.may_inspect(by, product))
    if day > clock.today():
        raise ValidationError({"day": "Ngày kiểm tra không được sau hôm nay."})
    rating = Rating.objects.in_force(day).filter(product=product).order_by("-stars").first()
    if rating is None:
        raise ValidationError({"day": "Ngày này sản phẩm không có hạng sao còn hiệu lực."})
    inspection = Inspection(
        product=product,
        rating=rating,
        day=day,
        inspector=inspector,
        result=result,
        findings=findings,
        to_mend=to_mend,
        mend_until=mend_until,
        by=by,
        is_demo=product.is_demo,
    )
    inspection.validate_constraints()
    inspection.save()
    write(inspection, "Ghi kiểm tra sau công nhận", by=by, note=f"{inspection}: {findings}")
    notices.inspection_recorded(inspection, by=by)
    return inspection


@transaction.atomic
def record_mending(inspection, *, by, mended_on, mended_how):
    """What had to be mended is; an officer saw it."""
    rows = Inspection.objects.select_for_update(of=("self",)).select_related(
        "product__entity", "product__area"
    )
    inspection = rows.get(pk=inspection.pk)
    require(permissions.may_inspect(by, inspection.product))
    if inspection.mend_until is None or inspection.mended_on:
        raise ValidationError("Lần kiểm tra này không còn việc chờ khắc phục.")
    if not inspection.day <= mended_on <= clock.today():
        raise ValidationError({"mended_on": "Ngày khắc phục không thể trước ngày kiểm tra hoặc sau hôm nay."})
    inspection.mended_on, inspection.mended_how = mended_on, mended_how
    inspection.save(update_fields=["mended_on", "mended_how"])
    write(inspection, "Đã khắc phục", by=by, note=f"ngày {mended_on:%d/%m/%Y}: {mended_how}")
    notices.inspection_recorded(inspection, by=by)
    return inspection
