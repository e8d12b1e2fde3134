problem-flow = 共性问题
problem-page-name = 共性问题页
problem-list-title = 共性问题
problem-list-lede = 许多企业遇到的同一个问题：答一次，给所有人；要改什么，向市工信局提一次。
problem-list-empty = 还没有归集过共性问题。
problem-new-title = 归成一个共性问题
problem-new-lede = 至少两件诉求，办结的也可以。举报不归集。
problem-new-verb = 归集
problem-batch = 归为共性问题
problem-make = 归为共性问题
problem-print = 打印
problem-col-title = 问题
problem-col-requests = 诉求
problem-col-firms = 企业
problem-col-outcome = 结果
problem-col-opened = 归集于
problem-col-district = 区
problem-col-month = 月份
problem-maybe = 可能是共性问题
# $days (Number) - days
# $n (Number) - n
problem-maybe-note = 近 { $days } 天里，同一类别说法相近的至少 { $n } 件
problem-maybe-none = 近来没有这么多说法相近的诉求。
# $n (Number) - n
# $firms (Number) - firms
problem-maybe-count = { $n } 件，{ $firms } 家企业
problem-maybe-verb = 看看，归集起来
problem-field-title = 问题是什么
problem-hint-title = 一句话，不写企业和个人的名字
problem-field-description = 具体情况
problem-hint-description = 哪些企业、在什么环节、遇到什么
problem-field-picked = 归进来的诉求
problem-field-numbers = 再加几件
problem-field-more = 再归几件进来
problem-hint-numbers = 写编号，用空格或换行隔开
problem-more-verb = 加进来
# $number (String) - number
problem-unknown = 没有找到 { $number }
problem-too-few = 至少要有两件诉求
problem-no-number = 还没有写编号
# $number (String) - number
problem-blocked-kind = { $number } 不能归集：只归诉求，举报除外
# $number (String) - number
problem-blocked-desk = { $number } 由另一个受理台主管，不能归在一起
problem-blocked-pass = 归进来的都已经答复，或者现在答复不了
problem-blocked-over = 这个共性问题已经了结
problem-blocked-take-out = 已经按这个问题答复过的拿不出去
problem-recalled-words = 这是共性问题，已统一答复，派单收回
problem-unmerge-words = 归为共性问题，单独答复
problem-state-found = 归集中
problem-state-gathered = 已归集，待答复
problem-state-answered = 已统一答复
problem-state-proposed = 建议已报市工信局
problem-state-adopted = 已采纳，落实中
problem-state-settled = 已了结
problem-state-dissolved = 不是共性问题
problem-action-open = 归集
problem-action-answer = 统一答复
problem-action-pass = 同样答复后来的
problem-action-propose = 向市工信局提建议
problem-action-settle = 不提建议，了结
problem-action-dissolve = 不是共性问题，撤掉
problem-action-note = 阅知
problem-action-adopt = 采纳
problem-action-reply = 书面答复
problem-action-finish = 已经落实
problem-outcome-noted = 市工信局已阅知
problem-outcome-adopted = 市工信局已采纳
problem-outcome-answered = 市工信局已书面答复
problem-field-answer = 统一的答复
problem-field-proposal = 建议改什么
problem-field-note = 意见
problem-field-adopt = 怎样落实
problem-field-adopt-day = 哪天前落实
problem-field-reply = 答复的内容
problem-field-reply-day = 答复的日期
problem-field-finish = 落实了什么
problem-field-handlers = 已派出去的也一起答复，派单收回
problem-hint-handlers = 不勾，承办单位照样各自办下去
# $n (Number) - n
problem-note-answer = { $n } 件还没答复的都收到这份答复，各家自己确认；举报、退回补正的不在内
# $n (Number) - n
problem-note-pass = 后来归进来的 { $n } 件收到同样的答复
problem-note-propose = 只提一次；依据的数字由系统从诉求里算出来
problem-note-settle = 答复之后没有要改的，就到此为止
problem-note-dissolve = 诉求各自照常办
problem-note-note = 知道了，不用做什么；各家会收到消息，看得到您的意见
problem-note-adopt = 定一个落实的日子；各家会收到消息
problem-note-reply = 不采纳也要说清为什么；各家会收到消息
problem-note-finish = 各家会收到消息，就此了结
problem-day-adopt = 落实的日子要是今天或以后
problem-day-reply = 答复的日期不能晚于今天
problem-done = 已记下
problem-done-open = 归集好了，可以写统一的答复
# $n (Number) - n
problem-done-gather = 加进来 { $n } 件
problem-done-take-out = 已拿出去
# $n (Number) - n
problem-done-answer = { $n } 件都已答复
# $n (Number) - n
# $left (Number) - left
problem-done-answer-some = { $n } 件已答复，{ $left } 件现在答复不了：等企业补正、还在承办单位手上，或者由别的受理台主管
problem-done-propose = 建议已报给市工信局
problem-done-bureau = 已记下，告诉了提过这件事的企业：有账号的收到消息，其余的查进度时看得到
# $number (String) - number
# $title (String) - title
problem-notice-proposed = 请处理一条建议：{ $number } { $title }
# $number (String) - number
# $title (String) - title
problem-notice-outcome = 您提的 { $number }（{ $title }）是共性问题，市工信局有了结果，请看诉求页
# $number (String) - number
# $title (String) - title
problem-notice-finished = 您提的 { $number }（{ $title }）反映的共性问题已经落实，请看诉求页
# $number (String) - number
# $title (String) - title
problem-notice-back = 市工信局处理了 { $number } { $title }
# $number (String) - number
# $title (String) - title
problem-notice-recalled = { $number }（{ $title }）已作为共性问题统一答复，您手上的派单收回
# $n (Number) - n
problem-say-gathered = 归集了，等统一答复；还有 { $n } 件没答复。
problem-say-answered = 已统一答复。要改什么，向市工信局提建议；没有就了结。
# $day (String) - day
problem-say-proposed = 建议在市工信局，请在{ $day }前处理。
# $day (String) - day
problem-say-adopted = 市工信局采纳了，{ $day }前落实。
# $outcome (String) - outcome
problem-say-closed = 了结：{ $outcome }。
problem-say-settled = 统一答复后了结，没有提建议。
problem-say-dissolved = 不是共性问题，诉求各自办理。
problem-step-gather = 归集
problem-step-answer = 统一答复
problem-step-propose = 提建议
problem-step-bureau = 落实
problem-step-close = 了结
problem-answer = 统一的答复
problem-proposal = 建议
problem-reply = 市工信局的意见
problem-finished = 落实情况
# $day (String) - day
problem-by-day = 采纳，{ $day }前落实
# $day (String) - day
problem-dated = 书面答复，{ $day }
problem-basis = 依据
# $day (String) - day
problem-basis-at = 按归集的诉求算出，{ $day }
problem-tile-requests = 归集的诉求（件）
problem-tile-firms = 提出的企业（家）
problem-by-district = 按区
problem-by-month = 按提出的月份
problem-no-district = 没有填区
# $year (String) - year
# $month (String) - month
problem-month = { $year }年{ $month }
problem-requests = 归集的诉求
problem-got-answer = 已收到统一答复
problem-along = 并入上面的诉求，一并计
# $number (String) - number
problem-take-out = 把 { $number } 拿出去
problem-paper-name = 建议单
problem-paper-verb = 建议单
problem-paper-back = 回共性问题
# $title (String) - title
problem-paper-title = 关于“{ $title }”的建议
problem-paper-to = 市工信局：
problem-paper-problem = 企业遇到的问题
problem-paper-basis = 依据的数字
problem-paper-proposal = 建议
# $n (Number) - n
# $firms (Number) - firms
problem-paper-count = 共 { $n } 件诉求，{ $firms } 家企业。
# $n (Number) - n
problem-firm-together = 同样的问题，枢纽收到了 { $n } 件，一起答复。
# $n (Number) - n
problem-firm-proposed = 同样的问题，枢纽收到了 { $n } 件，已向市工信局提出建议，有结果会告诉您。
# $n (Number) - n
# $day (String) - day
# $said (String) - said
problem-firm-adopted = 同样的问题有 { $n } 件，市工信局采纳了建议，{ $day }前落实：{ $said }
# $n (Number) - n
# $said (String) - said
problem-firm-finished = 同样的问题有 { $n } 件，市工信局采纳了建议，已经落实：{ $said }
# $n (Number) - n
# $day (String) - day
# $said (String) - said
problem-firm-answered = 同样的问题有 { $n } 件，我们提了建议，市工信局{ $day }答复：{ $said }
# $n (Number) - n
# $said (String) - said
problem-firm-noted = 同样的问题有 { $n } 件，我们提了建议，市工信局已阅知：{ $said }
