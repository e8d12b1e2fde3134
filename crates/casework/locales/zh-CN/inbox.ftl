inbox-title = 收件箱
inbox-all-title = 全部事项
# $n (Number) - 件数
inbox-count = 要您处理的 { $n } 件
# $n (Number) - 件数
inbox-all-count = 您能看到的 { $n } 件，最新的在前
inbox-by-due = 按期限看
inbox-tab-all = 全部
inbox-tab-new = 今天新到
inbox-tab-overdue = 已超期
inbox-tab-today = 今天到期
inbox-tab-waiting = 等别人
inbox-empty = 没有等您处理的事。新到的会排在这里，也会发站内消息。
inbox-empty-filtered = 没有符合这些条件的事。放宽条件再看看。
inbox-empty-waiting = 没有正在等别人办的事。
inbox-kind = 种类
inbox-all-kinds = 全部种类
inbox-district = 区
inbox-all-districts = 全市
inbox-category = 类别
inbox-all-categories = 全部类别
inbox-state = 到哪一步
inbox-all-states = 全部
inbox-q = 编号、企业或内容
inbox-batch = 对选中的一起办
inbox-batch-note = 受理要逐件看过，不能成批办
inbox-claim = 归我办
inbox-urge = 催办
inbox-caption = 事项，按到期先后排
inbox-all-caption = 事项，最新的在前
inbox-pick = 选中
# $number (String) - 编号
inbox-pick-one = 选中 { $number }
inbox-number = 编号
inbox-what = 事项
inbox-firm = 企业
inbox-no-firm = 未留企业
# $whom (String) - 被督办单位
inbox-order-to = 发给{ $whom }
inbox-hidden-firm = 举报，不显示
inbox-turn = 轮到谁
inbox-due = 到期
inbox-redo = 重办
inbox-group-overdue = 已超期
inbox-group-today = 今天到期
inbox-group-week = 七天内到期
inbox-group-later = 以后到期
inbox-group-held = 没有在计时
inbox-provisional = 暂定
inbox-paused = 暂停计时
# $n (Number) - 天数
inbox-paused-left = 恢复后剩 { $n } 个工作日
inbox-no-due = 不计时
inbox-turn-you = 您
inbox-turn-pool = 本单位，还没人认领
inbox-turn-firm = 企业
inbox-turn-bureau = 市工信局
inbox-turn-below = 承办单位
inbox-turn-nobody = 已经办完
# $n (Number) - 件数
inbox-urged = 已催办 { $n } 件
inbox-urged-none = 选中的今天都催过了，或者没有选
# $n (Number) - 件数
inbox-claimed = { $n } 件归您办了
inbox-claimed-none = 没有可以认领的：没有选，或者已经有人在办
inbox-filter-name = 给这组条件起个名
inbox-filter-name-missing = 还没有给这组条件起名
inbox-filter-save = 存为常用
inbox-filter-saved = 已存为常用条件
# $name (String) - 名称
inbox-filter-remove = 去掉“{ $name }”
inbox-tab-escalated = 已升级
inbox-up = 升级
inbox-all-up = 全部
inbox-up-warned = 已预警以上
inbox-up-above = 已报上一级
