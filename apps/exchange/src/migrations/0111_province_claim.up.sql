-- One replica at a time works on a day's round; a claim of one that went away ends by itself.
ALTER TABLE province_round ADD COLUMN claimed_until timestamptz;
-- Changes are numbered one transaction at a time, so that a cursor needs no horizon of the whole server.
ALTER TABLE province_record DROP COLUMN xid;
