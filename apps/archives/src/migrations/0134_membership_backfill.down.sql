-- Nothing to take back: the memberships are right either way.
SELECT 1;
