DROP TABLE support_wish, credit_constraint, honour_consent;
