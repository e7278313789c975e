ALTER TABLE item_value DROP COLUMN evidence_sha256, DROP COLUMN period;
DROP TABLE collection_conflict;
DROP TABLE collection_record;
DROP TABLE collection_task;
