-- 销户: no new collection, review or rating; what is on record stays readable.
ALTER TABLE subject ADD COLUMN closed_on date;

-- 原户编号: a household that moved answers to its old numbers, and no other household ever gets them.
CREATE TABLE former_number (
  subject_no text PRIMARY KEY,
  subject_id uuid NOT NULL REFERENCES subject,
  until_on   date NOT NULL
);
CREATE INDEX former_number_subject ON former_number (subject_id);

-- 家庭变动 — nothing is overwritten: a correction is a further event that names the one it corrects.
CREATE TABLE household_event (
  event_id           uuid PRIMARY KEY,
  kind               text NOT NULL CHECK (kind IN ('birth', 'death', 'marriage', 'split', 'merge', 'move', 'village-merger', 'duplicate')),
  village_code       text NOT NULL,
  -- The other village, when two are concerned.
  to_village_code    text,
  needs_confirmation boolean NOT NULL,
  effective_on       date NOT NULL,
  -- What it changes: ids and codes.
  change             jsonb NOT NULL,
  -- 新住址, sealed for the household that moves or is founded.
  address            bytea,
  reason             bytea NOT NULL,
  -- Whose key sealed the reason.
  sealed_under       uuid NOT NULL,
  evidence_sha256    text NOT NULL CHECK (evidence_sha256 ~ '^[0-9a-f]{64}$'),
  corrects_id        uuid REFERENCES household_event,
  recorded_by        text NOT NULL,
  recorded_on        date NOT NULL,
  CHECK (effective_on <= recorded_on),
  UNIQUE (event_id, recorded_by)
);
CREATE INDEX household_event_waiting ON household_event (village_code text_pattern_ops, event_id) WHERE needs_confirmation;
REVOKE UPDATE, DELETE ON household_event FROM ":role";

-- The households concerned: it is read from either side.
CREATE TABLE household_event_party (
  household_id uuid NOT NULL REFERENCES subject,
  event_id     uuid NOT NULL REFERENCES household_event,
  side         text NOT NULL CHECK (side IN ('from', 'to')),
  PRIMARY KEY (household_id, event_id)
);
CREATE INDEX household_event_party_event ON household_event_party (event_id);
REVOKE UPDATE, DELETE ON household_event_party FROM ":role";

-- 镇级确认, by somebody else than who recorded it.
CREATE TABLE household_event_decision (
  event_id    uuid PRIMARY KEY,
  recorded_by text NOT NULL,
  outcome     text NOT NULL CHECK (outcome IN ('confirmed', 'refused')),
  decided_by  text NOT NULL,
  decided_on  date NOT NULL,
  FOREIGN KEY (event_id, recorded_by) REFERENCES household_event (event_id, recorded_by),
  CHECK (decided_by <> recorded_by)
);
REVOKE UPDATE, DELETE ON household_event_decision FROM ":role";

-- 并村: from a day on, a village or group is continued by another.
CREATE TABLE division_successor (
  code           text PRIMARY KEY REFERENCES division,
  successor_code text NOT NULL REFERENCES division,
  from_on        date NOT NULL,
  event_id       uuid NOT NULL REFERENCES household_event,
  CHECK (code <> successor_code)
);
REVOKE UPDATE, DELETE ON division_successor FROM ":role";
