"""An opened case as the spread desk draws it: producer, advisers and judges criterion by criterion; turns before."""

from dataclasses import dataclass

from django.db.models import Prefetch

from evaluation.laws import criteria_of
from evaluation.models import PastScore, PastSheet, Reopening
from evaluation.spread import beyond, heat
from foundation.regimes import engine


def heat_map(case, sheets, advice, frozen):
    """The judges' sheets cell by cell, beside the producer's own score and the advisers'; none of those counts."""
    criteria_set = case.dossier.criteria_set
    own = frozen.result(criteria_set)
    advised = [sheet.result() for sheet in advice]
    results = [sheet.result() for sheet in sheets]
    spread = case.spread(sheets)
    outside = beyond(spread)
    return {
        "spread": spread,
        "columns": [
            {"sheet": sheet, "total": result.total, "outside": at in outside}
            for at, (sheet, result) in enumerate(zip(sheets, results, strict=True))
        ],
        "outside": [sheets[at] for at in outside],
        "own": own,
        "advice": [
            {"sheet": sheet, "total": result.total} for sheet, result in zip(advice, advised, strict=True)
        ],
        "rows": [
            {
                "code": code,
                "name": ask.row.name,
                "most": ask.row.max_points,
                "own": own.points[code],
                "advice": [result.points[code] for result in advised],
                "cells": heat([result.points[code] for result in results], ask.row.max_points),
                "spread": max(result.points[code] for result in results)
                - min(result.points[code] for result in results),
            }
            for code, ask in criteria_of(criteria_set).items()
        ],
    }


@dataclass(frozen=True)
class Rescored:
    """One member in one turn: total before and after (None while sealed), and what changed, criterion by criterion."""

    sheet: object
    before: int
    after: int | None
    changes: list


def past_turns(case, sheets):
    """Every turn that was ended: its proposal, and for each member asked the old values beside the new ones.

    ``sheets`` are those of the turn that runs, when they are opened; else what is new stays sealed.
    """
    turns = list(_turns(case))
    after = {sheet.pk: sheet.answers() for sheet in sheets}
    found = []
    for proposal in reversed(turns):
        before = {past.sheet_id: past for past in proposal.past_sheets.all()}
        asked = [before[sheet.pk] for sheet in proposal.sheets.all() if sheet.pk in before]
        found.append({"proposal": proposal, "members": [_rescored(case, past, after) for past in asked]})
        after = {**after, **{pk: past.answers() for pk, past in before.items()}}
    return found


def _turns(case):
    """Confirmed proposals with every sheet of their turn; the oldest first."""
    scores = Prefetch("scores", PastScore.objects.select_related("criterion", "option"))
    past = PastSheet.objects.select_related("sheet__seat__user", "entered_by").prefetch_related(scores)
    rows = Reopening.objects.confirmed().filter(case=case).for_page()
    return rows.prefetch_related(Prefetch("past_sheets", past)).order_by("turn")


def _rescored(case, past, after):
    """What one member's sheet said then, and what came after it."""
    criteria_set = case.dossier.criteria_set
    law, old, new = criteria_of(criteria_set), past.answers(), after.get(past.sheet_id)
    before = past.result(criteria_set)
    if new is None:
        return Rescored(past.sheet, before.total, None, [])
    then = criteria_set.engine_set()
    later = engine.score_sheet(then, new)
    changes = [
        {"code": code, "name": ask.row.name, "before": before.points[code], "after": later.points[code]}
        for code, ask in law.items()
        if old.get(code) != new.get(code)
    ]
    return Rescored(past.sheet, before.total, later.total, changes)
