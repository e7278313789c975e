-- 观摩点: a village or group that shows others how it is done; what is written about it is sealed under the point's own key.
CREATE TABLE observation_point (
  id            uuid PRIMARY KEY,
  town_code     text NOT NULL,
  division_code text NOT NULL,
  reason        bytea NOT NULL,
  shows         bytea NOT NULL,
  starts_on     date NOT NULL,
  last_day      date NOT NULL,
  named_by      text NOT NULL,
  named_on      date NOT NULL,
  end_reason    bytea,
  ended_by      text,
  ended_on      date,
  CHECK (starts_on <= last_day),
  CHECK ((end_reason IS NULL) = (ended_on IS NULL))
);
CREATE INDEX observation_point_town ON observation_point (town_code text_pattern_ops, id);
CREATE TABLE observation_visit (
  id            uuid PRIMARY KEY,
  point_id      uuid NOT NULL REFERENCES observation_point (id),
  visited_on    date NOT NULL,
  village_codes text[] NOT NULL CHECK (cardinality(village_codes) > 0),
  people        integer NOT NULL CHECK (people > 0),
  notes         bytea,
  recorded_by   text NOT NULL,
  recorded_on   date NOT NULL
);
CREATE INDEX observation_visit_point ON observation_visit (point_id, id);
REVOKE UPDATE, DELETE ON observation_visit FROM ":role";

-- 工作方案: the steps of a round, each with the role that answers for it and the day it is due.
CREATE TABLE round_step (
  id              uuid PRIMARY KEY,
  round_id        uuid NOT NULL REFERENCES round (id),
  title           text NOT NULL,
  owner_role      text NOT NULL,
  due_on          date NOT NULL,
  planned_by      text NOT NULL,
  planned_on      date NOT NULL,
  done_on         date,
  done_by         uuid,
  evidence_sha256 text,
  finished_on     date,
  drop_reason     bytea,
  dropped_by      text,
  dropped_on      date,
  CHECK ((done_on IS NULL) = (finished_on IS NULL) AND (done_on IS NULL) = (done_by IS NULL)),
  CHECK ((drop_reason IS NULL) = (dropped_on IS NULL)),
  CHECK (done_on IS NULL OR dropped_on IS NULL)
);
CREATE INDEX round_step_round ON round_step (round_id, due_on, id);
