counter-title = 登记来电来访
counter-lede = 查到企业就不用再填名称和区
counter-firm = 企业
counter-firm-name = 企业名称
counter-find = 信用代码、名称、拼音首字母或来电号码
counter-find-verb = 查企业
counter-find-none = 名录里没有查到。可以顺手登记，下次就能查到。
# $n (Number) - n
counter-found = 找到 { $n } 家，按 ↓ 选
# $n (Number) - n
counter-found-more = 先列 { $n } 家，还有更多；再多打几个字，或者按 ↓ 选
counter-phone-new = 这个号码还没有提过诉求。
counter-phone-unknown = 名录里和以前的诉求里都没有这个号码。
# $n (Number) - n
counter-phone-registered = 没有提过诉求；名录里登记了这个号码的有 { $n } 家，按 ↓ 选
# $n (Number) - n
# $firms (Number) - firms
counter-phone-found = 这个号码提过 { $n } 件，涉及 { $firms } 家企业
# $district (String) - district
# $size (String) - size
counter-firm-facts = { $district } { $size }
counter-other-firm = 换一家
counter-unchecked = 待核对
counter-not-found = 名录里没有，顺手登记
counter-code = 统一社会信用代码
counter-code-anyway = 对方确认代码就是这样
counter-code-known = 名录里已经有这个代码，请在上面选它
counter-firm-alike = 名录里有名称相近的，是它就在上面选；不是就勾选下面一项
counter-firm-anyway = 不是同一家，照样登记
counter-register = 记入企业名录
counter-register-hint = 标为“待核对”，由坐席以后核对
counter-earlier = 以前提过的
counter-earlier-later = 选好企业，或者输入来电号码，这里列出以前提过的。
counter-no-earlier = 这家企业还没有提过诉求。
counter-beside = 写答复时用得上
counter-similar = 找类似
counter-channel = 从哪里来
counter-words = 对方怎么说
counter-about = 投诉谁
counter-about-hint = 投诉才选：被投诉的一方不会办自己的投诉
counter-about-none = 不是投诉网络里的单位
counter-outside-hint = 12345 转来的必填，部门转来的有就填
counter-outside-due-hint = 那边要求哪一天前办完
counter-outside-due-alone = 填了外部期限，也要填外部编号
counter-outside-due-day = 请写成 2026-12-31 这样的日期
counter-outside-due-past = 外部期限已经过去，请再核对日期
counter-outside-due-missing = 12345 转入的要填那边的期限
counter-outside-number-missing = 12345 转入的要填那边的编号
counter-outside-elsewhere = 只有 12345 和部门转来的才填这一栏：改“从哪里来”，或者清空
counter-answer = 当场答复
counter-answer-hint = 当场答清、对方认可的才填，然后点“当场办结”
counter-answer-only-spot = 写了当场答复，请点“当场办结”；要转给别人办就清空这一栏
counter-category-missing = 请选服务类别
counter-own = 由本窗口自己办
counter-own-hint = 马上受理并算本窗口接单，枢纽看得到；投诉本窗口的不受这一项影响，交枢纽办
counter-take = 登记
counter-spot = 当场办结
counter-fold-more = 一句话标题和附件
counter-fold-about = 投诉谁（投诉才填）
counter-fold-outside = 外部编号和期限（转来的才填）
counter-keys = 只用键盘
counter-key-firm = 到“查企业”；↓ 选一家，Enter 定下
counter-key-words = 到“对方怎么说”
counter-key-answer = 到“当场答复”
counter-key-category = 到“服务类别”，按数字选
counter-key-insert = 把右边第几条放进答复
counter-key-spot = 当场办结
counter-key-take = 登记，转给别人办
counter-key-next = 登记以后：下一个来电
counter-done-spot = 已当场办结
counter-done-taken = 已登记
counter-read-out = 请念给对方：
counter-read-hint = 对方凭编号、查询码和手机号后四位，不用登录就能查办到哪一步。
counter-next = 下一个来电
counter-open = 打开这一件
counter-action-classify = 改服务类别
counter-note-classify = 类别定错了或还没有定的时候用
counter-classify-same = 请选另一个类别
