"""What a verdict stands on, by hashes: the dossier, the criteria, the sheets. Written with it, and checked again later.

The basis is canonical JSON in ``Case.basis``, its SHA-256 in ``Case.basis_sha256``; the database holds one against the
other and lets neither change (migration ``0010_verdict_basis_decisions``). Names of people are not part of it.
"""

import datetime as dt
from dataclasses import dataclass

from foundation.regimes import engine
from products.freezing import as_it_stands, canonical, digest, last_of

SCHEMA = "ocop-verdict/1"


def frozen(case, sheets, verdict):
    """The columns that hold the basis of this verdict, as a case takes them."""
    text = canonical(basis_of(case, sheets, last_of(case.dossier), verdict.to_dict()))
    return {"basis": text, "basis_sha256": digest(text)}


def basis_of(case, sheets, last, verdict):
    """Which regime, and the hashes of all that the verdict was made from.

    ``sheets`` are the handed-in ones ``with_scores``, ``last`` the dossier's newest submission or None.
    """
    dossier = case.dossier
    return {
        "schema": SCHEMA,
        "case": case.code,
        "regime": dossier.regime_id,
        "dossier": {
            "code": dossier.code,
            "submission": last.number if last else 0,
            "sha256": _dossier_hash(dossier, last),
        },
        "criteria": {"set": dossier.criteria_set.code, "sha256": _criteria_hash(dossier)},
        "sheets": [{"seat": sheet.seat_id, "sha256": sheet_hash(sheet)} for sheet in sheets],
        "verdict": digest(canonical(verdict)),
    }


def sheet_hash(sheet):
    """The hash of everything that a handed-in sheet says."""
    said = {
        "seat": sheet.seat_id,
        "handed_in_at": sheet.handed_in_at.astimezone(dt.UTC).isoformat(),
        "answers": sheet.answers(),
        "notes": {score.criterion.code: score.note for score in sheet.scores.all() if score.note},
        "struck": sheet.struck,
        "remark": sheet.remark,
    }
    return digest(canonical(said))


def _dossier_hash(dossier, submission):
    """The hash of the submission's bytes; of a dossier that was never frozen, of its content as it stands."""
    if submission:
        return digest(submission.content)
    return digest(canonical(as_it_stands(dossier).content | {"at": ""}))


def _criteria_hash(dossier):
    """The hash of the set's file together with the star bands and all else that the law's version file says."""
    criteria_set = dossier.criteria_set
    return digest(canonical({"set": criteria_set.content, "version": criteria_set.regime.data["version"]}))


@dataclass(frozen=True)
class Check:
    """One thing that was frozen beside what is found now."""

    label: str
    frozen: str
    found: str

    @property
    def holds(self):
        return self.frozen == self.found


def checks(case, sheets, last):
    """Everything that the verdict stands on, frozen and as it is now; empty for a case that has no basis."""
    if not case.basis:
        return []
    record = Check("Bản ghi kết quả", case.basis_sha256, digest(case.basis))
    if not record.holds:  # what it says cannot be trusted, so nothing is compared with it
        return [record]
    then, now = case.basis_facts, basis_of(case, sheets, last, case.verdict)
    lines = [
        record,
        Check("Quy định áp dụng", then["regime"], now["regime"]),
        Check(f"Hồ sơ {then['dossier']['code']}", _joined(then["dossier"]), _joined(now["dossier"])),
        Check(f"Bộ tiêu chí {then['criteria']['set']}", _joined(then["criteria"]), _joined(now["criteria"])),
    ]
    lines += _sheet_checks(then["sheets"], now["sheets"], sheets)
    lines.append(Check("Kết quả đã ghi", then["verdict"], now["verdict"]))
    lines.append(Check("Tính lại từ các phiếu", then["verdict"], _judged_again(case, sheets)))
    shown = (_result(case.result.total_shown, case.result.stars), _result(case.total, case.stars))
    lines.append(Check("Tổng điểm và hạng sao", *shown))
    return lines


def stands(case, sheets, last):
    """Whether nothing differs; a case without a basis stands as it is written."""
    return all(check.holds for check in checks(case, sheets, last))


def _result(total, stars):
    """Total and stars in one line; the total without the noughts that a column adds."""
    return f"{'–' if total is None else f'{total.normalize():f}'}, {stars}"


def _joined(part):
    """The values of a part in one line."""
    return " ".join(str(part[key]) for key in sorted(part))


def _sheet_checks(then, now, sheets):
    """One line per sheet; a sheet too many or too few differs from nothing."""
    names = {sheet.seat_id: f"Phiếu của {sheet.seat.user}" for sheet in sheets}
    old, new = ({row["seat"]: row["sha256"] for row in rows} for rows in (then, now))
    return [
        Check(names.get(seat, f"Phiếu của ghế {seat}"), old.get(seat, ""), new.get(seat, ""))
        for seat in dict.fromkeys([*old, *new])
    ]


def _judged_again(case, sheets):
    """The hash of the verdict that the engine gives today on these sheets by the rules of that day."""
    law = case.dossier.criteria_set.engine_set()
    try:
        verdict = engine.judge(law, [sheet.for_engine() for sheet in sheets], case.result.rules)
    except engine.RegimeError as fault:
        return str(fault)
    return digest(canonical(verdict.to_dict()))
