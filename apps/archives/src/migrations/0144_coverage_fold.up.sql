-- 提交时计数: changes are noted without waiting for anybody and counted when their transaction commits, in one order, so that a
-- long import and a verification in the same village neither wait for each other nor end in a deadlock.
CREATE TABLE coverage_delta (
  tx           xid8 NOT NULL DEFAULT pg_current_xact_id(),
  village_code text NOT NULL,
  subject_kind text NOT NULL,
  day          date NOT NULL,
  subjects     bigint NOT NULL,
  excluded     bigint NOT NULL,
  filed        bigint NOT NULL,
  verified     bigint NOT NULL
);
CREATE INDEX coverage_delta_tx ON coverage_delta (tx);

CREATE OR REPLACE FUNCTION add_coverage(village text, kind text, on_day date, more_subjects bigint, more_excluded bigint, more_filed bigint, more_verified bigint) RETURNS void
  LANGUAGE sql SET search_path FROM CURRENT AS $$
  INSERT INTO coverage_delta (village_code, subject_kind, day, subjects, excluded, filed, verified) VALUES (village, kind, on_day, more_subjects, more_excluded, more_filed, more_verified)
$$;

CREATE FUNCTION fold_coverage() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
  INSERT INTO coverage_now AS n SELECT village_code, subject_kind, sum(subjects), sum(excluded), sum(filed), sum(verified)
    FROM coverage_delta WHERE tx = pg_current_xact_id() GROUP BY village_code, subject_kind ORDER BY village_code, subject_kind
    ON CONFLICT (village_code, subject_kind) DO UPDATE SET subjects = n.subjects + EXCLUDED.subjects, excluded = n.excluded + EXCLUDED.excluded,
      filed = n.filed + EXCLUDED.filed, verified = n.verified + EXCLUDED.verified;
  INSERT INTO coverage_change AS c SELECT village_code, subject_kind, day, sum(subjects), sum(excluded), sum(filed), sum(verified)
    FROM coverage_delta WHERE tx = pg_current_xact_id() GROUP BY village_code, subject_kind, day ORDER BY village_code, subject_kind, day
    ON CONFLICT (village_code, subject_kind, day) DO UPDATE SET subjects = c.subjects + EXCLUDED.subjects, excluded = c.excluded + EXCLUDED.excluded,
      filed = c.filed + EXCLUDED.filed, verified = c.verified + EXCLUDED.verified;
  DELETE FROM coverage_delta WHERE tx = pg_current_xact_id();
  RETURN NULL;
END $$;
-- The first row to fire folds all of its transaction; the others find nothing left.
CREATE CONSTRAINT TRIGGER coverage_folded AFTER INSERT ON coverage_delta DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fold_coverage();
