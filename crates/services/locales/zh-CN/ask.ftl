ask-title = 提诉求
ask-as-staff = 您现在的身份不能提诉求。企业的诉求请由坐席或窗口登记；自己的企业有事，请先换成企业的身份。
# $name (String) - name
ask-about-product = 想用这项服务：{ $name }
ask-verb = 提诉求
ask-back-home = 回首页
ask-back = 上一步
ask-kind = 哪一种
ask-kind-question = 您想要哪一种帮助？
ask-kind-need-hint = 要人帮着办成一件事，比如检测、贷款、招工
ask-kind-consultation-hint = 问清楚一件事，比如政策、手续
ask-kind-complaint-hint = 对服务不满意。被投诉的一方不会办自己的投诉
ask-kind-suggestion-hint = 希望哪里改一改
ask-kind-report-hint = 违法违规的线索，只有市工信局指定的人看得到
ask-words = 具体情况
ask-words-hint = 写清三点：做什么遇到的、试过什么、想要什么结果
ask-title-field = 用一句话说
ask-title-hint = 不写也行，我们取第一句话
ask-category = 服务类别
ask-category-hint = 说不准就不选，坐席会定
ask-category-unknown = 说不准
ask-continue = 继续
ask-reach-question = 怎样联系您最方便？
ask-firm = 企业名称或统一社会信用代码
ask-firm-hint = 写一样就行；还没注册就写项目名
ask-district = 在哪个区
ask-contact = 联系人
ask-phone = 手机号
ask-phone-hint = 只用来办这一件事。后四位也用来查进度
ask-phone-missing = 手机号还没有填
# $n (Number) - n
ask-phone-short = 手机号少了 { $n } 位，应为 11 位
# $n (Number) - n
ask-phone-long = 手机号多了 { $n } 位，应为 11 位
ask-phone-area = 固定电话要带区号，比如 0592
# $c (String) - c
ask-phone-character = 电话里有不是数字的“{ $c }”
ask-phone-beginning = 这个号码打不通，请再核对一遍
ask-reach = 怎样联系
ask-reach-call = 打电话
ask-reach-text = 发短信
ask-reach-site = 只在网上答复，我自己来看
ask-files = 附件
ask-files-hint = pdf、图片、Word、Excel 等，每个不超过 10 MB，最多 10 个
ask-consent = 我同意为办这件事使用我填的资料
# $link (String) - link
ask-consent-hint = 怎样使用，见{ $link }
ask-privacy = 个人信息保护说明
ask-consent-missing = 要同意使用资料，才能受理
ask-filled = 您已经填的
ask-change = 改
ask-known = 不用您再填的
# $link (String) - link
ask-known-note = 来自企业名录。不对的话，{ $link }，改一次处处都对。
ask-known-link = 到名录里改
ask-submit = 提交诉求
# $number (String) - number
ask-done = 已提交，编号 { $number }。1 个工作日内有人答复受不受理。
# $number (String) - number
# $code (String) - code
ask-done-code = 已提交。编号 { $number }，查询码 { $code }，请记下来：凭它们和手机后四位查进度。
# $day (String) - due day
ask-today = 今天提的诉求，最迟 { $day } 答复受不受理。
ask-text-mobile = 座机收不到短信：请填手机号，或者在下面换一种联系方式
