DROP TABLE finding_answer;
DROP INDEX finding_waiting, finding_signal_once;
ALTER TABLE finding DROP COLUMN signal_digest, DROP COLUMN signal, DROP COLUMN answer_due_on;
