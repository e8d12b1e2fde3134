### settings: the parts all pages share
setting-title = 设置
setting-lede = 规则参数、工作日历、站点文字和定时任务
setting-aside = 相关说明
setting-you-can = 您可以
# $place (String) - kind of organisation
# $role (String) - role
setting-role = { $place }{ $role }
setting-program = 系统
# $roles (String) - who may
setting-only = 由{ $roles }设置
setting-not-entered = 还没有填写
setting-list = 可以设置什么
# $year (String) - year
setting-year = { $year } 年
setting-state = 状态

### overview
setting-matters = 要处理的
setting-matters-none = 没有要处理的事。日历、规则和任务都正常。
setting-matter = 什么事
setting-matter-by = 谁来办
setting-matter-others = 等他们办
# $year (String) - year
# $count (Number) - cases
setting-matter-calendar =
    { $year } 年的工作日历还没有录入{ $count ->
    [0] {""}
   *[other] ，{ $count } 件在办的到期日是暂定的
    }
# $names (String) - jobs
setting-matter-jobs = 定时任务停了：{ $names }
# $count (Number) - jobs
setting-matter-failed = 有 { $count } 个定时任务出过错，原话在任务页
setting-matter-jobs-verb = 看任务
# $version (String) - version
setting-matter-proposal = 规则第 { $version } 版等待审批
setting-matter-proposal-verb = 去审批
setting-weight = 轻重
setting-weight-bad = 已出错
setting-weight-warn = 会出错
setting-weight-look = 看一眼
setting-weight-waiting = 等人批
setting-rules-note = 时限、次数、不予受理情形和效力；改动由一人提出、另一人批准
setting-calendar-note = 放假、调休和临时停工；改了以后，在办的到期日马上重算
setting-site-note = 名称、电话、时间、地址和隐私说明；保存后马上生效
setting-jobs-note = 封存日志、催办、发信等自动运行的任务，什么时候跑过，有没有出错

### site texts
setting-site-title = 站点文字
setting-site-lede = 页头、页脚和登记时用的文字
setting-site-texts = 逐条修改
setting-site-name = 网站名称
setting-site-tagline = 副标题
setting-site-hotline = 服务热线
setting-site-hours = 服务时间
setting-site-hall = 服务大厅
setting-site-guide = 指导单位
setting-site-guide-phone = 指导单位电话（举报、投诉服务中心的人打这个）
setting-site-manage = 管理单位
setting-site-manage-phone = 管理单位电话（投诉运行单位的人打这个）
setting-site-operate = 运行单位
setting-site-filing = 网站标识码
setting-site-privacy = 个人信息保护说明
setting-site-in-chinese = 中文
setting-site-in-english = 英文
setting-site-left-out = 空着，页面上不显示
# $who (String) - person
# $at (String) - when
setting-site-changed = { $who }改于{ $at }
setting-site-save = 保存
setting-site-saved = 已保存，各页马上用新的文字
setting-site-unchanged = 和原来一样，没有改动
setting-site-error-empty = 中文和英文都要填
setting-site-error-other = 另一种语言也要填，或者两种都空着
setting-site-error-lines = 这一条只能写一行
setting-site-aside-effect = 什么时候生效
setting-site-aside-effect-text = 点保存就生效。前后文字和修改人记在审计日志里。
setting-site-aside-privacy = 改隐私说明之前
setting-site-aside-privacy-text = 这段文字在登记和第一次提诉求时给人看，经人同意才往下走。扩大收集或使用的范围，请先走完内部审核。
setting-site-aside-who = 谁可以改

