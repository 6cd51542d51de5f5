"""Numbers and sentences in which a verdict explains itself. No Django, no decisions."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from math import floor

from .criteria import Band, CriteriaSet

HALF = Fraction(1, 2)
DOSSIER = "dossier"


def round_half_up(value: Fraction, places: int) -> Fraction:
    """Exact rounding as it is taught in school: a half goes up."""
    scale = 10**places
    return Fraction(floor(value * scale + HALF), scale)


def two_places(value: Fraction | int) -> Decimal:
    """For people and for columns: two decimals, half up, but never a whole number that was not reached.

    89,996 is shown as 89,99: a page must not print the floor of a band the product has missed.
    """
    exact = Fraction(value)
    cents = floor(exact * 100 + HALF)
    if cents // 100 > floor(exact):
        cents = floor(exact * 100)
    return Decimal(cents).scaleb(-2)


def total_text(value: Fraction | int) -> str:
    """A total as Vietnamese papers print it: always two decimals, with a comma."""
    return str(two_places(value)).replace(".", ",")


def points_text(value: Fraction | int) -> str:
    """Points of one criterion: whole when they are whole."""
    return str(int(value)) if value == int(value) else total_text(value)


def place_title(criteria_set: CriteriaSet, where: str) -> str:
    """Where a dossier was struck out, in words."""
    return "hồ sơ" if where == DOSSIER else f"tiêu chí {criteria_set.criterion(where).title}"


def total_sentence(total: Fraction, compared: Fraction, places: int | None, band: Band) -> str:
    """The mean, how the council rounds it, and the band it lies in."""
    rounded = ""
    if compared != total:
        rounded = f", làm tròn {places} chữ số thập phân là {points_text(compared)},"
    return f"Tổng điểm trung bình {total_text(total)}{rounded} đạt khung {band.stars} sao ({band.text})."


def gate_sentence(gate, stars: int, *, each_sheet: bool) -> str:
    """A least level that was missed."""
    lowest = " ở phiếu thấp nhất" if each_sheet else ""
    return (
        f"Chưa đạt mức tối thiểu {stars} sao ở tiêu chí {gate.criterion} {gate.name}: "
        f"cần {gate.needed}, được {points_text(gate.got)}{lowest}."
    )


def uncounted_sentence(row) -> str:
    """A criterion that did not count on one sheet."""
    return (
        f"Phiếu số {row.sheet}: không tính tiêu chí {row.criterion} {row.name} "
        f"vì tiêu chí {row.depends_on} chưa đạt {row.needed} điểm."
    )


def knockout_sentence(row, sheets: int) -> str:
    """A ground on which the dossier was struck out, or that too few judges saw."""
    why = "; ".join(row.reasons)
    if row.upheld:
        return f"Hồ sơ bị loại tại {row.title}: {why} ({row.votes}/{sheets} phiếu)."
    return f"Đề nghị loại tại {row.title} không đủ quá nửa số phiếu ({row.votes}/{sheets}): {why}."


def result_sentence(stars: int | None, *, certified: bool) -> str:
    """The last line."""
    if stars is None:
        return "Kết quả: hồ sơ bị loại, không xếp hạng."
    return f"Kết quả: {stars} sao." if certified else f"Kết quả: {stars} sao, không được công nhận."


def reasons(verdict, criteria_set: CriteriaSet) -> Iterator[str]:
    """Every sentence of a verdict, in the order in which a council would say them."""
    sheets = len(verdict.sheets)
    yield from (knockout_sentence(row, sheets) for row in verdict.knockouts)
    if verdict.total is None:
        yield "Có phiếu dừng chấm khi loại hồ sơ nên không tính tổng điểm."
    else:
        band = next(row for row in criteria_set.bands if row.stars == verdict.band)
        yield total_sentence(verdict.total, verdict.compared, verdict.rules.rounding, band)
        yield from (uncounted_sentence(row) for row in verdict.uncounted)
        each_sheet = verdict.rules.gates_on == "each_sheet"
        for rank in sorted(verdict.gates, key=lambda row: -row.stars):
            if rank.stars <= verdict.band:
                yield from (gate_sentence(gate, rank.stars, each_sheet=each_sheet) for gate in rank.missed)
    yield result_sentence(verdict.stars, certified=verdict.certified)
