-- Who was a member before memberships were kept still is one: the first filling took no last day for the first day.
UPDATE membership s SET to_on = NULL FROM member m
  WHERE m.member_id = s.member_id AND m.household_id = s.household_id AND m.from_on = s.from_on AND m.to_on IS NULL AND s.to_on = s.from_on;
