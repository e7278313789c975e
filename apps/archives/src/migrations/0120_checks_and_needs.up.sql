-- 逐项校核: a verdict on one version of one value, by somebody else than who collected it: the database refuses the collector.
CREATE UNIQUE INDEX item_value_collector ON item_value (subject_id, item, version, collected_by);
CREATE TABLE item_verdict (
  subject_id   uuid NOT NULL,
  item         text NOT NULL,
  version      integer NOT NULL,
  collected_by uuid NOT NULL,
  verdict      text NOT NULL CHECK (verdict IN ('right', 'wrong', 'cannot-tell')),
  note         bytea,
  given_by     uuid NOT NULL,
  given_on     date NOT NULL,
  PRIMARY KEY (subject_id, item, version),
  FOREIGN KEY (subject_id, item, version, collected_by) REFERENCES item_value (subject_id, item, version, collected_by),
  CHECK (given_by <> collected_by),
  CHECK (verdict <> 'wrong' OR note IS NOT NULL)
);
REVOKE UPDATE, DELETE ON item_verdict FROM ":role";

-- 急难愁盼 and 走访: nobody who scores reads them; no internal read answers them, and no role but this service's has a grant here.
CREATE TABLE need (
  need_id      uuid PRIMARY KEY,
  household_id uuid NOT NULL REFERENCES subject,
  village_code text NOT NULL,
  category     text NOT NULL,
  told         bytea NOT NULL,
  raised_by    text NOT NULL,
  raised_on    date NOT NULL,
  due_on       date NOT NULL,
  assigned_to  uuid,
  assigned_on  date,
  answer       bytea,
  answered_by  text,
  answered_on  date,
  settled      boolean,
  CHECK ((answer IS NULL) = (answered_on IS NULL)),
  CHECK ((assigned_to IS NULL) = (assigned_on IS NULL))
);
CREATE INDEX need_village ON need (village_code text_pattern_ops, need_id);
CREATE INDEX need_due ON need (due_on) WHERE answered_on IS NULL;
CREATE TABLE visit (
  visit_id     uuid PRIMARY KEY,
  household_id uuid NOT NULL REFERENCES subject,
  village_code text NOT NULL,
  visited_on   date NOT NULL,
  purpose      text NOT NULL,
  note         bytea,
  met          boolean NOT NULL,
  recorded_by  text NOT NULL,
  recorded_on  date NOT NULL
);
CREATE INDEX visit_household ON visit (household_id, visited_on);
CREATE INDEX visit_village ON visit (village_code text_pattern_ops, visit_id);
