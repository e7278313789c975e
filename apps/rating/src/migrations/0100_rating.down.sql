DROP TABLE certificate_number, recheck, rating, village_list, result, village_median, run_village, run, scorecard;
