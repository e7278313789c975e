DROP TABLE broadcast, receipt;
ALTER TABLE webhook_delivery DROP COLUMN attempt;
DELETE FROM delivery WHERE outcome = 'delivered';
ALTER TABLE delivery DROP CONSTRAINT delivery_outcome_check;
ALTER TABLE delivery ADD CONSTRAINT delivery_outcome_check CHECK (outcome IN ('sent', 'told', 'failed', 'not-deliverable'));
ALTER TABLE delivery DROP COLUMN proof_sha256;