### versions of the rule
setting-flow-name = 规则参数的新版本
setting-state-proposed = 等待审批
setting-state-approved = 已批准
setting-state-rejected = 没有批准
setting-state-withdrawn = 已撤回
setting-state-current = 现在执行
setting-state-past = 已被后面的版本替代
setting-state-coming = 已批准，日子没到
setting-action-approve = 批准
setting-action-reject = 不批准
setting-action-withdraw = 撤回
setting-refusal-own = 这一版是您提出的，要由另一个人审批
setting-refusal-past = 起执行的日子已经过了，不能往回生效。请提出的人撤回，换个日子再提
# $version (String) - version
setting-refusal-open = 第 { $version } 版还在等审批，批完才能再提
setting-rules-title = 规则参数
setting-rules-now = 现在执行的
setting-rule = 规则
setting-version = 版本
# $version (String) - version
setting-version-name = 第 { $version } 版
# $version (String) - version
setting-version-title = 规则参数第 { $version } 版
setting-validity = 效力
setting-shipped = 随系统提供
setting-shipped-decided = 不用审批
setting-shipped-reason = 最初的一版，数值的来源见上面各条
# $version (String) - version
# $who (String) - person
# $from (String) - day
# $link (String) - link
setting-open-proposal = 第 { $version } 版由{ $who }提出，拟从{ $from }起执行，正等市工信局审批。{ $link }
setting-open-link = 看改了什么
setting-parameters = 各条的参数
# $article (String) - article
setting-parameters-of = { $article }的参数
# $count (Number) - parameters
setting-parameters-beside = 共 { $count } 项，点开看
# $article (String) - article
# $title (String) - its title
# $count (Number) - parameters
setting-article-fold = { $article } { $title }（{ $count } 项）
setting-parameter = 参数
setting-value = 数值
setting-allowed = 允许的范围
setting-source = 数值的来源
setting-source-rule = 条文写明
setting-source-law = 其他文件写明
setting-source-proposed = 建议值，待市工信局确认
setting-source-recalled = 凭记忆填写，没有核对过
# $value (String) - value before
setting-source-changed = 经批准改过，原来是{ $value }
# $min (String) - least
# $max (String) - most with unit
setting-range = { $min }–{ $max }
setting-range-odd = ，单数
# $name (String) - other parameter
setting-range-at-most = ，不超过“{ $name }”
setting-range-any = 文字
setting-range-flag = 是或否
setting-grounds = 不予受理的情形
setting-grounds-beside = 停用的情形，新立的办件不能再选
# $text (String) - ground
setting-ground = 不予受理：{ $text }
setting-ground-text = 情形
setting-ground-ask = 改向哪里问
setting-ground-state = 能不能用
setting-ground-active = 在用
setting-ground-inactive = 停用
setting-history = 各个版本
setting-from = 起执行日
setting-from-hint = 不能早于今天，也不能早于上一版的起执行日
setting-proposed = 谁提出
setting-decided = 谁决定
setting-decision = 决定时写的
setting-not-decided = 还没有决定
setting-reason = 理由
setting-reason-hint = 批的人和以后查的人都会看到
setting-rests-on = 在哪一版上改
# $version (String) - version
setting-rests-on-version = 在第 { $version } 版上改
setting-how = 来龙去脉
setting-changes = 改了什么
# $count (Number) - values
# $version (String) - version
setting-changes-beside = { $count } 处，和第 { $version } 版比
setting-before = 原来
setting-after = 改为
setting-article = 条款
setting-new-values = 改哪些
setting-new-values-beside = 点开要改的，其余不动
setting-propose = 提出新版本
setting-propose-submit = 提交审批
setting-look = 先看改了什么
setting-why-when = 为什么改，从哪天起
setting-validity-fold = 效力和文号
# $value (String) - value
setting-shipped-value = 随系统提供的是{ $value }。
# $range (String) - what is allowed
# $value (String) - value
setting-shipped-range = 可填{ $range }。随系统提供的是{ $value }。
# $version (String) - version
setting-proposed-done = 第 { $version } 版已提交，等市工信局审批
# $version (String) - version
setting-approved-done = 第 { $version } 版已批准
# $version (String) - version
setting-rejected-done = 第 { $version } 版没有批准，理由已告诉提出的人
# $version (String) - version
setting-withdrawn-done = 第 { $version } 版已撤回
# $from (String) - day
setting-approve-note = 从{ $from }起，新立的办件按这一版走；已经立的不变
setting-reject-note = 写明理由，提出的人会看到
setting-reject-reason = 不批准的理由
setting-reject-submit = 不批准
setting-withdraw-note = 撤回后可以重新提
setting-aside-cases = 影响哪些办件
setting-aside-cases-text = 办件一直按立案那天的版本走。新版本只管起执行日以后新立的办件。
setting-aside-propose = 谁可以提出
setting-aside-decide = 谁来审批
setting-aside-decide-text = 提出和审批不能是同一个人。
# $version (String) - version
# $count (Number) - values
setting-notice-proposed = 规则参数第 { $version } 版等您审批，改了 { $count } 处。
# $version (String) - version
# $from (String) - day
setting-notice-approved = 您提出的规则参数第 { $version } 版已批准，从{ $from }起执行。
# $version (String) - version
# $reason (String) - reason
setting-notice-rejected = 您提出的规则参数第 { $version } 版没有批准：{ $reason }
setting-key-document-number = 规则的文号
setting-key-state = 五年期满以后
setting-key-lapsed-on = 有效期的最后一天
setting-key-document = 继续执行的依据文件
setting-key-until = 继续执行到哪天
setting-key-replaced-by = 替代它的新文件
setting-key-replaced-on = 新文件从哪天起
setting-state-hint = 期满不影响办件，员工页面会有一行提示
setting-validity-in-force = 还在有效期内
setting-validity-continued = 期满后继续执行
setting-validity-replaced = 已被新文件替代
setting-error-nothing-changed = 和现在的版本完全一样，没有可以提交的改动
setting-error-from-past = 起执行日不能早于今天
# $version (String) - version
# $from (String) - day
setting-error-from-before = 起执行日不能早于第 { $version } 版的{ $from }
setting-error-reason-missing = 要写明理由
setting-error-choose = 请选一项
setting-error-date = 请填一个日期，例如 2026-12-01
setting-error-not-a-number = 请填整数
setting-error-text-missing = 这一项不能空着
# $min (String) - least with unit
setting-error-too-small = 太小，至少{ $min }
# $max (String) - most with unit
setting-error-too-large = 太大，最多{ $max }
setting-error-not-odd = 要填单数
# $name (String) - other parameter
setting-error-exceeds = 不能超过“{ $name }”
# $max (Number) - characters
setting-error-long = 太长，最多 { $max } 字
setting-error-no-ground = 至少留一种情形在用，不然受理台没有理由可选
# $from (String) - day
setting-error-lapsed-early = 不能早于规则施行的{ $from }
# $lapsed (String) - day
setting-error-until-early = 不能早于有效期的最后一天{ $lapsed }
setting-error-replaced-when = 写明新文件从哪天起执行
setting-error-not-replaced = 没有选“已被新文件替代”，这里要空着
setting-error-value = 这个数值不合适
setting-error-validity = 效力的几个日子互相矛盾

