-- 答复: a finding waits for the village's answer until its day; those recorded before answers were asked for have none.
ALTER TABLE finding
  ADD COLUMN answer_due_on date,
  ADD COLUMN signal        bytea,
  ADD COLUMN signal_digest text,
  ADD CONSTRAINT finding_signal CHECK ((signal IS NULL) = (signal_digest IS NULL));
CREATE UNIQUE INDEX finding_signal_once ON finding (round_id, signal_digest) WHERE signal_digest IS NOT NULL;
CREATE INDEX finding_waiting ON finding (answer_due_on, id) WHERE settled_on IS NULL AND answer_due_on IS NOT NULL;

-- One answer stands at a time; one that was sent back stays beside the next.
CREATE TABLE finding_answer (
  id            uuid PRIMARY KEY,
  finding_id    uuid NOT NULL REFERENCES finding (id),
  answer        bytea NOT NULL,
  answered_by   text NOT NULL,
  answered_on   date NOT NULL,
  return_reason bytea,
  returned_by   text,
  returned_on   date,
  CHECK ((return_reason IS NULL) = (returned_on IS NULL))
);
CREATE UNIQUE INDEX finding_answer_standing ON finding_answer (finding_id) WHERE returned_on IS NULL;
CREATE INDEX finding_answer_finding ON finding_answer (finding_id, id);
