ALTER TABLE score DROP CONSTRAINT score_cause_check;
ALTER TABLE score DROP COLUMN correction_id;
ALTER TABLE score ADD CONSTRAINT score_cause_check CHECK (cause IN ('group', 'deliberation', 'reconsideration'));
DROP TABLE correction;
