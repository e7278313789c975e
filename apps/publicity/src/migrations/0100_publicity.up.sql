-- 公示
CREATE TABLE publication (
  id                 uuid PRIMARY KEY,
  kind               text NOT NULL,
  owner              text NOT NULL,
  key                text NOT NULL,
  division_code      text NOT NULL,
  division_name      text NOT NULL,
  number             text NOT NULL,
  title              text NOT NULL,
  template_version   integer NOT NULL,
  facts              jsonb NOT NULL,
  lines              jsonb NOT NULL,
  state              text NOT NULL CHECK (state IN ('draft', 'posted', 'suspended', 'withdrawn', 'closed')),
  version            integer NOT NULL,
  days_asked         integer,
  drafted_on         date NOT NULL,
  posted_on          date,
  last_day           date,
  objection_last_day date,
  suspended_on       date,
  withdrawal         text,
  again_of           uuid REFERENCES publication (id),
  opened_again_as    uuid REFERENCES publication (id),
  CHECK ((posted_on IS NULL) = (last_day IS NULL)),
  CHECK (state NOT IN ('posted', 'suspended', 'closed') OR last_day IS NOT NULL)
);
CREATE UNIQUE INDEX publication_open ON publication (owner, kind, key) WHERE state IN ('draft', 'posted', 'suspended');
CREATE INDEX publication_case ON publication (owner, kind, key, id);
CREATE INDEX publication_division ON publication (division_code text_pattern_ops, id);
CREATE INDEX publication_due ON publication (last_day) WHERE state = 'posted';

CREATE TABLE publication_number (
  division_code text NOT NULL,
  year          integer NOT NULL,
  last          integer NOT NULL,
  PRIMARY KEY (division_code, year)
);

CREATE TABLE publication_place (
  id             uuid PRIMARY KEY,
  publication_id uuid NOT NULL REFERENCES publication (id),
  kind           text NOT NULL CHECK (kind IN ('board', 'group', 'public')),
  division_code  text NOT NULL,
  name           text NOT NULL,
  posted_on      date,
  poster_name    bytea,
  photo_sha256   text,
  recorded_by    text
);
CREATE INDEX publication_place_of ON publication_place (publication_id);

-- Labels and results are taken down when the publication ends; ids stay, because objections come later.
CREATE TABLE publication_entry (
  publication_id uuid NOT NULL REFERENCES publication (id),
  subject_id     uuid NOT NULL,
  subject_kind   text NOT NULL,
  group_code     text NOT NULL,
  ordinal        integer NOT NULL,
  label          text,
  result         text,
  PRIMARY KEY (publication_id, subject_id)
);

-- 缺失日: one row per day, so that days on which several places were missing are added once.
CREATE TABLE publication_missed_day (
  publication_id uuid NOT NULL REFERENCES publication (id),
  day            date NOT NULL,
  PRIMARY KEY (publication_id, day)
);

CREATE TABLE objection_contact (
  division_code text PRIMARY KEY,
  receiver      text NOT NULL,
  address       text NOT NULL,
  phone         text NOT NULL
);

-- 告知
CREATE TABLE notification (
  id             uuid PRIMARY KEY,
  owner          text NOT NULL,
  template       text NOT NULL,
  key            text NOT NULL,
  division_code  text NOT NULL,
  group_code     text,
  publication_id uuid REFERENCES publication (id),
  subject_id     uuid,
  role           text,
  text           text NOT NULL,
  state          text NOT NULL CHECK (state IN ('open', 'told', 'not-deliverable', 'ended')),
  created_on     date NOT NULL,
  settled_on     date,
  CHECK ((subject_id IS NULL) <> (role IS NULL)),
  CHECK ((state IN ('told', 'not-deliverable')) = (settled_on IS NOT NULL))
);
CREATE INDEX notification_subject ON notification (subject_id, id);
CREATE INDEX notification_publication ON notification (publication_id, state);
CREATE INDEX notification_role ON notification (role, division_code text_pattern_ops, id) WHERE role IS NOT NULL;
CREATE INDEX notification_division ON notification (division_code text_pattern_ops, id);

CREATE TABLE delivery (
  id              uuid PRIMARY KEY,
  notification_id uuid NOT NULL REFERENCES notification (id),
  channel         text NOT NULL,
  outcome         text NOT NULL CHECK (outcome IN ('sent', 'told', 'failed', 'not-deliverable')),
  happened_on     date NOT NULL,
  reason          text,
  note            bytea,
  witness_name    bytea,
  recorded_by     text NOT NULL
);
CREATE INDEX delivery_notification ON delivery (notification_id);

-- Tries of the webhook run on machine time, like every retry.
CREATE TABLE webhook_delivery (
  notification_id uuid PRIMARY KEY REFERENCES notification (id),
  tries           integer NOT NULL DEFAULT 0,
  next_at         timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at        timestamptz
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (next_at) WHERE ended_at IS NULL;

-- 期限
CREATE TABLE deadline (
  owner    text NOT NULL,
  kind     text NOT NULL,
  key      text NOT NULL,
  version  integer NOT NULL,
  last_day date NOT NULL,
  noted_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (owner, kind, key)
);
CREATE INDEX deadline_day ON deadline (owner, kind, last_day);

-- One alarm stands for all deadlines of an owner, a kind and a day.
CREATE TABLE alarm (
  owner    text NOT NULL,
  kind     text NOT NULL,
  last_day date NOT NULL,
  rung_at  timestamptz,
  PRIMARY KEY (owner, kind, last_day)
);
CREATE INDEX alarm_waiting ON alarm (last_day) WHERE rung_at IS NULL;

CREATE TABLE reconciliation (
  owner         text PRIMARY KEY,
  reconciled_on date NOT NULL
);
