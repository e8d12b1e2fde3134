signin-title = 登录
signin-submit = 登录
signin-login = 账号
signin-login-hint = 3 到 40 个字，可以用字母、汉字、数字和 . _ - @，不分大小写
signin-login-length = 账号名要 3 到 40 个字
# $character (String) - the character
signin-login-character = 账号名里不能有“{ $character }”
signin-password = 密码
signin-password-new = 新密码
signin-password-again = 再输一遍新密码
signin-password-current = 现在的密码
# $min (Number) - fewest characters
signin-password-hint = 至少 { $min } 个字，什么字都行；几个不相干的词连起来，好记又难猜
# $min (Number) - fewest characters
# $missing (Number) - characters missing
signin-password-short = 密码至少 { $min } 个字，还差 { $missing } 个
# $max (Number) - most characters
signin-password-long = 密码最多 { $max } 个字
signin-password-common = 这个密码很多人用，猜的人先试它，请换一个
signin-password-monotonous = 密码太有规律，一猜就中，请换一个
signin-password-known = 密码不能就是账号、姓名、手机号或邮箱
signin-password-differs = 两遍不一样，请再输一遍
signin-wrong = 账号或密码不对，请核对后再试
# $seconds (Number) - seconds to wait
signin-wait = 错了好几次，请过 { $seconds } 秒再试。您写的账号还在。
signin-no-role = 您的账号现在没有任何身份，或者已经停用。请联系本单位负责人，或拨打服务热线。
signin-forgotten = 忘了密码
signin-back = 回到登录
signin-signed-out = 已退出
signin-faces-title = 示例：直接以一个人的身份进来看
signin-faces-note = 只有示例数据才有这些按钮
# $place (String) - organisation or window
# $name (String) - name of the person
signin-face = { $place }，{ $name }
# $who (String) - organisation and role
signin-acting-changed = 现在以“{ $who }”的身份办理
signin-acting-too-old = 这次登录已经太久，换到工作人员身份要重新登录一次
signin-me-title = 我的资料
signin-me-tabs = 我的账号
signin-me-save = 保存资料
signin-me-saved = 资料已保存
signin-me-roles = 我的身份
signin-me-facts = 不能自己改的
signin-name = 姓名
signin-name-note = 姓名不对的话，请本单位负责人或系统管理员更正。
signin-number = 编号
signin-phone = 手机或电话
signin-email = 邮箱
signin-email-hint = 有进展时也发一封邮件；忘了密码时验证码发到这里
signin-email-needs-password = 要改邮箱，请填对现在的密码
signin-locale = 界面语言
signin-locale-browser = 跟着浏览器
signin-locale-zh = 中文
signin-locale-en = English
signin-role = 角色
signin-place = 单位或窗口
signin-since = 开始于
signin-unverified = 待核实
signin-password-title = 改密码
signin-password-lede = 改好以后，别处的登录全部退出，这里不退。
signin-password-save = 保存新密码
signin-password-saved = 密码已改，别处的登录都已退出
signin-password-not-current = 现在的密码不对
signin-sessions-title = 登录记录
signin-sessions-note = 工作人员 8 小时不用自动退出，一次最长 24 小时；企业 30 天不用自动退出，一次最长 90 天。看到不认识的，先退出它，再改密码。
signin-device = 设备
signin-address = 网络地址
signin-begun = 登录于
signin-seen = 最近一次用
signin-session-this = 就是这里
signin-session-end = 退出
signin-session-ended = 那一处已退出
signin-sessions-end-all = 退出其他全部
# $count (Number) - how many
signin-sessions-ended = 其他 { $count } 处已退出
signin-reset-title = 忘了密码
signin-reset-submit = 发验证码
signin-reset-lede = 填写账号。账号里登记过邮箱的，会收到一个验证码；没有登记的，请本单位负责人或服务热线核对身份后给您一个。
signin-reset-have-code = 已经有验证码了
signin-reset-sent = 如果这个账号登记过邮箱，验证码已经发出，30 分钟内有效。没收到就请本单位负责人或服务热线给您一个。
signin-reset-again = 重新要一个验证码
signin-reset-code-title = 用验证码设新密码
signin-reset-code-lede = 验证码来自邮件、本单位负责人或服务热线。设好以后，原来的登录全部退出。
signin-code = 验证码
signin-code-hint = 8 位字母和数字，不分大小写
signin-code-wrong = 验证码不对、用过或过期了。错 5 次就作废，要重新要一个。
signin-code-not-yours = 这个人还有别的身份，不归您管。请系统管理员办。
signin-reset-done = 密码已设好，请用新密码登录
signin-desk-title = 替人开验证码
signin-desk-lede = 有人打电话或到场说忘了密码时用。先核对身份，再填写怎样核对的；这件事会记下来，本人也会收到消息。
signin-desk-submit = 开一个验证码
signin-desk-reason = 理由和核对的办法
signin-desk-reason-hint = 例：回拨登记的电话，报出信用代码和法定代表人
signin-desk-unknown = 没有这个账号，或者已经停用
signin-code-shown-title = 验证码
# $name (String) - name of the person
signin-code-shown-lede = 请念给{ $name }听。只显示这一次，关掉就看不到了。
signin-code-shown-next = 本人打开上面的地址，填账号、验证码和新密码。
signin-code-where = 到哪里用
signin-code-until = 有效期
# $hours (Number) - hours
signin-hours = { $hours } 小时
# $days (Number) - days
signin-days = { $days } 天
signin-link-shown-title = 邀请链接
# $name (String) - name of the person
signin-link-shown-lede = 请把链接发给{ $name }。只显示这一次，关掉就看不到了。
signin-link-shown-next = 本人打开链接，自己设账号和密码。发错了人，就到邀请的列表里撤回。
signin-consent = 我看过并同意个人信息怎样使用
signin-consent-read = 看全文
signin-consent-missing = 请先看过并同意个人信息怎样使用
signin-notice-changed = 您的密码刚刚改过，别处的登录已退出。不是您本人改的，请马上拨打服务热线。
# $code (String) - place of the code
# $minutes (Number) - how long it is good
signin-notice-code = 设新密码的验证码是 { $code }，{ $minutes } 分钟内有效。不是您本人要的，不用理它，也不要告诉别人。
# $by (String) - who issued it
signin-notice-issued = { $by }替您开了一个设新密码的验证码。不是您本人要的，请马上拨打服务热线。
signin-phone-instead = 企业用手机验证码登录，不用密码
signin-phone-title = 手机验证码登录
signin-phone-lede = 给企业用。我们发一个验证码到您的手机，输对就登录；没登记过的企业也从这里开始。
signin-phone-field = 手机号
signin-phone-hint = 只能是手机，座机收不到验证码
signin-phone-mobile = 这不是手机号，收不到验证码；没有手机请用密码登录或拨打服务热线
signin-phone-send = 发验证码
signin-phone-by-password = 用账号和密码登录
signin-phone-unset = 这里还没有配置短信，发不了验证码。请用账号和密码登录，或拨打服务热线。
signin-phone-too-many = 要的验证码太多了，请过一小时再试，或者用密码登录
signin-phone-code = 验证码
signin-phone-code-title = 输入验证码
# $phone (String) - the phone
# $minutes (Number) - how long it is good
signin-phone-code-hint = 六位数字，已发到 { $phone }，{ $minutes } 分钟内有效。一分钟没收到可以再要一次。
signin-phone-code-hint-demo = 示例数据不真的发短信：系统管理员在“待发 · 手机消息”里能看到这六位数字。
signin-phone-code-wrong = 验证码不对或者过时了，请核对，或者再要一次
signin-phone-again = 再发一次
signin-phone-other = 换一个手机号
signin-phone-who = 您是哪一位？
signin-phone-nobody-title = 还没有企业登记这个手机
signin-phone-nobody = 手机已经验证。登记企业只要几分钟，不用设密码。
signin-phone-register = 登记企业
# $link (String) - a link
signin-phone-staff = 您是平台、窗口或服务机构的人？请{ $link }。
signin-phone-staff-link = 用密码登录
signin-password-first-lede = 您用手机登录，可以不设密码。设了以后两种办法都能登录。
signin-password-needs-phone = 为了安全，请先退出，再用手机验证码登录一次，然后马上来设
signin-job-tidy = 清理过期的登录
signin-phone-missing = 手机号还没有填
signin-phone-needs-password = 手机是企业登录用的，要改请填对现在的密码
# $phone (String) - 手机号
# $seconds (Number) - 还要等几秒
signin-phone-code-wait = 刚才已经发到 { $phone }，这次没有再发；{ $seconds } 秒后可以再要一次。
# $phone (String) - 手机号
signin-phone-code-sent = 六位数字，发给 { $phone }。
signin-me-password-hint = 改邮箱才要填
signin-me-password-hint-firm = 改手机或邮箱才要填
# $link (String) - 链接
signin-me-code = 您没有密码。要改手机或邮箱，先{ $link }，半小时内就能改。
signin-me-code-link = 用手机验证码确认是您本人
signin-me-needs-code = 没有改：要先用手机验证码确认是您本人，链接在下面
signin-me-proved = 刚才已经用手机验证码确认过，改手机或邮箱不用再填密码。
