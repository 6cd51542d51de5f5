"""An app whose hand-over fails, to show that a hand-over is whole or not at all."""


def pieces(person):
    """Nothing."""
    return []


def pass_on(person, to, *, by):
    """Break after the others are done."""
    raise ZeroDivisionError
