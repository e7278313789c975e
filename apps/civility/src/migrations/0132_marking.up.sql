-- 评议方式: one signed table per group by default; individual marks and villagers' online marks where a round says so.
ALTER TABLE round ADD COLUMN marking text NOT NULL DEFAULT 'group-table' CHECK (marking IN ('group-table', 'individual')),
  ADD COLUMN online_marks boolean NOT NULL DEFAULT false;

-- 个人评议表: sealed under the household's key; read again only to count them.
CREATE TABLE individual_sheet (
  round_id     uuid NOT NULL,
  household_id uuid NOT NULL,
  member_id    uuid NOT NULL REFERENCES member (id),
  marks        bytea NOT NULL,
  scan_sha256  text,
  recorded_by  text NOT NULL,
  recorded_on  date NOT NULL,
  PRIMARY KEY (round_id, household_id, member_id),
  FOREIGN KEY (round_id, household_id) REFERENCES round_household (round_id, household_id)
);
CREATE INDEX individual_sheet_member ON individual_sheet (member_id);

-- 村民网上评议: who took part, and apart from it how often each item was marked. Nothing leads from one to the other.
CREATE TABLE online_ballot (
  round_id     uuid NOT NULL,
  household_id uuid NOT NULL,
  cast_on      date NOT NULL,
  PRIMARY KEY (round_id, household_id),
  FOREIGN KEY (round_id, household_id) REFERENCES round_household (round_id, household_id)
);
CREATE TABLE online_tally (
  round_id     uuid NOT NULL,
  household_id uuid NOT NULL,
  item_code    text NOT NULL,
  number       integer NOT NULL CHECK (number > 0),
  PRIMARY KEY (round_id, household_id, item_code),
  FOREIGN KEY (round_id, household_id) REFERENCES round_household (round_id, household_id)
);
REVOKE UPDATE, DELETE ON online_ballot FROM ":role";
REVOKE DELETE ON online_tally FROM ":role";
