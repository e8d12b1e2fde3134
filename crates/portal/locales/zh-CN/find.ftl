### 找窗口

find-title = 找窗口
# $n (String) 几个
find-count = { $n } 个在册窗口
find-kind = 类型
find-all-kinds = 全部类型
find-all-districts = 全市
find-none = 这里还没有接入的窗口。换一个区看看，或者直接提诉求，由枢纽平台办理。
find-operator = 运营单位
find-all-categories = 全部类别
find-since = 从哪天起
find-until = 称号到哪天
find-title-over = 称号已到期，等待复核
find-today-working = 今天是工作日，照常开放
find-today-off = 今天不是工作日，来之前先打电话
find-not-open = 这个窗口现在不接新的事。已经在办的照旧办完；新的事请提诉求，由枢纽平台安排。
find-come = 怎样去
find-about = 窗口信息
find-ask-next = 不用跑一趟也能办：写下要办的事，由合适的窗口或机构来接。
find-name = 窗口
find-territory = 区和集群
find-hours = 开放时间
find-address = 地址
find-phone = 电话
find-unknown = 待补
