-- 授权: of one adult of a household, or of an entity or collective itself (member_id is null), to one client and purpose.
CREATE TABLE consent (
  id            uuid PRIMARY KEY,
  subject_id    uuid NOT NULL,
  subject_kind  text NOT NULL,
  division_code text NOT NULL,
  member_id     uuid,
  client_id     uuid NOT NULL,
  purpose       text NOT NULL,
  from_on       date NOT NULL,
  last_day      date NOT NULL CHECK (last_day >= from_on),
  scan_sha256   text,
  given_by      text NOT NULL,
  given_at      timestamptz NOT NULL,
  revoked_by    text,
  revoked_at    timestamptz,
  CHECK ((revoked_by IS NULL) = (revoked_at IS NULL))
);
CREATE INDEX consent_subject ON consent (subject_id, client_id, purpose);
CREATE INDEX consent_client ON consent (client_id, subject_id) WHERE revoked_at IS NULL;

-- 查询记录: one line per question; the subject is null when nobody was found.
CREATE TABLE query_log (
  id            uuid PRIMARY KEY,
  client_id     uuid NOT NULL,
  subject_id    uuid,
  division_code text,
  purpose       text NOT NULL,
  outcome       text NOT NULL CHECK (outcome IN ('answered', 'consent.missing', 'consent.revoked')),
  rating_id     uuid,
  asked_at      timestamptz NOT NULL
);
CREATE INDEX query_log_subject ON query_log (subject_id, id);
CREATE INDEX query_log_client ON query_log (client_id, id);
REVOKE UPDATE, DELETE ON query_log FROM ":role";

-- 签名密钥: the private part is sealed under a key of its own.
CREATE TABLE signing_key (
  id             uuid PRIMARY KEY,
  public_jwk     jsonb NOT NULL,
  private_sealed bytea NOT NULL,
  current        boolean NOT NULL,
  made_at        timestamptz NOT NULL
);
CREATE UNIQUE INDEX signing_key_current ON signing_key (current) WHERE current;

-- 评定变更: what the change feed of the banks is made of. xid tells what is surely committed behind a cursor.
CREATE TABLE rating_change (
  seq          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  rating_id    uuid NOT NULL UNIQUE,
  subject_id   uuid NOT NULL,
  subject_kind text NOT NULL,
  certified_on date NOT NULL,
  last_day     date NOT NULL,
  xid          xid8 NOT NULL DEFAULT pg_current_xact_id()
);

CREATE TABLE request_count (
  client_id  uuid NOT NULL,
  minute     timestamptz NOT NULL,
  number     integer NOT NULL,
  PRIMARY KEY (client_id, minute)
);
