-- What a client is registered for; clients of before keep everything they could ask for then.
ALTER TABLE client ADD COLUMN purposes text[] NOT NULL DEFAULT '{}';
UPDATE client SET purposes = '{loan,post-loan,insurance,guarantee}' WHERE kind = 'bank';
