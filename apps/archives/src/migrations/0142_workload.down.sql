DROP INDEX collection_record_received;
DROP TABLE work_session, known_difference, known_value, known_load;
