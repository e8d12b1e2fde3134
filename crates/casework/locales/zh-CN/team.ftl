team-title = 人手
# $n (Number) - n
team-people = { $n } 人
team-loads = 每个人手上的事
team-col-name = 谁
team-col-open = 在手
team-col-overdue = 已超期
team-col-soon = 临近到期
team-col-here = 在不在
team-manager = 负责人
team-here = 在
# $name (String) - name
team-away = 不在，{ $name }代班
# $name (String) - name
team-stands-for = 正在代{ $name }
# $from (String) - from
# $to (String) - to
team-days = { $from }到{ $to }
team-pool = 还没人认领
team-pool-note = 谁有空谁认领
team-ungiven = 还没有分
team-ungiven-note = 等负责人分给人
# $open (Number) - open
# $overdue (Number) - overdue
# $today (Number) - today
team-load = 在手 { $open } 件，超期 { $overdue } 件，今天到期 { $today } 件
# $name (String) - name
team-load-away = ；今天不在，{ $name }代班
# $name (String) - name
# $load (String) - load
team-name-with-load = { $name }（{ $load }）
team-mode = 新来的事怎样分
team-mode-shared = 放在一起，自己认领
team-mode-shared-hint = 新来的事大家都看得到，谁接谁办。
team-mode-given = 由负责人分给人
team-mode-given-hint = 新来的事先到负责人的收件箱，分给谁谁办，不能自己认领。
team-mode-save = 就这样分
team-mode-done-shared = 改好了：新来的事大家自己认领
team-mode-done-given = 改好了：新来的事由负责人分
team-blocked-claim = 这里的事由负责人分，不能自己认领或转给别人。请负责人分给您。
team-nobody = 没有选人，或者选的人已经不在这里
team-same-person = 交的人和接的人要不同
team-deputy-missing = 请选谁代班
team-holder-missing = 请选谁交出来
team-receiver-missing = 请选交给谁
team-choose = 请选
team-absences = 不在和代班
team-absences-note = 到最后一天自己结束
team-absences-none = 没有人登记不在。
team-alone = 这里只有一个人，没有人能代班。先请同事加入，再登记。
# $name (String) - name
# $deputy (String) - deputy
team-absence-line = { $name }不在，{ $deputy }代班
team-absence-now = 正在
team-absence-later = 还没到
# $name (String) - name
team-absence-end = { $name }回来了
# $name (String) - name
team-absence-cancel = 取消{ $name }的这一段
team-absence-new = 登记不在
team-absence-who = 谁不在
team-absence-from = 从哪天起
team-absence-to = 到哪天
team-absence-deputy = 谁来代班
team-absence-deputy-hint = 这些天里，在手的和新来的事也到他的收件箱，企业看到的联系人是他；办的步骤记在他名下。
team-absence-save = 登记
team-absence-done = 登记好了，代班的人已收到消息
team-back-done = 这一段已结束
team-wrong-from = 第一天要是今天或以后
team-wrong-to = 最后一天不能早于第一天，也不能超过一年
team-own-deputy = 代班的人不能是本人
team-away-twice = 这几天里已经登记过不在
team-stands-in = 这几天里正给别人代班，先改那一段
team-deputy-away = 代班的人这几天也不在
# $name (String) - name
# $from (String) - from
# $to (String) - to
team-notice-deputy = { $name }从{ $from }到{ $to }不在，由您代班，事项会出现在您的收件箱
# $from (String) - from
# $to (String) - to
team-notice-absence = 负责人替您登记了{ $from }到{ $to }不在
# $number (String) - number
# $title (String) - title
team-notice-given = 分给您办：{ $number } { $title }
# $n (Number) - n
team-notice-given-many = 分给您 { $n } 件，请看收件箱
team-hand-over = 全部交给另一个人
team-hand-over-note = 一个人手上没办完的，一次交给同事：调岗、离开时用。
team-hand-over-from = 谁交出
team-hand-over-to = 谁接手
team-hand-over-verb = 全部交接
team-hand-over-none = 现在没有人手上有事，或者没有别人能接。
# $n (Number) - n
team-hand-over-done = 已交接 { $n } 件
# $name (String) - name
# $n (Number) - n
team-holds = { $name }，{ $n } 件
team-give = 分给人
team-give-title = 分给谁办
# $n (Number) - n
team-give-count = { $n } 件
team-give-empty = 没有可以分的：要选轮到本单位办的事。回收件箱再选。
team-give-whom = 分给谁
team-give-nobody = 还没有选分给谁
team-give-back = 放回去
team-give-back-hint = 不归任何人，等认领或再分
# $n (Number) - n
team-give-verb = 分出去 { $n } 件
team-give-none = 没有分出去：已经在他手上，或者别人刚刚动过
# $n (Number) - n
team-given = 已分出去 { $n } 件
team-nobody-holds = 还没有人办
# $name (String) - name
team-held-by = 现在是{ $name }
# $n (Number) - n
team-inbox-red = 红：已超期 { $n } 件
# $n (Number) - n
team-inbox-yellow = 黄：临近到期 { $n } 件
team-tab-soon = 临近到期
# $name (String) - name
team-turn-deputy = 您，代{ $name }
# $name (String) - name
# $deputy (String) - deputy
team-turn-away = { $name }（{ $deputy }代）
team-turn-ungiven = 本单位，等负责人分
