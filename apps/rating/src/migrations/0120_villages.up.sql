-- 信用村申报 — one row from the application to the end of the recognition; reasons written by people are sealed under its id.
CREATE TABLE village_application (
  application_id      uuid PRIMARY KEY,
  village_code        text NOT NULL,
  village_name        text NOT NULL,
  state               text NOT NULL CHECK (state IN ('applied', 'town-reviewed', 'county-reviewed', 'published', 'recognised', 'plaque-issued', 'refused', 'lapsed', 'revoked')),
  form                jsonb NOT NULL,
  form_sha256         text NOT NULL,
  renews_id           uuid REFERENCES village_application,
  applied_by          text NOT NULL,
  applied_on          date NOT NULL,
  received_by         text,
  received_on         date,
  town_signed_by      text,
  town_signed_on      date,
  town_scan_sha256    text,
  reviewed_by         text,
  reviewed_on         date,
  scorecard_id        uuid REFERENCES scorecard,
  outcome             jsonb,
  grade               text CHECK (grade IN ('AAA', 'AA', 'A')),
  refused_step        text CHECK (refused_step IN ('prerequisites', 'town-review', 'county-review', 'objection')),
  refused_by          text,
  refused_on          date,
  reasons             bytea,
  publication_id      uuid,
  publication_version integer NOT NULL DEFAULT 0,
  publication_last_day date,
  document_no         text,
  document_sha256     text,
  recognised_by       text,
  recognised_on       date,
  last_day            date,
  ended_on            date,
  end_cause           text CHECK (end_cause IN ('expired', 'renewed', 'revoked')),
  reminded_on         date,
  CHECK ((state = 'refused') = (refused_step IS NOT NULL)),
  CHECK (state NOT IN ('recognised', 'plaque-issued', 'lapsed', 'revoked') OR (grade IS NOT NULL AND document_no IS NOT NULL AND last_day IS NOT NULL)),
  CHECK ((state IN ('lapsed', 'revoked')) = (ended_on IS NOT NULL))
);
-- At any time of the year, one at a time; and one recognition at a time.
CREATE UNIQUE INDEX village_application_open ON village_application (village_code) WHERE state IN ('applied', 'town-reviewed', 'county-reviewed', 'published');
CREATE UNIQUE INDEX village_application_current ON village_application (village_code) WHERE state IN ('recognised', 'plaque-issued');
CREATE INDEX village_application_village ON village_application (village_code, application_id);

-- 测评 of the village's committees by party members and villager representatives, on a numbered roll kept on paper.
CREATE TABLE village_poll (
  application_id uuid PRIMARY KEY REFERENCES village_application,
  electorate     jsonb NOT NULL,
  roll_sha256    text NOT NULL,
  opened_by      text NOT NULL,
  opened_on      date NOT NULL,
  closed_by      text,
  closed_on      date,
  scan_sha256    text,
  CHECK ((closed_on IS NULL) = (closed_by IS NULL) AND (closed_on IS NULL) = (scan_sha256 IS NULL))
);
-- Who took part, and apart from it what was answered: nothing joins the two.
CREATE TABLE village_ballot (
  application_id uuid NOT NULL REFERENCES village_poll,
  voter_kind     text NOT NULL,
  roll_no        integer NOT NULL CHECK (roll_no > 0),
  way            text NOT NULL,
  taken_on       date NOT NULL,
  PRIMARY KEY (application_id, voter_kind, roll_no)
);
REVOKE UPDATE, DELETE ON village_ballot FROM ":role";
CREATE TABLE village_poll_tally (
  application_id uuid NOT NULL REFERENCES village_poll,
  answer         text NOT NULL,
  number         integer NOT NULL CHECK (number >= 0),
  PRIMARY KEY (application_id, answer)
);

-- 部门意见 for the county's second review.
CREATE TABLE village_opinion (
  application_id uuid NOT NULL REFERENCES village_application,
  department     text NOT NULL,
  agrees         boolean NOT NULL,
  reasons        bytea,
  scan_sha256    text NOT NULL,
  given_on       date NOT NULL,
  recorded_by    text NOT NULL,
  recorded_on    date NOT NULL,
  PRIMARY KEY (application_id, department),
  CHECK (agrees OR reasons IS NOT NULL)
);

REVOKE UPDATE, DELETE ON village_opinion FROM ":role";

-- 拟降级、拟撤销 — told first, decided after the village's time to answer.
CREATE TABLE village_change (
  change_id       uuid PRIMARY KEY,
  application_id  uuid NOT NULL REFERENCES village_application,
  kind            text NOT NULL CHECK (kind IN ('downgrade', 'revoke')),
  from_grade      text NOT NULL,
  to_grade        text,
  reasons         bytea NOT NULL,
  evidence_sha256 text NOT NULL,
  proposed_by     text NOT NULL,
  proposed_on     date NOT NULL,
  answer_last_day date NOT NULL,
  objection       bytea,
  objection_sha256 text,
  objected_by     text,
  objected_on     date,
  outcome         text CHECK (outcome IN ('effective', 'dropped')),
  answer          bytea,
  decided_by      text,
  decided_on      date,
  CHECK ((kind = 'downgrade') = (to_grade IS NOT NULL)),
  CHECK ((objection IS NULL) = (objected_on IS NULL)),
  CHECK ((outcome IS NULL) = (decided_on IS NULL)),
  CHECK (decided_by IS NULL OR decided_by <> proposed_by)
);
CREATE UNIQUE INDEX village_change_open ON village_change (application_id) WHERE outcome IS NULL;
CREATE INDEX village_change_application ON village_change (application_id, change_id);

-- 牌匾登记
CREATE TABLE village_plaque_number (year integer PRIMARY KEY, last integer NOT NULL);
CREATE TABLE village_plaque (
  serial         text PRIMARY KEY,
  application_id uuid NOT NULL REFERENCES village_application,
  grade          text NOT NULL,
  text           text NOT NULL,
  issuer         text NOT NULL,
  photo_sha256   text NOT NULL,
  issued_by      text NOT NULL,
  issued_on      date NOT NULL,
  recalled_by    text,
  recalled_on    date,
  recall_sha256  text,
  CHECK ((recalled_on IS NULL) = (recalled_by IS NULL) AND (recalled_on IS NULL) = (recall_sha256 IS NULL))
);
CREATE UNIQUE INDEX village_plaque_hanging ON village_plaque (application_id, grade) WHERE recalled_on IS NULL;
