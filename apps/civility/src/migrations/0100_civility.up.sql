-- 评议清单版本: written once; the approval is a row of its own, so that neither can ever be changed.
CREATE TABLE list_version (
  id             uuid PRIMARY KEY,
  county_code    text NOT NULL,
  list           jsonb NOT NULL,
  effective_from date NOT NULL,
  drafted_by     text NOT NULL,
  drafted_on     date NOT NULL
);
CREATE INDEX list_version_county ON list_version (county_code, id);
CREATE TABLE list_approval (
  list_version_id uuid PRIMARY KEY REFERENCES list_version (id),
  approved_by     text NOT NULL,
  approved_on     date NOT NULL
);

-- 评议轮次: one per village and year.
CREATE TABLE round (
  id                  uuid PRIMARY KEY,
  village_code        text NOT NULL,
  year                integer NOT NULL,
  state               text NOT NULL,
  reference_day       date NOT NULL,
  list_version_id     uuid NOT NULL REFERENCES list_version (id),
  prepared_on         date NOT NULL,
  opened_on           date,
  deliberated_on      date,
  handed_in_on        date,
  filed_on            date,
  filed_by            text,
  digest              text,
  publication_id      uuid,
  publication_version integer,
  posted_on           date,
  publication_last_day date,
  objection_last_day  date,
  recheck_on          date,
  deadline_version    integer NOT NULL DEFAULT 0,
  UNIQUE (village_code, year),
  CHECK ((filed_on IS NULL) = (digest IS NULL)),
  CHECK ((publication_last_day IS NULL) = (objection_last_day IS NULL))
);
CREATE INDEX round_village ON round (village_code text_pattern_ops, id);
CREATE INDEX round_publication ON round (publication_id);
CREATE INDEX round_objection ON round (objection_last_day) WHERE state = 'published';
CREATE INDEX round_recheck ON round (recheck_on) WHERE recheck_on IS NOT NULL;

CREATE TABLE round_household (
  round_id      uuid NOT NULL REFERENCES round (id),
  household_id  uuid NOT NULL,
  household_no  text NOT NULL,
  group_code    text NOT NULL,
  filed_version integer,
  PRIMARY KEY (round_id, household_id)
);
CREATE INDEX round_household_group ON round_household (round_id, group_code, household_no);
CREATE INDEX round_household_household ON round_household (household_id);

-- 评议小组、审议小组: a changed body is a new row; the one before keeps its members and says why it was replaced.
CREATE TABLE body (
  id          uuid PRIMARY KEY,
  round_id    uuid NOT NULL REFERENCES round (id),
  kind        text NOT NULL CHECK (kind IN ('review-group', 'deliberation-group')),
  group_code  text,
  formed_on   date NOT NULL,
  formed_by   text NOT NULL,
  reason      bytea,
  replaced_on date,
  CHECK ((kind = 'review-group') = (group_code IS NOT NULL))
);
CREATE UNIQUE INDEX body_current ON body (round_id, kind, coalesce(group_code, '')) WHERE replaced_on IS NULL;

CREATE TABLE member (
  id           uuid PRIMARY KEY,
  round_id     uuid NOT NULL REFERENCES round (id),
  account_id   uuid,
  household_id uuid
);
CREATE INDEX member_round ON member (round_id, account_id);
CREATE TABLE body_member (
  body_id   uuid NOT NULL REFERENCES body (id),
  member_id uuid NOT NULL REFERENCES member (id),
  capacity  text NOT NULL,
  PRIMARY KEY (body_id, member_id)
);
CREATE INDEX body_member_member ON body_member (member_id);

-- 回避关系: of members of a round's bodies only; there is no kinship map of the town.
CREATE TABLE tie (
  id           uuid PRIMARY KEY,
  round_id     uuid NOT NULL REFERENCES round (id),
  member_id    uuid NOT NULL REFERENCES member (id),
  household_id uuid NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('kin', 'conflict')),
  relation     text NOT NULL,
  state        text NOT NULL CHECK (state IN ('declared', 'reported', 'upheld', 'dismissed')),
  note         bytea,
  recorded_by  text NOT NULL,
  recorded_on  date NOT NULL,
  decided_by   text,
  decided_on   date
);
CREATE INDEX tie_round ON tie (round_id, household_id);
CREATE UNIQUE INDEX tie_once ON tie (member_id, household_id, kind, relation) WHERE state <> 'dismissed';

-- 初核反馈: the document is sealed; the village never sees it.
CREATE TABLE precheck_entry (
  id           uuid PRIMARY KEY,
  round_id     uuid NOT NULL REFERENCES round (id),
  household_id uuid NOT NULL,
  category     text NOT NULL,
  document     bytea NOT NULL,
  effective_on date NOT NULL,
  imported_by  text NOT NULL,
  verdict      text CHECK (verdict IN ('flagged', 'cleared')),
  decided_by   text,
  decided_on   date
);
CREATE INDEX precheck_round ON precheck_entry (round_id, household_id);

