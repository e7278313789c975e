-- 补收的游标 is a place in the order of transactions, not of numbers: one that began earlier may append later. Every outbox is read through
-- once more from its beginning; what was heard stays heard.
DROP TABLE repair_cursor;
CREATE TABLE repair_cursor (
  sender text PRIMARY KEY,
  cursor text NOT NULL
);
CREATE INDEX outbox_order ON outbox (xid, seq);
