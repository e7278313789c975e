-- 收到与登记: a stamped paper is received on the day of its stamp and may be typed later; words are read back by somebody at a moment.
ALTER TABLE objection
  ADD COLUMN entered_on date,
  ADD COLUMN read_back_at timestamptz,
  ADD COLUMN read_back_by text,
  -- 移送更正: an error in a file, and what comes too late, go to the archives, which answer.
  ADD COLUMN correction_requested_on date,
  ADD COLUMN correction_outcome text CHECK (correction_outcome IN ('corrected', 'file-right', 'passed-on')),
  ADD COLUMN correction_answered_on date,
  ALTER COLUMN publication_id DROP NOT NULL,
  ALTER COLUMN publication_version DROP NOT NULL,
  ALTER COLUMN publication_kind DROP NOT NULL,
  ALTER COLUMN owner_key DROP NOT NULL;
UPDATE objection SET entered_on = received_on;
-- Until now nothing was registered before it had been read back.
UPDATE objection SET read_back_at = received_at, read_back_by = filed_by WHERE channel IN ('oral', 'telephone');
ALTER TABLE objection
  ALTER COLUMN entered_on SET NOT NULL,
  DROP CONSTRAINT objection_state_check,
  ADD CONSTRAINT objection_state_check CHECK (state IN ('admitted', 'refused', 'withdrawn', 'referred')),
  ADD CHECK (entered_on = received_on OR (entered_on > received_on AND channel = 'paper' AND scan_sha256 IS NOT NULL)),
  ADD CHECK ((channel IN ('oral', 'telephone')) = (read_back_at IS NOT NULL)),
  ADD CHECK ((read_back_at IS NULL) = (read_back_by IS NULL)),
  ADD CONSTRAINT objection_file_error_check CHECK (CASE WHEN ground = 'file-error' THEN state = 'referred' AND num_nonnulls(publication_id, publication_version, publication_kind, owner_key) = 0
    ELSE state <> 'referred' AND num_nulls(publication_id, publication_version, publication_kind, owner_key) = 0 END),
  ADD CHECK ((correction_outcome IS NULL) = (correction_answered_on IS NULL)),
  ADD CHECK (correction_outcome IS NULL OR correction_requested_on IS NOT NULL);
CREATE UNIQUE INDEX objection_file_error_open ON objection (subject_id, applicant_id) WHERE ground = 'file-error' AND correction_outcome IS NULL;
CREATE INDEX objection_received ON objection (division_code text_pattern_ops, received_on);

-- The alarm of an overdue answer is set for one more day each time it rang.
ALTER TABLE reconsideration
  ADD COLUMN alarm_on date,
  ADD COLUMN deadline_version integer NOT NULL DEFAULT 1,
  ADD COLUMN answer_no text UNIQUE,
  ADD COLUMN decided_by text CHECK (decided_by IN ('consensus', 'vote')),
  ADD COLUMN before_hundredths integer;
UPDATE reconsideration SET alarm_on = greatest(answer_due_on, (escalated_at AT TIME ZONE 'Asia/Shanghai')::date);
UPDATE reconsideration SET decided_by = CASE WHEN votes_for IS NULL AND votes_against IS NULL THEN 'consensus' ELSE 'vote' END WHERE owner = 'civility' AND outcome IS NOT NULL;
ALTER TABLE reconsideration ALTER COLUMN alarm_on SET NOT NULL;
DROP INDEX reconsideration_due;
CREATE INDEX reconsideration_due ON reconsideration (alarm_on) WHERE state IN ('admitted', 'panel-convened');

-- 逐项理由
CREATE TABLE answer_item (
  reconsideration_id uuid NOT NULL REFERENCES reconsideration (id),
  item_code          text NOT NULL,
  change             text NOT NULL CHECK (change IN ('kept', 'added', 'removed')),
  reason             bytea NOT NULL,
  PRIMARY KEY (reconsideration_id, item_code)
);

-- Receipts and answers are numbered apart.
ALTER TABLE receipt_counter ADD COLUMN series text NOT NULL DEFAULT 'YY';
ALTER TABLE receipt_counter DROP CONSTRAINT receipt_counter_pkey, ADD PRIMARY KEY (series, division_code, year);
ALTER TABLE receipt_counter ALTER COLUMN series DROP DEFAULT;
