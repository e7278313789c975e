-- 工作组织: who sat in which body on which day; nobody is taken out of the record.
CREATE TABLE programme_body (
  body_id       uuid PRIMARY KEY,
  kind          text NOT NULL,
  division_code text NOT NULL REFERENCES division,
  formed_on     date NOT NULL,
  formed_by     text NOT NULL,
  dissolved_on  date,
  CHECK (dissolved_on >= formed_on)
);
CREATE UNIQUE INDEX programme_body_standing ON programme_body (division_code, kind) WHERE dissolved_on IS NULL;
CREATE INDEX programme_body_place ON programme_body (division_code text_pattern_ops, body_id);
CREATE TABLE programme_seat (
  seat_id      uuid PRIMARY KEY,
  body_id      uuid NOT NULL REFERENCES programme_body,
  account_id   uuid NOT NULL,
  capacity     text NOT NULL,
  title        text NOT NULL,
  organisation text NOT NULL,
  from_on      date NOT NULL,
  last_day     date,
  recorded_by  text NOT NULL,
  CHECK (last_day >= from_on)
);
CREATE UNIQUE INDEX programme_seat_held ON programme_seat (body_id, account_id) WHERE last_day IS NULL;
CREATE INDEX programme_seat_body ON programme_seat (body_id, from_on);
REVOKE DELETE ON programme_body, programme_seat FROM ":role";

-- 培训记录; a wrong one is replaced by a further one and stays.
CREATE TABLE training (
  training_id     uuid PRIMARY KEY,
  division_code   text NOT NULL REFERENCES division,
  topic           text NOT NULL,
  held_on         date NOT NULL,
  trainer         text NOT NULL,
  minutes         integer NOT NULL CHECK (minutes BETWEEN 1 AND 10080),
  material_sha256 text,
  recorded_by     text NOT NULL,
  recorded_on     date NOT NULL,
  replaced_by     uuid REFERENCES training,
  CHECK (replaced_by <> training_id)
);
CREATE INDEX training_place ON training (division_code text_pattern_ops, held_on DESC, training_id DESC) WHERE replaced_by IS NULL;
CREATE TABLE training_attendance (
  training_id uuid NOT NULL REFERENCES training,
  account_id  uuid NOT NULL,
  PRIMARY KEY (training_id, account_id)
);
CREATE INDEX training_attendance_account ON training_attendance (account_id);
REVOKE UPDATE, DELETE ON training_attendance FROM ":role";
REVOKE DELETE ON training FROM ":role";

-- 工作清单: open, reported by its owner, closed by somebody else; every step stays in its history.
CREATE TABLE work_item (
  item_id         uuid PRIMARY KEY,
  division_code   text NOT NULL REFERENCES division,
  title           text NOT NULL,
  -- Of the default checklist; null for one listed by hand.
  template_code   text,
  owner_id        uuid NOT NULL,
  due_on          date NOT NULL,
  state           text NOT NULL CHECK (state IN ('open', 'reported', 'closed')),
  listed_on       date NOT NULL,
  done_on         date,
  reported_by     uuid,
  evidence_sha256 text,
  confirmed_by    uuid,
  confirmed_on    date,
  CHECK ((state = 'open') = (reported_by IS NULL) AND (reported_by IS NULL) = (done_on IS NULL) AND (reported_by IS NULL) = (evidence_sha256 IS NULL)),
  CHECK ((state = 'closed') = (confirmed_by IS NOT NULL) AND (confirmed_by IS NULL) = (confirmed_on IS NULL)),
  CHECK (confirmed_by NOT IN (owner_id, reported_by))
);
CREATE UNIQUE INDEX work_item_template ON work_item (division_code, template_code) WHERE template_code IS NOT NULL;
CREATE INDEX work_item_place ON work_item (division_code text_pattern_ops, due_on);
CREATE TABLE work_item_step (
  item_id         uuid NOT NULL REFERENCES work_item,
  step            integer NOT NULL,
  act             text NOT NULL CHECK (act IN ('listed', 'handed-over', 'reported', 'confirmed', 'reopened')),
  acted_by        text NOT NULL,
  acted_on        date NOT NULL,
  owner_id        uuid NOT NULL,
  due_on          date NOT NULL,
  evidence_sha256 text,
  reason          bytea,
  PRIMARY KEY (item_id, step),
  CHECK ((act IN ('handed-over', 'reopened')) = (reason IS NOT NULL))
);
REVOKE DELETE ON work_item FROM ":role";
REVOKE UPDATE, DELETE ON work_item_step FROM ":role";
