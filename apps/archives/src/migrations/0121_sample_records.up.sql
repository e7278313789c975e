-- 抽查的公开记录: what was drawn from, so that anybody can draw it again; and what was wrong, item by item, sealed.
CREATE TABLE sample_batch (
  sample_id uuid NOT NULL REFERENCES sample,
  file_id   uuid NOT NULL REFERENCES credit_file,
  PRIMARY KEY (sample_id, file_id)
);
CREATE TABLE sample_wrong_item (
  sample_id uuid NOT NULL,
  file_id   uuid NOT NULL,
  item      text NOT NULL,
  note      bytea NOT NULL,
  PRIMARY KEY (sample_id, file_id, item),
  FOREIGN KEY (sample_id, file_id) REFERENCES sample_file (sample_id, file_id)
);
ALTER TABLE sample ADD COLUMN sample_size integer, ADD COLUMN share numeric(6, 4), ADD COLUMN least integer;
REVOKE UPDATE, DELETE ON sample_batch FROM ":role";
