-- 复议: one case per publication and subject; objections that come while it is open join it.
CREATE TABLE reconsideration (
  id                      uuid PRIMARY KEY,
  publication_id          uuid NOT NULL,
  publication_kind        text NOT NULL,
  owner                   text NOT NULL,
  owner_key               text NOT NULL,
  division_code           text NOT NULL,
  group_code              text NOT NULL,
  subject_id              uuid NOT NULL,
  state                   text NOT NULL,
  received_on             date NOT NULL,
  answer_due_on           date NOT NULL,
  reminder_on             date NOT NULL,
  reminded_at             timestamptz,
  escalated_at            timestamptz,
  meeting_on              date,
  outcome                 text CHECK (outcome IN ('score-kept', 'score-changed')),
  score_version           integer,
  changed_hundredths      integer,
  veto_lifted             boolean NOT NULL DEFAULT false,
  reasons                 bytea,
  votes_for               integer,
  votes_against           integer,
  answered_by             text,
  answered_at             timestamptz,
  answered_on             date,
  answer_objection_id     uuid,
  outcome_publication_id  uuid,
  outcome_last_day        date,
  told_on                 date,
  CHECK ((outcome IS NULL) = (answered_on IS NULL)),
  CHECK ((outcome IS NULL) = (reasons IS NULL))
);
CREATE UNIQUE INDEX reconsideration_open ON reconsideration (publication_id, subject_id) WHERE state IN ('admitted', 'panel-convened');
CREATE INDEX reconsideration_due ON reconsideration (answer_due_on) WHERE state IN ('admitted', 'panel-convened');
CREATE INDEX reconsideration_subject ON reconsideration (subject_id);
CREATE UNIQUE INDEX reconsideration_answer ON reconsideration (answer_objection_id);

-- 异议: the filing itself; once admitted its progress is that of its reconsideration.
CREATE TABLE objection (
  id                  uuid PRIMARY KEY,
  receipt_no          text NOT NULL UNIQUE,
  reconsideration_id  uuid REFERENCES reconsideration (id),
  publication_id      uuid NOT NULL,
  publication_version integer NOT NULL,
  publication_kind    text NOT NULL,
  owner               text NOT NULL,
  owner_key           text NOT NULL,
  division_code       text NOT NULL,
  group_code          text NOT NULL,
  subject_id          uuid NOT NULL,
  applicant_id        uuid NOT NULL,
  applicant_member_id uuid,
  ground              text NOT NULL,
  channel             text NOT NULL,
  statement           bytea NOT NULL,
  scan_sha256         text,
  filed_by            text NOT NULL,
  received_at         timestamptz NOT NULL,
  received_on         date NOT NULL,
  window_last_day     date,
  state               text NOT NULL CHECK (state IN ('admitted', 'refused', 'withdrawn')),
  refusal             text CHECK (refusal IN ('late', 'not-posted', 'publication-withdrawn', 'inadmissible')),
  refusal_reason      bytea,
  refused_on          date,
  refusal_reviewed_on date,
  late_cause          bytea,
  admitted_on         date,
  ended_on            date,
  CHECK ((state = 'refused') = (refusal IS NOT NULL)),
  CHECK (state <> 'admitted' OR reconsideration_id IS NOT NULL)
);
-- One per applicant and ground; a filing outside the window or taken back does not use it up.
CREATE UNIQUE INDEX objection_once ON objection (publication_id, subject_id, applicant_id, ground)
  WHERE state = 'admitted' OR refusal = 'inadmissible';
CREATE INDEX objection_subject ON objection (subject_id);
CREATE INDEX objection_applicant ON objection (applicant_id);
CREATE INDEX objection_division ON objection (division_code text_pattern_ops, id);
CREATE INDEX objection_case ON objection (reconsideration_id);

CREATE TABLE receipt_counter (
  division_code text NOT NULL,
  year          integer NOT NULL,
  last          integer NOT NULL,
  PRIMARY KEY (division_code, year)
);

CREATE TABLE panel_member (
  id                 uuid PRIMARY KEY,
  reconsideration_id uuid NOT NULL REFERENCES reconsideration (id),
  member_id          uuid,
  account_id         uuid,
  household_id       uuid,
  capacity           text NOT NULL,
  part               text NOT NULL CHECK (part IN ('decides', 'explains', 'withdrawn')),
  withdrawal         text,
  present            boolean,
  CHECK ((part = 'withdrawn') = (withdrawal IS NOT NULL))
);
CREATE INDEX panel_member_case ON panel_member (reconsideration_id);

CREATE TABLE hearing (
  id                 uuid PRIMARY KEY,
  reconsideration_id uuid NOT NULL REFERENCES reconsideration (id),
  heard              text NOT NULL CHECK (heard IN ('applicant', 'affected-household', 'scorer')),
  household_id       uuid,
  appeared           boolean NOT NULL,
  statement          bytea NOT NULL,
  heard_on           date NOT NULL,
  recorded_by        text NOT NULL
);
CREATE INDEX hearing_case ON hearing (reconsideration_id);
