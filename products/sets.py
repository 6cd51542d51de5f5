"""The short way to one of the 26 sets: questions and words from ``data/set_questions.yaml``. No Django."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from foundation.ui.text import plain

DATA = Path(__file__).resolve().parent / "data" / "set_questions.yaml"


@dataclass(frozen=True)
class Answer:
    """What a person says: it leads to the next question, or to a set."""

    text: str
    next: str = ""
    set: str = ""


@dataclass(frozen=True)
class Question:
    """One question with its answers."""

    code: str
    text: str
    answers: tuple


@cache
def facts():
    """The file as it stands."""
    return yaml.safe_load(DATA.read_text(encoding="utf-8"))


@cache
def questions():
    """The questions by code."""
    rows = facts()["questions"]
    return {
        row["code"]: Question(row["code"], row["text"], tuple(Answer(**answer) for answer in row["answers"]))
        for row in rows
    }


def start():
    """The first question."""
    return questions()[facts()["start"]]


def source():
    """Where the sets come from, in words."""
    return facts()["source"]


def question(code):
    """The question of that code; the first one for a code that there is not."""
    return questions().get(code) or start()


def way_to(code):
    """(question, answer given) of each step from the start to the question of that code."""
    before = {answer.next: (row, answer) for row in questions().values() for answer in row.answers}
    way = []
    while code in before:
        row, answer = before[code]
        way.insert(0, (row, answer))
        code = row.code
    return way


def reached():
    """The code of every set that some answer leads to, starting from the first question."""
    waiting, found = [start()], set()
    while waiting:
        for answer in waiting.pop().answers:
            if answer.next:
                waiting.append(questions()[answer.next])
            else:
                found.add(answer.set)
    return found


def matching(rows, text):
    """Of these sets (with code, name, group, subgroup) those in whose names or words every typed word begins a word."""
    typed = plain(text).split()
    return [row for row in rows if typed and all(_begins(word, _words(row)) for word in typed)]


def _words(row):
    listed = facts()["words"].get(row.code, ())
    said = " ".join((row.name, row.group, row.subgroup, row.industry_name, *listed))
    return plain(said).replace(",", " ").replace("(", " ").split()


def _begins(word, words):
    return any(each.startswith(word) for each in words)
