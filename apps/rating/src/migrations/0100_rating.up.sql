-- 评分卡 — a version once approved is never changed.
CREATE TABLE scorecard (
  scorecard_id   uuid PRIMARY KEY,
  kind           text NOT NULL CHECK (kind IN ('H', 'E', 'C', 'V')),
  version        integer NOT NULL,
  effective_from date NOT NULL,
  card           jsonb NOT NULL,
  drafted_by     text NOT NULL,
  approved_by    text,
  approved_on    date,
  UNIQUE (kind, version),
  CHECK (approved_by IS NULL OR approved_by <> drafted_by)
);

-- 评级批次
CREATE TABLE run (
  run_id        uuid PRIMARY KEY,
  division_code text NOT NULL,
  rating_on     date NOT NULL,
  state         text NOT NULL CHECK (state IN ('computing', 'computed', 'confirmed', 'cancelled')),
  scorecards    jsonb NOT NULL,
  engine        text NOT NULL,
  started_by    text NOT NULL,
  started_at    timestamptz NOT NULL,
  confirmed_by  text,
  confirmed_at  timestamptz
);
-- Two runs of one scope exclude each other.
CREATE UNIQUE INDEX run_open ON run (division_code) WHERE state IN ('computing', 'computed');

CREATE TABLE run_village (
  run_id       uuid NOT NULL REFERENCES run,
  village_code text NOT NULL,
  state        text NOT NULL CHECK (state IN ('due', 'computed')),
  subjects     integer NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, village_code)
);

-- 村中位数, fixed per village and rating year.
CREATE TABLE village_median (
  village_code text NOT NULL,
  year         integer NOT NULL,
  item         text NOT NULL,
  value        numeric(18, 4) NOT NULL,
  PRIMARY KEY (village_code, year, item)
);

-- 评级结果 — a ledger: what was computed from what; inputs and lines are sealed under the subject's key.
CREATE TABLE result (
  result_id         uuid PRIMARY KEY,
  run_id            uuid NOT NULL REFERENCES run,
  cause             text NOT NULL,
  subject_id        uuid NOT NULL,
  subject_kind      text NOT NULL,
  village_code      text NOT NULL,
  group_code        text NOT NULL,
  scorecard_id      uuid REFERENCES scorecard,
  file_version      integer NOT NULL,
  civility_version  integer,
  status            text NOT NULL,
  reasons           jsonb NOT NULL,
  total_hundredths  integer,
  grade             text,
  credit_subject    boolean NOT NULL,
  inputs            bytea NOT NULL,
  outcome           bytea NOT NULL,
  computed_at       timestamptz NOT NULL,
  UNIQUE (run_id, subject_id, cause)
);
CREATE INDEX result_subject ON result (subject_id, computed_at);
REVOKE UPDATE, DELETE ON result FROM ":role";

-- 拟评定名单 of a village: its publication and last day.
CREATE TABLE village_list (
  run_id         uuid NOT NULL REFERENCES run,
  village_code   text NOT NULL,
  publication_id uuid,
  version        integer NOT NULL DEFAULT 0,
  posted_on      date,
  last_day       date,
  certified_at   timestamptz,
  PRIMARY KEY (run_id, village_code)
);
CREATE INDEX village_list_due ON village_list (last_day) WHERE certified_at IS NULL;

-- 评定 — the rating of a subject from proposal to certificate; valid until 24:00 of its last day, computed on reading.
CREATE TABLE rating (
  rating_id      uuid PRIMARY KEY,
  run_id         uuid NOT NULL REFERENCES run,
  result_id      uuid NOT NULL REFERENCES result,
  subject_id     uuid NOT NULL,
  subject_kind   text NOT NULL,
  village_code   text NOT NULL,
  group_code     text NOT NULL,
  grade          text NOT NULL,
  credit_subject boolean NOT NULL,
  state          text NOT NULL CHECK (state IN ('proposed', 'listed', 'certified', 'revoked', 'superseded')),
  certificate_no text UNIQUE,
  certified_on   date,
  last_day       date,
  UNIQUE (run_id, subject_id)
);
CREATE INDEX rating_subject ON rating (subject_id, state);
CREATE INDEX rating_village ON rating (run_id, village_code, state);
CREATE UNIQUE INDEX rating_current ON rating (subject_id) WHERE state = 'certified';

-- 复核记录 — a later fact about an older version was heard.
CREATE TABLE recheck (
  recheck_id uuid PRIMARY KEY,
  subject_id uuid NOT NULL,
  cause      text NOT NULL,
  cause_id   text NOT NULL,
  noted_on   date NOT NULL,
  UNIQUE (subject_id, cause, cause_id)
);

CREATE TABLE certificate_number (year integer PRIMARY KEY, last integer NOT NULL);
