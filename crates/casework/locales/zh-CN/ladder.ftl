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
# $n (Number) - 件数
ladder-part-supervise = 已报上一级 { $n } 件
# $n (Number) - 件数
ladder-part-warn = 预警 { $n } 件
# $n (Number) - 件数
ladder-part-urge = 催办 { $n } 件
# $n (Number) - 件数
ladder-part-remind = 提醒 { $n } 件
ladder-join = 、
# $n (Number) - 件数
# $parts (String) - 各阶件数
# $number (String) - 最早一件的编号
# $day (String) - 它的到期日
ladder-day = 今天有 { $n } 件要抓紧：{ $parts }。最早的是 { $number }，{ $day }到期
ladder-rung-1 = 提醒
ladder-rung-2 = 催办
ladder-rung-3 = 预警
ladder-rung-4 = 报上一级
ladder-to-handlers = 承办单位
ladder-to-dispatch = 派单员
ladder-to-check = 核实的人
ladder-to-desk = 受理的坐席
ladder-to-manager = 负责人
ladder-to-centre = 服务中心
ladder-to-bureau = 市工信局
# $people (String) - 告诉了谁
# $day (String) - 何时
ladder-told = 已告诉{ $people }，{ $day }
# $people (String) - 要告诉谁
ladder-to-be-told = 下个工作日上班时告诉{ $people }
ladder-escalated-3 = 已预警
ladder-escalated-4 = 已报上一级
ladder-confidential = 有一件只给您看的事有了进展，请登录后从消息里打开