### working calendar
setting-calendar-title = 工作日历
setting-calendar-lede = 算期限用的放假、调休和停工
# $year (String) - year
setting-calendar-missing = { $year } 年的工作日历还没有录入
# $count (Number) - cases
setting-calendar-missing-text =
    国务院办公厅的放假通知一般在十一月公布，公布后请马上录入。{ $count ->
    [0] 现在还没有办件用得到它。
   *[other] 现在有 { $count } 件在办的到期日是暂定的，录入后自动重算。
    }
setting-calendar-add = 录入一年的日历
setting-calendar-add-note = 上传或粘贴一份 TOML 文件，核对无误才会收下
# $year (String) - year
setting-calendar-template = 下载 { $year } 年的空白样表
# $year (String) - year
setting-calendar-template-help = { $year } 年的放假安排。document 写通知的文号；
    from 和 to 是放假的头一天和最后一天，两天都算在内；worked 是调休上班的周末日子。
    名称照上一年列出，没有的整段删掉，日子照通知改。
setting-calendar-file = 日历文件
setting-calendar-file-hint = .toml，UTF-8，不超过 64 KB
setting-calendar-text = 或者贴在这里
setting-calendar-text-hint = 选了文件就以文件为准
setting-calendar-replace = 这一年录过，用这份代替（通知改过时用）
setting-calendar-submit = 核对并录入
# $year (String) - year
# $count (Number) - cases
setting-calendar-done = { $year } 年已录入，{ $count } 件在办的到期日变了
setting-calendar-years = 已有的年份
setting-calendar-year = 年份
setting-calendar-working-days = 工作日（天）
setting-calendar-document = 依据
setting-calendar-origin = 谁录入
setting-calendar-shipped = 随系统提供
# $year (String) - year
setting-calendar-holidays = { $year } 年的放假和调休
# $year (String) - year
setting-calendar-year-unknown = { $year } 年的日历还没有录入，先按周末算
setting-calendar-month = 月份
setting-calendar-holiday = 放假
setting-calendar-off = 哪几天
setting-calendar-off-days = 天数
setting-calendar-worked = 调休上班
setting-calendar-worked-none = 没有
setting-calendar-next = 下一次放假或停工
setting-calendar-next-unknown = 已录入的日历里没有了
setting-calendar-aside-effect = 改了以后
setting-calendar-aside-effect-text = 在办的到期日马上重算，变了的写进各自的经过，原来的日子和新的日子都留着。
setting-calendar-aside-who = 谁可以改
setting-calendar-error-file = 读不出这个文件：要 UTF-8 的文本，不超过 64 KB
setting-calendar-error-empty = 请选一个文件，或者把内容贴进来
# $line (String) - line
setting-calendar-error-line = 第 { $line } 行读不懂，请对照样表改
setting-calendar-error-unreadable = 读不懂，请对照样表改
# $year (String) - year
setting-calendar-error-year-range = { $year } 不是日历能用的年份
# $year (String) - year
setting-calendar-error-year-known = { $year } 年已经录过。通知改过的话，勾上“用这份代替”
# $year (String) - year
setting-calendar-error-shipped = { $year } 年的日历随系统提供，不能另录
setting-calendar-error-no-document = document 要写通知的文号
# $from (String) - day
setting-calendar-error-no-name = { $from }起的放假缺中文或英文名称
# $date (String) - day
# $year (String) - year
setting-calendar-error-wrong-year = { $date }不在 { $year } 年里
# $to (String) - day
# $from (String) - day
setting-calendar-error-back-to-front = 最后一天{ $to }早于头一天{ $from }
# $date (String) - day
setting-calendar-error-twice = { $date }写了两次
# $date (String) - day
setting-calendar-error-not-a-weekend = { $date }不是周六周日，不会是调休上班
# $date (String) - day
setting-calendar-error-off-and-worked = { $date }又放假又上班
# $year (String) - year
# $count (Number) - days
setting-calendar-error-implausible = 这样 { $year } 年有 { $count } 个工作日，不合常理，请查漏写或多写的
setting-stoppages = 临时停工
setting-stoppages-beside = 台风等停工的日子不算工作日
setting-stoppages-none = 没有登记过临时停工。台风停工通知来了，在上面登记。
setting-stoppage-days = 哪几天
setting-stoppage-add = 登记停工
setting-stoppage-add-note = 停工的日子不算，在办的到期日往后移
setting-stoppage-from = 头一天
setting-stoppage-to = 最后一天
setting-stoppage-to-hint = 只停一天就空着
setting-stoppage-document = 依据的文件
setting-stoppage-document-hint = 文号或标题
setting-stoppage-reason = 原因
setting-stoppage-reason-hint = 例如台风停工；会显示在期限的算法里
setting-stoppage-submit = 登记并重算
setting-stoppage-withdraw = 登错了，撤掉
# $count (Number) - cases
setting-stoppage-done = 已登记，{ $count } 件在办的到期日变了
# $count (Number) - cases
setting-stoppage-withdrawn = 已撤掉，{ $count } 件在办的到期日变了
setting-stoppage-error-known = 这次停工已经登记过
setting-stoppage-error-off = 这几天本来就不上班，不用登记
setting-stoppage-error-unfounded = 要写明依据的文件和原因
# $days (Number) - days
setting-stoppage-error-too-long = { $days } 天太长，请核对日子

