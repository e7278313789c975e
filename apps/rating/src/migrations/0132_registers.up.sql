-- 红榜: with the household's own consent only, ended at once when that is withdrawn. 三(八)2
CREATE TABLE honour_consent (
  consent_id   uuid PRIMARY KEY,
  subject_id   uuid NOT NULL,
  village_code text NOT NULL,
  scan_sha256  text,
  given_by     text NOT NULL,
  given_on     date NOT NULL,
  withdrawn_by text,
  withdrawn_on date,
  CHECK ((withdrawn_by IS NULL) = (withdrawn_on IS NULL))
);
CREATE UNIQUE INDEX honour_consent_given ON honour_consent (subject_id) WHERE withdrawn_on IS NULL;

-- 约束名单: by number, on a legal basis, until a day. It is nowhere public. 三(八)2–3
CREATE TABLE credit_constraint (
  constraint_id   uuid PRIMARY KEY,
  subject_id      uuid NOT NULL,
  subject_no      text NOT NULL,
  village_code    text NOT NULL,
  legal_basis     text NOT NULL,
  document_sha256 text NOT NULL,
  entered_by      text NOT NULL,
  entered_on      date NOT NULL,
  last_day        date NOT NULL,
  removed_by      text,
  removed_on      date,
  CHECK (last_day >= entered_on),
  CHECK ((removed_by IS NULL) = (removed_on IS NULL))
);
CREATE INDEX credit_constraint_village ON credit_constraint (village_code, constraint_id);
CREATE UNIQUE INDEX credit_constraint_open ON credit_constraint (subject_id, legal_basis) WHERE removed_on IS NULL;

-- 发展意愿, as the household said it last. 三(七)2
CREATE TABLE support_wish (
  subject_id   uuid PRIMARY KEY,
  village_code text NOT NULL,
  willing      boolean NOT NULL,
  scan_sha256  text,
  recorded_by  text NOT NULL,
  recorded_on  date NOT NULL
);
CREATE INDEX support_wish_village ON support_wish (village_code) WHERE willing;
