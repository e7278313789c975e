DROP TABLE request_count, rating_change, signing_key, query_log, consent;
