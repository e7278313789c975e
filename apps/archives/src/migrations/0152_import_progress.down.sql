ALTER TABLE import_job DROP COLUMN tries;
DROP TABLE import_progress;
