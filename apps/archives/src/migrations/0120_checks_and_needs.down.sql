DROP TABLE visit;
DROP TABLE need;
DROP TABLE item_verdict;
DROP INDEX item_value_collector;
