"""Where the parts of a figure stand, in per cent of its width; no Django."""

HEADROOM = 1.08  # the scale ends a little beyond the largest value


def band(
    *,
    low=None,
    high=None,
    done=None,
    possible=None,
    expected=None,
    forecast_low=None,
    forecast_high=None,
):
    """Positions for the range figure: each known value as per cent of the scale, with one decimal place.

    ``possible`` is how far what is not sure may reach beyond ``done``.
    The scale runs from zero; nothing is negative. Unknown values stay None, and a figure without values is
    None.
    """
    values = {
        "low": low,
        "high": high,
        "done": done,
        "possible": possible,
        "expected": expected,
        "forecast_low": forecast_low,
        "forecast_high": forecast_high,
    }
    known = {
        name: max(float(value), 0.0) for name, value in values.items() if value is not None and value != ""
    }
    if not known:
        return None
    scale = (max(known.values()) or 1.0) * HEADROOM
    at = {name: round(known[name] / scale * 100, 1) if name in known else None for name in values}
    at["width"] = span(at["low"], at["high"])
    at["possible_width"] = span(at["done"], at["possible"])
    at["forecast_width"] = span(at["forecast_low"], at["forecast_high"])
    return {name: value if value is None else f"{value:g}" for name, value in at.items()}


def span(start, end):
    """How wide from start to end, at least visible; None while one of them is unknown."""
    if start is None or end is None:
        return None
    return max(round(end - start, 1), 0.6)
