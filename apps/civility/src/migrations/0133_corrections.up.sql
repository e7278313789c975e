-- 更正: asked for with its reason and paper, approved by the town party committee; the score it leads to names it.
CREATE TABLE correction (
  id            uuid PRIMARY KEY,
  round_id      uuid NOT NULL,
  household_id  uuid NOT NULL,
  base_version  integer NOT NULL,
  hundredths    integer NOT NULL CHECK (hundredths BETWEEN 0 AND 10000),
  vetoed        boolean NOT NULL,
  sheet_id      uuid REFERENCES sheet (id),
  reason        bytea NOT NULL,
  scan_sha256   text NOT NULL,
  requested_by  text NOT NULL,
  requested_on  date NOT NULL,
  approved      boolean,
  note          bytea,
  decided_by    text,
  decided_on    date,
  FOREIGN KEY (round_id, household_id) REFERENCES round_household (round_id, household_id),
  CHECK ((approved IS NULL) = (decided_on IS NULL))
);
CREATE UNIQUE INDEX correction_open ON correction (round_id, household_id) WHERE approved IS NULL;
CREATE INDEX correction_round ON correction (round_id, id);

ALTER TABLE score ADD COLUMN correction_id uuid UNIQUE REFERENCES correction (id);
ALTER TABLE score DROP CONSTRAINT score_cause_check;
ALTER TABLE score ADD CONSTRAINT score_cause_check CHECK (cause IN ('group', 'deliberation', 'reconsideration', 'correction') AND (cause = 'correction') = (correction_id IS NOT NULL));
