-- The one schema all services share: the clock. Run by the migration role, again and again.
CREATE SCHEMA IF NOT EXISTS platform;
CREATE TABLE IF NOT EXISTS platform.clock_shift (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  shift    interval NOT NULL,
  moved_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- The moment that counts for every decision: the database's, moved forward only in a sandbox.
CREATE OR REPLACE FUNCTION platform.now() RETURNS timestamptz
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platform, pg_temp
  AS $$ SELECT pg_catalog.now() + coalesce((SELECT shift FROM clock_shift), interval '0') $$;
CREATE OR REPLACE FUNCTION platform.today() RETURNS date
  LANGUAGE sql STABLE
  AS $$ SELECT (platform.now() AT TIME ZONE 'Asia/Shanghai')::date $$;
CREATE OR REPLACE FUNCTION platform.move_clock(target timestamptz) RETURNS timestamptz
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = platform, pg_temp
  AS $$
  BEGIN
    IF target < platform.now() THEN RAISE EXCEPTION 'clock.backwards'; END IF;
    INSERT INTO clock_shift (shift) VALUES (target - pg_catalog.now())
      ON CONFLICT (only_row) DO UPDATE SET shift = EXCLUDED.shift, moved_at = clock_timestamp();
    RETURN platform.now();
  END $$;
REVOKE ALL ON FUNCTION platform.move_clock(timestamptz) FROM PUBLIC;
-- A database whose clock was ever moved never serves production.
CREATE OR REPLACE FUNCTION platform.clock_was_moved() RETURNS boolean
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = platform, pg_temp
  AS $$ SELECT EXISTS (SELECT 1 FROM clock_shift) $$;
