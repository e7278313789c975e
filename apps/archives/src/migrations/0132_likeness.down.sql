DROP TABLE likeness_decision, likeness_token;
