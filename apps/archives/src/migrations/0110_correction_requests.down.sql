DROP TABLE correction_request;
