DROP TABLE sample_file, sample, import_job, consent, credit_file, item_value, member, subject, register_count, division;
