"""Sales channels that come from workbooks, of producers that the portal has: known by kind, partner and first day."""

from django.core.exceptions import ValidationError

from accounts.imports import Outcome, compare
from accounts.models import Fate
from entities import kinds
from entities.books import ADDED, CHANGED, same
from entities.models import SalesChannel
from entities.models.channels import LINK
from foundation.trail.moves import write_all
from foundation.ui.exports import as_text

WORDS = {compare(text): code for code, texts in kinds.words("channels") for text in texts}
LABELS = {"link": "Liên kết", "contract": "Số hợp đồng", "until": "Đến hết ngày", "note": "Ghi chú"}


class ChannelSession:
    """One import of channels. The producer of a line stands in the person's area, or the line stays outside."""

    def __init__(self, makers, run):
        self.makers, self.run = makers, run
        self.seen, self.held = {}, {}

    # ------------------------------------------------------------ planning
    def plan(self, lines):
        """What becomes of each line; producers and channels of the batch are read at once."""
        keys = [self.maker_key(line) for line in lines]
        self.makers.load([key for key in keys if key])
        self.load()
        return [self.judge(*parts) for parts in zip(lines, keys, strict=True)]

    def maker_key(self, line):
        """Under which key the line's producer is known; what hinders becomes a trouble of the line."""
        if line["commune"] is None or line["name"] is None:
            return None
        unit, trouble = self.makers.units.find(line["commune"])
        if trouble:
            line.troubles.append(f"Xã, phường: {trouble}.")
            return None
        key = self.makers.key(line["name"], unit)
        if key in self.makers.twice:
            line.troubles.append(f"Trong cổng có nhiều chủ thể tên “{line['name']}” tại {unit}.")
        elif key not in self.makers.keys:
            line.troubles.append(
                f"Cổng không có chủ thể tên “{line['name']}” tại {unit}. Hãy ghi chủ thể trước."
            )
        return key

    def load(self):
        """The channels of the batch's producers, by what makes each the one it is."""
        self.held = {}
        rows = SalesChannel.objects.filter(entity__in=self.makers.held).order_by("pk")
        for channel in rows:
            channel.entity = self.makers.held[channel.entity_id]
            self.held.setdefault(identity(channel), []).append(channel)

    def judge(self, line, key):
        """One line's outcome: every trouble is named, not only the first."""
        title = " – ".join(filter(None, (line["name"], line["kind"], line["partner"])))
        kind = self.kind(line)
        if line.troubles:
            return Outcome(line, Fate.ERROR, title, " ".join(line.troubles))
        maker = self.makers.held[self.makers.keys[key]]
        facts = {"kind": kind, "partner": line["partner"], "since": line["since"]}
        named = SalesChannel(entity=maker, is_demo=maker.is_demo, **facts)
        channel = self.find(line, named)
        stated = {name: line[name] for name in LABELS if line[name] is not None}
        changes = [
            [LABELS[name], as_text(getattr(channel, name)), as_text(value)]
            for name, value in stated.items()
            if getattr(channel, name) != value
        ]
        self.check(line, channel, stated)
        if line.troubles:
            return Outcome(line, Fate.ERROR, title, " ".join(line.troubles))
        if channel.pk is None:
            return Outcome(line, Fate.NEW, title, work=(channel, stated))
        return Outcome(
            line, Fate.CHANGE if changes else Fate.SAME, title, changes=changes, work=(channel, stated)
        )

    def kind(self, line):
        """The kind of channel behind the word of an office."""
        if line["kind"] is None:
            return None
        kind = WORDS.get(compare(line["kind"]))
        if kind is None:
            known = "; ".join(name for _, name in kinds.channels())
            line.troubles.append(f"Loại kênh: “{line['kind'][:40]}” không phải một loại kênh ({known}).")
        return kind

    def find(self, line, named):
        """The channel that the portal has, or the new one; a channel stands once in the file."""
        key = identity(named)
        if (first := self.seen.setdefault(key, line.number)) != line.number:
            line.troubles.append(f"Trùng với dòng {first} của tệp.")
        found = self.held.get(key, [])
        if len(found) > 1:
            line.troubles.append("Trong cổng có nhiều kênh cùng loại, nơi bán và ngày bắt đầu này.")
        return found[0] if found else named

    def check(self, line, channel, stated):
        """What the form asks of a channel is asked of a line too."""
        until = stated.get("until", channel.until)
        if until is not None and until < channel.since:
            line.troubles.append("Đến hết ngày: ngày kết thúc không được trước ngày bắt đầu.")
        if not stated.get("link", channel.link) and channel.kind in kinds.online_channels():
            line.troubles.append("Liên kết: kênh trên mạng cần liên kết gian hàng để kiểm tra được.")
        try:
            if "link" in stated:
                LINK(stated["link"])
        except ValidationError as wrong:
            line.troubles.append(f"Liên kết: {wrong.messages[0]}")

    # ------------------------------------------------------------ writing
    def write(self, outcomes):
        """Make what is new and change what differs; one entry of the trail for each."""
        acts, new, changed = [], [], []
        for outcome in outcomes:
            channel, stated = outcome.work
            for name, value in stated.items():
                setattr(channel, name, value)
            is_new = channel.pk is None
            (new if is_new else changed).append(channel)
            said = f"{self.run.file_name}, dòng {outcome.line.number}. {channel}, từ {channel.since:%d/%m/%Y}"
            acts.append((channel, ADDED if is_new else CHANGED, said))
        SalesChannel.objects.bulk_create(new, batch_size=1_000)
        SalesChannel.objects.bulk_update(changed, list(LABELS), batch_size=500)
        write_all(acts, by=self.makers.by)


def identity(channel):
    """What makes a channel the one it is; partners are compared without accents and case."""
    return channel.entity_id, channel.kind, same(channel.partner), channel.since