### jobs
setting-jobs-title = 定时任务
setting-jobs-lede = 系统自己按时做的事
setting-jobs-list = 各个任务
setting-jobs-none = 还没有任务跑过。系统启动后几秒就会有。
setting-job-name = 任务
setting-job-last = 上次
setting-job-next = 下次
setting-job-next-soon = 马上
setting-job-never = 没有
setting-job-runs = 跑过（次）
setting-job-done = 办了（件）
setting-job-failures = 出错
# $count (String) - failed runs
setting-job-failed = { $count } 次，最近一次的原话：
setting-job-failed-none = 没有
setting-job-running = 正在跑
setting-job-stuck = 停了
setting-job-new = 还没跑过
setting-job-well = 正常
setting-job-gone = 现在的程序没有它
setting-job-run-now = 现在跑
# $name (String) - job
setting-job-run-done = “{ $name }”几秒内开始
# $n (Number) - seconds
setting-job-every-seconds = 每 { $n } 秒
# $n (Number) - minutes
setting-job-every-minutes = 每 { $n } 分钟
setting-job-audit-seal = 封存审计日志
setting-job-refresh = 接收别处改过的设置
setting-job-recount = 补算没有算完的到期日
setting-job-ladder = 提醒、催办、预警和督办

### audit log
setting-log-title = 审计日志
# $open (Number) - entries not sealed
# $seq (String) - place
setting-log-lede =
    { $open ->
    [0] 全部封存，到第 { $seq } 条
   *[other] 封存到第 { $seq } 条，还有 { $open } 条没封存
    }
