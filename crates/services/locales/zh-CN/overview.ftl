overview-title = 全网概况
overview-title-own = 本单位概况
overview-title-territory = 本区概况
# $span (String) - 起止日期
# $sees (String) - 看到的范围
overview-beside = { $span }。{ $sees }
# $before (String) - 前面的话
# $filter (String) - 筛选条件
overview-beside-filter = { $before }。只看：{ $filter }
# $from (String) - 第一天
# $to (String) - 最后一天
overview-span = { $from }至{ $to }
overview-sees-all = 看到的范围：全部诉求
overview-sees-no-reports = 看到的范围：除举报外的全部诉求；举报只给指定的人员看
overview-sees-centre = 看到的范围：除市工信局牵头以外的全部诉求
overview-sees-territory = 只看本区的数，看不到各件的内容
overview-sees-own = 只看派给本单位的
overview-sees-operator = 看到的范围：运营机构牵头的诉求；服务中心、市工信局牵头的不在内
overview-print = 打印
overview-presets = 常用时段
overview-this-month = 本月
overview-last-month = 上月
overview-this-quarter = 本季度
overview-this-year = 今年
overview-twelve-months = 近 12 个月
overview-from = 从
overview-to = 到
overview-district = 区
overview-category = 类别
overview-all-districts = 全市
overview-all-categories = 全部类别
overview-district-none = 没有注明区
overview-category-none = 还没有归类
overview-cause-none = 还没有查到原因
# $at (String) - 时刻
overview-computed = 计算于 { $at }，只算办理中留下记录的步骤，没有人填总数。
overview-export-xlsx = 导出 Excel
overview-export-csv = 导出 CSV
overview-how = 怎样算的
overview-as-of-now = 此刻
overview-unit-cases = 件
overview-unit-points = 分
overview-unit-days = 个工作日
overview-join = 、
# $first (String) - 一句
# $second (String) - 又一句
overview-sentences = { $first }。{ $second }
overview-total = 合计

### 指标的名称
overview-intake = 收到诉求
overview-limit-accept = 作出受理决定
overview-limit-dispatch = 受理后派出
overview-limit-answer = 作出答复
overview-late-accept = 超期没受理
overview-late-dispatch = 超期没派单
overview-late-answer = 超期没答复
overview-time-accept = 从提交到受理
overview-time-dispatch = 从受理到派单
overview-time-answer = 从派单到答复
overview-closed = 办结和到期没有回应
overview-confirmed = 确认办结
overview-closed-rated = 办结后打了分
overview-refused = 不予受理
overview-withdrawn = 企业撤回
overview-rated = 企业打的分
overview-satisfied = 满意的分
overview-given = 派单
overview-taken = 接单
overview-declined = 退单
overview-reported = 反馈结果
overview-not-achieved = 没能办成
overview-tried = 办到底的派单
overview-open = 手上没办完
overview-overdue = 手上超期
overview-improve-opened = 立项的改进
overview-improve-closed = 核实办完的改进
overview-improve-open = 没办完的改进
overview-improve-overdue = 改进超过期限
overview-improve-uncalled = 改进立项后还没有听企业说
overview-ladder = 预警和督办的事
overview-unreached = 回访打了没有打通
overview-calls-made = 回访
overview-calls-reached = 回访打通
overview-calls-solved = 回访说解决了
overview-calls-unreached = 回访联系不上
overview-calls-open = 还要打的回访
overview-calls-overdue = 过了日子的回访
overview-accepted-in-time = 按时受理
overview-dispatched-in-time = 按时派单
overview-answered-in-time = 按时答复
overview-satisfaction = 满意率
overview-mean-grade = 满意度
# $what (String) - 哪一段
overview-median-of = { $what }，中位数
overview-improve-time = 改进从立项到办完，中位数

