DROP TABLE online_tally;
DROP TABLE online_ballot;
DROP TABLE individual_sheet;
ALTER TABLE round DROP COLUMN marking, DROP COLUMN online_marks;
