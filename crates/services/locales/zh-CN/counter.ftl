counter-title = 登记来电来访
counter-lede = 查到企业就不用再填名称和区
counter-firm = 企业
counter-find = 信用代码、名称或拼音首字母
counter-find-verb = 查企业
counter-find-none = 名录里没有查到。直接在下面写企业名称也可以登记。
counter-other-firm = 换一家
counter-firm-hint = 名录里没有的才填
counter-earlier = 这家企业最近提过的
counter-no-earlier = 这家企业还没有提过诉求。
counter-channel = 从哪里来
counter-words = 对方怎么说
counter-about = 投诉谁
counter-about-hint = 投诉才选：被投诉的一方不会办自己的投诉
counter-about-none = 不是投诉
counter-outside-hint = 12345 或部门转来的才填
counter-answer = 当场答复
counter-answer-hint = 当场答清、对方认可的才填，然后点“当场办结”
counter-answer-only-spot = 写了当场答复，请点“当场办结”；要转给别人办就清空这一栏
counter-own = 由本窗口自己办
counter-own-hint = 马上受理并算本窗口接单，枢纽看得到
counter-take = 登记
counter-spot = 当场办结
# $number (String) - number
# $code (String) - code
counter-done = 已登记。请念给对方：编号 { $number }，查询码 { $code }。
