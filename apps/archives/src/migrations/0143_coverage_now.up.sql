-- 现数: the sum of all changes, kept beside them, so that a board reads one row per village and kind and goes back from it.
CREATE TABLE coverage_now (
  village_code text NOT NULL,
  subject_kind text NOT NULL,
  subjects     integer NOT NULL,
  excluded     integer NOT NULL,
  filed        integer NOT NULL,
  verified     integer NOT NULL,
  PRIMARY KEY (village_code, subject_kind)
);
INSERT INTO coverage_now SELECT village_code, subject_kind, sum(subjects), sum(excluded), sum(filed), sum(verified) FROM coverage_change GROUP BY 1, 2;
CREATE INDEX coverage_change_day ON coverage_change (day) INCLUDE (village_code, subject_kind, subjects, excluded, filed, verified);

CREATE OR REPLACE FUNCTION add_coverage(village text, kind text, on_day date, more_subjects bigint, more_excluded bigint, more_filed bigint, more_verified bigint) RETURNS void
  LANGUAGE sql SET search_path FROM CURRENT AS $$
  INSERT INTO coverage_change AS c VALUES (village, kind, on_day, more_subjects, more_excluded, more_filed, more_verified)
  ON CONFLICT (village_code, subject_kind, day) DO UPDATE SET subjects = c.subjects + EXCLUDED.subjects, excluded = c.excluded + EXCLUDED.excluded,
    filed = c.filed + EXCLUDED.filed, verified = c.verified + EXCLUDED.verified;
  INSERT INTO coverage_now AS n VALUES (village, kind, more_subjects, more_excluded, more_filed, more_verified)
  ON CONFLICT (village_code, subject_kind) DO UPDATE SET subjects = n.subjects + EXCLUDED.subjects, excluded = n.excluded + EXCLUDED.excluded,
    filed = n.filed + EXCLUDED.filed, verified = n.verified + EXCLUDED.verified
$$;
