ALTER TABLE client DROP COLUMN purposes;
