-- 更正终止: what came too late was admitted after all; it is answered as an objection, not here.
ALTER TABLE correction_request ADD COLUMN ended_on date;
