DROP TABLE hearing, panel_member, receipt_counter, objection, reconsideration;
