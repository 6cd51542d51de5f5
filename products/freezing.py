"""A dossier as canonical JSON with its hash, how it is read back, and how two of them differ."""

import hashlib
import json
from dataclasses import dataclass, field

from foundation import clock
from foundation.regimes import engine
from foundation.regimes.models import Criterion
from products import openings
from products.models import Submission
from products.models.dossiers import REGISTRATION
from products.scorecards import Row

SCHEMA = "ocop-submission/1"
NO_BOX = "Không đạt mức nào"


def canonical(content):
    """The one way to write it: sorted keys, no spaces, UTF-8 as it is."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text):
    """SHA-256 of the written form, as the database computes it too."""
    return hashlib.sha256(text.encode()).hexdigest()


def content_of(dossier, *, number, at):
    """Everything that is handed in: who and what, the registration, self-scores, files with their hashes."""
    product, scores = dossier.product, _scores(dossier)
    answers = {row["criterion"]: row["option"] for row in scores}
    result = engine.score_sheet(dossier.criteria_set.engine_set(), answers)
    return {
        "schema": SCHEMA,
        "dossier": dossier.code,
        "number": number,
        "at": at.isoformat(timespec="seconds"),
        "application": dossier.application,
        "year": dossier.year,
        "regime": {"id": dossier.regime_id, "digest": dossier.regime.digest},
        "criteria_set": dossier.criteria_set.code,
        "product": {"code": product.code, "name": product.name},
        "producer": {"code": product.entity.code, "name": product.entity.name},
        "facts": {name: getattr(dossier, name) for name in REGISTRATION},
        "scores": scores,
        "evidence": [paper for row in _evidence(dossier) for paper in _papers_of(row)],
        "total": result.total,
        "stars": result.stars,
    }


def _scores(dossier):
    rows = dossier.self_scores_for_engine().order_by("criterion__position")
    return [
        {"criterion": row.criterion.code, "option": row.option and row.option.key, "note": row.note}
        for row in rows
    ]


def _evidence(dossier):
    return dossier.evidence.prefetch_related("criteria", "files__upload").order_by("pk")


def _papers_of(row):
    """A piece of evidence as papers: its first file, then what else was released behind it, and addresses.

    ``file`` is where the bytes lie, which stay as long as this names them.
    """
    shared = {
        "kind": row.kind,
        "criteria": sorted(criterion.code for criterion in row.criteria.all()),
        "valid_until": row.valid_until and row.valid_until.isoformat(),
    }
    yield shared | _bytes(row.code, row.title, row, row.file, row.size, row.sha256)
    for more in row.files.all():
        upload, title = more.upload, f"{row.title}: {more}"
        if upload is None:
            yield shared | _address(title, more.url)
        elif upload.is_released:
            yield shared | _bytes(
                upload.code, title, upload, upload.file, upload.file_size, upload.file_sha256
            )


def _bytes(code, title, kept, file, size, sha256):
    return {
        "code": str(code),
        "title": title,
        "content_type": kept.content_type,
        "size": size,
        "sha256": sha256,
        "file": file.name,
        "url": "",
    }


def _address(title, url):
    facts = {"code": "", "title": title, "content_type": "", "size": 0, "file": "", "url": url}
    return facts | {"sha256": digest(url)}


@dataclass(frozen=True)
class Paper:
    """A file as it was handed in, or an address: then there is no file, and ``sha256`` is of the address.

    ``reading``: its drawn pages, where they were asked for (``papers_drawn.with_pages``).
    """

    code: str
    kind: str
    title: str
    criteria: tuple
    content_type: str
    size: int
    sha256: str
    valid_until: str | None
    file: str
    url: str
    reading: object = None

    @property
    def is_picture(self):
        return self.content_type.startswith("image/")

    @property
    def is_pdf(self):
        return self.content_type == "application/pdf"

    @property
    def sort(self):
        """What it is, in a word."""
        if self.url:
            return "Địa chỉ"
        return "Ảnh" if self.is_picture else "PDF" if self.is_pdf else "Tệp Office"


@dataclass(frozen=True)
class Frozen:
    """A handed-in dossier as pages read it. ``submission`` is None for what was never frozen."""

    content: dict
    submission: object = None
    papers: tuple = field(default=())

    @classmethod
    def of(cls, content, submission=None):
        papers = tuple(Paper(**row | {"criteria": tuple(row["criteria"])}) for row in content["evidence"])
        return cls(content, submission, papers)

    @property
    def facts(self):
        """The registration by column."""
        return self.content["facts"]

    @property
    def answers(self):
        """The self-score as the engine reads it."""
        return {row["criterion"]: row["option"] for row in self.content["scores"]}

    @property
    def common_papers(self):
        """Files that support no criterion in particular."""
        return [paper for paper in self.papers if not paper.criteria]

    def paper(self, code):
        """The file of this code, or None."""
        return next((paper for paper in self.papers if paper.file and paper.code == str(code)), None)

    def result(self, criteria_set):
        """What the self-score came to."""
        return engine.score_sheet(criteria_set.engine_set(), self.answers)

    def rows(self, criteria_set):
        """The self-assessment in the order of the form; two queries."""
        scores = {row["criterion"]: row for row in self.content["scores"]}
        rows = []
        for criterion in Criterion.objects.of(criteria_set):
            files = [paper for paper in self.papers if criterion.code in paper.criteria]
            row = Row(criterion, list(criterion.options.all()), evidence=files)
            if score := scores.get(criterion.code):
                row.answered, row.chosen, row.note = True, score["option"], score["note"]
            rows.append(row)
        return rows


def last_of(dossier):
    """The newest submission of a dossier, or None."""
    return dossier.submissions.order_by("-number").first()


def as_handed_in(dossier):
    """The dossier as it was handed in last; what was sent before the portal froze dossiers is read as it stands."""
    submission = last_of(dossier)
    return Frozen.of(submission.facts, submission) if submission else as_it_stands(dossier)


def as_it_stands(dossier):
    """The dossier as it is now, in the same shape."""
    return Frozen.of(content_of(dossier, number=0, at=clock.now()))


def freeze(dossier, *, by):
    """Write the next submission of a dossier that the caller has locked."""
    last, at = last_of(dossier), clock.now()
    number = last.number + 1 if last else 1
    text = canonical(content_of(dossier, number=number, at=at))
    return Submission.objects.create(
        dossier=dossier, number=number, content=text, sha256=digest(text), at=at, by=by
    )


@dataclass(frozen=True)
class Change:
    """One item that differs: its kind and key as in a round of correction, and both wordings (empty: not there)."""

    kind: str
    key: str
    label: str
    before: str
    after: str


def differences(before, after, dossier):
    """What differs from one state of a dossier to another, in the order of the form."""
    return [*_facts(before, after), *_choices(before, after, dossier), *_papers(before, after, dossier)]


def _facts(before, after):
    for name, label in REGISTRATION.items():
        old, new = before.facts[name], after.facts[name]
        if old != new:
            yield Change(openings.FACT, name, label, old, new)


def _choices(before, after, dossier):
    words = {
        option.key: f"{option.points} điểm – {option.text}"
        for row in dossier.criteria_set.engine_set().criteria.values()
        for option in row.options
    }
    sides = [{row["criterion"]: row for row in side.content["scores"]} for side in (before, after)]
    for code, criterion in dossier.criteria_set.engine_set().criteria.items():
        old, new = (_said(side.get(code), words) for side in sides)
        if old != new:
            yield Change(openings.SCORE, code, f"{code} {criterion.name}", old, new)


def _said(row, words):
    """A choice in words."""
    if row is None:
        return ""
    text = words.get(row["option"], NO_BOX)
    return f"{text}. {row['note']}" if row["note"] else text


def _papers(before, after, dossier):
    names = {kind.code: kind.name for kind in dossier.regime.document_kinds}
    sides = [{(p.kind, p.sha256): p for p in side.papers} for side in (before, after)]
    for key in dict.fromkeys([*sides[0], *sides[1]]):
        old, new = (side.get(key) for side in sides)
        if old is None or new is None or _described(old) != _described(new):
            kind = key[0]
            yield Change(openings.EVIDENCE, kind, names.get(kind, kind), _described(old), _described(new))


def _described(paper):
    """A file in one line, or nothing."""
    if paper is None:
        return ""
    until = f", có giá trị đến {_day(paper.valid_until)}" if paper.valid_until else ""
    about = f", tiêu chí {', '.join(paper.criteria)}" if paper.criteria else ""
    return f"{paper.title}{until}{about} (mã băm {paper.sha256[:12]})"


def _day(text):
    year, month, day = text.split("-")
    return f"{day}/{month}/{year}"
