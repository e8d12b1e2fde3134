merge-state = 已并入，等一并答复
merge-action-merge = 并入另一件
merge-action-unmerge = 拆出来单独办
merge-batch = 并案
merge-batch-title = 并成一件
# $n (Number) - n
merge-batch-count = 选了 { $n } 件诉求
merge-batch-note = 并入最早的一件。那一件答复时，各家都会收到同样的答复，各自确认、评价，想重办的也各自申请。
merge-batch-empty = 至少选两件还没答复的诉求，才能并案。回收件箱再选。
merge-batch-target = 并到这一件里
# $number (String) - number
merge-batch-goes = 并入 { $number }
# $reason (String) - reason
merge-batch-stays = 这件不并：{ $reason }
merge-batch-not-now = 现在这一步并不了，或者不归您的受理台
# $n (Number) - n
# $number (String) - number
merge-batch-verb = 把 { $n } 件并入 { $number }
merge-batch-none = 选中的没有能并的
# $n (Number) - n
merge-batch-done = 已并入 { $n } 件，答复时一并告知
# $merged (Number) - merged
# $left (Number) - left
merge-batch-some = 已并入 { $merged } 件，{ $left } 件没有并：不是同一类，或者别人刚刚动过
# $number (String) - number
# $target (String) - target
merge-done = { $number } 已并入 { $target }，答复时一并告知
# $number (String) - number
merge-done-out = { $number } 已拆出来，单独办理
merge-unknown = 没有找到这个编号的诉求，请再核对
merge-blocked-self = 不能并入它自己
merge-blocked-desk = 两件由不同的受理台主管，不能并
# $number (String) - number
merge-blocked-over = { $number } 已经答复、并入别件或结束了，并不进去
merge-blocked-kind = 投诉不和其他种类的诉求并在一起
merge-blocked-about = 两件投诉说的不是同一家
merge-recalled-words = 与另一件是同一件事，已并案一起答复
merge-parted-words = 并入的那一件没有答复就结束了，这件单独办理
# $number (String) - number
# $title (String) - title
merge-notice-recalled = { $number }（{ $title }）已并入另一件一起答复，您手上的派单收回
# $number (String) - number
# $title (String) - title
merge-notice-parted = { $number }（{ $title }）从并案里拆出来了，请单独办理
merge-with-title = 和这一件一起答复
merge-in-title = 并入这一件的诉求
# $n (Number) - n
merge-in-count = { $n } 件，答复时一并告知
# $n (Number) - n
merge-in-hidden = 另有 { $n } 位提出人等同一个答复，由受理台告知。
merge-alike-title = 可能是同一件
merge-alike-note = 还没答复、说法相近的
merge-sign-firm = 同一家企业
merge-sign-phone = 同一个电话
merge-sign-category = 同一类别
# $n (Number) - n
merge-sign-words = { $n }% 的用词相同
merge-sign-join = 、
# $number (String) - number
merge-verb-into = 把这件并入 { $number }
# $number (String) - number
merge-verb-take-in = 把 { $number } 并进来
merge-submit = 并案
merge-field-into = 并入哪一件
merge-hint-into = 写另一件的编号，比如 FW-2026-000123
merge-field-why = 为什么是同一件
merge-hint-why = 只有办理人员看得到
merge-note = 另一件答复时，这位提出人同时收到答复，之后自己确认、评价；这件不再单独计时
merge-hint-unmerge = 写清为什么不是同一件
merge-submit-unmerge = 拆出来
merge-note-unmerge = 回到并案前的环节，期限重新算
# $number (String) - number
merge-say = 已并入 { $number }，等那一件答复，一并告知。
merge-say-you = 您的诉求正在和同样的事一起办理，有了答复会同时告诉您。
# $number (String) - number
merge-firm-waits-own = 与您的 { $number } 是同一件事，一并答复。
merge-firm-waits = 与另一位提出人的诉求是同一件事，一并答复。您这件不会丢，照样由您自己确认和评价。
# $number (String) - number
merge-firm-answered-own = 与您的 { $number } 是同一件事，一并答复的。
merge-firm-answered = 与另一位提出人的诉求是同一件事，一并答复的。
merge-figure = 并入另一件（已计在上面，不另加）
merge-figure-def = 按并入的日期，到现在仍与另一件一并办理或一并答复的诉求。收到的诉求里各算一件；不算按期，也不算超期；办理用时只计被并入的那一件。
