DROP TABLE finding, final_notice, return_reason, examination, sitting, score, sheet, group_table, precheck_entry, tie, body_member, member, body, round_household, round, list_approval, list_version;
