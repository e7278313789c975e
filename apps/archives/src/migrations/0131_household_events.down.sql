DROP TABLE division_successor, household_event_decision, household_event_party, household_event, former_number;
ALTER TABLE subject DROP COLUMN closed_on;
