ALTER TABLE import_job DROP COLUMN dry_run, DROP COLUMN preview, DROP COLUMN kept, DROP COLUMN marked, DROP COLUMN kept_on;
ALTER TABLE import_job DROP CONSTRAINT import_job_state_check;
ALTER TABLE import_job ADD CONSTRAINT import_job_state_check CHECK (state IN ('waiting', 'done', 'failed'));
