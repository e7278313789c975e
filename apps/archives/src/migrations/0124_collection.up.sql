-- 采集任务 per household: who, by when, done, or missed with the reason and the next day.
CREATE TABLE collection_task (
  task_id       uuid PRIMARY KEY,
  household_id  uuid NOT NULL REFERENCES subject,
  village_code  text NOT NULL,
  collector_id  uuid NOT NULL,
  due_on        date NOT NULL,
  state         text NOT NULL CHECK (state IN ('open', 'done', 'missed')),
  missed_reason text,
  next_on       date,
  assigned_by   text NOT NULL,
  assigned_on   date NOT NULL,
  closed_on     date,
  CHECK ((state = 'open') = (closed_on IS NULL)),
  CHECK ((state = 'missed') = (missed_reason IS NOT NULL))
);
CREATE UNIQUE INDEX collection_task_open ON collection_task (household_id) WHERE state = 'open';
CREATE INDEX collection_task_collector ON collection_task (collector_id, task_id);
CREATE INDEX collection_task_village ON collection_task (village_code text_pattern_ops, task_id);

-- 采集记录 of devices: the id is the device's own, so that what is sent again is known again, with its first outcome.
CREATE TABLE collection_record (
  record_id    uuid PRIMARY KEY,
  device_id    text NOT NULL,
  sequence     bigint NOT NULL,
  content_hash text NOT NULL,
  subject_id   uuid NOT NULL,
  item         text NOT NULL,
  outcome      text NOT NULL CHECK (outcome IN ('stored', 'same', 'conflict', 'refused')),
  version      integer,
  message      text,
  sent_by      uuid NOT NULL,
  received_at  timestamptz NOT NULL,
  UNIQUE (device_id, sequence)
);
CREATE TABLE collection_conflict (
  record_id       uuid PRIMARY KEY REFERENCES collection_record,
  subject_id      uuid NOT NULL REFERENCES subject,
  village_code    text NOT NULL,
  item            text NOT NULL,
  present_version integer NOT NULL,
  value           bytea NOT NULL,
  collected_by    uuid NOT NULL,
  collected_on    date NOT NULL,
  resolution      text CHECK (resolution IN ('present', 'other')),
  resolved_by     text,
  resolved_on     date,
  CHECK ((resolution IS NULL) = (resolved_on IS NULL))
);
CREATE INDEX collection_conflict_village ON collection_conflict (village_code text_pattern_ops) WHERE resolution IS NULL;
REVOKE UPDATE, DELETE ON collection_record FROM ":role";
ALTER TABLE item_value ADD COLUMN evidence_sha256 text, ADD COLUMN period text;
