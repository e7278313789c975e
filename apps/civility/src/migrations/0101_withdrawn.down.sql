DROP INDEX examination_withdrawn, sheet_withdrawn, member_account;
