CREATE OR REPLACE FUNCTION add_coverage(village text, kind text, on_day date, more_subjects bigint, more_excluded bigint, more_filed bigint, more_verified bigint) RETURNS void
  LANGUAGE sql SET search_path FROM CURRENT AS $$
  INSERT INTO coverage_change AS c VALUES (village, kind, on_day, more_subjects, more_excluded, more_filed, more_verified)
  ON CONFLICT (village_code, subject_kind, day) DO UPDATE SET subjects = c.subjects + EXCLUDED.subjects, excluded = c.excluded + EXCLUDED.excluded,
    filed = c.filed + EXCLUDED.filed, verified = c.verified + EXCLUDED.verified;
  INSERT INTO coverage_now AS n VALUES (village, kind, more_subjects, more_excluded, more_filed, more_verified)
  ON CONFLICT (village_code, subject_kind) DO UPDATE SET subjects = n.subjects + EXCLUDED.subjects, excluded = n.excluded + EXCLUDED.excluded,
    filed = n.filed + EXCLUDED.filed, verified = n.verified + EXCLUDED.verified
$$;
DROP TABLE coverage_delta;
DROP FUNCTION fold_coverage;
