DROP TABLE personal_key, post, audit_seal, audit, idempotency, parked_message, repair_cursor, inbox, outbox;
