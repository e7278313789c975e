DROP TABLE work_item_step, work_item, training_attendance, training, programme_seat, programme_body;
