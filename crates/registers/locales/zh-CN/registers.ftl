registers-tabs = 名录
registers-about = 关于这条记录
registers-facts = 资料
registers-actions = 现在可以做的
registers-history = 改动
registers-history-order = 最新的在上面，最多 100 条
registers-history-none = 登记以后还没有改过。
registers-when = 什么时候
registers-field = 哪一项
registers-old = 原来
registers-new = 现在
registers-who = 谁
# $person (String) 姓名
# $source (String) 来源
registers-who-source = { $person }，{ $source }
registers-source = 来源
registers-source-desk = 坐席登记
registers-source-import = 文件导入
registers-source-own = 本单位自己填写
registers-source-passing = 来电来访时顺手登记
registers-source-demo = 演示数据
registers-number = 编号
registers-name = 名称
registers-name-en = 英文名称
registers-name-hint = 证照上的全称，最多 100 字
registers-former = 曾用名
registers-code = 统一社会信用代码
registers-code-short = 信用代码
registers-code-none = 没有代码
registers-code-hint = 18 位，大小写都行；还没有代码的可以空着
registers-code-anyway = 对照过证照，代码就是这样
registers-code-empty = 还没有填代码
registers-code-old = 这是 15 位的旧注册号，请填证照上 18 位的统一社会信用代码
# $got (Number) 位数
registers-code-length = 代码应为 18 位，现在是 { $got } 位
# $position (Number) 第几位
# $character (String) 那个字符
registers-code-character = 第 { $position } 位“{ $character }”不会出现在代码里（代码不用字母 I、O、S、V、Z）
# $expected (String) 应为
# $got (String) 现在
registers-code-check = 最后一位应为 { $expected }，现在是 { $got }：有一位抄错了
# $expected (String) 应为
# $got (String) 现在
registers-code-inner = 第 17 位一般应为 { $expected }，现在是 { $got }。请对照证照，没错就在下面打勾
# $region (String) 六位地区码
registers-code-region = 没有见过地区码 { $region }。请对照证照，没错就在下面打勾
# $kind (String) 前两位
registers-code-kind = 前两位“{ $kind }”少见。请对照证照，没错就在下面打勾
registers-district = 所属区
registers-industry = 行业
registers-industry-hint = GB/T 4754-2017 代码，如 I65、C3411
registers-section = 行业门类
registers-staff = 从业人员
registers-staff-hint = 人数
# $n (Number) 人数
# $shown (String) 写出来的人数
registers-people =
    { $n ->
       *[other] { $shown } 人
    }
registers-revenue = 营业收入
registers-revenue-wan = 营业收入（万元）
registers-assets = 资产总额
registers-assets-wan = 资产总额（万元）
# $amount (String) 数字
registers-wan = { $amount } 万元
registers-founded = 成立日期
registers-legal = 法定代表人
registers-contact = 联系人
registers-phone = 联系电话
registers-phone-hint = 手机，或带区号的座机
# $phone (String) 遮住的号码
registers-phone-kept = 现在是 { $phone }；不改就空着
registers-phone-show = 显示号码
registers-phone-logged = 已显示，记录在案
registers-phone-empty = 还没有填电话
# $position (Number) 第几个
# $character (String) 那个字符
registers-phone-character = 第 { $position } 个字符“{ $character }”不是电话号码的一部分
# $n (Number) 几位
registers-phone-few = 号码少了 { $n } 位
# $n (Number) 几位
registers-phone-many = 号码多了 { $n } 位
registers-phone-area = 座机要带区号，如 0592-5051234
registers-phone-abroad = 只收中国内地的号码
registers-phone-beginning = 号码应以 1（手机）、0（区号）、400 或 800 开头
registers-address = 地址
registers-size = 划型
registers-nature = 机构性质
registers-profile = 简介
registers-categories = 服务类别
registers-category = 服务类别
registers-description = 说明
registers-fee = 收费
registers-price = 价格
registers-modes = 服务方式
registers-days = 办理时限（工作日）
registers-state = 状态
registers-ground = 理由
registers-kind = 类型
registers-level = 认定级别
registers-cluster = 产业集群
registers-hours = 开放时间
registers-hours-en = 开放时间（英文）
registers-since = 起始日期
registers-until = 有效期到
registers-exception = 例外决定
registers-verified = 核实
registers-verified-word = 已核实
registers-provider = 服务机构
registers-entered = 登记于
registers-updated = 最近改动
registers-unknown = 没有登记
registers-none = 没有
registers-all = 全部
registers-all-districts = 全市
registers-all-sizes = 全部划型
registers-all-sections = 全部门类
registers-all-categories = 全部类别
registers-choose = 请选择
registers-edit = 改资料
registers-edit-lede = 改了哪一项、谁改的、什么时候改的，都会留下记录。
registers-save = 保存改动
# $n (Number) 几项
registers-saved =
    { $n ->
        [0] 没有改动。
       *[other] 保存好了，改了 { $n } 项。
    }
registers-alike = 名称很像的记录
registers-alike-what = 去掉城市、企业形式和标点以后，名称和下面的一样。先看看是不是同一家：
registers-alike-confirm = 先看看上面的记录；确实不是同一家，就在这里打勾
registers-export = 下载这个清单：
registers-comma = 、
registers-semicolon = ；
registers-yes = 是
registers-no = 否
