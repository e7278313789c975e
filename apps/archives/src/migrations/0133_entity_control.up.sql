-- 经营主体的控制 — from a day on; one household at a time unless each has a share.
CREATE TABLE entity_control (
  control_id          uuid PRIMARY KEY,
  entity_id           uuid NOT NULL REFERENCES subject,
  household_id        uuid NOT NULL REFERENCES subject,
  role                text NOT NULL,
  -- Hundredths of a percent.
  share_hundredths    integer CHECK (share_hundredths BETWEEN 1 AND 10000),
  from_on             date NOT NULL,
  -- The first day no longer.
  to_on               date,
  evidence_sha256     text NOT NULL CHECK (evidence_sha256 ~ '^[0-9a-f]{64}$'),
  recorded_by         text NOT NULL,
  recorded_on         date NOT NULL,
  ended_by            text,
  end_evidence_sha256 text CHECK (end_evidence_sha256 ~ '^[0-9a-f]{64}$'),
  CHECK (to_on >= from_on),
  CHECK ((to_on IS NULL) = (ended_by IS NULL)),
  CONSTRAINT entity_control_once EXCLUDE USING gist (entity_id WITH =, household_id WITH =, daterange(from_on, to_on) WITH &&),
  CONSTRAINT entity_control_alone EXCLUDE USING gist (entity_id WITH =, daterange(from_on, to_on) WITH &&) WHERE (share_hundredths IS NULL)
);
CREATE INDEX entity_control_household ON entity_control (household_id);
REVOKE DELETE ON entity_control FROM ":role";
