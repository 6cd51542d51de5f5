"""The numbers of the register of certificates: one series per deciding unit and year, from 1, without gaps."""

from foundation.areas.models import AreaKind
from products.models import Serial


def series(area, year):
    """The name of the series."""
    return f"certificate-{area.code}-{year}"


def certificate_number(area, year, serial):
    """The number in the register: province, deciding unit, year, serial."""
    province = area.part(AreaKind.PROVINCE) or area
    return f"{province.code}-{area.code}/{year}/{serial:04}"


def next_numbers(area, year, count):
    """The numbers that so many certificates would get if they were issued now."""
    last = Serial.objects.filter(name=series(area, year)).values_list("last", flat=True).first() or 0
    return [certificate_number(area, year, last + turn) for turn in range(1, count + 1)]
