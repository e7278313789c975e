-- 户籍归属 — who belonged to which household from when until when (the first day no longer). Kept by triggers in the transaction of
-- each change, whichever use case makes it; one person is in two households on no day.
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA platform;

CREATE TABLE membership (
  member_id     uuid NOT NULL REFERENCES member,
  household_id  uuid NOT NULL REFERENCES subject,
  resident_hash text NOT NULL,
  relation      text NOT NULL,
  head          boolean NOT NULL,
  from_on       date NOT NULL,
  to_on         date,
  PRIMARY KEY (member_id, household_id, from_on),
  CHECK (to_on >= from_on),
  CONSTRAINT membership_one_household EXCLUDE USING gist (resident_hash WITH =, daterange(from_on, to_on) WITH &&)
);
CREATE INDEX membership_household ON membership (household_id, from_on);
CREATE UNIQUE INDEX membership_open ON membership (member_id) WHERE to_on IS NULL;
REVOKE DELETE ON membership FROM ":role";
INSERT INTO membership SELECT member_id, household_id, resident_hash, relation, head, from_on, greatest(to_on, from_on) FROM member;

-- Households whose likeness to others is to be worked out anew.
CREATE TABLE likeness_due (subject_id uuid PRIMARY KEY REFERENCES subject);
INSERT INTO likeness_due SELECT subject_id FROM subject WHERE kind = 'household';

CREATE FUNCTION keep_membership() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO membership SELECT member_id, household_id, resident_hash, relation, head, from_on, to_on FROM new_rows;
  ELSE
    UPDATE membership m SET to_on = CASE WHEN n.household_id = m.household_id THEN greatest(n.to_on, m.from_on) ELSE n.from_on END
      FROM new_rows n WHERE m.member_id = n.member_id AND m.to_on IS NULL AND (n.household_id <> m.household_id OR n.to_on IS NOT NULL);
    UPDATE membership m SET resident_hash = n.resident_hash FROM new_rows n WHERE m.member_id = n.member_id AND m.resident_hash <> n.resident_hash;
    UPDATE membership m SET relation = n.relation, head = n.head FROM new_rows n
      WHERE m.member_id = n.member_id AND m.household_id = n.household_id AND m.to_on IS NULL AND (m.relation, m.head) IS DISTINCT FROM (n.relation, n.head);
    INSERT INTO membership SELECT n.member_id, n.household_id, n.resident_hash, n.relation, n.head, n.from_on, n.to_on
      FROM new_rows n JOIN old_rows o USING (member_id) WHERE n.household_id <> o.household_id;
    INSERT INTO likeness_due SELECT DISTINCT household_id FROM old_rows ON CONFLICT DO NOTHING;
  END IF;
  INSERT INTO likeness_due SELECT DISTINCT household_id FROM new_rows ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER member_kept_in   AFTER INSERT ON member REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_membership();
CREATE TRIGGER member_kept_on   AFTER UPDATE ON member REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION keep_membership();
