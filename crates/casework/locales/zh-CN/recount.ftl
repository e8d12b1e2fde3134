# 工作日历变了，到期日跟着动
recount-year = 工作日历有变
# $reason (String) - 台风停工
# $document (String) - 文号
recount-stoppage = 因{ $reason }（{ $document }）
# $document (String) - 文号
# $why (String) - 原因
recount-taken-back = { $document }的停工登记撤掉了（{ $why }）
# $number (String) - number
# $title (String) - title
# $why (String) - cause
# $before (String) - before
# $after (String) - after
recount-moved = { $number }“{ $title }”：{ $why }，到期日从{ $before }改到{ $after }
# $why (String) - cause
# $n (Number) - count
recount-told = { $why }，轮到您办的事里有 { $n } 件的到期日变了，请看待办
