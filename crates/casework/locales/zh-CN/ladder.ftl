# $number (String) - 编号
# $title (String) - 事项
# $day (String) - 到期日
ladder-remind = 提醒：{ $number }“{ $title }”{ $day }到期
# $number (String) - 编号
# $title (String) - 事项
# $day (String) - 到期日
ladder-urge = 催办：{ $number }“{ $title }”{ $day }到期，请今天办
# $number (String) - 编号
# $title (String) - 事项
# $day (String) - 到期日
ladder-warn = 预警：{ $number }“{ $title }”{ $day }已到期，还没有办，已告诉负责人
# $number (String) - 编号
# $title (String) - 事项
# $day (String) - 到期日
ladder-supervise = 督办：{ $number }“{ $title }”{ $day }已到期，已报上一级
# $who (String) - 单位
# $number (String) - 编号
# $title (String) - 事项
ladder-by-hand = { $who }催办：{ $number }“{ $title }”
ladder-confidential = 有一件只给您看的事有了进展，请登录后从消息里打开
# $number (String) - number
# $title (String) - title
# $reason (String) - reason
# $document (String) - document
# $before (String) - before
# $after (String) - after
ladder-moved-stoppage = { $number }“{ $title }”：因{ $reason }（{ $document }），到期日从 { $before } 顺延到 { $after }
# $number (String) - number
# $title (String) - title
# $before (String) - before
# $after (String) - after
ladder-moved = { $number }“{ $title }”：工作日历有变，到期日从 { $before } 改为 { $after }
