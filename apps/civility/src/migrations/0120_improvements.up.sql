-- 整改提升: one plan at a time for a household after a round; its words are sealed under the household's key.
CREATE TABLE improvement (
  id            uuid PRIMARY KEY,
  round_id      uuid NOT NULL,
  household_id  uuid NOT NULL,
  score_version integer NOT NULL,
  starts_on     date NOT NULL,
  planned_by    text NOT NULL,
  planned_on    date NOT NULL,
  end_reason    bytea,
  ended_by      text,
  ended_on      date,
  FOREIGN KEY (round_id, household_id, score_version) REFERENCES score (round_id, household_id, version),
  CHECK ((end_reason IS NULL) = (ended_on IS NULL))
);
CREATE UNIQUE INDEX improvement_open ON improvement (round_id, household_id) WHERE ended_on IS NULL;
CREATE INDEX improvement_household ON improvement (household_id);

-- What was agreed, as often as it was changed; the last version counts.
CREATE TABLE improvement_version (
  improvement_id    uuid NOT NULL REFERENCES improvement (id),
  version           integer NOT NULL,
  measures          bytea NOT NULL,
  helper_account_id uuid NOT NULL,
  check_on          date NOT NULL,
  reason            bytea,
  set_by            text NOT NULL,
  set_on            date NOT NULL,
  PRIMARY KEY (improvement_id, version),
  CHECK ((version = 1) = (reason IS NULL))
);

-- 核查: once per version; after one that was not met a new version agrees on the next.
CREATE TABLE improvement_check (
  improvement_id uuid NOT NULL,
  version        integer NOT NULL,
  result         text NOT NULL CHECK (result IN ('met', 'partly-met', 'not-met')),
  seen           bytea NOT NULL,
  seen_on        date NOT NULL,
  checked_by     uuid NOT NULL,
  checked_on     date NOT NULL,
  PRIMARY KEY (improvement_id, version),
  FOREIGN KEY (improvement_id, version) REFERENCES improvement_version (improvement_id, version),
  CHECK (seen_on <= checked_on)
);

REVOKE UPDATE, DELETE ON improvement_version, improvement_check FROM ":role";
