"""The database itself refuses to change a law that dossiers rest on, whoever asks."""

import pytest
from django.db import IntegrityError, connection, transaction

from foundation.regimes.loading import load
from foundation.regimes.models import CriteriaSet, Criterion, Option, Regime
from tests.regimes.builders import files, write

pytestmark = pytest.mark.django_db

SMALL = "qd1-2001"


def sets():
    return CriteriaSet.objects.filter(regime=SMALL)


def criterion(code="1.1"):
    return Criterion.objects.get(criteria_set__in=sets(), code=code)


def option():
    return criterion().options.filter(key="1.1:3")


CHANGES = {
    "update option": lambda: option().update(points=4),
    "delete option": lambda: option().delete(),
    "insert option": lambda: Option.objects.create(
        criterion=criterion(), key="x", position=99, points=1, text="x"
    ),
    "move option": lambda: option().update(criterion=criterion("1.2")),
    "update criterion": lambda: Criterion.objects.filter(pk=criterion().pk).update(gates={}),
    "delete criterion": lambda: criterion().delete(),
    "insert criterion": lambda: Criterion.objects.create(
        criteria_set=sets().get(), code="x", position=99, max_points=1
    ),
    "update set": lambda: sets().update(content={}),
    "delete set": lambda: sets().delete(),
    "insert set": lambda: CriteriaSet.objects.create(regime_id=SMALL, code="x", number=9, content={}),
    "update regime": lambda: Regime.objects.filter(pk=SMALL).update(data={}),
    "forget the use": lambda: Regime.objects.filter(pk=SMALL).update(used_at=None),
}


@pytest.fixture
def regime(tmp_path):
    load(write(tmp_path, files()))
    return Regime.objects.get(pk=SMALL)


@pytest.mark.parametrize("change", CHANGES)
def test_law_in_use_cannot_be_changed(regime, change):
    regime.mark_used()
    with pytest.raises(IntegrityError, match="Quy định qd1-2001 đã có hồ sơ sử dụng"), transaction.atomic():
        CHANGES[change]()


@pytest.mark.parametrize("change", CHANGES)
def test_control_law_nobody_uses_can_be_changed(regime, change):
    CHANGES[change]()


def test_law_in_use_stays_in_plain_sql_too(regime):
    regime.mark_used()
    with connection.cursor() as cursor:
        with pytest.raises(IntegrityError, match="đã có hồ sơ sử dụng"), transaction.atomic():
            cursor.execute("DELETE FROM regimes_criteriaset WHERE regime_id = %s", [SMALL])
        with pytest.raises(IntegrityError, match="đã có hồ sơ sử dụng"), transaction.atomic():
            cursor.execute("UPDATE regimes_regime SET id = 'x' WHERE id = %s", [SMALL])


def test_triggers_fire_in_replica_mode_too():
    """ENABLE ALWAYS is the letter A: not even a superuser who switches ordinary triggers off gets past."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgenabled FROM pg_trigger WHERE tgname = 'regimes_used_stays'"
        )
        enabled = dict(cursor.fetchall())
    tables = {model._meta.db_table for model in (Regime, CriteriaSet, Criterion, Option)}
    assert enabled == dict.fromkeys(tables, "A")


def test_control_regime_nobody_uses_can_be_deleted(regime):
    sets().delete()
    regime.delete()
    assert not Regime.objects.filter(pk=SMALL).exists()


def test_end_of_a_law_in_use_may_still_be_set(regime):
    """A later decision ends it; that changes when it applies, not what it says."""
    regime.mark_used()
    Regime.objects.filter(pk=SMALL).update(effective_to="2099-12-31", offered=False)
    regime.refresh_from_db()
    assert (regime.effective_to.year, regime.offered) == (2099, False)


def test_other_regimes_stay_free(regime, tmp_path):
    regime.mark_used()
    other = Regime.objects.create(
        pk="qd2-2002", title="Khác", effective_from="2002-01-01", offered=False, data={}, digest=""
    )
    row = CriteriaSet.objects.create(regime=other, code="x", number=1, content={})
    row.delete()
    moving = CriteriaSet.objects.create(regime=other, code="y", number=2, content={})
    moving.regime = regime
    with pytest.raises(IntegrityError, match="qd1-2001"), transaction.atomic():
        moving.save()
