CREATE TABLE division (
  code        text PRIMARY KEY CHECK (code ~ '^\d{12}(\d{2})?$'),
  name        text NOT NULL,
  level       text NOT NULL CHECK (level IN ('province', 'city', 'county', 'town', 'village', 'group')),
  community   boolean NOT NULL DEFAULT false,
  parent_code text REFERENCES division
);
CREATE INDEX division_parent ON division (parent_code);

-- 应建档数 — dated, with its source.
CREATE TABLE register_count (
  village_code text NOT NULL REFERENCES division,
  subject_kind text NOT NULL CHECK (subject_kind IN ('household', 'entity', 'collective')),
  counted_on   date NOT NULL,
  count        integer NOT NULL CHECK (count >= 0),
  source       text NOT NULL,
  PRIMARY KEY (village_code, subject_kind, counted_on)
);

-- 信用主体 — household, entity or collective. Registered names of organisations are public; people's names stand with the members.
CREATE TABLE subject (
  subject_id      uuid PRIMARY KEY,
  kind            text NOT NULL CHECK (kind IN ('household', 'entity', 'collective')),
  subject_no      text NOT NULL UNIQUE,
  village_code    text NOT NULL REFERENCES division,
  group_code      text NOT NULL,
  registered_name text,
  address         bytea,
  excluded_reason text,
  CHECK ((kind = 'household') = (registered_name IS NULL))
);
CREATE INDEX subject_place ON subject (village_code, kind, subject_no);

CREATE TABLE member (
  member_id     uuid PRIMARY KEY,
  household_id  uuid NOT NULL REFERENCES subject,
  name          bytea NOT NULL,
  resident_id   bytea NOT NULL,
  resident_hash text NOT NULL,
  tail_hash     text NOT NULL,
  phone         bytea,
  relation      text NOT NULL,
  head          boolean NOT NULL,
  adult_from    date NOT NULL,
  from_on       date NOT NULL,
  to_on         date
);
-- One person is never in two households on the same day.
CREATE UNIQUE INDEX member_person ON member (resident_hash) WHERE to_on IS NULL;
CREATE UNIQUE INDEX member_head ON member (household_id) WHERE head AND to_on IS NULL;
CREATE INDEX member_household ON member (household_id) WHERE to_on IS NULL;

-- 数据项的值 — every version kept, sealed under the subject's key.
CREATE TABLE item_value (
  subject_id   uuid NOT NULL REFERENCES subject,
  item         text NOT NULL,
  version      integer NOT NULL,
  value        bytea NOT NULL,
  value_hash   text NOT NULL,
  source       text NOT NULL,
  collected_by uuid NOT NULL,
  collected_on date NOT NULL,
  PRIMARY KEY (subject_id, item, version)
);
REVOKE UPDATE ON item_value FROM ":role";

-- 信用档案
CREATE TABLE credit_file (
  file_id      uuid PRIMARY KEY,
  subject_id   uuid NOT NULL UNIQUE REFERENCES subject,
  state        text NOT NULL CHECK (state IN ('collected', 'submitted', 'verified', 'returned')),
  version      integer NOT NULL,
  collected_by uuid NOT NULL,
  collected_on date NOT NULL,
  assigned_to  uuid,
  verified_by  uuid,
  verified_on  date,
  note         text,
  CHECK (state <> 'verified' OR (verified_by IS NOT NULL AND verified_on IS NOT NULL)),
  CHECK (verified_by IS DISTINCT FROM collected_by)
);

-- 授权 — each adult's own; given and revoked, never deleted.
CREATE TABLE consent (
  consent_id   uuid PRIMARY KEY,
  household_id uuid NOT NULL REFERENCES subject,
  member_id    uuid NOT NULL REFERENCES member,
  kind         text NOT NULL CHECK (kind IN ('economics', 'credit', 'publish-name')),
  given_on     date NOT NULL,
  recorded_by  text NOT NULL,
  scan_sha256  text,
  revoked_on   date
);
CREATE UNIQUE INDEX consent_open ON consent (member_id, kind) WHERE revoked_on IS NULL;
CREATE INDEX consent_household ON consent (household_id) WHERE revoked_on IS NULL;

-- 导入 — the workbook is kept only until it is processed.
CREATE TABLE import_job (
  job_id        uuid PRIMARY KEY,
  village_code  text NOT NULL,
  state         text NOT NULL CHECK (state IN ('waiting', 'done', 'failed')),
  workbook      bytea,
  file_sha256   text NOT NULL,
  done          integer NOT NULL DEFAULT 0,
  total         integer NOT NULL DEFAULT 0,
  errors        jsonb NOT NULL DEFAULT '[]',
  counts        jsonb NOT NULL DEFAULT '{}',
  requested_by  uuid NOT NULL,
  requested_at  timestamptz NOT NULL
);
CREATE INDEX import_waiting ON import_job (requested_at) WHERE state = 'waiting';

-- 县级抽查 — the seed's hash is recorded before the seed is known.
CREATE TABLE sample (
  sample_id    uuid PRIMARY KEY,
  village_code text NOT NULL,
  seed_hash    text NOT NULL,
  seed         text,
  committed_at timestamptz NOT NULL,
  drawn_at     timestamptz,
  result       text CHECK (result IN ('passed', 'sent-back'))
);
CREATE TABLE sample_file (
  sample_id uuid NOT NULL REFERENCES sample,
  file_id   uuid NOT NULL REFERENCES credit_file,
  sound     boolean,
  note      text,
  PRIMARY KEY (sample_id, file_id)
);
