"""Show 6: fifty at once get codes without gaps or doubles, on the real database; with the control."""

import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from products import actions
from products.models import Dossier, DossierStatus, Serial
from tests.factories.products import DossierFactory, IdeaFactory, ProductFactory, SerialFactory

pytestmark = pytest.mark.django_db(transaction=True)
MANY, TOGETHER = 50, 10


def at_once(deeds):
    """Run the deeds, ten at a time from one gate; what each returned, or the refusal it met."""
    outcomes, gate = [None] * len(deeds), threading.Barrier(TOGETHER)

    def run(first):
        try:
            gate.wait(timeout=20)
            for at in range(first, len(deeds), TOGETHER):
                try:
                    outcomes[at] = deeds[at]()
                except (ValidationError, IntegrityError) as refusal:
                    outcomes[at] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(first,)) for first in range(TOGETHER)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return outcomes


def serials(codes):
    """The serial block of product codes, in order."""
    return sorted(int(code.split("-")[3]) for code in codes)


def test_fifty_dossiers_opened_at_once_have_distinct_codes_without_gaps(law, people, entity):
    products = [ProductFactory(entity=entity, idea=IdeaFactory(entity=entity)) for _ in range(MANY)]
    by = people["producer"]

    outcomes = at_once([lambda product=product: actions.open_dossier(product, by=by) for product in products])

    assert all(isinstance(row, Dossier) for row in outcomes)
    numbers = sorted(int(code.rsplit("-", 1)[1]) for code in Dossier.objects.values_list("code", flat=True))
    assert numbers == list(range(1, MANY + 1))


def test_fifty_accepted_at_once_have_product_codes_without_gaps_and_refusals_take_none(law, people, entity):
    sent = {"status": DossierStatus.SUBMITTED, "submitted_on": "2024-10-15"}
    waiting = DossierFactory.create_batch(MANY, product__entity=entity, **sent)
    drafts = DossierFactory.create_batch(5, product__entity=entity, status=DossierStatus.RETURNED,
                                         submitted_on="2024-10-15")  # fmt: skip
    by = people["district_officer"]

    def accepting(dossier):
        return lambda: actions.accept(dossier, by=by)

    def failing(dossier):
        """Takes a code and then fails: the number goes back."""

        def deed():
            try:
                actions.accept(dossier, by=by)
            except Exception as refusal:  # the wrong state, refused by right
                raise ValidationError("không") from refusal

        return deed

    deeds = [accepting(dossier) for dossier in waiting]
    deeds[25:25] = [failing(dossier) for dossier in drafts]

    outcomes = at_once(deeds)

    assert sum(isinstance(row, ValidationError) for row in outcomes) == len(drafts)
    codes = Dossier.objects.exclude(product_code="").values_list("product_code", flat=True)
    assert serials(codes) == list(range(1, MANY + 1))


def test_control_a_number_that_is_read_and_written_back_gives_doubles(law):
    SerialFactory(name="khong-khoa")
    gate = threading.Barrier(TOGETHER)

    def taking():
        last = Serial.objects.get(name="khong-khoa").last
        gate.wait(timeout=20)
        Serial.objects.filter(name="khong-khoa").update(last=last + 1)
        return last + 1

    assert len(set(at_once([taking] * TOGETHER))) < TOGETHER