setting-log-from = 从哪天
setting-log-to = 到哪天
setting-log-number = 编号
setting-log-action = 动作代码或开头
setting-log-none = 没有符合条件的记录。放宽日期或条件再查。
setting-log-at = 时间
setting-log-who = 谁
setting-log-what = 做了什么
setting-log-detail = 细节
setting-log-seq = 序号
setting-log-open = 还没封存
setting-log-export = 导出 CSV
setting-log-person = 人员编号
setting-log-name = 姓名
setting-log-role = 身份代码
setting-log-code = 动作代码
setting-log-subject = 记录种类
setting-log-hash = 哈希
setting-log-bearer = 凭编号和查询码
setting-chain = 日志链
setting-chain-head = 链头，请记在别处
setting-chain-none = 还没有封存的记录
setting-chain-open = 还没封存
# $count (String) - entries
setting-chain-open-count = { $count } 条。几秒内会封存
setting-chain-export = 导出
# $count (String) - entries
setting-chain-export-text = 按上面的条件，一次最多 { $count } 条，从新到旧。导出本身也记一条
setting-verify = 验证日志链
setting-verify-note = 从第一条算到最后一条，看有没有改过、插过、挪过、删过
setting-verify-head = 以前记下的链头
setting-verify-head-hint = 序号:哈希。填了还能查出链尾被截、整条链被重写
setting-verify-submit = 开始验证
setting-verdict-title-good = 日志链完好
setting-verdict-title-bad = 日志链有问题
# $good (String) - sealed entries
# $open (String) - entries not sealed
setting-verdict-good = { $good } 条全部对得上，没有改过。另有 { $open } 条还没封存。
# $open (String) - entries not sealed
setting-verdict-empty = 还没有封存的记录，有 { $open } 条等着封存。
# $seq (String) - place
# $good (String) - sealed entries
setting-verdict-altered = 第 { $seq } 条被改过、插进来或挪过位置。它前面的 { $good } 条没有问题。请保留现场，报告安全管理员。
# $seq (String) - place
# $good (String) - sealed entries
setting-verdict-missing = 第 { $seq } 条不见了。它前面的 { $good } 条没有问题。请保留现场，报告安全管理员。
# $seq (String) - place
# $good (String) - sealed entries
setting-verdict-head = 记下的第 { $seq } 条和链上的对不上：链尾被截，或者整条链被重写过。链上现有的 { $good } 条自己连得起来。
setting-error-head = 要写成“序号:哈希”，哈希是 64 位
# $flow (String) - procedure
# $step (String) - step
setting-done-step = { $flow }：{ $step }
setting-done-site = 改站点文字
setting-done-year = 录入日历
setting-done-stoppage = 登记停工
setting-done-stoppage-withdraw = 撤掉停工
setting-done-job = 让任务马上跑
setting-done-propose = 提出规则参数的新版本
setting-done-verify = 验证日志链
setting-done-export = 导出审计日志

