DROP FUNCTION empty_erased_values(uuid);
DROP TABLE erased_mark, erasure_request;
UPDATE credit_file SET state = 'returned' WHERE state = 'erased';
ALTER TABLE credit_file DROP CONSTRAINT credit_file_state_check;
ALTER TABLE credit_file ADD CONSTRAINT credit_file_state_check CHECK (state IN ('collected', 'submitted', 'verified', 'returned'));
ALTER TABLE subject DROP COLUMN erased_on;
