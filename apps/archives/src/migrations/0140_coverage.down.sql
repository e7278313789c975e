DROP TRIGGER credit_file_counted_in ON credit_file;
DROP TRIGGER credit_file_recounted ON credit_file;
DROP TRIGGER credit_file_counted_out ON credit_file;
DROP TRIGGER subject_counted_in ON subject;
DROP TRIGGER subject_recounted ON subject;
DROP TRIGGER subject_counted_out ON subject;
DROP FUNCTION count_files, count_subjects, add_coverage;
DROP TABLE coverage_change, subject_exclusion;
DROP INDEX register_count_newest;
-- Only the newest count of a day fits the old key.
DELETE FROM register_count a USING register_count b
  WHERE (a.village_code, a.subject_kind, a.counted_on) = (b.village_code, b.subject_kind, b.counted_on) AND (a.recorded_at, a.entry_id) < (b.recorded_at, b.entry_id);
ALTER TABLE register_count DROP COLUMN entry_id, DROP COLUMN recorded_by, DROP COLUMN recorded_at;
ALTER TABLE register_count ADD PRIMARY KEY (village_code, subject_kind, counted_on);
GRANT UPDATE, DELETE ON register_count TO credit_archives;
