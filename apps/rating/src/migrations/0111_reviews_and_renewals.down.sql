DROP INDEX rating_last_day;
DROP TABLE renewal_notice;
DROP TABLE human_review;
