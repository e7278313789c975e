-- A workbook that fails for a reason of ours is tried again, and does not stand in the way of all others for ever.
ALTER TABLE import_job ADD COLUMN tries integer NOT NULL DEFAULT 0;
-- 导入进度: written by transactions of its own while an import runs; no foreign key, because the job's row is locked meanwhile.
CREATE TABLE import_progress (
  job_id uuid PRIMARY KEY,
  done   integer NOT NULL,
  total  integer NOT NULL
);
