-- 应建档数: every count stays, dated and with its source; a later one of the same day is a further row.
ALTER TABLE register_count DROP CONSTRAINT register_count_pkey;
ALTER TABLE register_count
  ADD COLUMN entry_id    uuid NOT NULL DEFAULT gen_random_uuid() PRIMARY KEY,
  ADD COLUMN recorded_by text,
  ADD COLUMN recorded_at timestamptz NOT NULL DEFAULT platform.now();
CREATE INDEX register_count_newest ON register_count (village_code, subject_kind, counted_on DESC, recorded_at DESC) INCLUDE (count);
REVOKE UPDATE, DELETE ON register_count FROM ":role";

-- 不纳入: why, who, since when; lifted, never deleted. `subject.excluded_reason` is the one in force.
CREATE TABLE subject_exclusion (
  exclusion_id uuid PRIMARY KEY,
  subject_id   uuid NOT NULL REFERENCES subject,
  reason_code  text NOT NULL,
  excluded_by  text NOT NULL,
  excluded_on  date NOT NULL,
  lifted_by    text,
  lifted_on    date,
  CHECK ((lifted_by IS NULL) = (lifted_on IS NULL)),
  CHECK (lifted_on >= excluded_on)
);
CREATE UNIQUE INDEX subject_exclusion_open ON subject_exclusion (subject_id) WHERE lifted_on IS NULL;
CREATE INDEX subject_exclusion_subject ON subject_exclusion (subject_id, excluded_on);
INSERT INTO subject_exclusion SELECT gen_random_uuid(), subject_id, 'other', 'system:migration', platform.today() FROM subject WHERE excluded_reason IS NOT NULL;
REVOKE DELETE ON subject_exclusion FROM ":role";

-- 建档计数: what a day changed in a village, by kind; the sum up to a day is the state of that day. Triggers keep it in the
-- transaction of the change itself, whichever use case makes it. An excluded subject counts as excluded and as nothing else.
CREATE TABLE coverage_change (
  village_code text NOT NULL,
  subject_kind text NOT NULL,
  day          date NOT NULL,
  subjects     integer NOT NULL,
  excluded     integer NOT NULL,
  filed        integer NOT NULL,
  verified     integer NOT NULL,
  PRIMARY KEY (village_code, subject_kind, day)
);

CREATE FUNCTION add_coverage(village text, kind text, on_day date, more_subjects bigint, more_excluded bigint, more_filed bigint, more_verified bigint) RETURNS void
  LANGUAGE sql SET search_path FROM CURRENT AS $$
  INSERT INTO coverage_change AS c VALUES (village, kind, on_day, more_subjects, more_excluded, more_filed, more_verified)
  ON CONFLICT (village_code, subject_kind, day) DO UPDATE SET subjects = c.subjects + EXCLUDED.subjects, excluded = c.excluded + EXCLUDED.excluded,
    filed = c.filed + EXCLUDED.filed, verified = c.verified + EXCLUDED.verified
$$;

CREATE FUNCTION count_files() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM add_coverage(s.village_code, s.kind, platform.today(), 0, 0, count(*), count(*) FILTER (WHERE n.state = 'verified'))
      FROM new_rows n JOIN subject s USING (subject_id) WHERE s.excluded_reason IS NULL GROUP BY s.village_code, s.kind ORDER BY s.village_code, s.kind;
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM add_coverage(s.village_code, s.kind, platform.today(), 0, 0, 0, sum((n.state = 'verified')::int - (o.state = 'verified')::int))
      FROM new_rows n JOIN old_rows o USING (file_id) JOIN subject s ON s.subject_id = n.subject_id
      WHERE s.excluded_reason IS NULL AND (n.state = 'verified') <> (o.state = 'verified') GROUP BY s.village_code, s.kind ORDER BY s.village_code, s.kind;
  ELSE
    PERFORM add_coverage(s.village_code, s.kind, platform.today(), 0, 0, -count(*), -count(*) FILTER (WHERE o.state = 'verified'))
      FROM old_rows o JOIN subject s USING (subject_id) WHERE s.excluded_reason IS NULL GROUP BY s.village_code, s.kind ORDER BY s.village_code, s.kind;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER credit_file_counted_in  AFTER INSERT ON credit_file REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_files();
CREATE TRIGGER credit_file_recounted   AFTER UPDATE ON credit_file REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_files();
CREATE TRIGGER credit_file_counted_out AFTER DELETE ON credit_file REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_files();

CREATE FUNCTION count_subjects() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    PERFORM add_coverage(village_code, kind, platform.today(), count(*), count(excluded_reason), 0, 0) FROM new_rows GROUP BY village_code, kind ORDER BY village_code, kind;
  ELSIF TG_OP = 'UPDATE' THEN
    PERFORM add_coverage(r.village_code, r.kind, platform.today(), sum(r.sign), sum(r.sign * r.excluded::int), sum(r.sign * (NOT r.excluded AND f.file_id IS NOT NULL)::int),
        sum(r.sign * (NOT r.excluded AND f.state IS NOT DISTINCT FROM 'verified')::int))
      FROM (SELECT n.subject_id, side.* FROM new_rows n JOIN old_rows o USING (subject_id)
              CROSS JOIN LATERAL (VALUES (n.village_code, n.kind, n.excluded_reason IS NOT NULL, 1), (o.village_code, o.kind, o.excluded_reason IS NOT NULL, -1)) AS side(village_code, kind, excluded, sign)
            WHERE (n.village_code, n.kind, n.excluded_reason IS NULL) IS DISTINCT FROM (o.village_code, o.kind, o.excluded_reason IS NULL)) r
      LEFT JOIN credit_file f USING (subject_id) GROUP BY r.village_code, r.kind ORDER BY r.village_code, r.kind;
  ELSE
    PERFORM add_coverage(village_code, kind, platform.today(), -count(*), -count(excluded_reason), 0, 0) FROM old_rows GROUP BY village_code, kind ORDER BY village_code, kind;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER subject_counted_in  AFTER INSERT ON subject REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION count_subjects();
CREATE TRIGGER subject_recounted   AFTER UPDATE ON subject REFERENCING NEW TABLE AS new_rows OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_subjects();
CREATE TRIGGER subject_counted_out AFTER DELETE ON subject REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION count_subjects();

-- What is there already: known since its last collection, verified since its verification.
INSERT INTO coverage_change
  SELECT village_code, kind, day, sum(subjects), sum(excluded), sum(filed), sum(verified) FROM (
    SELECT s.village_code, s.kind, coalesce(f.collected_on, platform.today()) AS day, 1 AS subjects, (s.excluded_reason IS NOT NULL)::int AS excluded,
      (s.excluded_reason IS NULL AND f.file_id IS NOT NULL)::int AS filed, 0 AS verified FROM subject s LEFT JOIN credit_file f USING (subject_id)
    UNION ALL
    SELECT s.village_code, s.kind, f.verified_on, 0, 0, 0, 1 FROM subject s JOIN credit_file f USING (subject_id) WHERE s.excluded_reason IS NULL AND f.state = 'verified') known
  GROUP BY village_code, kind, day;
