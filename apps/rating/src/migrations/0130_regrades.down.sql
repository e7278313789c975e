DROP INDEX recheck_open;
ALTER TABLE recheck DROP COLUMN settled_by, DROP COLUMN settled_on;
DELETE FROM rating WHERE regrade_id IS NOT NULL;
DROP INDEX rating_of_run;
ALTER TABLE rating ADD CONSTRAINT rating_run_id_subject_id_key UNIQUE (run_id, subject_id);
ALTER TABLE rating DROP COLUMN regrade_id;
DROP TABLE regrade;
