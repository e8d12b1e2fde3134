### 页框、部件、日期

web-name = 慧企云
## 竖线处可以换行
web-network = 厦门市中小企业|公共服务网络
web-workbench = 工作台
web-skip = 跳到正文
web-sample-note = 演示数据：单位、人名、电话、数字都是虚构的。
web-search = 搜索
web-desk-search = 搜编号、企业、内容
web-desk-search-hint = 搜编号、企业、内容
web-other-language = English
web-nav = 主导航
web-nav-desk = 工作台导航
web-nav-below = 本部分
web-where = 所在位置
web-sign-in = 登录
web-sign-out = 退出
web-notices = 消息
web-unread = 条未读
web-account = 我的账号
# $role (String) 单位和角色
web-acting = 现在以“{ $role }”办理。
web-acting-change = 换身份后，能看到和能办的事随之改变。
# $role (String) 单位和角色
web-act-as = 换为：{ $role }
web-say-offline = 网断了，还没有发出去。您写的还在这一页，接通后再发一次。
web-say-kept = 您上次写的还没有发出去，已经放回原处，看一下再发。
web-say-files = 图片和附件要重新选。
web-say-discard = 不要了，清空
web-say-online = 网通了，可以再发一次。

## 页脚
web-foot-ask = 有人可问
web-foot-hotline = 服务热线
# $place (String) 地址
web-foot-hall = 服务大厅：{ $place }
# $name (String) 单位
web-foot-guide = 指导：{ $name }
# $name (String) 单位
web-foot-manage = 管理：{ $name }
# $name (String) 单位
web-foot-operate = 运行：{ $name }
web-foot-paper = 打印件不盖章。有二维码的，扫码核对，或者凭旁边的编号和码核对。
# $date (String) 带年份的日期
# $weekday (String) 周几
web-today-is = 今天是{ $date }（{ $weekday }）
# $date (String) 带年份的日期
# $weekday (String) 周几
web-today-is-working = 今天是{ $date }（{ $weekday }），工作日
# $date (String) 带年份的日期
# $weekday (String) 周几
web-today-is-off = 今天是{ $date }（{ $weekday }），不是工作日
# $time (String) 几点几分
web-made-at = 页面生成于 { $time }

## 日期
# $month (String) 几月
# $day (String) 几日，或者几日到几日
web-date = { $month }{ $day }日
# $year (String) 年
# $month (String) 几月
# $day (String) 几日
web-date-full = { $year }年{ $month }{ $day }日
# $date (String) 日期
# $weekday (String) 周几
web-date-act = { $date }（{ $weekday }）
# $date (String) 日期
# $time (String) 时刻
web-moment = { $date } { $time }
web-today = 今天
web-tomorrow = 明天
web-month-1 = 1月
web-month-2 = 2月
web-month-3 = 3月
web-month-4 = 4月
web-month-5 = 5月
web-month-6 = 6月
web-month-7 = 7月
web-month-8 = 8月
web-month-9 = 9月
web-month-10 = 10月
web-month-11 = 11月
web-month-12 = 12月
web-month-short-1 = 1月
web-month-short-2 = 2月
web-month-short-3 = 3月
web-month-short-4 = 4月
web-month-short-5 = 5月
web-month-short-6 = 6月
web-month-short-7 = 7月
web-month-short-8 = 8月
web-month-short-9 = 9月
web-month-short-10 = 10月
web-month-short-11 = 11月
web-month-short-12 = 12月
web-weekday-1 = 星期一
web-weekday-2 = 星期二
web-weekday-3 = 星期三
web-weekday-4 = 星期四
web-weekday-5 = 星期五
web-weekday-6 = 星期六
web-weekday-7 = 星期日
web-weekday-short-1 = 周一
web-weekday-short-2 = 周二
web-weekday-short-3 = 周三
web-weekday-short-4 = 周四
web-weekday-short-5 = 周五
web-weekday-short-6 = 周六
web-weekday-short-7 = 周日

## 还剩多久
# $n (Number) 几个工作日
web-left = 还剩 { $n } 个工作日
# $n (Number) 几个工作日
web-left-with-today = 还剩 { $n } 个工作日，含今天
# $n (Number) 几天
web-left-short = 剩 { $n } 个工作日
# $n (Number) - 工作日数
web-left-short-with-today = 剩 { $n } 个工作日，含今天
web-due-today = 今天到期
# $n (Number) 几天
web-over = 超 { $n } 个工作日
web-over-now = 已超期

## 期限怎样算出来
# $date (String) 到期日
web-how-title = { $date }是怎样算出来的
# $n (Number) 几个工作日
# $first (String) 第一天
# $last (String) 最后一天
web-how-intro = 限 { $n } 个工作日：第 1 天是{ $first }，最后一天是{ $last }，到当天 24:00 为止。休息日、放假和暂停的日子不算，调休上班的日子算。
# $year (String) 年
web-how-provisional = 这个日期是暂定的：{ $year } 年的放假安排还没有录入，先按周一到周五推算，录入后会重算。
web-days-start = 起始日，不算
# $what (String) 当天发生的事，比如派单
web-days-start-word = { $what }，不算
# $n (String) 第几天
web-days-nth = 第 { $n } 天
# $n (String) 第几天
web-days-nth-provisional = 第 { $n } 天，暂定
web-days-off = 不算
# $n (Number) 几天
web-days-off-many = { $n } 天不算
web-days-paused = 暂停，不算
web-days-paused-head = 暂停
web-days-weekend = 周末
# $name (String) 节日
web-days-holiday = { $name }放假
# $reason (String) 停工原因
web-days-stoppage = 停工：{ $reason }
# $weekday (String) 周几
web-days-worked = { $weekday }上班
# $weekday (String) 周几
web-days-today = { $weekday }，今天
# $weekday (String) 周几
web-days-due = { $weekday }，到期
# $weekday (String) 周几
web-days-due-today = { $weekday }，今天到期

## 部件
web-take-off = ，去掉
# $n (Number) 几处
web-errors = 有 { $n } 处要改，改好就能继续
web-standing = 办到哪一步
web-optional = 选填
# $n (String) 已写多少字
# $max (String) 最多多少字
web-written = 已写 { $n } 字，最多 { $max } 字
web-filter = 筛选
web-pick-all = 全选本页
# $n (String) 几件
web-picked = 已选 { $n } 件
web-pager = 分页
web-prev = 上一页
web-next = 下一页
# $n (String) 多少条
web-pager-all = 共 { $n } 条
# $n (String) 本页多少条
# $total (String) 一共多少条
web-pager-of = 本页 { $n } 条，共 { $total } 条
# $n (String) 本页多少条
web-pager-shown = 本页 { $n } 条
# $step (String) 第几步
# $of (String) 一共几步
web-step-of = 第 { $step } 步，共 { $of } 步
web-copy = 复制
web-copied = 已复制
web-keys = 只用键盘怎样办
web-keys-help = Tab 逐项移动，空格选中，回车打开。脚本可用时另有：J、K 上下，X 选中，/ 跳到搜索，? 看这一段。
# $what (String) 什么单子
# $number (String) 编号
# $at (String) 什么时候
# $who (String) 谁，以什么身份
web-print-line = 慧企云{ $what }，{ $number }。{ $at } 由{ $who }打印。网上的记录为准。

## 图
# $title (String) 图的名称
web-chart-title = { $title }，数据见下表

## 文书
web-paper-print = 打印
# $kind (String) 文件格式
web-paper-download = 下载 { $kind }
web-paper-number = 编号
web-paper-code = 查询码
web-paper-qr = 二维码：扫码核对这份文书