### words for codes of the audit log: place and what was done
setting-place-people = 人员
setting-place-organisations = 组织
setting-place-signin = 登录
setting-place-notices = 消息
setting-place-case = 办件
setting-place-enterprises = 企业名录
setting-place-providers = 服务机构
setting-place-products = 服务产品
setting-place-windows = 窗口
setting-place-imports = 导入
setting-place-registers = 名录
setting-place-registration = 企业登记
setting-place-rating = 评价
setting-place-files = 附件
setting-did-created = 新建
setting-did-changed = 修改
setting-did-renamed = 改名
setting-did-state = 改状态
setting-did-capacity-added = 增加身份
setting-did-window-created = 新建窗口
setting-did-window-renamed = 窗口改名
setting-did-window-state = 窗口改状态
setting-did-cluster = 改服务集群
setting-did-account-set = 设置账号
setting-did-invited = 发出邀请
setting-did-invitation-accepted = 接受邀请
setting-did-invitation-withdrawn = 撤回邀请
setting-did-membership-added = 增加成员关系
setting-did-membership-ended = 结束成员关系
setting-did-membership-verified = 核实成员关系
setting-did-phone-revealed = 查看完整电话
setting-did-reveal-phone = 查看完整电话
setting-did-acting = 换身份
setting-did-code-issued = 发一次性验证码
setting-did-password-changed = 改密码
setting-did-password-reset = 重设密码
setting-did-session-ended = 结束一处登录
setting-did-sessions-ended = 结束全部登录
setting-did-signed-in = 登录
setting-did-signed-out = 退出
setting-did-received = 收到文件
setting-did-read = 读完文件
setting-did-confirmed = 确认导入
setting-did-applied = 写入名录
setting-did-dropped = 放弃
setting-did-failed = 没有成功
setting-did-exported = 导出
setting-did-registered = 登记
setting-did-verified = 核实
setting-did-refused = 没有通过
setting-did-attach = 加附件
setting-did-message = 写消息
setting-did-give = 转交
setting-did-urge = 催办
setting-did-ladder = 提醒或催办升级
setting-did-recount = 重算到期日

