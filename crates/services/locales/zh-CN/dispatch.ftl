dispatch-batch = 一起派单
dispatch-batch-title = 一起派单
# $n (Number) - n
dispatch-batch-count = { $n } 件等着派
dispatch-batch-empty = 选中的里面没有等着派单的。回收件箱选“已受理”的事项再来。
# $n (Number) - n
dispatch-batch-left-out = 有 { $n } 件不在等派单，没有列出来。
dispatch-batch-skip = 这一件先不派
dispatch-batch-verb = 按上面的派出去
# $n (Number) - n
dispatch-batch-done = 已派出 { $n } 件
# $sent (Number) - sent
# $left (Number) - left
dispatch-batch-some = 已派出 { $sent } 件，{ $left } 件没有派：没有选人，或者别人刚刚动过
dispatch-title = 派单
dispatch-add-title = 加派一家
dispatch-whom = 派给谁
dispatch-nobody = 还没有选派给谁
dispatch-unknown = 选中的里面有已经不接派单的，请重新选
dispatch-twice = 选中的里面有已经在办的
# $whom (String) - 投诉对象
dispatch-about = 投诉的是{ $whom }；它和同一单位的窗口都不能办这件事，没有列在下面。
dispatch-judged = 不能派给被投诉的一方
dispatch-no-suggestion = 没有合适的建议：这个区没有对口的窗口，也没有同类别的服务机构。可以在下面另选，或者由本坐席答复。
dispatch-more = 另选一家
dispatch-more-hint = 建议里没有的，从全部窗口和机构里选
dispatch-more-none = 不另选
dispatch-mode = 派给几家时
dispatch-mode-hint = 只派一家时不起作用
dispatch-mode-lead = 一家主办，其余协办，主办写唯一的答复
dispatch-mode-choose = 几家都接，由企业选一家
dispatch-words = 给承办单位的话
dispatch-words-hint = 企业看不到
dispatch-verb = 派出去
# $n (Number) - n
dispatch-done = 已派给 { $n } 家
dispatch-not-now = 这一件现在不在等派单
