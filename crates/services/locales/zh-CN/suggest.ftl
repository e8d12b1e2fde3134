# $place (String) - place
suggest-territory = 在{ $place }
suggest-category = 同类别
suggest-all-round = 本区综合窗口
# $n (Number) - n
suggest-load = 在办 { $n } 件
# $offered (Number) - offered
# $taken (Number) - taken
suggest-record = 近半年派 { $offered } 接 { $taken }
# $mean (String) - mean
# $n (Number) - n
suggest-graded = { $mean } 分（{ $n } 份）
suggest-before = 这一件派给过它，没办成
suggest-own-counter = 企业到本窗口提的，自受理自办
suggest-join = ，
