DROP TABLE repair;
DROP TABLE adverse_fact;
