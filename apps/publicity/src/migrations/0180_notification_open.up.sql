-- 待告知: how many are still to be told is counted whenever figures are asked for.
CREATE INDEX notification_open ON notification (division_code) WHERE state = 'open' AND subject_id IS NOT NULL;
