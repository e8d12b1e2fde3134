### 首页

home-title = 首页
home-heading = 办企业遇到事，先来这里问
home-search-label = 您想办什么事？用平常的话写就行
home-search-hint = 例如：设备贷款贴息
home-my-window = 我的区窗口
home-choose-district = 选好所在的区，这里就显示离您最近的窗口。
# $district (String) 区名
home-no-window = { $district }还没有接入的窗口，可以拨服务热线，或者直接提诉求。
home-change-district = 换一个区
home-pick-district = 选一个区
home-categories = 按类别找服务
# $n (String) 服务总数
# $free (String) 其中免费的
home-categories-count = { $n } 项服务，其中 { $free } 项免费
home-all-services = 全部服务
# $n (String) 几项
home-items = { $n } 项
home-windows = 按类型找窗口
# $n (String) 几个
home-windows-count = 在册 { $n } 个
home-all-windows = 全部窗口
# $n (String) 几个
home-windows-n = { $n } 个
home-ask-heading = 没找到？直接说困难
# $accept (String) 受理时限
# $ordinary (String) 一般事项时限
home-ask-promise = { $accept }内有人答复受不受理，一般事项 { $ordinary }内办出结果。免费，不用先注册。
home-figures = 今年办得怎么样
# $from (String) 从哪天
# $to (String) 到哪天
home-figures-span = { $from } – { $to }。只算有记录、有凭据的，办不成的也算
# $at (String) 什么时候
home-figures-computed = 计算时间：{ $at }
home-figure-none = 还没有
# $what (String) 是什么
# $n (String) 多少
home-figure-part = { $what } { $n }
home-figure-closed = 办结诉求
home-figure-in-time = 按时答复
# $of (String) 总数
# $n (String) 按时的
home-figure-of = { $of } 件中的 { $n } 件
home-figure-acceptance = 多久有人受理
# $n (String) 几件
home-figure-median = { $n } 件的中位数
home-figure-grade = 企业打分
# $n (String) 几份
# $share (String) 占比
home-figure-grades = { $n } 份评价，自愿填写，占办结的 { $share }
# $all (String) 前一句
# $n (String) 几份
home-figure-excluded = { $all }；另有 { $n } 份经申诉复核不计入
home-figure-not-achieved = 没能办成
# $n (String) 几次
home-figure-tried = 办到底的 { $n } 件中
home-figure-windows = 在册窗口
home-unit-requests = 件
home-unit-days = 个工作日
home-unit-grade = 分，满分 5 分
home-unit-windows = 个