### 指标的定义
overview-def-intake = 这段时间提交的诉求，不分渠道，热线、大厅、窗口代录的都在内；后来受不受理都算。
overview-def-limit-accept = 这段时间了结的受理期限，一件诉求一个。受理、不予受理都是了结；企业自己撤回的不算，当场办结的没有这个期限。了结那天没有超过最后一天，算按时。
overview-def-limit-dispatch = 这段时间了结的派单期限。派给承办单位、由服务台直接答复都是了结；企业撤回的不算。申请重办或各家都没办成、要再派的，再算一个。
overview-def-limit-answer = 这段时间作出的答复，对照当时的期限。等企业补材料的日子不计入期限；没有答复就退回派单的不算；重办以后的答复再算一个。
overview-def-late = 此刻这一步还没有做、期限最后一天已过的诉求，和时段无关。
overview-def-time-accept = 这段时间第一次受理的诉求，从提交到受理。一个工作日按 24 小时算，周末、节假日、停工日不算；期限是从第二天数整天的，两种数法不同。企业补正的时间在内，当场办结的不在内。
overview-def-time-dispatch = 这段时间第一次派单的诉求，从第一次受理到第一次派单，按工作时间算。
overview-def-time-answer = 现在这份答复在这段时间作出的诉求，从第一次派单到这份答复，按工作时间算；等企业补材料和重办的时间都在内。
overview-def-closed = 这段时间结束、后来没有再打开的诉求，分企业确认、回访确认、当场确认，和到期没有回应四种。
overview-def-confirmed = 这段时间由企业确认、回访确认或者当场确认办结的诉求。到期没有回应的不是确认，另列。
overview-def-closed-rated = 这段时间办结或到期没有回应的诉求里，到现在打过分的。
overview-def-refused = 这段时间按列明的理由不予受理的诉求。
overview-def-withdrawn = 这段时间企业在答复之前自己撤回的诉求。
overview-def-rated = 这段时间打的分，一次答复最多一份，重办后可以再打一次。打分自愿；没有打的、到期没有回应的都不算分。
# $grade (String) - 最低几分
overview-def-satisfied = 这段时间打的分里，{ $grade } 分和以上的，除以全部打的分。这个线是规则里的一项参数。
overview-def-given = 这段时间派给它的件数，重派的再算。
overview-def-taken = 这段时间它接下的件数。
overview-def-declined = 这段时间它退回的件数。
overview-def-reported = 这段时间它反馈了结果或协办意见的件数。
overview-def-not-achieved = 这段时间接下以后没能办成、交回来的派单。企业选了别家、派单收回的不算在它头上。
overview-def-tried = 这段时间反馈了结果的派单，加上没能办成的派单。
overview-def-open = 此刻还在手上的派单，和时段无关。
overview-def-overdue = 此刻还在手上、期限最后一天已过的派单，和时段无关。
overview-def-improve-opened = 这段时间因为打分低或申请重办立项的改进。
overview-def-improve-closed = 这段时间由别的单位核实、办完的改进。用时从立项算到核实，按工作时间算。
overview-def-improve-open = 此刻还没有核实的改进，和时段无关。
overview-def-improve-overdue = 此刻期限最后一天已过、还没有办完的改进。
overview-def-improve-uncalled = 此刻责任单位还没有听企业说、期限还没到的改进。
overview-def-ladder = 此刻没办完、已经升到预警或督办的诉求、派单和改进。已经派给别人办的诉求看它的派单，不重复算。
overview-def-unreached = 此刻等企业确认、这次答复以后打过回访而一次都没有打通的诉求。
overview-def-calls-made = 这段时间有结果的回访：打通了的，和打够了仍然联系不上的。一件诉求可以有几次。
overview-def-calls-reached = 这段时间打通了的回访。
overview-def-calls-solved = 这段时间打通了、企业说解决了的回访。
overview-def-calls-unreached = 这段时间打满次数、分够天数仍然没有打通的回访。它不是企业确认，另列。
overview-def-calls-open = 此刻还没有结果的回访。
overview-def-calls-overdue = 此刻过了最迟那天还没有结果的回访。
# $what (String) - 指标
# $words (String) - 定义
overview-note = { $what }：{ $words }

