"""Personal data law as data: what is in force when, how long a period is, and which files are refused."""

import copy
import datetime as dt

import pytest
import yaml

from accounts.privacy import DATA, KINDS, SURE, PrivacyError, Span, read, rules

WEDNESDAY = dt.datetime(2026, 1, 7, 9, 30)


@pytest.fixture
def data():
    """The file, to be spoilt."""
    return copy.deepcopy(yaml.safe_load(DATA.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("day", "version", "law"),
    [
        (dt.date(2023, 6, 30), None, None),
        (dt.date(2023, 7, 1), "2023-07", "nd13"),
        (dt.date(2024, 10, 15), "2023-07", "nd13"),
        (dt.date(2025, 12, 31), "2023-07", "nd13"),
        (dt.date(2026, 1, 1), "2026-01", "luat91"),
    ],
)
def test_text_and_law_in_force(day, version, law):
    text, found = rules().text_on(day), rules().law_on(day)

    assert (text.version if text else None) == version
    assert (found.key if found else None) == law


def test_limits_follow_the_law_of_the_day_of_receipt():
    before, after = rules().deadlines_on(dt.date(2025, 12, 31)), rules().deadlines_on(dt.date(2026, 1, 1))

    assert before.answer == Span("hours", 72)
    assert after.answer == Span("working_days", 2)
    assert {kind: span.count for kind, span in after.done.items()} == {
        "access": 10,
        "correction": 10,
        "deletion": 20,
        "withdrawal": 15,
        "restriction": 15,
    }


@pytest.mark.parametrize(
    ("span", "end"),
    [
        (Span("hours", 72), dt.datetime(2026, 1, 10, 9, 30)),
        (Span("working_days", 2), dt.datetime(2026, 1, 9, 23, 59, 59)),
        (Span("working_days", 3), dt.datetime(2026, 1, 10, 23, 59, 59)),
        (Span("days", 4), dt.datetime(2026, 1, 12, 23, 59, 59)),
        (Span("days", 10), dt.datetime(2026, 1, 19, 23, 59, 59)),
    ],
)
def test_when_a_period_ends(span, end):
    assert span.from_moment(WEDNESDAY) == end


def test_every_value_says_where_it_comes_from_and_how_sure_it_is(data):
    rows = [*data["laws"], *data["retention"].values(), *data["deadlines"], *data["texts"], data["breach"]]

    assert all(row["source"] and row["sure"] in SURE for row in rows)


def test_every_purpose_names_who_sees_it_and_how_long_it_is_kept():
    for purpose in rules().purposes.values():
        assert all((purpose.data, purpose.why, purpose.basis, purpose.seen_by)), purpose.key
        assert purpose.retention.span.count > 0
        assert bool(purpose.withdrawn) is purpose.consent


SPOILT = {
    "schema": lambda data: data.update(schema="x"),
    "no source": lambda data: data["deadlines"][1].update(source=""),
    "not sure": lambda data: data["laws"][0].update(sure="maybe"),
    "unknown law": lambda data: data["texts"][0].update(law="nd99"),
    "unknown retention": lambda data: data["purposes"][0].update(retention="forever"),
    "no consequence": lambda data: data["purposes"][-1].pop("withdrawn"),
    "purpose without consent": lambda data: data["texts"][0].update(purposes=["tai-khoan"]),
    "two texts of a version": lambda data: data["texts"][1].update(version="2023-07"),
    "a kind without limit": lambda data: data["deadlines"][1]["done"].pop("deletion"),
    "unreadable span": lambda data: data["deadlines"][1].update(answer={"weeks": 1}),
    "nothing": lambda data: data["deadlines"][1].update(answer={"days": 0}),
    "retention without length": lambda data: data["retention"]["account"].pop("months"),
    "missing part": lambda data: data.pop("never_asked"),
}


@pytest.mark.parametrize("fault", SPOILT)
def test_a_wrong_file_is_refused(data, fault):
    SPOILT[fault](data)

    with pytest.raises(PrivacyError):
        read(data)


def test_the_file_itself_is_taken(data):
    assert set(read(data).deadlines[0].done) == set(KINDS)
