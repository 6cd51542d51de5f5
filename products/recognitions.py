"""The recognitions of one line of the list: read, and set against one another and against the law of their day."""

import datetime as dt

from products.past import PastRating

PARTS = {"stars": "hạng sao", "day": "ngày", "number": "số QĐ", "issuer": "cơ quan ban hành"}


def read_recognitions(line, laws):
    """The one or two recognitions of a line, the earlier first; what is wrong becomes a trouble of the line."""
    found = [one for turn in (1, 2) if (one := read_one(line, turn, laws))]
    if line["r1_stars"] is None and line["r2_stars"] is not None:
        line.troubles.append("Có lần 2 mà không có lần 1.")
    if len(found) == 2 and found[1].decided_on <= found[0].decided_on:
        line.troubles.append("Ngày của lần 2 không sau ngày của lần 1.")
    return found


def read_one(line, turn, laws):
    """One recognition; None when the list says nothing of it or not enough."""
    values = {part: line[f"r{turn}_{part}"] for part in PARTS}
    year = line[f"r{turn}_year"]
    if all(value is None for value in (*values.values(), year)):
        return None
    missing = [label for part, label in PARTS.items() if values[part] is None]
    if missing:
        line.troubles.append(f"Lần {turn}: thiếu {', '.join(missing)}.")
        return None
    past = PastRating(values["stars"], values["day"], values["number"], values["issuer"])
    if year is not None and year != past.decided_on.year:
        line.troubles.append(f"Lần {turn}: năm {year} không khớp ngày {past.decided_on:%d/%m/%Y}.")
    if trouble := laws.trouble(past):
        line.troubles.append(f"Lần {turn}: {trouble}.")
    return past


def trouble_with_today(line, pasts, laws):
    """Where the list's current stars and end differ from its own last recognition. The portal works both out itself."""
    if line.troubles:
        return []
    found, last = [], pasts[-1] if pasts else None
    if line["stars"] is not None and (last is None or line["stars"] != last.stars):
        said = f"là {last.stars} sao" if last else "không có trong danh sách"
        found.append(f"Hạng sao hiện tại {line['stars']} sao nhưng lần công nhận gần nhất {said}.")
    if line["ends_on"] is not None and last is not None:
        end = laws.ends_on(last)
        # Many offices count the day of the decision and so end one day earlier.
        if line["ends_on"] not in {end, end - dt.timedelta(days=1)}:
            found.append(
                f"Ngày hết hạn {line['ends_on']:%d/%m/%Y} không khớp: theo quyết định gần nhất là {end:%d/%m/%Y}."
            )
    return found
