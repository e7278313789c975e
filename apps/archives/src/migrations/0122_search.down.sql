DROP TABLE search_due;
DROP TABLE search_token;
