-- 动态调整: a certified rating changes only by a proposal with its cause, told, open to objection, decided by another person. 三(八)3
CREATE TABLE regrade (
  regrade_id       uuid PRIMARY KEY,
  rating_id        uuid NOT NULL REFERENCES rating,
  subject_id       uuid NOT NULL,
  village_code     text NOT NULL,
  cause            text NOT NULL,
  reasons          bytea NOT NULL,
  evidence_sha256  text NOT NULL,
  from_grade       text NOT NULL,
  to_grade         text,
  before_result_id uuid NOT NULL REFERENCES result,
  after_result_id  uuid REFERENCES result,
  proposed_by      text NOT NULL,
  proposed_on      date NOT NULL,
  answer_last_day  date NOT NULL,
  stance           text CHECK (stance IN ('accepts', 'objects')),
  statement        bytea,
  scan_sha256      text,
  answered_by      text,
  answered_on      date,
  outcome          text CHECK (outcome IN ('applied', 'dropped')),
  decision         bytea,
  decided_by       text,
  decided_on       date,
  CHECK ((outcome IS NULL) = (decided_on IS NULL)),
  CHECK ((stance IS NULL) = (answered_on IS NULL)),
  CHECK (outcome IS DISTINCT FROM 'applied' OR (decided_by <> proposed_by AND decided_on > answer_last_day)),
  CHECK ((to_grade IS NULL) = (after_result_id IS NULL))
);
CREATE UNIQUE INDEX regrade_open ON regrade (subject_id) WHERE outcome IS NULL;
CREATE INDEX regrade_village ON regrade (village_code, regrade_id);
CREATE INDEX regrade_rating ON regrade (rating_id);

-- A regrade puts a new rating beside the one the run gave; of those a run keeps one per subject as before.
ALTER TABLE rating ADD COLUMN regrade_id uuid REFERENCES regrade;
ALTER TABLE rating DROP CONSTRAINT rating_run_id_subject_id_key;
CREATE UNIQUE INDEX rating_of_run ON rating (run_id, subject_id) WHERE regrade_id IS NULL;

-- A note is open until somebody proposed a regrade or found the grade unchanged.
ALTER TABLE recheck ADD COLUMN settled_on date, ADD COLUMN settled_by text;
CREATE INDEX recheck_open ON recheck (subject_id) WHERE settled_on IS NULL;
