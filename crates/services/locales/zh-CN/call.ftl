call-title = 回访
call-queue-title = 要回访的
# $n (Number) - n
call-queue-count = 等您打 { $n } 个
call-queue-lede = 谁要打、打哪些，由规则和抽签定，不由办的一方挑。电话只在点进去的那一页
call-queue-empty = 现在没有要您打的回访
call-queue-empty-part = 这一栏现在是空的
call-tab-open = 全部
call-tab-overdue = 过了日子
call-tab-tried = 打过没打通
call-tab-ended = 近三十天打完的
call-by = 按日子和结果看
call-col-due = 最迟哪天打
call-col-what = 哪一件
call-col-firm = 企业
call-col-why = 为什么打
call-col-judged = 谁答复的
call-col-tries = 打过几次
call-col-outcome = 结果
call-tries-zero = 还没有打
# $n (Number) - n
call-tries-n = 没打通 { $n } 次
# $n (Number) - n
call-tries-made = 打了 { $n } 次
call-tried-today = 今天打过了
call-why-confirm = 等企业确认
call-why-spot = 当场办结，抽到的
call-why-silence = 没有回应，抽到的
call-why-redo = 要重办
call-why-low-grade = 给了低分
call-outcome-reached = 打通了
call-outcome-unreached = 联系不上
call-outcome-not-needed = 不用打了
call-solved-yes = 企业说解决了
call-solved-no = 企业说没解决
# $number (String) - number
call-back-link = 回到 { $number }
call-back-queue = 回到要回访的
# $why (String) - why
# $day (String) - day
call-about = { $why }，最迟{ $day }打
call-firm = 企业
# $name (String) - name
call-contact = 找{ $name }
call-words-asked = 企业当时问的
call-graded = 已经给的分
call-script = 照着问
# $day (String) - day
# $title (String) - title
call-say-hello = 您好，这里是中小企业服务的回访。您{ $day }问的“{ $title }”，现在方便说两句吗？
call-say-solved = 这件事解决了没有？
call-say-low-grade = 您给的分不高，哪里没做好？
call-say-redo = 您要求重办，还差什么？
call-say-silence = 答复以后没有收到您的回音，答复有用吗？
call-say-spot = 当时在电话里就答了，后来用上了吗？
call-say-again = 要不要重新办？
call-say-grade = 愿意的话，从 1 到 5 打个分；不打也没关系。
call-say-close = 记下您的原话，谢谢您的时间。
call-outcome = 打通了吗，解决了吗
call-solved = 打通了，企业说解决了
call-not-solved = 打通了，企业说没解决
call-not-solved-left = 打通了，企业说没解决，不用再办
call-again = 打通了，没解决，企业要重新办
call-missed = 没有打通
call-hint-solved-answered = 这一件就办结了
call-hint-solved = 只记下来，诉求不变
call-hint-not-answered = 这一件退回重办
call-hint-again = 这一件重新打开，回到派单
# $n (Number) - n
# $days (Number) - days
call-hint-missed = 打满 { $n } 次、分 { $days } 天还没打通，就按联系不上结束
# $rest (String) - rest
call-hint-missed-again = 今天打过了；{ $rest }
# $hours (Number) - hours
# $daily (Number) - daily
call-hint-missed-soon = 今天打过了；隔 { $hours } 小时以上、一天最多 { $daily } 次才另算，现在再打不另算
call-choose = 请选打通了没有、解决了没有
call-grade = 企业给的分
call-grade-hint = 企业不说就不选，不要替它选
call-grade-none = 没有说
call-tries = 打过的
# $n (Number) - n
# $days (Number) - days
call-tries-none = 还没有打过。打不通的，打满 { $n } 次，分 { $days } 天
# $n (Number) - n
# $days (Number) - days
# $least (Number) - least
# $least-days (Number) - least-days
call-tries-so-far = 没打通 { $n } 次，分在 { $days } 天；打满 { $least } 次、分 { $least-days } 天为止
# $n (Number) - n
call-tries-left-out = ；另有 { $n } 次挨得太近，不算
call-reached = 打通了
call-not-now = 这一件现在不用回访，或者不归您回访
call-words = 对方怎么说
call-words-hint = 记原话；没打通的可以不写
call-words-missing = 打通了的，要记下对方的话
call-save = 记下回访
call-done-closed = 已按回访办结
call-done-again = 已退回重办
call-done-noted = 回访记下了
call-done-missed = 记下了，没有打通，改天再打
call-done-too-soon = 记下了，没有打通；离上一次太近或今天已经打够，不另算一次，改天再打
call-done-unreached = 打够了还没打通，按联系不上结束。这不算企业确认
call-box = 回访
# $why (String) - why
# $who (String) - who
# $day (String) - day
call-box-due = { $why }，由{ $who }打，最迟{ $day }
# $why (String) - why
# $outcome (String) - outcome
call-box-ended = { $why }：{ $outcome }
call-desk-operator = 运营机构
call-desk-centre = 服务中心
call-desk-bureau = 市工信局
call-verb = 打回访电话
# $why (String) - why
# $day (String) - day
call-note = { $why }，最迟{ $day }打
call-job-recount = 重算回访的最迟日
