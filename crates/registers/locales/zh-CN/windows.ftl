windows-title = 窗口平台
# $n (Number) 个数
windows-total = 共 { $n } 个
# $n (Number) 个数
windows-count = { $n } 个
windows-search = 名称或地址里的词
windows-none = 还没有登记窗口平台。
windows-none-match = 没有符合这些条件的窗口平台。去掉一个条件，或换个词再找。
windows-kind-comprehensive = 综合窗口
windows-kind-cluster = 产业集群窗口
windows-kind-platform = 公共服务示范平台
windows-kind-base = 创业创新示范基地
windows-level-national = 国家级
windows-level-provincial = 省级
windows-level-city = 市级
windows-territory = 服务范围
windows-whole-city = 全市
windows-all-categories = 全部八类
windows-operator = 运营管理单位
windows-operator-hint = 单位编号（ZZ-）或统一社会信用代码；要先由系统管理员登记
windows-operator-unknown = 没有这个编号或代码的单位
windows-new = 登记窗口平台
windows-new-submit = 登记这个窗口平台
windows-new-lede = 同一区只有一个综合窗口，同一产业集群只有一个集群窗口；另有决定的，写明决定。
# $name (String) 名称
# $number (String) 编号
windows-created = 登记好了：{ $name }，编号 { $number }。
# $name (String) 名称
windows-edit = 改 { $name } 的资料
# $name (String) 已有的窗口
windows-territory-taken = 这里已经有窗口了：{ $name }。另有决定的，把决定写在“例外决定”里
windows-district-missing = 综合窗口要选所属区
windows-cluster-missing = 集群窗口要选产业集群
windows-level-missing = 示范平台和示范基地要选认定级别
windows-level-hint = 只有示范平台和示范基地有
windows-district-hint = 综合窗口必选
windows-cluster-hint = 集群窗口必选
windows-categories-hint = 一个都不选，就是八类都办
windows-phone-hint = 对外公开的号码
windows-hours-hint = 如：工作日 8:30–11:30，15:00–17:00
windows-until-hint = 示范称号的有效期
windows-until-before = 有效期早于起始日期
windows-exception-hint = 允许同一区或同一集群有第二个窗口的决定：文号和理由
windows-title-over = 示范称号已经到期，等待复核：不再派新单。
windows-clusters = 产业集群
windows-clusters-lede = 产业集群窗口按集群设立，一个集群一个窗口。
windows-clusters-none = 还没有登记产业集群。
windows-cluster-code = 集群代码
windows-cluster-code-hint = 小写字母、数字和短横，如 bath-fittings；同一代码再存一次就是改名
windows-cluster-code-wrong = 只能用小写字母、数字和短横，最多 40 个
windows-cluster-name = 集群名称
windows-cluster-save = 保存集群
# $name (String) 集群
windows-cluster-saved = 集群存好了：{ $name }。
