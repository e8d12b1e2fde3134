digest-weekly = 周报
digest-monthly = 月报
digest-back = 回到总览
digest-before = 前一期
# $name (String) - 周报或月报
# $who (String) - 谁
digest-by = { $name }（{ $who }），
# $label (String) - 周或月
# $from (String) - 第一天
# $to (String) - 最后一天
digest-span = { $label }，{ $from }至{ $to }
digest-figures-title = 一、三个数
digest-col-figure = 指标
digest-col-now = 本期
digest-col-before = 上期
digest-col-compared = 比上期
digest-intake = 新提出的诉求
digest-kept = 按期答复
digest-satisfied = 评价满意
# $n (Number) - 件数
digest-count = { $n } 件
digest-none = 没有
# $part (Number) - 其中
# $whole (Number) - 一共
digest-few = { $part }/{ $whole }，太少，不算比例
# $share (String) - 比例
# $part (Number) - 其中
# $whole (Number) - 一共
digest-share = { $share }（{ $part }/{ $whole }）
digest-same = 持平
# $n (Number) - 件数
digest-more = 多 { $n } 件
# $n (Number) - 件数
digest-less = 少 { $n } 件
digest-not-compared = 件数太少，不比
# $points (String) - 百分点
digest-up = 高 { $points } 个百分点
# $points (String) - 百分点
digest-down = 低 { $points } 个百分点
# $n (Number) - 列出几件
# $total (Number) - 一共几件
digest-overdue-title = 二、拖得最久的 { $n } 件（现在逾期共 { $total } 件）
digest-overdue-none = 现在没有逾期的诉求。
digest-col-number = 编号
digest-col-district = 企业所在区
digest-col-turn = 轮到谁
digest-col-late = 逾期
# $n (Number) - 工作日
digest-late = { $n } 个工作日
digest-turn-desk = 受理台
digest-turn-dispatch = 派单员
digest-turn-firm = 企业
digest-turn-handler = 承办单位
digest-cause-title = 三、一个原因
# $cause (String) - 原因
# $whole (Number) - 立项的改进
# $n (Number) - 其中
digest-cause = 本期立项的改进，原因最多的是“{ $cause }”：{ $whole } 件里占 { $n } 件。
# $n (Number) - 件数
digest-cause-unknown = 本期立项 { $n } 件改进，原因还没有查明。
digest-cause-none = 本期没有立项改进。
digest-cause-open = 看这些改进
# $n (Number) - 最少几件
digest-small-note = 不足 { $n } 件的不算比例。评价自愿，逾期未确认的不算评价。
digest-subscribe-title = 发到邮箱
digest-when-week = 每周一 8:00 发上一周的，附 .docx。
digest-when-month = 每月第一个工作日 8:00 发上个月的，附 .docx。
# $name (String) - 周报或月报
digest-wanted = 把{ $name }发到我的邮箱
digest-save = 保存
digest-mine = 您现在订了：
digest-subscribed = 已订阅
digest-unsubscribed = 不再发送
# $name (String) - 周报或月报
# $label (String) - 周或月
digest-mail = { $name } { $label }。
# $name (String) - 指标
# $now (String) - 本期
# $compared (String) - 比上期
digest-mail-figure = { $name }：{ $now }，{ $compared }。
# $n (Number) - 件数
digest-mail-overdue = 现在逾期 { $n } 件。
digest-mail-join = {""}
# $name (String) - 周报或月报
# $label (String) - 周或月
digest-file = { $name } { $label }
# $year (String) - 年
# $n (String) - 第几周
digest-week = { $year }年第{ $n }周
# $now (String) - 本期个数
# $before (String) - 上期个数
digest-excluded = 评价满意：经申诉复核不计入的评价，本期 { $now } 个，上期 { $before } 个。
digest-job-send = 把周报和月报发到邮箱