setting-report-title = 谁办举报
setting-report-who = 指定办举报的人
setting-report-none = 还没有指定：现在市工信局的经办人和审批人都看得到举报。
# $n (Number) - 几人
setting-report-named = 已指定 { $n } 人。只有他们看得到举报和举报人，别人连有没有都看不到。
setting-report-save = 指定这些人
# $n (Number) - 几人
setting-report-saved = 已指定 { $n } 人
setting-report-notice = 您被指定办理举报，新的举报会出现在您的收件箱里
setting-report-verb = 指定谁办举报
setting-report-note = 举报只给指定的人看
setting-log-covered = 不在这里显示的一步
setting-moves = 到期日变动
setting-moves-list = 逐件列出
setting-moves-none = 没有到期日变动
setting-moves-case = 哪一件
setting-moves-before = 原来
setting-moves-after = 现在
setting-moves-at = 什么时候重算
setting-moves-calendar = 工作日历有变
# $n (Number) - n
setting-moves-count = { $n } 件
setting-moves-back = 回到工作日历
# $n (Number) - n
setting-moves-link = 到期日变动 { $n } 件
setting-stoppage-look = 看看会动哪些到期日
setting-stoppage-back-title = 撤掉停工登记
setting-stoppage-back-submit = 撤掉并重算
setting-stoppage-why = 为什么撤掉
setting-stoppage-why-hint = 企业会看到，例如通知已取消、日子登错了
setting-preview-sure = 确认
setting-preview-back = 先不动
setting-preview-moves = 会变的到期日
setting-preview-none = 没有到期日会变
setting-preview-after = 改到
# $max (Number) - count
setting-stoppage-why-missing = 写一句为什么撤掉，最多 { $max } 字
# $n (Number) - count
setting-preview-count = 还没有动。确认后 { $n } 件在办的到期日会变，企业和轮到办的人都会收到消息
setting-papers-title = 文书文本
setting-papers-note = 受理、补正、办结等文书写什么；一人提，另一人定
setting-papers-lede = 新文本批准后签发的文书才用；已经签发的保持原样
setting-paper-kind = 文书
setting-paper-version = 版本
setting-paper-waiting = 等批准
setting-paper-now = 在用
setting-paper-before = 用过
setting-paper-zh = 中文（以此为准）
setting-paper-en = 英文（供参考）
setting-paper-lede = 签发时，花括号里的名称换成这一件的内容
setting-paper-lines = 一行一段，“# ”开头是小标题，“- {"{"}名称{"}"}”逐条列出。
setting-paper-versions = 各个版本
setting-paper-state = 状态
setting-paper-reason = 为什么改
setting-paper-propose = 提一个新文本
setting-paper-submit = 报市工信局批准
setting-paper-propose-note = 批准前照旧
setting-paper-hint-en = 行数、条件、小标题和填空要与中文逐行对得上
setting-paper-open = 已经有一个新文本在等批准
setting-matter-paper = 有文书的新文本等批准
# $version (String) - 版本号
setting-paper-nth = 第 { $version } 版
# $version (String) - 版本号
setting-paper-proposed = 提出的第 { $version } 版
setting-paper-gone = 去掉或改掉的行
# $version (String) - 版本号
setting-paper-in-force = 在用的第 { $version } 版
# $names (String) - 可填的名称
# $flags (String) - 条件
setting-paper-hint = 能填的：{ $names }。能加在行首的条件：{ $flags }，前面加 ! 是“没有时”
# $lines (Number) - 行
# $chars (Number) - 字
setting-paper-size = 至少一行，最多 { $lines } 行，每行最多 { $chars } 字
# $line (Number) - 行
# $name (String) - 名称
# $names (String) - 可填的名称
setting-paper-unknown = 第 { $line } 行的 { $name } 没有可填的内容；能填的：{ $names }
# $line (Number) - 行
# $flag (String) - 条件
# $flags (String) - 条件
setting-paper-condition = 第 { $line } 行的条件 { $flag } 不存在；能用的：{ $flags }
# $name (String) - 名称
setting-paper-missing = 不能少了 { $name } 这一项
# $line (Number) - 行
setting-paper-apart = 从第 { $line } 行起，英文与中文对不上
# $max (Number) - 字数
setting-paper-reason-missing = 写明为什么改，最多 { $max } 字
# $name (String) - 文书
# $version (String) - 版本号
setting-paper-notice-proposed = { $name }的第 { $version } 版文本等您批准
# $name (String) - 文书
# $version (String) - 版本号
setting-paper-notice-approved = { $name }的第 { $version } 版文本已批准，从现在起用它签发
# $name (String) - 文书
# $version (String) - 版本号
# $words (String) - 理由
setting-paper-notice-rejected = { $name }的第 { $version } 版文本没有批准：{ $words }
# $version (String) - 版本号
setting-paper-approved-done = 第 { $version } 版已批准，从现在起用它签发
