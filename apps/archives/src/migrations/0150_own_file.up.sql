-- 谁看过: the lines of one subject in the audit ledger, the latest first.
CREATE INDEX audit_subject ON audit (subject, seq);
