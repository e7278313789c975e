-- 省平台: ids, versions and digests of what leaves; the rows themselves are read from the archives when they leave.
CREATE SEQUENCE province_change;

-- 上报记录: one per file, with its newest change, and what the province holds by its receipts. xid tells what is surely committed behind a cursor.
CREATE TABLE province_record (
  file_id           uuid PRIMARY KEY,
  subject_id        uuid NOT NULL,
  village_code      text NOT NULL,
  stamp             text NOT NULL,
  consents          text[] NOT NULL,
  seq               bigint NOT NULL UNIQUE,
  xid               xid8 NOT NULL DEFAULT pg_current_xact_id(),
  op                text NOT NULL CHECK (op IN ('upsert', 'delete')),
  version           integer NOT NULL,
  reason            text CHECK (reason IN ('erased', 'withdrawn')),
  sha256            text NOT NULL,
  changed_on        date NOT NULL,
  accepted_seq      bigint,
  accepted_op       text,
  accepted_sha256   text,
  accepted_village  text,
  rejected_seq      bigint,
  CHECK ((op = 'delete') = (reason IS NOT NULL)),
  CHECK (num_nonnulls(accepted_seq, accepted_op, accepted_sha256, accepted_village) IN (0, 4))
);
CREATE INDEX province_record_waiting ON province_record (village_code text_pattern_ops) WHERE accepted_seq IS DISTINCT FROM seq AND rejected_seq IS DISTINCT FROM seq;
CREATE INDEX province_record_held ON province_record (accepted_village text_pattern_ops) WHERE accepted_op = 'upsert';

-- 批次: the manifest holds counts and digests only.
CREATE TABLE province_batch (
  batch_id      uuid PRIMARY KEY,
  village_code  text NOT NULL,
  period        date NOT NULL,
  record_count  integer NOT NULL,
  chunk_count   integer NOT NULL,
  manifest      jsonb NOT NULL,
  signature     text NOT NULL,
  state         text NOT NULL CHECK (state IN ('open', 'done', 'refused', 'superseded')),
  refusal       text,
  failures      integer NOT NULL DEFAULT 0,
  next_try_at   timestamptz NOT NULL,
  cut_at        timestamptz NOT NULL,
  ended_at      timestamptz,
  CHECK ((state = 'open') = (ended_at IS NULL))
);
CREATE INDEX province_batch_open ON province_batch (next_try_at) WHERE state = 'open';
CREATE INDEX province_batch_village ON province_batch (village_code text_pattern_ops, batch_id);
CREATE TABLE province_entry (
  batch_id uuid NOT NULL REFERENCES province_batch,
  position integer NOT NULL,
  chunk    integer NOT NULL,
  file_id  uuid NOT NULL REFERENCES province_record,
  seq      bigint NOT NULL,
  PRIMARY KEY (batch_id, position)
);
CREATE INDEX province_entry_file ON province_entry (file_id, seq);

-- 回执 per record, whichever way the row went.
CREATE TABLE province_receipt (
  file_id      uuid NOT NULL REFERENCES province_record,
  seq          bigint NOT NULL,
  subject_id   uuid NOT NULL,
  village_code text NOT NULL,
  outcome      text NOT NULL CHECK (outcome IN ('accepted', 'rejected')),
  code         text,
  field        text,
  received_on  date NOT NULL,
  PRIMARY KEY (file_id, seq),
  CHECK ((outcome = 'rejected') = (code IS NOT NULL))
);
CREATE INDEX province_receipt_rejected ON province_receipt (village_code text_pattern_ops, seq) WHERE outcome = 'rejected';

-- 对账 per day and village, and what differed.
CREATE TABLE province_reconciliation (
  on_day        date NOT NULL,
  village_code  text NOT NULL,
  outcome       text NOT NULL CHECK (outcome IN ('equal', 'different', 'in-transit')),
  own_count     integer NOT NULL,
  own_sha256    text NOT NULL,
  their_count   integer NOT NULL,
  their_sha256  text NOT NULL,
  PRIMARY KEY (on_day, village_code)
);
CREATE TABLE province_difference (
  on_day       date NOT NULL,
  village_code text NOT NULL,
  file_id      uuid NOT NULL,
  kind         text NOT NULL CHECK (kind IN ('missing-there', 'other-there', 'left-there', 'unknown-here')),
  PRIMARY KEY (on_day, village_code, file_id)
);
CREATE TABLE province_round (
  on_day        date PRIMARY KEY,
  cut_at        timestamptz,
  reconciled_at timestamptz
);
