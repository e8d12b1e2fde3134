improvement-flow = 改进
improvement-page-name = 改进单
improvement-list-title = 改进
improvement-list-lede = 打分低、要求重办的，都在这里查原因、改办法
improvement-list-empty = 没有符合条件的改进。打 1–2 分或申请重办，会自动立项。
improvement-all-causes = 全部原因
improvement-all-states = 全部
improvement-open = 没办完的
improvement-closed = 办完的
# $handler (String) - handler
# $number (String) - number
improvement-about = { $handler }答复的 { $number }
improvement-handler = 由谁改进
improvement-facts = 查到的和改了的
improvement-cause = 原因
improvement-cause-unknown = 还没有查
improvement-cause-missing = 请选一个原因
improvement-cause-slow = 太慢
improvement-cause-mismatch = 派错了地方
improvement-cause-unresolved = 没有解决
improvement-cause-unclear = 说不明白
improvement-cause-contact = 找不到人
improvement-cause-fee = 收费
improvement-cause-repeat = 重复要材料
improvement-cause-attitude = 态度
improvement-cause-outdated = 信息过时
improvement-origin-rating = 因为打分低
improvement-origin-redo = 因为申请重办
improvement-origin-overdue = 因为上月超期多
# $year (String) - year
# $month (Number) - month
# $n (Number) - n
improvement-overdue-title = { $year }年{ $month }月超期 { $n } 件
# $who (String) - who
# $n (Number) - n
improvement-about-overdue = { $who }，一个月里超期 { $n } 件，合在一起查原因
improvement-late = 超期的都有哪些
# $number (String) - number
# $n (Number) - n
improvement-notice-overdue = 要改进：{ $number }，上月超期 { $n } 件，请查原因
improvement-state-found = 立项
improvement-state-opened = 待听企业说
improvement-state-heard = 待改进
improvement-state-planned = 定了日期
improvement-state-fixed = 已改，待核实
improvement-state-explained = 已说明，待核实
improvement-state-closed = 已核实
improvement-action-open = 立项
improvement-action-hear = 记下企业的话和原因
improvement-action-fix = 已经改好
improvement-action-plan = 定日期再改
improvement-action-explain = 说明情况
improvement-action-check = 核实通过
improvement-action-reject = 退回再改
improvement-field-heard = 企业怎么说
improvement-note-hear = 先给企业打电话，问清哪里不好；超期多件的，查清卡在哪一步
improvement-field-fixed = 改了什么
improvement-note-fix = 当下就能改好的
improvement-field-plan = 打算怎么改
improvement-plan-on = 到哪一天改好
improvement-plan-day = 请选今天以后的一天
improvement-note-plan = 一时改不好的，定个日子
improvement-field-explain = 说明
improvement-note-explain = 没有做错的，把情况说清楚
improvement-field-check = 怎样核实的
improvement-note-check = 由别的单位核实，自己不能核实自己
improvement-field-reject = 哪里还不够
improvement-note-reject = 退回去接着改
# $who (String) - who
# $day (String) - day
improvement-say-opened = 轮到{ $who }：在{ $day }前给企业打电话，问清哪里不好
# $who (String) - who
# $day (String) - day
improvement-say-overdue = 轮到{ $who }：在{ $day }前查清为什么超期
# $who (String) - who
# $day (String) - day
improvement-say-heard = 轮到{ $who }：在{ $day }前改好、定日期或说明情况
# $who (String) - who
# $day (String) - day
improvement-say-planned = { $who }说{ $day }前改好
# $who (String) - who
# $day (String) - day
improvement-say-check = 轮到{ $who }核实：{ $day }前
# $who (String) - who
improvement-say-closed = { $who }已核实，办完了
improvement-step-hear = 听企业说
improvement-step-fix = 改进
improvement-step-check = 核实
improvement-step-close = 办完
improvement-heard = 企业怎么说
improvement-remedy = 改了什么
improvement-checked = 核实
improvement-checker = 核实单位
# $what (String) - what
improvement-done = 已记：{ $what }
# $number (String) - number
# $title (String) - title
improvement-notice-opened = 要改进：{ $number }“{ $title }”，请先给企业打电话
# $number (String) - number
# $title (String) - title
improvement-notice-check = 请核实改进：{ $number }“{ $title }”
# $number (String) - number
# $title (String) - title
improvement-notice-rejected = 核实没有通过：{ $number }“{ $title }”
improvement-job-overdue = 汇总上月超期，开改进单
