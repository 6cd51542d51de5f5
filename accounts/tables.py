"""Where the table of a sheet begins: the head of one or two lines, the rows below it. No Django."""

DEEPEST = 15  # rows above the table: the office's name, the title, the day
MOST_HEADS = 100


def texts(cells, shown):
    """The cells of a row as text."""
    return [" ".join(shown(cell).split()) for cell in cells]


def joined(upper, lower):
    """The heads of two lines as one line: "Lần 1" above "Sao" is "Lần 1 Sao"; a merged head is said once."""
    width = max(len(upper), len(lower))
    pairs = zip(upper + [""] * (width - len(upper)), lower + [""] * (width - len(lower)), strict=True)
    return [" ".join(dict.fromkeys(filter(None, pair))) for pair in pairs]


def find_head(rows, score):
    """(number of the head's last row, heads) among the first rows: the line, or two lines, that score best.

    ``rows`` are (number, texts); ``score(heads)`` counts the columns that are known by these heads.
    """
    best = (0, 0, 0, [])
    for position, (number, line) in enumerate(rows[:DEEPEST]):
        choices = [(number, line)]
        if position + 1 < len(rows) and rows[position + 1][0] == number + 1:
            choices.append((number + 1, joined(line, rows[position + 1][1])))
        for depth, (last, heads) in enumerate(choices):
            found = (score(heads), -depth, last, heads)
            if found[:2] > best[:2]:
                best = found
    if not best[3] and rows:
        return rows[0][0], rows[0][1]
    return best[2], best[3][:MOST_HEADS]


def is_numbering(line):
    """The row 1, 2, 3 … that many offices put below the head."""
    said = [text.strip("()") for text in line if text]
    return len(said) > 2 and said == [str(number + 1) for number in range(len(said))]


def is_caption(line):
    """A row that says one thing across the sheet: the name of a district or a group above its rows."""
    said = [text for text in line if text]
    return len(said) > 2 and len(set(said)) == 1
