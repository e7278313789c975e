-- 回执: what the operator answered for each attempt; kept apart from the tries, so that a repeat changes nothing.
CREATE TABLE receipt (
  notification_id uuid NOT NULL REFERENCES notification (id),
  attempt         integer NOT NULL,
  outcome         text NOT NULL CHECK (outcome IN ('delivered', 'failed')),
  received_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (notification_id, attempt)
);
ALTER TABLE webhook_delivery ADD COLUMN attempt integer NOT NULL DEFAULT 1;

ALTER TABLE delivery ADD COLUMN proof_sha256 text;
ALTER TABLE delivery DROP CONSTRAINT delivery_outcome_check;
ALTER TABLE delivery ADD CONSTRAINT delivery_outcome_check CHECK (outcome IN ('sent', 'delivered', 'told', 'failed', 'not-deliverable'));

-- 广播告知: reaches a whole village or group at once, so it is kept once and not per household.
CREATE TABLE broadcast (
  id             uuid PRIMARY KEY,
  publication_id uuid NOT NULL REFERENCES publication (id),
  division_code  text NOT NULL,
  channel        text NOT NULL,
  happened_on    date NOT NULL,
  recorded_by    text NOT NULL
);
CREATE INDEX broadcast_publication ON broadcast (publication_id, channel);
