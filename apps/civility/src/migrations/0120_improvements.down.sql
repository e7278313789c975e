DROP TABLE improvement_check;
DROP TABLE improvement_version;
DROP TABLE improvement;