### 数字下面的话
overview-none-yet = 这段时间还没有收到诉求
overview-none-settled = 这段时间还没有到这一步的
overview-none-closed = 这段时间还没有办结的
overview-none-rated = 这段时间还没有人打分
overview-none-tried = 这段时间还没有办到底的派单
overview-none-improved = 这段时间没有立项、办完的改进，也没有正在办的
overview-basis-intake = 样本：全部渠道
# $kept (String) - 按时的件数
# $n (String) - 全部件数
overview-basis-share = 按时 { $kept } 件，共 { $n } 件
# $n (String) - 件数
overview-basis-late = 此刻超期没办：{ $n } 件
# $firm (String) - 企业确认
# $call (String) - 回访确认
# $spot (String) - 当场确认
overview-basis-confirmed = 企业 { $firm }，回访 { $call }，当场 { $spot }
# $n (String) - 件数
overview-basis-silence = 到期没有回应 { $n } 件，不算确认
# $yes (String) - 满意的
# $n (String) - 全部
overview-basis-satisfied = 满意 { $yes } 份，共 { $n } 份
overview-basic-counts = “基本满意”计入
overview-basic-counts-not = “基本满意”不计入
# $n (String) - 份数
overview-basis-grades = 样本：{ $n } 份，满分 5 分
# $closed (String) - 办结件数
# $rated (String) - 打分件数
# $share (String) - 占比
overview-basis-rated = 结束的 { $closed } 件里 { $rated } 件打了分，占 { $share }
# $n (String) - 件数
# $share (String) - 占比
overview-basis-not-achieved = 样本：办到底的派单 { $n } 件，占 { $share }

### 要过问的
# $n (String) - 件数
overview-attention = 要您过问的 { $n } 件事
overview-attention-none = 要您过问的事
overview-attention-beside = 此刻的情况，和时段无关；按拖下去的后果排
overview-attention-caption = 要您过问的事
overview-nothing-urgent = 没有要您过问的事。有事项升到预警、改进超期、窗口长时间不接单，会排在这里。
overview-col-weight = 轻重
overview-col-matter = 什么事
overview-col-who = 谁在管
overview-col-you-may = 您可以
overview-open-it = 打开
overview-open-list = 看这些件
overview-overdue-word = 已超期
overview-soon-word = 等去听
overview-silent-word = 不接单
overview-unreached-word = 没打通
overview-calls = 回访
overview-col-calls = 结果
# $share (String) - share
# $of (String) - of what
# $n (String) - how many
overview-calls-share = { $of }的 { $share }（n={ $n }）
overview-calls-of-made = 有结果
overview-calls-of-reached = 打通
overview-calendar-word = 会出错
# $n (String) - 件数
overview-ladder-more = 另有 { $n } 件也升到了预警或督办
# $what (String) - 什么事
# $n (String) - 件数
overview-todo = { $what }：{ $n } 件
# $window (String) - 窗口
# $days (String) - 天数
# $n (String) - 件数
overview-silent = { $window }：{ $days } 天里派去 { $n } 件，一件也没有接
# $year (String) - 年份
overview-calendar-missing = { $year } 年的工作日历还没有录入，跨年的期限只能暂定
overview-desk-operator = 运营机构
overview-desk-centre = 服务中心
overview-desk-bureau = 市工信局
overview-who-firm = 企业
overview-who-improvers = 被评的单位
overview-who-callers = 负责回访的受理台
overview-who-admin = 系统管理员

### 收到的诉求
overview-intake-head = 收到了什么
overview-by-month = 每月收到的诉求
overview-by-channel = 各渠道的诉求
overview-by-kind = 各种类的诉求
overview-by-category = 各类别的诉求
overview-by-district = 各区的诉求
# $year (String) - 年
# $month (String) - 月
overview-month = { $year }年{ $month }
# $what (String) - 最多的一项
# $n (String) - 件数
# $share (String) - 占比
overview-most = { $what }最多，{ $n } 件，占 { $share }
# $month (String) - 月份
# $n (String) - 件数
overview-most-month = { $month }收到最多，{ $n } 件
# $title (String) - 图的内容
# $n (String) - 样本
overview-basis-chart = { $title }，件。样本：{ $n } 件
# $title (String) - 图的内容
# $n (String) - 样本
overview-basis-last-months = { $title }，件，只画最后 12 个月。样本：{ $n } 件

