"""The numbers of the register of certificates: one series per deciding authority and year, from 1, without gaps."""

from foundation.areas.models import AreaKind
from foundation.regimes.models import Level
from products.models import Serial


def series(area, year, level):
    """The name of the series; the centre counts by itself."""
    return f"certificate-{'TW-' if level == Level.CENTRAL else ''}{area.code}-{year}"


def certificate_number(area, year, level, serial):
    """The number in the register: province, deciding authority, year, serial."""
    province = area.part(AreaKind.PROVINCE) or area
    authority = "TW" if level == Level.CENTRAL else area.code
    return f"{province.code}-{authority}/{year}/{serial:04}"


def take_number(area, year, level):
    """The next number of that series, used up."""
    return certificate_number(area, year, level, Serial.objects.take(series(area, year, level)))


def next_numbers(area, year, level, count):
    """The numbers that so many certificates would get if they were issued now."""
    rows = Serial.objects.filter(name=series(area, year, level))
    last = rows.values_list("last", flat=True).first() or 0
    return [certificate_number(area, year, level, last + turn) for turn in range(1, count + 1)]
