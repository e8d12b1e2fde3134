products-title = 服务产品
# $n (String) 项数
products-total = 共 { $n } 项
products-search = 名称或说明里的词
products-none = 名录里还没有您能看到的服务产品。
products-none-match = 没有符合这些条件的产品。去掉一个条件，或换个词再找。
products-state-listed = 在架
products-state-withdrawn = 已下架
products-new = 登记服务产品
products-new-submit = 登记这项产品
# $name (String) 机构
products-of = 由 { $name } 提供。
products-provider-number = 服务机构编号
products-provider-hint = 如 JG-000001，在机构名录里
products-provider-unknown = 没有这个编号的服务机构
products-description-hint = 做什么、给什么、要企业准备什么
products-price-hint = 数字和单位，如 300 元/次
products-name-known = 这家机构已经有同名的产品
# $name (String) 名称
# $number (String) 编号
products-created = 登记好了：{ $name }，编号 { $number }。
# $name (String) 名称
products-edit = 改 { $name }
# $n (Number) 天数
products-working-days = { $n } 个工作日
products-do-withdraw = 下架
products-do-withdraw-note = 不再展示；记录保留，可以再上架。
products-do-list = 重新上架
products-do-list-note = 从现在起对外展示。
# $name (String) 名称
# $state (String) 状态
products-state-set = { $name }：{ $state }。
