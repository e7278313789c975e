DELETE FROM receipt_counter WHERE series <> 'YY';
ALTER TABLE receipt_counter DROP CONSTRAINT receipt_counter_pkey, ADD PRIMARY KEY (division_code, year), DROP COLUMN series;
DROP TABLE answer_item;
DROP INDEX reconsideration_due;
CREATE INDEX reconsideration_due ON reconsideration (answer_due_on) WHERE state IN ('admitted', 'panel-convened');
ALTER TABLE reconsideration DROP COLUMN alarm_on, DROP COLUMN deadline_version, DROP COLUMN answer_no, DROP COLUMN decided_by, DROP COLUMN before_hundredths;
DROP INDEX objection_received, objection_file_error_open;
DELETE FROM objection WHERE ground = 'file-error';
ALTER TABLE objection
  DROP CONSTRAINT objection_file_error_check,
  DROP CONSTRAINT objection_state_check,
  ADD CONSTRAINT objection_state_check CHECK (state IN ('admitted', 'refused', 'withdrawn')),
  ALTER COLUMN publication_id SET NOT NULL,
  ALTER COLUMN publication_version SET NOT NULL,
  ALTER COLUMN publication_kind SET NOT NULL,
  ALTER COLUMN owner_key SET NOT NULL,
  DROP COLUMN entered_on,
  DROP COLUMN read_back_at,
  DROP COLUMN read_back_by,
  DROP COLUMN correction_requested_on,
  DROP COLUMN correction_outcome,
  DROP COLUMN correction_answered_on;
