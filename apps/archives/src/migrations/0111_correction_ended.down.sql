ALTER TABLE correction_request DROP COLUMN ended_on;
