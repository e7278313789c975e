-- What every service's schema has: messages out and in, idempotency, audit, posts held, keys per person.

CREATE TABLE outbox (
  seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id          uuid NOT NULL UNIQUE,
  name        text NOT NULL,
  hearers     text[] NOT NULL,
  message     jsonb NOT NULL,
  xid         xid8 NOT NULL DEFAULT pg_current_xact_id(),
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  relayed_at  timestamptz
);
CREATE INDEX outbox_unrelayed ON outbox (seq) WHERE relayed_at IS NULL;

CREATE TABLE inbox (
  message_id  uuid NOT NULL,
  handler     text NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (message_id, handler)
);

CREATE TABLE repair_cursor (
  sender text PRIMARY KEY,
  cursor bigint NOT NULL
);

CREATE TABLE parked_message (
  message_id  uuid PRIMARY KEY,
  name        text NOT NULL,
  message     jsonb NOT NULL,
  reason      text NOT NULL,
  parked_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
  replayed_at timestamptz
);

CREATE TABLE idempotency (
  principal   text NOT NULL,
  operation   text NOT NULL,
  key         text NOT NULL,
  body_hash   text NOT NULL,
  response    jsonb NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (principal, operation, key)
);

CREATE TABLE audit (
  seq      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at       timestamptz NOT NULL,
  actor    text NOT NULL,
  action   text NOT NULL,
  subject  text NOT NULL,
  facts    jsonb NOT NULL,
  xid      xid8 NOT NULL DEFAULT pg_current_xact_id()
);

CREATE TABLE audit_seal (
  n         bigint PRIMARY KEY,
  audit_seq bigint NOT NULL UNIQUE,
  hash      text NOT NULL
);

CREATE TABLE post (
  post_id       uuid PRIMARY KEY,
  account_id    uuid NOT NULL,
  role          text NOT NULL,
  division_code text NOT NULL,
  organisation  text,
  from_on       date NOT NULL,
  to_on         date,
  version       integer NOT NULL
);
CREATE INDEX post_account ON post (account_id);
CREATE INDEX post_role ON post (role, division_code);

CREATE TABLE personal_key (
  subject_id uuid PRIMARY KEY,
  key_id     text NOT NULL,
  wrapped    bytea NOT NULL
);

REVOKE UPDATE, DELETE ON audit, audit_seal, inbox FROM ":role";
REVOKE UPDATE ON idempotency FROM ":role";
GRANT DELETE ON inbox TO ":role";
