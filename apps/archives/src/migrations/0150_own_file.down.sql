DROP INDEX audit_subject;
