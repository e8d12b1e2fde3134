providers-title = 服务机构
# $n (String) 家数
providers-total = 共 { $n } 家
providers-search = 名称、代码或简介里的词
providers-none = 名录里还没有您能看到的服务机构。
providers-none-match = 没有符合这些条件的机构。去掉一个条件，或换个词再找。
providers-state-draft = 草稿
providers-state-submitted = 待核验
providers-state-admitted = 已入驻
providers-state-refused = 未通过
providers-state-suspended = 暂停
providers-state-removed = 已移出
providers-new = 登记服务机构
providers-new-submit = 登记这家机构
providers-new-lede = 坐席登记的机构直接入驻，登记前请核对证照。
providers-another = 不是上面那几家，是另一家机构
# $name (String) 名称
# $number (String) 编号
providers-created = 登记好了：{ $name }，编号 { $number }。
providers-code-known = 名录里已经有这个代码的服务机构
providers-categories-missing = 请至少选一个服务类别
# $name (String) 名称
providers-edit = 改 { $name } 的资料
providers-products-none = 还没有上架的服务产品。
# $n (Number) 几项
providers-products-count = 在架 { $n } 项
providers-ground-hint = 会留在改动记录里，机构问起时要能答得出
providers-do-submit = 提交核验
providers-do-submit-note = 由运营机构核验。
providers-do-admit = 准予入驻
providers-do-admit-note = 从现在起可以派单给它，产品对外展示。
providers-do-refuse = 不予入驻
providers-do-refuse-note = 说明理由，改好后可以再来。
providers-do-suspend = 暂停
providers-do-suspend-note = 不再派新单，手上的办完。
providers-do-remove = 移出网络
providers-do-remove-note = 不再派单，产品不再展示；以前的记录保留。
# $state (String) 状态
providers-state-set = 状态改为：{ $state }。
