DROP INDEX run_open;
CREATE UNIQUE INDEX run_open ON run (division_code) WHERE state IN ('computing', 'computed');
ALTER TABLE run_village DROP COLUMN unchanged, DROP COLUMN computed_at;
ALTER TABLE run DROP COLUMN changed_only;
ALTER TABLE run DROP CONSTRAINT run_state_check;
ALTER TABLE run ADD CONSTRAINT run_state_check CHECK (state IN ('computing', 'computed', 'confirmed', 'cancelled'));
DROP TABLE simulation_village;
DROP TABLE simulation;
