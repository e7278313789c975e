-- 试算 of a draft beside the card in force: sums per village, never a rating of anybody.
CREATE TABLE simulation (
  simulation_id uuid PRIMARY KEY,
  scorecard_id  uuid NOT NULL REFERENCES scorecard,
  beside_id     uuid REFERENCES scorecard,
  card_digest   text NOT NULL,
  division_code text NOT NULL,
  started_by    text NOT NULL,
  started_at    timestamptz NOT NULL,
  state         text NOT NULL CHECK (state IN ('computing', 'computed'))
);
CREATE INDEX simulation_scorecard ON simulation (scorecard_id, started_at);
CREATE TABLE simulation_village (
  simulation_id uuid NOT NULL REFERENCES simulation,
  village_code  text NOT NULL,
  sums          jsonb,
  PRIMARY KEY (simulation_id, village_code)
);

-- 暂停 and the choice of subjects of a run.
ALTER TABLE run DROP CONSTRAINT run_state_check;
ALTER TABLE run ADD CONSTRAINT run_state_check CHECK (state IN ('computing', 'paused', 'computed', 'confirmed', 'cancelled'));
ALTER TABLE run ADD COLUMN changed_only boolean NOT NULL DEFAULT false;
ALTER TABLE run_village ADD COLUMN unchanged integer NOT NULL DEFAULT 0, ADD COLUMN computed_at timestamptz;
DROP INDEX run_open;
CREATE INDEX run_open ON run (division_code) WHERE state IN ('computing', 'paused', 'computed');
