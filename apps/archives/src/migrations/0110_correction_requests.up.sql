-- 更正请求: somebody says the file is wrong, or objected too late; the text stays with the objection it came from.
CREATE TABLE correction_request (
  objection_id uuid PRIMARY KEY,
  subject_id   uuid NOT NULL REFERENCES subject,
  group_code   text NOT NULL,
  ground       text NOT NULL,
  requested_on date NOT NULL,
  -- The file's version at that time; a corrected file has a later one.
  file_version integer NOT NULL,
  outcome      text CHECK (outcome IN ('corrected', 'file-right', 'passed-on')),
  reason       bytea,
  answered_by  text,
  answered_on  date,
  CHECK (num_nonnulls(outcome, reason, answered_by, answered_on) IN (0, 4))
);
CREATE INDEX correction_request_group ON correction_request (group_code text_pattern_ops, objection_id);
CREATE INDEX correction_request_subject ON correction_request (subject_id);
