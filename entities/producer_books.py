"""Producers that come from workbooks: tax codes stand once, merged records are history, new records begin a spell."""

from django.core.exceptions import ValidationError

from entities import taxcodes
from entities.actions.producers import first_spells
from entities.books import ADDED, Book
from entities.models import Entity, EntityKind
from entities.models.entities import PHONE

# Also said of producers outside the officer's area, so it names nobody.
TAKEN = "Mã số thuế này đã được ghi cho một chủ thể khác."


def tax_code_of(text):
    """The code as it is kept: (code, trouble). Signs without a digit are no code."""
    code, trouble = taxcodes.read(text)
    return (code, trouble) if code or trouble else (None, taxcodes.WRONG_SHAPE.rstrip("."))


def phone_of(text):
    """A telephone number as the form takes it: (number, trouble)."""
    try:
        PHONE(text)
    except ValidationError as wrong:
        return None, wrong.messages[0].rstrip(".")
    return text, ""


class ProducerBook(Book):
    """Producers of a person's area. A tax code that an officer brings counts as checked."""

    with_facts = ("tax_code_checked",)

    def __init__(self, facts, by, roles):
        super().__init__(Entity, facts, by, roles, prefix="ct")
        self.holders, self.codes = {}, {}

    def known(self):
        """A record that was merged into another is history."""
        return Entity.objects.standing()

    def prepare(self, lines):
        """Who holds the tax codes of this batch, anywhere in the portal."""
        codes = {taxcodes.read(line["tax_code"])[0] for line in lines if line["tax_code"]}
        rows = Entity.objects.standing().filter(tax_code_checked=True, tax_code__in=codes - {None, ""})
        self.holders = dict(rows.values_list("tax_code", "pk")) if codes else {}

    def read(self, line):
        """The facts; a tax code brings along that it was checked."""
        values, troubles = super().read(line)
        return values | ({"tax_code_checked": True} if "tax_code" in values else {}), troubles

    def slot(self, key, name, unit, values, number):
        """(slot, trouble); a code that another producer holds, or an earlier line states for another, is a trouble."""
        slot, trouble = super().slot(key, name, unit, values, number)
        code = values.get("tax_code")
        if trouble or not code:
            return slot, trouble
        if self.holders.get(code, slot.record.pk) != slot.record.pk:
            return None, TAKEN
        if self.codes.setdefault(code, key) != key:
            return None, TAKEN
        return slot, ""

    def differences(self, record, values):
        """What the line states otherwise; a code that only the producer has typed becomes a checked one."""
        found = super().differences(record, values)
        if values.get("tax_code") == record.tax_code and not record.tax_code_checked and record.tax_code:
            found.append(["Mã số thuế đã đối chiếu", "Không", "Có"])
        return found

    def write(self, slots, note):
        """Records as any book writes them; each new one with its first spell."""
        new = list({id(slot.record): slot for slot in slots if slot.is_new}.values())
        for slot in new:
            slot.record.kind = slot.record.kind or EntityKind.UNKNOWN
        super().write(slots, note)
        first_spells([(slot.record, f"{ADDED}: {note(slot)}") for slot in new])
