DROP TABLE village_plaque, village_plaque_number, village_change, village_opinion, village_poll_tally, village_ballot, village_poll, village_application;
