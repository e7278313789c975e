DROP INDEX notification_open;
