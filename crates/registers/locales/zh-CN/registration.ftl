registration-title = 企业登记
registration-code-question = 贵企业的统一社会信用代码是什么？
registration-code-hint = 营业执照上的 18 位代码
registration-firm = 企业
registration-firm-known = 是这家企业吗？
registration-firm-known-what = 名录里有它。别的资料等核实您和企业的关系以后再打开。
registration-firm-question = 企业叫什么名称？
registration-firm-hint = 名录里还没有它。请写营业执照上的全称
registration-person-question = 您是哪一位，怎样联系？
registration-person = 登记的人
registration-name = 姓名
registration-name-hint = 您本人的姓名
registration-phone = 手机号
registration-phone-hint = 核实和办事时联系您，别人看到的是遮住的
registration-email = 邮箱
registration-email-hint = 忘记密码时用来重设，也收办事通知
registration-email-wrong = 邮箱地址不完整，应像 name@example.com
registration-account-question = 起一个账号和密码
registration-privacy = 个人信息怎样用
registration-consent = 我看过上面的说明，同意这样使用我的信息
registration-consent-missing = 不同意就不能开账号；也可以拨热线办理
registration-next = 继续
registration-submit = 开通账号
registration-back-sign-in = 已有账号，去登录
registration-again = 从头再填
registration-answered = 您已经填的
registration-what-for = 开了账号以后
registration-what-ask = 马上可以提诉求、看进度、撤回。
registration-what-check = 坐席核实您和企业的关系以后，能看到企业以前的记录。
registration-what-without = 不开账号也能提诉求，凭编号和查询码看进度。
registration-welcome = 账号开好了，已经登录。坐席会核实您和企业的关系，结果在消息里告诉您。
registration-queue-title = 企业核实
# $n (Number) 件数
registration-queue-count = 等您核实的 { $n } 件
registration-queue-none = 没有等核实的登记。企业自己登记以后会出现在这里。
registration-decided = 最近核实过的
registration-decided-at = 核实于
# $firm (String) 企业
registration-detail = 核实：{ $firm }
registration-role = 身份
registration-agreements = 和名录对照
registration-phone-agrees = 手机号和名录里的联系电话一致
registration-phone-differs = 手机号和名录里的联系电话不同
registration-name-agrees = 姓名和法定代表人或联系人一致
registration-name-differs = 姓名不是法定代表人，也不是联系人
registration-firm-new = 名录里原来没有这家企业，要对照证照核实
registration-do-verify = 核实通过
registration-do-verify-note = 这个人可以代表企业办事，看到企业以前的记录；会通知本人。
registration-do-refuse = 核实不通过
registration-do-refuse-note = 这个账号不再能代表企业；理由会告诉本人。
registration-reason = 理由
registration-reason-hint = 会原样告诉登记的人
# $reason (String) 理由
registration-refused-because = 没有通过，理由：{ $reason }
registration-state-pending = 待核实
registration-state-verified = 已通过
registration-state-refused = 未通过
# $name (String) 姓名
# $firm (String) 企业
registration-verified = { $name } 可以代表 { $firm } 办事了，已通知本人。
# $name (String) 姓名
# $firm (String) 企业
registration-refused = { $name } 的登记没有通过，{ $firm } 的资料没有打开。
# $number (String) 编号
registration-notice-desk = 有企业登记等核实：{ $number }
# $firm (String) 企业
registration-notice-verified = 您和 { $firm } 的关系核实好了，企业以前的记录可以看了。
# $firm (String) 企业
# $reason (String) 理由
registration-notice-refused = 您登记为 { $firm } 办事，没有核实通过。理由：{ $reason }
registration-account-by-phone = 您的手机已经验证，以后用验证码登录，这里可以什么都不填。
registration-account-optional = 也设一个账号和密码
