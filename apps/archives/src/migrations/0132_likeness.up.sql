-- 疑似重复: keyed tokens of people, other in every village; two people of two households who share one are offered for a decision.
CREATE TABLE likeness_token (
  token        text NOT NULL,
  member_id    uuid NOT NULL REFERENCES member,
  household_id uuid NOT NULL REFERENCES subject,
  village_code text NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('name-address', 'name-birth', 'phone')),
  PRIMARY KEY (token, member_id)
);
CREATE INDEX likeness_token_household ON likeness_token (household_id);
CREATE INDEX likeness_token_village ON likeness_token (village_code text_pattern_ops, token);

CREATE TABLE likeness_decision (
  member_a    uuid NOT NULL REFERENCES member,
  member_b    uuid NOT NULL REFERENCES member,
  decision    text NOT NULL CHECK (decision IN ('same', 'different')),
  -- Sealed for the first one's household.
  household_a uuid NOT NULL REFERENCES subject,
  reason      bytea NOT NULL,
  decided_by  text NOT NULL,
  decided_on  date NOT NULL,
  PRIMARY KEY (member_a, member_b),
  CHECK (member_a < member_b)
);
CREATE INDEX likeness_decision_second ON likeness_decision (member_b);
REVOKE UPDATE, DELETE ON likeness_decision FROM ":role";
