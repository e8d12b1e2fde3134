organisation-list-title = 组织
organisation-all-capacities = 全部身份
organisation-none = 没有这样的组织。换个名称、代码或身份再找，或者新建一个。
organisation-number = 编号
organisation-name = 名称
organisation-name-hint = 照执照或批文上写
organisation-name-en = 英文名称
organisation-code = 统一社会信用代码
organisation-code-none = 没有代码
organisation-code-hint = 18 位；机关和内设单位没有的可以不填
organisation-code-known = 这个代码已经在册，不用再建
# $expected (String) - the right last character
organisation-code-check = 最后一位校验不对，按前 17 位应是 { $expected }，请照执照再核一遍
# $position (Number) - place of the character
# $character (String) - the character
organisation-code-character = 第 { $position } 位的“{ $character }”不会出现在代码里
# $got (Number) - characters typed
organisation-code-length = 代码应为 18 位，现在是 { $got } 位
organisation-code-old = 这不是统一社会信用代码，请填执照上的 18 位代码
organisation-capacities = 身份
organisation-capacity-missing = 至少选一种身份
organisation-search = 名称、代码、编号或拼音首字母
organisation-new-title = 新建组织
organisation-new-submit = 新建组织
# $name (String) - name
# $number (String) - public number
organisation-created = 已建{ $name }，编号 { $number }
organisation-choose = 请选择
organisation-actions = 现在可以做的
organisation-facts = 登记的情况
organisation-since = 登记于
organisation-former = 曾用名
organisation-people = 这个组织的人
organisation-add-person = 登记人员
organisation-add-person-note = 建一个账号，给出一次性的设密码验证码
organisation-invite = 发邀请
organisation-invite-note = 给出一个链接，由本人自己设账号和密码
organisation-rename = 改名称
organisation-rename-note = 原来的名称留作曾用名
organisation-rename-submit = 保存名称
# $name (String) - new name
organisation-renamed = 名称已改为{ $name }
organisation-capacity-new = 加一种身份
organisation-capacity-new-note = 同一个组织可以有几种身份
organisation-capacity-submit = 加上身份
# $capacity (String) - name of the capacity
organisation-capacity-added = 已加上身份：{ $capacity }
organisation-windows = 运营的窗口平台
organisation-windows-none = 还没有窗口平台。一个组织可以运营几个，各有编号。
organisation-window-new = 新建窗口平台
organisation-window-new-note = 窗口有自己的编号，由这个组织运营
organisation-window-name = 窗口名称
organisation-window-name-en = 窗口英文名称
organisation-window-state = 状态
organisation-window-submit = 新建窗口平台
# $name (String) - name
organisation-window-created = 已建窗口平台{ $name }
organisation-window-preparing = 筹备中
organisation-window-qualified = 已取得资格、尚未接入
organisation-window-connected = 已接入
organisation-window-suspended = 暂停
organisation-window-ended = 已结束