### 办得怎样
overview-work-head = 办得怎样
overview-steps = 每一步快不快（用时是中位数，单位工作日）
overview-endings = 怎样结束的
# $how (String) - 怎样结束
overview-not-confirmed = { $how }（不算确认）
overview-grades = 企业打的分
# $share (String) - 满意率
# $mean (String) - 平均分
overview-grades-finding = 满意率 { $share }，平均 { $mean } 分
# $n (String) - 份数
# $counts (String) - 基本满意算不算
overview-grades-basis = 各等级的份数。样本：{ $n } 份；满意率{ $counts }
overview-improvements = 改进的原因
# $cause (String) - 原因
# $n (String) - 件数
overview-cause-most = 立项最多的原因：{ $cause }，{ $n } 件
overview-improve-chart-basis = 这段时间立项的改进，件，按查到的原因分
# $opened (String) - 立项
# $closed (String) - 办完
# $open (String) - 没办完
overview-improve-basis = 立项 { $opened } 件，核实办完 { $closed } 件，此刻没办完 { $open } 件
# $days (String) - 天数
# $n (String) - 样本
overview-improve-median = 从立项到办完的中位数 { $days } 个工作日，样本 { $n } 件
overview-improve-no-median = 这段时间还没有办完的，算不出用时

### 窗口和机构
overview-windows = 窗口
overview-others = 服务机构、部门和服务台
overview-handlers = 窗口和机构
overview-handlers-beside = 按时段算，手上的是此刻；用时是中位数，单位工作日
overview-no-windows = 还没有接入的窗口
overview-no-others = 这段时间没有派给服务机构和部门的件
# $n (String) - 家数
overview-all-providers = 看全部 { $n } 家
# $step (String) - 哪一段
# $days (String) - 天数
# $n (String) - 样本
overview-print-median = { $step } { $days }（样本 { $n }）
overview-print-rest = 窗口和机构的表、要过问的事和逐件明细，请在网上看或者导出。
# $mean (String) - 平均分
# $n (String) - 份数
overview-grade-cell = { $mean }（{ $n }）

### 表头
overview-col-figure = 指标
overview-col-value = 数值
overview-col-unit = 单位
overview-col-month = 月
overview-col-channel = 渠道
overview-col-kind = 种类
overview-col-cases = 件
overview-col-share = 占比
overview-col-share-percent = 占比（%）
overview-col-share-closed = 占结束的
overview-col-step = 哪一段
overview-col-settled-n = 了结的期限
overview-col-kept-share = 按时率
overview-col-median = 用时中位数（工作日）
overview-col-sample = 样本
overview-col-late-now = 此刻超期
overview-col-ending = 怎样结束
overview-col-grades = 份
overview-col-improve-opened = 立项
overview-col-improve-closed = 办完
overview-col-improve-open = 没办完
overview-col-take = 接单用时
overview-col-answer = 办理用时
overview-col-median-short = 用时
overview-col-to-take = 接单用时中位数（工作日）
overview-col-to-answer = 办理用时中位数（工作日）
overview-col-grade-n = 打分（份）
overview-col-number = 编号
overview-col-what = 事项
overview-col-firm = 企业
overview-col-state = 到哪一步
overview-col-submitted = 提交
overview-col-accepted = 受理
overview-col-dispatched = 派单
overview-col-answered = 答复
overview-col-ended = 结束
overview-col-grade = 打分
overview-col-rated = 哪天打的
overview-col-judged = 打给谁
overview-col-from = 期限开始
overview-col-due = 最后一天
overview-col-settled = 了结
overview-col-kept = 按时吗
overview-col-handler = 谁办
overview-col-given = 派给
overview-col-taken = 接单
overview-col-improver = 谁改
overview-col-cause = 原因
overview-col-opened = 立项
overview-kept = 按时
overview-missed = 超期

### 明细
# $n (String) - 件数
# $when (String) - 时段
overview-list-count = { $n } 条，{ $when }
overview-list-empty = 这个数是 0，没有明细
overview-masked = 举报人不列出
# $grade (String) - 几分
# $word (String) - 等级
overview-grade-word = { $grade } 分，{ $word }
