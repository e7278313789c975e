DROP TABLE reconciliation, alarm, deadline, webhook_delivery, delivery, notification, objection_contact, publication_missed_day, publication_entry,
  publication_place, publication_number, publication;