-- 小组评议表: typed once, confirmed by a second person; a corrected one is a new row.
CREATE TABLE group_table (
  id              uuid PRIMARY KEY,
  round_id        uuid NOT NULL REFERENCES round (id),
  group_code      text NOT NULL,
  body_id         uuid NOT NULL REFERENCES body (id),
  state           text NOT NULL CHECK (state IN ('typed', 'replaced', 'confirmed')),
  meeting_on      date NOT NULL,
  chair_member_id uuid NOT NULL REFERENCES member (id),
  present         uuid[] NOT NULL,
  scan_sha256     text,
  digest          text NOT NULL,
  typed_by        text NOT NULL,
  typed_on        date NOT NULL,
  confirmed_by    text,
  confirmed_on    date
);
CREATE UNIQUE INDEX group_table_current ON group_table (round_id, group_code) WHERE state <> 'replaced';

-- 评分表: the agreed marks of one household and what they come to; the evidence is sealed under the household's key.
CREATE TABLE sheet (
  id                   uuid PRIMARY KEY,
  round_id             uuid NOT NULL REFERENCES round (id),
  household_id         uuid NOT NULL,
  table_id             uuid REFERENCES group_table (id),
  withdrawn            uuid[] NOT NULL,
  hundredths           integer NOT NULL CHECK (hundredths BETWEEN 0 AND 10000),
  positives_hundredths integer NOT NULL,
  negatives_hundredths integer NOT NULL,
  vetoed               boolean NOT NULL,
  lines                jsonb NOT NULL,
  evidence             bytea NOT NULL
);
CREATE INDEX sheet_table ON sheet (table_id, household_id);

-- 评议得分: version 1 is the group's first score; deliberation and reconsideration only ever add versions.
CREATE TABLE score (
  round_id     uuid NOT NULL,
  household_id uuid NOT NULL,
  version      integer NOT NULL,
  hundredths   integer NOT NULL CHECK (hundredths BETWEEN 0 AND 10000),
  vetoed       boolean NOT NULL,
  cause        text NOT NULL CHECK (cause IN ('group', 'deliberation', 'reconsideration')),
  sheet_id     uuid REFERENCES sheet (id),
  objection_id uuid,
  reason       bytea,
  set_by       text NOT NULL,
  set_on       date NOT NULL,
  PRIMARY KEY (round_id, household_id, version),
  FOREIGN KEY (round_id, household_id) REFERENCES round_household (round_id, household_id),
  CHECK (cause = 'group' OR reason IS NOT NULL OR objection_id IS NOT NULL)
);
CREATE UNIQUE INDEX score_objection ON score (objection_id) WHERE objection_id IS NOT NULL;

-- 审议会议: who was there; each examined household points at the meeting that examined it.
CREATE TABLE sitting (
  id       uuid PRIMARY KEY,
  round_id uuid NOT NULL REFERENCES round (id),
  body_id  uuid NOT NULL REFERENCES body (id),
  met_on   date NOT NULL,
  present  uuid[] NOT NULL,
  held_by  text NOT NULL
);
CREATE INDEX sitting_round ON sitting (round_id, id);
CREATE TABLE examination (
  round_id     uuid NOT NULL,
  household_id uuid NOT NULL,
  sitting_id   uuid NOT NULL REFERENCES sitting (id),
  withdrawn    uuid[] NOT NULL,
  examined_by  text NOT NULL,
  examined_on  date NOT NULL,
  settled_on   date,
  PRIMARY KEY (round_id, household_id),
  FOREIGN KEY (round_id, household_id) REFERENCES round_household (round_id, household_id)
);

-- 退回理由 of the town party committee.
CREATE TABLE return_reason (
  round_id     uuid NOT NULL,
  household_id uuid NOT NULL,
  returned_on  date NOT NULL,
  returned_by  text NOT NULL,
  reason       bytea NOT NULL,
  returned_at  timestamptz NOT NULL,
  PRIMARY KEY (round_id, household_id, returned_at),
  FOREIGN KEY (round_id, household_id) REFERENCES round_household (round_id, household_id)
);

-- 生效告知: that a final score was told to others; whether it is final is always computed.
CREATE TABLE final_notice (
  round_id     uuid NOT NULL,
  household_id uuid NOT NULL,
  version      integer NOT NULL,
  noticed_on   date NOT NULL,
  PRIMARY KEY (round_id, household_id, version)
);

-- 监督发现 about the process of a group or of the whole round.
CREATE TABLE finding (
  id          uuid PRIMARY KEY,
  round_id    uuid NOT NULL REFERENCES round (id),
  group_code  text,
  kind        text NOT NULL,
  note        bytea NOT NULL,
  recorded_by text NOT NULL,
  recorded_on date NOT NULL,
  settlement  bytea,
  settled_by  text,
  settled_on  date,
  CHECK ((settlement IS NULL) = (settled_on IS NULL))
);
CREATE INDEX finding_round ON finding (round_id, group_code);

REVOKE UPDATE, DELETE ON list_version, list_approval, sheet, score, return_reason, final_notice FROM ":role";
