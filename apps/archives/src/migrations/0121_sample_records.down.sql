ALTER TABLE sample DROP COLUMN sample_size, DROP COLUMN share, DROP COLUMN least;
DROP TABLE sample_wrong_item;
DROP TABLE sample_batch;
