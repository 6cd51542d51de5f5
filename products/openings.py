"""What of a dossier may be changed now: all of a draft, in a round of correction the ticked items. No Django."""

from dataclasses import dataclass

FACT, EVIDENCE, SCORE, PLAN = "fact", "evidence", "score", "plan"


@dataclass(frozen=True)
class Openings:
    """``items``: pairs of kind and key that are open; None: everything is."""

    items: frozenset | None

    def has(self, kind, key):
        """Whether this item is open."""
        return self.items is None or (kind, key) in self.items

    @property
    def whole(self):
        """Everything is open."""
        return self.items is None

    def keys(self, kind):
        """The open keys of one kind; None when everything is open."""
        return None if self.items is None else {key for each, key in self.items if each == kind}


EVERYTHING, NOTHING = Openings(None), Openings(frozenset())
