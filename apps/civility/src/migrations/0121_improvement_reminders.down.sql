DROP TABLE improvement_reminder;
