DROP TRIGGER member_kept_in ON member;
DROP TRIGGER member_kept_on ON member;
DROP FUNCTION keep_membership();
DROP TABLE likeness_due, membership;
