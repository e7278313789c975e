-- 核查提醒: once for each agreed check day that passed.
CREATE TABLE improvement_reminder (
  improvement_id uuid NOT NULL,
  version        integer NOT NULL,
  reminded_on    date NOT NULL,
  PRIMARY KEY (improvement_id, version),
  FOREIGN KEY (improvement_id, version) REFERENCES improvement_version (improvement_id, version)
);
