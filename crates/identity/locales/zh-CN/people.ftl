people-login-taken = 这个账号名已经有人用了，请换一个
# $capacity (String) - name of a capacity
people-role-not-here = 这个组织没有“{ $capacity }”身份，先给组织加上身份
people-window-not-here = 这个窗口不由该组织运营，或者这个角色不在窗口里
people-window-missing = 请选是哪个窗口
people-admins-apart = 系统管理员、安全管理员、审计管理员必须由不同的人担任
people-role-held = 这个人已经有这个角色
people-last-admin = 这是最后一位系统管理员，先让另一位接任
people-phone-empty = 手机号或电话还没有填
# $position (Number) - place of the character
# $character (String) - the character
people-phone-character = 第 { $position } 个字“{ $character }”不是号码里的
# $missing (Number) - digits missing
people-phone-short = 号码少了 { $missing } 位；手机号 11 位，固定电话要带区号
# $extra (Number) - digits too many
people-phone-long = 号码多了 { $extra } 位
people-phone-area = 固定电话请带上区号，例 0592-0000000
people-phone-abroad = 只能填内地的号码
people-phone-beginning = 手机号以 1 开头，固定电话以区号开头
people-email-wrong = 邮箱写得不对，应像 name@example.com
# $place (String) - organisation or window
# $role (String) - role
people-role-in = { $place } { $role }
people-choose = 请选择
people-role = 角色
people-roles = 身份
people-all-roles = 全部角色
people-territory = 负责的区域
people-territory-hint = 只对部门承办人有用；不选就是全市
people-territory-all = 全市
people-window = 窗口
people-window-hint = 窗口工作人员和窗口负责人要选
people-window-number-hint = 窗口角色要填窗口编号，例 CK-0001
people-window-none = 不在窗口
people-window-unknown = 没有这个编号的窗口
people-list-title = 人员
people-none = 没有这样的人。换个姓名、账号或角色再找。
people-number = 编号
people-name = 姓名
people-name-en = 英文姓名
people-login = 账号
people-login-hint = 3 到 40 个字；第一次的密码由本人用验证码设
people-phone = 手机或电话
people-email = 邮箱
people-email-hint = 忘了密码时验证码发到这里
people-disabled = 已停用
people-search = 姓名、账号、编号或电话
people-to-organisations = 组织
people-invitations = 邀请
people-new-title = 登记人员
# $organisation (String) - name of the organisation
people-new-lede = 登记到{ $organisation }。登记后给出一个验证码，本人用它设第一个密码，7 天内有效。
people-new-submit = 登记人员
people-new-choose-organisation = 先打开一个组织，再从那里登记人员
people-actions = 现在可以做的
people-facts = 登记的情况
people-created = 登记于
people-absent = 没有
people-organisation = 组织
people-organisation-hint = 组织编号或统一社会信用代码
people-organisation-unknown = 没有这个组织，请核对编号或代码
people-membership-new = 加一个身份
people-membership-new-note = 同一个人可以在几个组织里有身份，一次以一个身份办理
people-membership-submit = 加上身份
# $name (String) - name of the person
people-membership-added = 已给{ $name }加上身份
people-membership-end = 结束
# $name (String) - name of the person
# $place (String) - organisation or window
people-membership-ended = { $name }在{ $place }的身份已结束
people-memberships = 身份
people-memberships-none = 现在没有身份，登录不了
people-place = 单位或窗口
people-since = 开始于
people-until = 到
people-current = 正在用
people-unverified = 待核实
people-code-new = 开密码验证码
people-code-new-note = 本人忘了密码时用；会记下来，本人会收到消息
people-code-reason = 理由和核对的办法
people-code-reason-hint = 例：当面来的，看过工作证
people-code-submit = 开一个验证码
people-code-blocked = 这个人还有不归您管的身份，请系统管理员办
people-disable = 停用账号
people-disable-note = 马上退出全部登录，以后登录不了；做过的事都留着
people-enable = 恢复账号
people-enable-note = 又可以用原来的密码登录
# $name (String) - name of the person
people-disabled-done = { $name }的账号已停用
# $name (String) - name of the person
people-enabled-done = { $name }的账号已恢复
people-phone-reveal = 看完整号码
people-phone-note = 看完整号码会记下来：谁、什么时候看的。
people-invitations-lede = 把链接发给同事，由本人自己设账号和密码。链接 7 天内有效，只能用一次。
people-invite-submit = 生成邀请链接
people-invitations-made = 发出的邀请
people-invitations-none = 还没有发出邀请
people-invited-at = 发出于
people-invitation-state = 状态
people-invitation-open = 等本人接受
people-invitation-used = 已接受
people-invitation-withdrawn = 已撤回
people-invitation-over = 已过期
people-invitation-withdraw = 撤回
# $name (String) - name of the person
people-invitation-withdrawn-done = 给{ $name }的邀请已撤回，原来的链接打不开了
people-accept-title = 接受邀请
# $name (String) - name of the person
# $place (String) - organisation or window
# $role (String) - role
people-accept-lede = { $name }，请您担任{ $place }的{ $role }。
people-accept-submit = 设好账号并登录
# $me (String) - name of the person
people-accept-submit-mine = 以{ $me }的账号接受
# $me (String) - name of the person
people-accept-not-mine = 您现在用{ $me }的账号登录着。要另建账号，先退出再打开这个链接。
people-accept-have-account = 已经有账号：先登录再接受
people-accepted = 账号已设好，您已登录
people-accepted-mine = 身份已加上，可以在右上角换过去
people-name-correct = 更正姓名
people-name-correct-note = 原来的记录里也会显示更正后的姓名
people-name-submit = 保存姓名
# $name (String) - name of the person
people-name-corrected = 姓名已更正为{ $name }
people-phone-column = 电话
