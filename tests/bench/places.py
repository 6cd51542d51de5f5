"""What every set of visits is made of: where one goes, how many rows are more than a page."""

import datetime as dt
from dataclasses import dataclass, field

MORE_THAN_A_PAGE = 31  # rows of every signed-in list
SENT = dt.date(2024, 9, 1)


@dataclass(frozen=True)
class Visit:
    """One page: who reads it (nobody in particular when empty), with which arguments."""

    who: str = ""
    args: tuple = ()
    query: dict = field(default_factory=dict)
