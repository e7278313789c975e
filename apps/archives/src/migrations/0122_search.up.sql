-- 检索: keyed tokens per village, so that the same name has other tokens in the next village and none can be tried without the key.
CREATE TABLE search_token (
  token      text NOT NULL,
  subject_id uuid NOT NULL REFERENCES subject,
  PRIMARY KEY (token, subject_id)
);
CREATE INDEX search_token_subject ON search_token (subject_id);
-- Households whose tokens are to be made anew; a worker goes through them.
CREATE TABLE search_due (subject_id uuid PRIMARY KEY REFERENCES subject);
INSERT INTO search_due SELECT subject_id FROM subject WHERE kind = 'household';
