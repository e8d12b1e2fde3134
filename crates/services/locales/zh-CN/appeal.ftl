# 申诉复核
appeal-flow = 申诉复核
appeal-state-draft = 正在写
appeal-state-filed = 待复核
appeal-state-upheld = 成立，评价不计入
appeal-state-dismissed = 不成立，评价照计
appeal-state-withdrawn = 已撤回申诉
appeal-action-file = 对这个评价提出申诉
appeal-action-hear = 请评价人说明
appeal-action-speak = 评价人说明
appeal-action-uphold = 申诉成立，不计入
appeal-action-dismiss = 申诉不成立，照计
appeal-action-withdraw = 撤回申诉
appeal-ground = 申诉理由
appeal-ground-malicious = 恶意评价，不是对服务的评价
appeal-ground-wrong-matter = 评的是另一件事
appeal-ground-not-ours = 评的不是本单位的服务
appeal-ground-outside = 原因不在服务，在政策、法律或第三方
appeal-ground-mistake = 评价人自己说点错了
appeal-asked-already = 已经请评价人说明过一次，说不说由他
appeal-only-low = 只有不满意和非常不满意可以申诉
# $day (String) - 日期
appeal-too-late = 过了可以申诉的期限，最后一天是{ $day }
# $day (String) - 日期
appeal-by-manager = 由本单位负责人提出，最后一天是{ $day }
# $what (String) - 能做的事
# $why (String) - 理由
appeal-blocked = { $what }：{ $why }
appeal-once = 这个评价已经申诉过
appeal-ground-missing = 还没有选申诉理由
appeal-words-missing = 还没有写内容
# $n (Number) - 字数
appeal-too-long = 不要超过 { $n } 个字
# $number (String) - 编号
# $title (String) - 事项
appeal-notice-filed = 申诉复核 { $number }“{ $title }”等您决定
# $number (String) - 编号
appeal-notice-heard = 您对 { $number } 的评价有单位提出复核。愿意的话可以说明一下，不说明也没有关系
# $number (String) - 编号
appeal-notice-firm-upheld = 您对 { $number } 的评价经复核不计入统计，评价原样保留
# $number (String) - 编号
appeal-notice-firm-dismissed = 您对 { $number } 的评价经复核照常计入
# $number (String) - 编号
# $title (String) - 事项
appeal-notice-upheld = 申诉 { $number }“{ $title }”成立，这个评价不再计入
# $number (String) - 编号
# $title (String) - 事项
appeal-notice-dismissed = 申诉 { $number }“{ $title }”不成立，评价照计
# $number (String) - 编号
# $title (String) - 事项
appeal-notice-spoken = 申诉 { $number }“{ $title }”：评价人已说明
appeal-list-title = 评价申诉复核
appeal-list-lede = 由被评价方的上一级决定；决定以前评价照计
appeal-list-empty = 没有申诉。
appeal-page-name = 申诉复核
# $rated (String) - 单位
# $number (String) - 编号
appeal-about = { $rated }对 { $number } 的评价提出
appeal-desk-centre = 服务中心
appeal-desk-bureau = 市工信局
# $who (String) - 谁
# $day (String) - 日期
appeal-say-filed = { $who }要在{ $day }前决定。决定以前这个评价照常计入。
appeal-say-upheld = 申诉成立：评价原样保留，从决定时起不计入任何统计。
appeal-say-dismissed = 申诉不成立：评价照常计入。
appeal-say-withdrawn = 申诉已撤回：评价照常计入。
appeal-step-filed = 提出
appeal-step-decided = 决定
appeal-decision = 决定的理由
appeal-rated = 被评价方
appeal-rated-on = 评价时间
appeal-said = 评价时说的
appeal-asked = 问了评价人
appeal-spoken = 评价人说明
appeal-not-spoken = 没有说明，不影响决定
appeal-facts = 评价
appeal-field-hear = 问什么
appeal-note-hear = 评价人会看到您写的话，说不说由他；只问一次
appeal-field-decision = 理由
appeal-note-uphold = 从现在起这个评价不计入任何统计；评价本身和它引起的改进都保留
appeal-note-dismiss = 评价照常计入，事情到此为止
appeal-field-withdraw = 撤回的理由
appeal-note-withdraw = 评价照常计入；期限内可以再提
# $number (String) - 编号
appeal-done-file = 申诉 { $number } 已提出，决定以前评价照计
appeal-done-hear = 已请评价人说明
appeal-done-uphold = 申诉成立，这个评价不再计入
appeal-done-dismiss = 申诉不成立，评价照计
appeal-done-withdraw = 申诉已撤回
appeal-done-speak = 收到了，谢谢说明
appeal-new-title = 对评价提出申诉
# $grade (String) - 评价
appeal-new-note = 企业的评价是“{ $grade }”。申诉由上一级决定；决定以前评价照常计入。请不要为此联系企业要求改评价。
appeal-field-words = 为什么不应计入
appeal-hint-words = 写事实和依据，评价人看不到
appeal-field-files = 证据
appeal-submit = 提出申诉
# $words (String) - 理由
appeal-upheld-line = 经申诉复核，这个评价不计入统计：{ $words }
# $words (String) - 理由
appeal-dismissed-line = 申诉没有成立，这个评价照计：{ $words }
appeal-counts-until = 决定以前这个评价照常计入
appeal-firm-filed = 有单位对这个评价提出复核，由它的上一级决定。您不用做什么，结果会告诉您。
appeal-firm-upheld = 这个评价经复核不计入统计，评价原样保留。
appeal-firm-dismissed = 这个评价经复核照常计入。
# $words (String) - 原话
appeal-firm-spoken = 您的说明：{ $words }
appeal-firm-field = 您的说明
appeal-firm-hint = 说不说都可以，不影响您的诉求和评价
appeal-firm-send = 发送说明
appeal-figure = 经申诉复核不计入的评价
appeal-figure-def = 这段时间打的分里，后来申诉复核成立、不计入统计的。评价本身原样保留。
# $basis (String) - 依据
# $n (String) - 个数
appeal-basis = { $basis }；另有 { $n } 个评价经申诉复核不计入
# $n (String) - 个数
appeal-excluded = 另有 { $n } 个评价经申诉复核不计入
# $n (Number) - 个数
appeal-export = 另有 { $n } 个评价经申诉复核不计入。
appeal-improvement-note = 立项的这个评价经申诉复核不计入统计；改进照做
