enterprises-title = 企业
# $n (String) 家数
enterprises-total = 共 { $n } 家
enterprises-search = 名称、代码或拼音首字母
enterprises-none = 名录里还没有您能看到的企业。可以一家一家登记，也可以用文件导入。
enterprises-none-match = 没有符合这些条件的企业。去掉一个条件，或换个词再找。
enterprises-verified-yes = 已核实
enterprises-verified-no = 待核实
enterprises-unverified-note = 这家企业是自己登记的，坐席还没有核实。核实前它能提诉求，看不到以前的记录。
enterprises-new = 登记企业
enterprises-new-submit = 登记这家企业
enterprises-new-lede = 划型由行业、人数、收入和资产算出，不用填。
enterprises-another = 不是上面那几家，是另一家企业
# $name (String) 名称
# $number (String) 编号
enterprises-created = 登记好了：{ $name }，编号 { $number }。
enterprises-passing-note = 这家企业是接电话或来访时顺手登记的，还没有核对。核对名称、代码和区以后，点“核对无误”。
enterprises-vouch = 核对无误
enterprises-vouched = 已核对
enterprises-code-known = 名录里已经有这个代码的企业
# $name (String) 名称
enterprises-edit = 改 { $name } 的资料
enterprises-alike-hint = 可能是同一家的重复记录。
enterprises-own-title = 本企业资料
enterprises-own-lede = 办事时自动带出，改一次处处都对。每次改动都留下记录。
enterprises-waiting = 正在核实您和企业的关系
enterprises-waiting-what = 核实好会通知您。现在就可以提诉求、看进度、撤回；企业以前的记录等核实后打开。
enterprises-size-computed = 按登记的数字算出
enterprises-size-how = 怎样算出来的
# $document (String) 文号
enterprises-size-basis = 依据：{ $document }，行业按 GB/T 4754-2017。大型、中型、小型要各项都达到下限，差一项就低一档；小型也不到的是微型。
enterprises-size-no-industry = 没有登记行业，算不出划型。
# $number (String) 第几类
# $name (String) 行业
enterprises-size-row = 按标准第 { $number } 类“{ $name }”。
# $figure (String) 指标
# $limit (String) 下限
# $class (String) 划型
enterprises-size-reached = { $figure }达到 { $limit }：够{ $class }。
# $figure (String) 指标
# $limit (String) 下限
# $class (String) 划型
enterprises-size-missed = { $figure }不到 { $limit }：不够{ $class }。
# $figure (String) 指标
enterprises-size-missing = 缺{ $figure }，算不出划型。
enterprises-size-outside = 这个行业不在标准里，不适用。
enterprises-size-coarse = 行业代码太粗，里面有几个标准，要更细的代码。
enterprises-size-unknown = 标准里没有这个行业代码。
enterprises-size-whole = 这个大类里有几个小类另有标准，按大类算。
enterprises-job-index = 更新企业的检索词
