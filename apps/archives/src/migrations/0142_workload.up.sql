-- 先导入后采集: what the province or a bank delivered, counted once per delivery.
CREATE TABLE known_load (
  load_id      uuid PRIMARY KEY,
  village_code text NOT NULL REFERENCES division,
  source       text NOT NULL,
  data_on      date NOT NULL,
  loaded_by    uuid NOT NULL,
  loaded_on    date NOT NULL,
  loaded       integer NOT NULL,
  same         integer NOT NULL,
  differing    integer NOT NULL,
  withheld     integer NOT NULL,
  CHECK (data_on <= loaded_on)
);
CREATE INDEX known_load_village ON known_load (village_code text_pattern_ops, load_id);
-- Which versions came from a delivery and not from somebody's hand.
CREATE TABLE known_value (
  subject_id uuid NOT NULL,
  item       text NOT NULL,
  version    integer NOT NULL,
  load_id    uuid NOT NULL REFERENCES known_load,
  stored_on  date NOT NULL,
  PRIMARY KEY (subject_id, item, version),
  FOREIGN KEY (subject_id, item, version) REFERENCES item_value
);
CREATE INDEX known_value_load ON known_value (load_id);
-- 与现有内容不同的: sealed, until the village says which one stands; one open per item and source.
CREATE TABLE known_difference (
  difference_id uuid PRIMARY KEY,
  load_id       uuid NOT NULL REFERENCES known_load,
  subject_id    uuid NOT NULL REFERENCES subject,
  village_code  text NOT NULL,
  item          text NOT NULL,
  source        text NOT NULL,
  value         bytea NOT NULL,
  resolution    text CHECK (resolution IN ('present', 'other', 'superseded')),
  resolved_by   text,
  resolved_on   date,
  CHECK (num_nonnulls(resolution, resolved_by, resolved_on) IN (0, 3))
);
CREATE UNIQUE INDEX known_difference_open ON known_difference (subject_id, item, source) WHERE resolution IS NULL;
CREATE INDEX known_difference_village ON known_difference (village_code text_pattern_ops, difference_id) WHERE resolution IS NULL;
REVOKE UPDATE, DELETE ON known_load, known_value FROM ":role";

-- 工时 as the person says; a wrong entry is cancelled and stays.
CREATE TABLE work_session (
  session_id   uuid PRIMARY KEY,
  village_code text NOT NULL REFERENCES division,
  account_id   uuid NOT NULL,
  kind         text NOT NULL,
  worked_on    date NOT NULL,
  minutes      integer NOT NULL CHECK (minutes BETWEEN 1 AND 1440),
  recorded_on  date NOT NULL,
  cancelled_on date
);
CREATE INDEX work_session_village ON work_session (village_code text_pattern_ops, worked_on) WHERE cancelled_on IS NULL;
CREATE INDEX work_session_account ON work_session (account_id, worked_on);
CREATE INDEX collection_record_received ON collection_record (received_at);
REVOKE DELETE ON work_session FROM ":role";
