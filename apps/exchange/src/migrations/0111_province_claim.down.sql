ALTER TABLE province_record ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();
ALTER TABLE province_round DROP COLUMN claimed_until;
