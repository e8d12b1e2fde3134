transfer-action-receive = 签收
transfer-done-receive = 签收了。1 个工作日内和企业联系
transfer-note-receive = 签收后由您的部门答复，派单的人和企业看得到是谁签收的
transfer-state-offered = 待签收
transfer-state-received = 已签收
# $when (String) - when
transfer-received = { $when } 签收
transfer-do-receive = 签收
# $day (String) - day
# $counted (String) - counted
transfer-how-outside = 转来的单位要求 { $day } 前办完，比这里算出的 { $counted } 早，按早的那天办。
transfer-title = 转来的诉求
transfer-lede = 12345 和其他部门转来的，带着对方的编号；办完的在这里成批导出，回给对方
# $n (Number) - n
transfer-count = 这段时间有结果的 { $n } 件
transfer-from = 从哪天
transfer-to = 到哪天
transfer-channel = 从哪里转来
transfer-channel-all = 都要
transfer-xlsx = 导出 .xlsx
transfer-csv = 导出 .csv
transfer-empty = 这段时间没有转来又有结果的诉求
transfer-col-outside = 对方编号
transfer-col-number = 这里的编号
transfer-col-channel = 来源
transfer-col-title = 内容
transfer-col-firm = 企业
transfer-col-result = 结果
transfer-col-answer = 答复
transfer-col-answered = 答复日
transfer-col-ended = 办结日
transfer-col-outside-due = 对方到期日
transfer-col-kept = 按时
transfer-yes = 是
transfer-no = 否
# $from (String) - from
# $to (String) - to
transfer-file = 转来诉求的结果 { $from } 至 { $to }
# $who (String) - who
# $day (String) - day
transfer-say-dispatched = 已转给{ $who }，等它签收；{ $day }前要答复
