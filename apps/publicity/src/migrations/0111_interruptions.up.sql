-- 公示中断: which place was missing, or why the town group suspended, and from when until when; the days count through publication_missed_day.
CREATE TABLE publication_interruption (
  id             uuid PRIMARY KEY,
  publication_id uuid NOT NULL REFERENCES publication (id),
  kind           text NOT NULL CHECK (kind IN ('missing', 'suspended')),
  place_id       uuid REFERENCES publication_place (id),
  reason         text,
  note           bytea,
  from_on        date NOT NULL,
  until_on       date,
  recorded_by    text NOT NULL,
  CHECK ((kind = 'missing') = (place_id IS NOT NULL)),
  CHECK ((kind = 'suspended') = (reason IS NOT NULL))
);
CREATE INDEX publication_interruption_of ON publication_interruption (publication_id, from_on);
CREATE UNIQUE INDEX publication_suspension_open ON publication_interruption (publication_id) WHERE kind = 'suspended' AND until_on IS NULL;
