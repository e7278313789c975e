DROP INDEX list_approval_in_force;
ALTER TABLE list_approval DROP COLUMN county_code, DROP COLUMN effective_from;
