-- 人工复核: a decision by machine alone that the person does not accept is looked at by a person, within its days.
CREATE TABLE human_review (
  review_id    uuid PRIMARY KEY,
  rating_id    uuid NOT NULL REFERENCES rating,
  subject_id   uuid NOT NULL,
  village_code text NOT NULL,
  statement    bytea NOT NULL,
  scan_sha256  text,
  requested_by text NOT NULL,
  requested_on date NOT NULL,
  due_on       date NOT NULL,
  outcome      text CHECK (outcome IN ('kept', 'computed-again', 'file-to-correct')),
  reasons      bytea,
  result_id    uuid REFERENCES result,
  decided_by   text,
  decided_on   date,
  CHECK ((outcome IS NULL) = (decided_on IS NULL)),
  CHECK ((outcome = 'computed-again') IS NOT TRUE OR result_id IS NOT NULL)
);
CREATE UNIQUE INDEX human_review_open ON human_review (rating_id) WHERE outcome IS NULL;
CREATE INDEX human_review_due ON human_review (due_on) WHERE outcome IS NULL;
CREATE INDEX human_review_subject ON human_review (subject_id);

-- 续评提醒: told once per certificate; whether a renewal is due is computed from the last day.
CREATE TABLE renewal_notice (rating_id uuid PRIMARY KEY REFERENCES rating, noticed_on date NOT NULL);
CREATE INDEX rating_last_day ON rating (last_day) WHERE state = 'certified';
