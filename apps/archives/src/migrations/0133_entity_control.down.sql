DROP TABLE entity_control;
