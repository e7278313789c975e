DROP TABLE province_round, province_difference, province_reconciliation, province_receipt, province_entry, province_batch, province_record;
DROP SEQUENCE province_change;
