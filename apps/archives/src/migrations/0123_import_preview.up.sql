-- 预览: a dry run keeps its workbook, sealed, until somebody confirms or discards it; a faulty one comes back with its cells marked.
ALTER TABLE import_job DROP CONSTRAINT import_job_state_check;
ALTER TABLE import_job ADD CONSTRAINT import_job_state_check CHECK (state IN ('waiting', 'previewed', 'done', 'failed', 'discarded'));
ALTER TABLE import_job ADD COLUMN dry_run boolean NOT NULL DEFAULT false, ADD COLUMN preview jsonb, ADD COLUMN kept bytea, ADD COLUMN marked bytea, ADD COLUMN kept_on date;
CREATE INDEX import_kept ON import_job (kept_on) WHERE kept_on IS NOT NULL;
