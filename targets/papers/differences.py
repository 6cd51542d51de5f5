"""What differs between the figures of a report and the same day asked again, one sentence for each difference."""

from collections import Counter

from targets.papers.figures import PARTS

NOTHING = "không có"


def changes(before, after):
    """Every difference, in the order of the report; empty when both say the same."""
    said = [
        *_cells("Chỉ tiêu", _targets(before), _targets(after)),
        *_cells("Địa bàn", _districts(before), _districts(after)),
        *_cells("Hạng sao", _by(before["stars"], "stars"), _by(after["stars"], "stars")),
        *_rows("Sản phẩm mới", _new(before), _new(after)),
        *_cells("Loại hình chủ thể", _by(before["kinds"], "kind"), _by(after["kinds"], "kind")),
        *_rows("Chủ thể", _developed(before), _developed(after)),
        *_rows("Số liệu đầu kỳ", _balances(before), _balances(after)),
        *_rows("Ghi chú về nguồn", Counter(before["remarks"]), Counter(after["remarks"])),
        *_rows("Phần chưa lập được", _failed(before), _failed(after)),
        *_cells("Số bản ghi trình diễn", {"": str(before["demo"])}, {"": str(after["demo"])}),
        *_cells("Kế hoạch", {"": _plan(before)}, {"": _plan(after)}),
    ]
    if not said and before != after:
        parts = [PARTS.get(key, key) for key in after if before.get(key) != after[key]]
        said = [f"Cách ghi khác ở phần: {', '.join(parts)}."]
    return said


def _cells(what, before, after):
    """Values that changed, appeared or went, by their names."""
    for name in {**before, **after}:
        old, new = before.get(name, NOTHING), after.get(name, NOTHING)
        if old != new:
            yield f"{what}{f' {name}' if name else ''}: {old} → {new}."


def _rows(what, before, after):
    """Rows that came or went; a row may stand there more than once."""
    for row, number in (after - before).items():
        yield f"{what}, thêm: {row.rstrip('.')}{_times(number)}."
    for row, number in (before - after).items():
        yield f"{what}, bớt: {row.rstrip('.')}{_times(number)}."


def _times(number):
    return f" ({number} lần)" if number > 1 else ""


def _targets(figures):
    return {
        row["label"]: " · ".join(
            filter(None, (row["text"], row["plan"] and f"kế hoạch {row['plan']}", row["word"]))
        )
        for row in figures["targets"]
    }


def _districts(figures):
    cells = {}
    for row in figures["districts"]:
        cells[row["name"]] = row["total"]["text"]
        for star, figure in zip(figures["stars"], row["stars"], strict=False):
            cells[f"{row['name']}, {star['stars']} sao"] = figure["text"]
    return cells


def _by(rows, name):
    return {str(row[name]): row["text"] for row in rows}


def _new(figures):
    return Counter(
        f"{row['product']} ({row['entity']}), {row['stars']} sao, {row['decision']} ngày {row['decided_on']}"
        for row in figures["new"]
    )


def _developed(figures):
    return Counter(f"{row['entity']}, {row['kind']}, {row['why']}" for row in figures["developed"])


def _balances(figures):
    return Counter(
        f"{row['day']} {row['unit']} {row['low']}–{row['high']}, {row['note']}, {', '.join(row['sources'])}"
        for row in figures["balances"]
    )


def _failed(figures):
    return Counter(PARTS[name] for name in figures.get("failed", ()))


def _plan(figures):
    return f"{figures['plan']['year']}, số {figures['plan']['number'] or 'chưa ghi'}"
