CREATE TABLE account (
  account_id    uuid PRIMARY KEY,
  login_name    text NOT NULL UNIQUE CHECK (login_name = lower(login_name)),
  name          bytea NOT NULL,
  password_hash text,
  must_change   boolean NOT NULL DEFAULT false,
  issuer        text,
  issuer_sub    text,
  active        boolean NOT NULL DEFAULT true,
  failures      integer NOT NULL DEFAULT 0,
  locked_until  timestamptz,
  created_at    timestamptz NOT NULL,
  UNIQUE (issuer, issuer_sub)
);

-- 任职 — given and ended, never deleted.
CREATE TABLE held_post (
  post_id       uuid PRIMARY KEY,
  account_id    uuid NOT NULL REFERENCES account,
  role          text NOT NULL,
  division_code text NOT NULL,
  organisation  text,
  from_on       date NOT NULL,
  to_on         date CHECK (to_on >= from_on),
  version       integer NOT NULL,
  given_by      text NOT NULL,
  given_at      timestamptz NOT NULL
);
CREATE INDEX held_post_account ON held_post (account_id);
REVOKE DELETE ON held_post FROM ":role";

-- 接入方: banks and the province.
CREATE TABLE client (
  client_id     uuid PRIMARY KEY,
  name          text NOT NULL UNIQUE,
  kind          text NOT NULL CHECK (kind IN ('bank', 'province')),
  jwks          jsonb NOT NULL,
  active        boolean NOT NULL DEFAULT true,
  registered_at timestamptz NOT NULL
);

-- What the OpenID provider keeps: sessions, grants, codes, interactions.
CREATE TABLE oidc_payload (
  model       text NOT NULL,
  id          text NOT NULL,
  payload     jsonb NOT NULL,
  grant_id    text,
  uid         text,
  expires_at  timestamptz,
  consumed_at timestamptz,
  PRIMARY KEY (model, id)
);
CREATE INDEX oidc_payload_grant ON oidc_payload (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX oidc_payload_uid ON oidc_payload (model, uid) WHERE uid IS NOT NULL;
CREATE INDEX oidc_payload_expiry ON oidc_payload (expires_at);

-- One row: the provider's signing key and cookie keys, sealed.
CREATE TABLE provider_secret (
  secret_id uuid PRIMARY KEY,
  sealed    bytea NOT NULL,
  made_at   timestamptz NOT NULL
);

-- 告知单取号 — looked up by keyed hash; sealed for a reprint.
CREATE TABLE slip_code (
  household_id uuid NOT NULL,
  code_hash    text PRIMARY KEY,
  code         bytea NOT NULL,
  last_day     date NOT NULL,
  failures     integer NOT NULL DEFAULT 0
);
CREATE INDEX slip_code_household ON slip_code (household_id, last_day);

CREATE TABLE slip_attempt (
  address_hash text NOT NULL,
  at           timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX slip_attempt_recent ON slip_attempt (address_hash, at);
