"""The law that dossiers rest on cannot be changed, not even past the portal's code.

Rows of a regime with ``used_at`` refuse INSERT, UPDATE and DELETE; of the regime itself, what it says is fixed, while
``offered`` and ``effective_to`` may follow events (a later decision ends it). ENABLE ALWAYS: replication mode is no
way round. TRUNCATE stays possible for the owner: emptying a test database is not changing the law.
"""

from django.db import migrations

FORWARD = """
CREATE FUNCTION regimes_refuse(regime text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM regimes_regime WHERE id = regime AND used_at IS NOT NULL) THEN
        RAISE EXCEPTION 'Quy định % đã có hồ sơ sử dụng, không được sửa tiêu chí.', regime
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;

CREATE FUNCTION regimes_guard_regime() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.used_at IS NULL THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'UPDATE' AND
        (NEW.id, NEW.title, NEW.effective_from, NEW.data, NEW.digest, NEW.loaded_at, NEW.used_at)
        IS NOT DISTINCT FROM
        (OLD.id, OLD.title, OLD.effective_from, OLD.data, OLD.digest, OLD.loaded_at, OLD.used_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'Quy định % đã có hồ sơ sử dụng, không được sửa.', OLD.id
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION regimes_guard_criteriaset() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM regimes_refuse(OLD.regime_id); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM regimes_refuse(NEW.regime_id); END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION regimes_guard_criterion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM regimes_refuse(regime_id) FROM regimes_criteriaset WHERE id = OLD.criteria_set_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM regimes_refuse(regime_id) FROM regimes_criteriaset WHERE id = NEW.criteria_set_id;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE FUNCTION regimes_guard_option() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM regimes_refuse(s.regime_id) FROM regimes_criterion c
            JOIN regimes_criteriaset s ON s.id = c.criteria_set_id WHERE c.id = OLD.criterion_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM regimes_refuse(s.regime_id) FROM regimes_criterion c
            JOIN regimes_criteriaset s ON s.id = c.criteria_set_id WHERE c.id = NEW.criterion_id;
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE TRIGGER regimes_used_stays BEFORE UPDATE OR DELETE ON regimes_regime
    FOR EACH ROW EXECUTE FUNCTION regimes_guard_regime();
CREATE TRIGGER regimes_used_stays BEFORE INSERT OR UPDATE OR DELETE ON regimes_criteriaset
    FOR EACH ROW EXECUTE FUNCTION regimes_guard_criteriaset();
CREATE TRIGGER regimes_used_stays BEFORE INSERT OR UPDATE OR DELETE ON regimes_criterion
    FOR EACH ROW EXECUTE FUNCTION regimes_guard_criterion();
CREATE TRIGGER regimes_used_stays BEFORE INSERT OR UPDATE OR DELETE ON regimes_option
    FOR EACH ROW EXECUTE FUNCTION regimes_guard_option();
ALTER TABLE regimes_regime ENABLE ALWAYS TRIGGER regimes_used_stays;
ALTER TABLE regimes_criteriaset ENABLE ALWAYS TRIGGER regimes_used_stays;
ALTER TABLE regimes_criterion ENABLE ALWAYS TRIGGER regimes_used_stays;
ALTER TABLE regimes_option ENABLE ALWAYS TRIGGER regimes_used_stays;
"""

BACK = """
DROP TRIGGER regimes_used_stays ON regimes_option;
DROP TRIGGER regimes_used_stays ON regimes_criterion;
DROP TRIGGER regimes_used_stays ON regimes_criteriaset;
DROP TRIGGER regimes_used_stays ON regimes_regime;
DROP FUNCTION regimes_guard_option();
DROP FUNCTION regimes_guard_criterion();
DROP FUNCTION regimes_guard_criteriaset();
DROP FUNCTION regimes_guard_regime();
DROP FUNCTION regimes_refuse(text);
"""


class Migration(migrations.Migration):
    dependencies = [("regimes", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACK)]
