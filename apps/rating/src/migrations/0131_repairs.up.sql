-- 不良事实 checked by the village and the town: until when it counts. Five years after its end at the latest, earlier when repaired. 征信业管理条例 16
CREATE TABLE adverse_fact (
  subject_id      uuid NOT NULL,
  item            text NOT NULL,
  value_hash      text NOT NULL,
  ended_on        date NOT NULL,
  counts_until    date NOT NULL,
  counts_again_by uuid,
  PRIMARY KEY (subject_id, item, value_hash)
);

-- 信用修复: applied for, checked twice, published, decided; a refusal may be reviewed. 三(八)3
CREATE TABLE repair (
  repair_id           uuid PRIMARY KEY,
  subject_id          uuid NOT NULL,
  village_code        text NOT NULL,
  group_code          text NOT NULL,
  fact                text NOT NULL,
  item                text NOT NULL,
  value_hash          text NOT NULL,
  ended_on            date NOT NULL,
  statement           bytea NOT NULL,
  proof_sha256        text NOT NULL,
  pledge_sha256       text NOT NULL,
  scan_sha256         text,
  applied_by          text NOT NULL,
  applied_on          date NOT NULL,
  state               text NOT NULL CHECK (state IN ('applied', 'village-checked', 'published', 'granted', 'refused', 'review')),
  village_checked_by  text,
  village_checked_on  date,
  town_checked_by     text,
  town_checked_on     date,
  publication_asked_on date,
  reasons             bytea,
  decided_by          text,
  decided_on          date,
  observation_last_day date,
  review_last_day     date,
  review_statement    bytea,
  review_asked_on     date,
  first_decided_by    text,
  CHECK (village_checked_by IS DISTINCT FROM applied_by OR village_checked_by IS NULL),
  CHECK (town_checked_by IS NULL OR (town_checked_by <> applied_by AND town_checked_by IS DISTINCT FROM village_checked_by)),
  CHECK (state <> 'granted' OR (observation_last_day IS NOT NULL AND publication_asked_on IS NOT NULL)),
  CHECK (first_decided_by IS NULL OR decided_by <> first_decided_by OR state IN ('review', 'published'))
);
CREATE UNIQUE INDEX repair_open ON repair (subject_id, item) WHERE state IN ('applied', 'village-checked', 'published', 'review');
CREATE INDEX repair_village ON repair (village_code, repair_id);
CREATE INDEX repair_subject ON repair (subject_id, repair_id);
