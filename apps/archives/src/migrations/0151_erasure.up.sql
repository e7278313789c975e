-- 依法删除: who asked, what was decided and why; the fact stays, the data goes.
ALTER TABLE subject ADD COLUMN erased_on date;
ALTER TABLE credit_file DROP CONSTRAINT credit_file_state_check;
ALTER TABLE credit_file ADD CONSTRAINT credit_file_state_check CHECK (state IN ('collected', 'submitted', 'verified', 'returned', 'erased'));

CREATE TABLE erasure_request (
  erasure_id     uuid PRIMARY KEY,
  household_id   uuid NOT NULL REFERENCES subject,
  -- Null: the whole household.
  member_id      uuid REFERENCES member,
  village_code   text NOT NULL,
  requested_by   text NOT NULL,
  requested_on   date NOT NULL,
  scan_sha256    text,
  answer_due_on  date NOT NULL,
  outcome        text CHECK (outcome IN ('erased', 'refused')),
  ground         text,
  refusal        text,
  retained_until date,
  decided_by     text,
  decided_on     date,
  CHECK (num_nonnulls(outcome, decided_by, decided_on) IN (0, 3)),
  CHECK ((ground IS NOT NULL) = (outcome IS NOT DISTINCT FROM 'erased')),
  CHECK ((refusal IS NOT NULL) = (outcome IS NOT DISTINCT FROM 'refused')),
  CHECK (decided_by IS DISTINCT FROM requested_by)
);
CREATE UNIQUE INDEX erasure_request_open ON erasure_request (household_id, coalesce(member_id, household_id)) WHERE outcome IS NULL;
CREATE INDEX erasure_request_village ON erasure_request (village_code text_pattern_ops, erasure_id);
CREATE INDEX erasure_request_household ON erasure_request (household_id);

-- 删除标记: keyed hashes of erased people and households, so that a later workbook does not bring them back unasked.
CREATE TABLE erased_mark (
  mark          text NOT NULL,
  erasure_id    uuid NOT NULL REFERENCES erasure_request,
  -- 准予重新登记, on a new written consent.
  admitted_by   text,
  admitted_on   date,
  consent_sha256 text,
  PRIMARY KEY (mark, erasure_id),
  CHECK (num_nonnulls(admitted_by, admitted_on, consent_sha256) IN (0, 3))
);
CREATE INDEX erased_mark_standing ON erased_mark (mark) WHERE admitted_on IS NULL;

-- The values' own ledger refuses updates; only what belongs to an erased household is emptied, by this door.
CREATE FUNCTION empty_erased_values(erased uuid) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  UPDATE item_value SET value = '', value_hash = '' WHERE subject_id = erased AND EXISTS (SELECT 1 FROM subject WHERE subject_id = erased AND erased_on IS NOT NULL)
$$;
REVOKE ALL ON FUNCTION empty_erased_values(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION empty_erased_values(uuid) TO ":role";
