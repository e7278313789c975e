DROP TABLE standing_body_member;
DROP TABLE standing_body;
DROP TABLE meeting;
ALTER TABLE sitting DROP COLUMN declared_again;
ALTER TABLE group_table DROP COLUMN declared_again;
ALTER TABLE body_member DROP COLUMN substitute;
