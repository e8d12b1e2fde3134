### 找服务

service-title = 找服务
# $words (String) 搜的词
service-found-title = “{ $words }”的搜索结果
service-search-label = 搜服务：名称、内容、机构
service-filter = 筛选
# $n (Number) 选了几项
service-chosen = 已选 { $n } 项
service-apply = 按这些筛选
service-clear = 全部清除
# $n (String) 多少项
service-count = { $n } 项服务
service-empty = 没有找到这样的服务。换个说法，或者少选几个条件；也可以直接把困难写给我们。
service-empty-near = 没有哪一项和您写的完全一样，下面这些接近。都不是的话，直接把困难写给我们。
service-near = 接近的服务
service-not-fitting = 都不合适？把困难说给我们
service-not-fitting-next = 写下您要办的事，有人替您找合适的机构。
service-fee = 收费
service-category = 服务类别
service-district = 区
service-provider = 服务机构
service-time = 多久办好
service-modes = 怎样办
service-number = 编号
service-facts = 服务信息
service-fee-free = 免费
service-fee-low = 低收费
service-fee-published = 按公示标准
service-fee-negotiable = 面议
service-fee-unknown = 收费没有写明，办理前会告诉您
# $fee (String) 收费方式
# $price (String) 价格的写法
service-fee-price = { $fee }，{ $price }
service-mode-counter = 到现场
service-mode-phone = 电话
service-mode-onsite = 上门
service-mode-online = 网上
service-mode-print = 刊物
service-mode-letter = 书信
service-mode-other = 其他方式
# $n (Number) 几个工作日
service-days = 一般 { $n } 个工作日
service-only-chinese = 仅提供中文
service-no-description = 机构没有写说明，办理前会有人向您讲清楚。
service-about-provider = 机构简介
service-want = 想办这项服务？
service-want-next = 提一件诉求，写明您的情况，这家机构和别的合适机构都能接。
service-ask = 就这项服务提诉求
service-others = 这家机构的其他服务
