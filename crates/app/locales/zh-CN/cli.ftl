### 命令行上常读的几句话

# $code (String) 字符
# $name (String) 名称
cli-code-authority = 登记管理部门 { $code }：{ $name }
# $code (String) 字符
# $name (String) 名称
cli-code-kind = 机构类别 { $code }：{ $name }
# $code (String) 六位代码
cli-code-region = 行政区划 { $code }
# $code (String) 九位代码
cli-code-body = 主体标识码 { $code }
# $code (String) 字符
cli-code-check = 校验码 { $code }
# $expected (String) 应为
# $got (String) 实为
cli-code-warning-inner = 注意：主体标识码的校验位是 { $got }，按规则应为 { $expected }，请人工核对
# $region (String) 六位代码
cli-code-warning-region = 注意：行政区划 { $region } 不在代码表里，请人工核对
# $kind (String) 前两位
cli-code-warning-kind = 注意：登记管理部门和机构类别 { $kind } 不在代码表里，请人工核对
cli-code-empty = 没有给出代码
cli-code-old = 这是 15 位的老注册号，不是统一社会信用代码
# $got (Number) 实际位数
cli-code-length = 应为 18 位，这里有 { $got } 位
# $position (Number) 第几位
# $character (String) 字符
cli-code-character = 第 { $position } 位“{ $character }”不会出现在统一社会信用代码里
# $expected (String) 应为
# $got (String) 实为
cli-code-check-wrong = 校验码应为 { $expected }，这里是 { $got }
# $year (String) 年份
cli-deadline-unknown-year = 没有 { $year } 年的放假安排，不能计算
# $kind (String) 是什么日子
# $why (String) 算不算
cli-day-line = { $kind }，{ $why }
cli-day-workday = 工作日
# $name (String) 节日
cli-day-worked = { $name }调休上班
cli-day-weekend = 周末
# $name (String) 节日
cli-day-holiday = { $name }放假
# $name (String) 原因
cli-day-stoppage = 停工：{ $name }
# $n (String) 第几天
cli-day-counts = 算第 { $n } 天
cli-day-start = 起始日，不算
cli-day-off = 不算
# $code (String) 行业代码
# $name (String) 行业名称
cli-size-industry = 行业 { $code } { $name }
# $number (String) 序号
# $name (String) 行业名称
# $document (String) 文号
cli-size-row = 按第 { $number } 类“{ $name }”划型（{ $document }）
# $figure (String) 指标
# $class (String) 类型
# $limit (String) 下限
cli-size-reached = { $figure }达到{ $class }下限 { $limit }
# $figure (String) 指标
# $class (String) 类型
# $limit (String) 下限
cli-size-missed = { $figure }未达到{ $class }下限 { $limit }
# $figure (String) 指标
cli-size-figure-missing = 缺{ $figure }
cli-size-outside = 划型标准没有规定这个行业
cli-size-too-coarse = 代码太粗，对应几类不同的下限，请给出更多位数
cli-size-unknown = 划型标准里没有这个代码
cli-size-whole = 这个大类里有的小类属于别的行业，这里按写明大类的那一类算
cli-doctor-ok = 正常
cli-doctor-warn = 留意
cli-doctor-bad = 要改
cli-doctor-all-well = 没有要改的
# $n (Number) 几处
cli-doctor-amiss = { $n ->
   *[other] 有 { $n } 处要改
}
# $url (String) 数据库地址
cli-doctor-database = 数据库 { $url } 能连上，表是最新的
cli-doctor-migrations = 数据库的表比程序旧：先停机备份，再运行 huiqi migrate
cli-doctor-demo = 这是演示数据，登录页有演示按钮
cli-doctor-no-address = 没有设 public_url：别人从哪个网址访问本站
# $url (String) 网址
cli-doctor-address = 对外网址 { $url }
# $url (String) 网址
cli-doctor-address-here = 对外网址 { $url } 只有本机能用
# $url (String) 网址
cli-doctor-address-plain = 对外网址 { $url } 没有加密，登录和手机号会被人看到，应改用 https
# $path (String) 目录
cli-doctor-folder = 数据目录 { $path } 可以写
# $path (String) 目录
# $error (String) 原因
cli-doctor-folder-closed = 数据目录 { $path } 不能写：{ $error }
# $free (String) 剩余空间
cli-doctor-space = 磁盘还有 { $free }
# $free (String) 剩余空间
cli-doctor-space-little = 磁盘只剩 { $free }，该腾地方了
# $free (String) 剩余空间
cli-doctor-space-none = 磁盘只剩 { $free }，附件和备份很快会写不进去
# $year (String) 年份
cli-doctor-calendar = { $year } 年的放假安排已有
# $year (String) 年份
cli-doctor-calendar-missing = 缺 { $year } 年的放假安排，现在立的期限已经会算到那一年：用 huiqi calendar add 录入
# $year (String) 年份
cli-doctor-calendar-later = { $year } 年的放假安排还没有，公布后用 huiqi calendar add 录入
# $host (String) 服务器
# $port (String) 端口
# $waiting (String) 几封
cli-doctor-mail = 邮件由 { $host }:{ $port } 发出，{ $waiting } 封等着发
# $waiting (String) 几封
cli-doctor-mail-none = 没有设邮件服务器，邮件只留在发件箱页面，{ $waiting } 封等着
# $failed (String) 几封
cli-doctor-mail-failed = { $failed } 封邮件没有发成，原因见发件箱页面
# $url (String) 服务商地址
# $waiting (String) 几条
cli-doctor-sms = 手机消息由 { $url } 发出，{ $waiting } 条等着发
# $waiting (String) 几条
cli-doctor-sms-none = 没有设短信服务商，手机消息只留在待发页面，{ $waiting } 条等着
# $url (String) 服务商地址
cli-doctor-sms-plain = { $url } 没有用 TLS，手机号和链接会被别人看到
# $failed (String) 几条
cli-doctor-sms-failed = 最近七天有 { $failed } 条手机消息没有发成，原因见待发页面
# $lost (String) 几条
cli-doctor-sms-lost = 有 { $lost } 条消息，服务商一直没说收到没有
cli-doctor-jobs-never = 定时任务还没有跑过：程序启动后才会跑
# $n (String) 几项
cli-doctor-jobs = { $n } 项定时任务都没有失败过
# $name (String) 任务
# $failed (String) 失败几次
# $runs (String) 跑了几次
# $error (String) 最后一次的原因
cli-doctor-job-failed = 定时任务 { $name } 跑了 { $runs } 次，失败 { $failed } 次：{ $error }
# $n (String) 几人
cli-doctor-admin = 系统管理员 { $n } 人
cli-doctor-admin-none = 没有系统管理员：用 huiqi admin create 建第一个
# $n (String) 几人
cli-doctor-auditor = 审计管理员 { $n } 人
cli-doctor-auditor-none = 没有审计管理员，没有人看审计记录
cli-doctor-sealed = 审计记录都已封存
# $n (String) 几条
cli-doctor-unsealed = { $n } 条审计记录超过十分钟没有封存：程序没有在跑，或者封存任务出错
