DROP TABLE round_step;
DROP TABLE observation_visit;
DROP TABLE observation_point;
