-- 替补: called in for members who withdrew or cannot come; not counted in the composition.
ALTER TABLE body_member ADD COLUMN substitute boolean NOT NULL DEFAULT false;

-- 当场再次申报回避: that every member present was asked again, as the signed paper says.
ALTER TABLE group_table ADD COLUMN declared_again boolean NOT NULL DEFAULT false;
ALTER TABLE sitting ADD COLUMN declared_again boolean NOT NULL DEFAULT false;

-- 会议: called with place and time, minutes added once afterwards. Whose names they hold is nobody's business but the village's: sealed.
CREATE TABLE meeting (
  id           uuid PRIMARY KEY,
  round_id     uuid NOT NULL REFERENCES round (id),
  kind         text NOT NULL CHECK (kind IN ('review', 'deliberation')),
  group_code   text,
  meeting_on   date NOT NULL,
  starts_at    text NOT NULL,
  place        text NOT NULL,
  agenda       text NOT NULL,
  called_by    text NOT NULL,
  called_on    date NOT NULL,
  cancelled_on date,
  cancellation bytea,
  minutes      bytea,
  minutes_scan_sha256 text,
  minutes_by   text,
  minutes_on   date,
  CHECK ((kind = 'review') = (group_code IS NOT NULL)),
  CHECK ((minutes IS NULL) = (minutes_on IS NULL)),
  CHECK ((cancellation IS NULL) = (cancelled_on IS NULL)),
  CHECK (minutes IS NULL OR cancelled_on IS NULL)
);
CREATE INDEX meeting_round ON meeting (round_id, id);

-- 村务监督委员会、镇监督小组: standing bodies with a term; a changed one is a new row.
CREATE TABLE standing_body (
  id            uuid PRIMARY KEY,
  kind          text NOT NULL CHECK (kind IN ('village-supervision', 'town-supervision')),
  division_code text NOT NULL,
  term_from     date NOT NULL,
  term_last_day date NOT NULL,
  formed_on     date NOT NULL,
  formed_by     text NOT NULL,
  reason        bytea,
  replaced_on   date,
  CHECK (term_last_day > term_from)
);
CREATE UNIQUE INDEX standing_body_current ON standing_body (kind, division_code) WHERE replaced_on IS NULL;
CREATE INDEX standing_body_division ON standing_body (division_code text_pattern_ops);
CREATE TABLE standing_body_member (
  body_id    uuid NOT NULL REFERENCES standing_body (id),
  account_id uuid NOT NULL,
  capacity   text NOT NULL,
  substitute boolean NOT NULL,
  PRIMARY KEY (body_id, account_id)
);
