-- What an account must not see is looked up at every reading: by its seats, and by where those withdrew.
CREATE INDEX member_account ON member (account_id);
CREATE INDEX sheet_withdrawn ON sheet USING gin (withdrawn);
CREATE INDEX examination_withdrawn ON examination USING gin (withdrawn);
