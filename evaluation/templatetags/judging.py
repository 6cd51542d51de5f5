"""Judges beside a case, as the page of assignment draws them."""

from dataclasses import dataclass

from django import template

from evaluation.models import Answer, SheetStatus

register = template.Library()


@dataclass(frozen=True)
class Cell:
    """One judge at one case. ``state``: aside, handed_in, begun, given or free."""

    seat: object
    pair: str
    state: str


@register.simple_tag
def judges_at(case, judges):
    """A cell for each judge. Take cases with sheets and statements."""
    sheets = {sheet.seat_id: sheet.status for sheet in case.sheets.all()}
    stated = {row.seat_id: row.answer for row in case.statements.all()}
    return [
        Cell(seat, f"{case.pk}-{seat.pk}", _state(sheets.get(seat.pk), stated.get(seat.pk)))
        for seat in judges
    ]


def _state(sheet, answer):
    if answer == Answer.CONFLICT:
        return "aside"
    if sheet == SheetStatus.HANDED_IN:
        return "handed_in"
    if sheet == SheetStatus.DRAFT:
        return "begun" if answer else "given"
    return "free"
