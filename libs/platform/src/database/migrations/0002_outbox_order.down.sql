DROP INDEX outbox_order;
DROP TABLE repair_cursor;
CREATE TABLE repair_cursor (
  sender text PRIMARY KEY,
  cursor bigint NOT NULL
);
