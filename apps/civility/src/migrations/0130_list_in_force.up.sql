-- One approved version per county and day it takes effect: which list is in force on a day has one answer.
ALTER TABLE list_approval ADD COLUMN county_code text, ADD COLUMN effective_from date;
UPDATE list_approval a SET county_code = v.county_code, effective_from = v.effective_from FROM list_version v WHERE v.id = a.list_version_id;
CREATE UNIQUE INDEX list_approval_in_force ON list_approval (county_code, effective_from);
