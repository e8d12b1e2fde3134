knowledge-title = 知识
knowledge-flow = 知识条目
knowledge-page-name = 知识条目
knowledge-lede = 问过的、答清楚的，核对过以后大家都能用
knowledge-search = 搜问题和答案
knowledge-empty = 没有符合条件的条目。办结的咨询可以在它的页面上一键做成知识。
knowledge-all-categories = 全部类别
knowledge-all-states = 全部状态
knowledge-live = 在用的
knowledge-own = 本单位的
knowledge-no-category = 没有定类别
knowledge-still-live = 原来的还在用
knowledge-new = 写一条
knowledge-edit = 修改知识条目
knowledge-save = 先存着
knowledge-question = 问题
knowledge-question-hint = 换一家企业也会这样问的说法，不写是谁问的
knowledge-answer = 答案
knowledge-answer-hint = 能直接念给对方、发给对方的话
knowledge-basis = 依据
knowledge-basis-hint = 文件名称、条款，或者向哪个部门核实的
knowledge-until = 有效期到
knowledge-until-hint = 过了这一天不再推荐，先退给负责人看
knowledge-owner = 负责人
knowledge-owner-hint = 过期时由谁来看；本单位的人
knowledge-owner-elsewhere = 负责人要是本单位写条目的人
knowledge-house = 单位
knowledge-uses = 用过
# $n (Number) - n
knowledge-times = { $n } 次
knowledge-checked = 复核
knowledge-source = 来自
knowledge-about = 这一条
knowledge-text = 内容
knowledge-live-text = 在用的内容
knowledge-new-text = 修订中的内容
knowledge-state-begun = 新建
knowledge-state-draft = 起草
knowledge-state-proposed = 待复核
knowledge-state-in-force = 在用
knowledge-state-expired = 已过期
knowledge-state-withdrawn = 已撤下
knowledge-action-write = 起草
knowledge-action-edit = 修改内容
knowledge-action-propose = 送复核
knowledge-action-approve = 复核通过
knowledge-action-send-back = 退回修改
knowledge-action-revise = 修订
knowledge-action-renew = 续期
knowledge-action-expire = 到期
knowledge-action-withdraw = 撤下
knowledge-note-edit = 问题、答案、依据、有效期都能改
knowledge-note-propose = 由另一个人核对，核对通过才推荐给大家
knowledge-note-approve = 核对过答案和依据再点；之后各坐席和窗口都能查到
knowledge-note-send-back = 写明要改什么，退给写的人
knowledge-note-revise = 改好再送复核；复核通过以前，原来的接着用
knowledge-note-renew = 内容不变，换个有效期，再复核一次
knowledge-note-withdraw = 不再推荐；记录还在
knowledge-field-why = 理由
knowledge-field-remark = 要说明的
knowledge-blocked-gaps = 问题、答案、依据、类别写全了才能送复核
knowledge-blocked-day = 有效期要在今天以后
knowledge-blocked-source = 只有办结并有答复的咨询、需求、建议能做成知识
knowledge-day-missing = 请选今天以后的一天
# $who (String) - who
knowledge-say-draft = 轮到{ $who }：写好以后送复核
# $day (String) - day
knowledge-say-proposed = 等另一个人复核：{ $day }前
# $day (String) - day
# $n (Number) - n
knowledge-say-in-force = 在用，到{ $day }；用过 { $n } 次
# $who (String) - who
# $day (String) - day
knowledge-say-expired = 轮到{ $who }：在{ $day }前续期、修订或撤下
knowledge-say-withdrawn = 已撤下，不再推荐
# $day (String) - day
knowledge-say-still-live = 原来的内容还在用，到{ $day }
# $number (String) - number
# $taken (String) - taken
knowledge-from = 由 { $number } 做成。{ $taken }
# $what (String) - what
knowledge-stripped = 已经去掉：{ $what }。
# $words (String) - words
knowledge-found = 文字里有：{ $words }。请去掉企业、个人的名称和号码；单位、窗口公开的可以留。
knowledge-found-none = 现在的文字里没有找到企业名称、人名和号码；请再看一遍，别留下能认出是谁的话。
knowledge-public = 留下的名称和号码都是单位、窗口公开的
knowledge-public-hint = 不是哪家企业或哪个人的
knowledge-public-missing = 请去掉企业、个人的名称和号码，或者勾选它们都是公开的
# $words (String) - words
knowledge-private = 这里有手机号码或提问企业自己的信息，请去掉：{ $words }
knowledge-alike = 已有的相近条目
knowledge-alike-note = 问法差不多的，先看要不要另写
# $n (Number) - n
knowledge-stripped-firms = 企业名称 { $n } 处
# $n (Number) - n
knowledge-stripped-people = 人名 { $n } 处
# $n (Number) - n
knowledge-stripped-phones = 电话 { $n } 处
# $n (Number) - n
knowledge-stripped-codes = 代码 { $n } 处
# $n (Number) - n
knowledge-stripped-mails = 邮箱 { $n } 处
knowledge-comma = 、
knowledge-done-saved = 存好了，还没有送复核。
knowledge-done-proposed = 已送复核，等另一个人核对。
# $what (String) - what
knowledge-done = 已记：{ $what }
# $number (String) - number
# $title (String) - title
knowledge-notice-check = 请复核知识条目 { $number }“{ $title }”
# $number (String) - number
# $title (String) - title
knowledge-notice-approved = 知识条目 { $number }“{ $title }”复核通过，开始使用
# $number (String) - number
# $title (String) - title
knowledge-notice-sent-back = 知识条目 { $number }“{ $title }”退回修改
# $number (String) - number
# $title (String) - title
knowledge-notice-withdrawn = 知识条目 { $number }“{ $title }”已撤下
# $number (String) - number
# $title (String) - title
knowledge-notice-expired = 知识条目 { $number }“{ $title }”过了有效期，请续期、修订或撤下
knowledge-learn = 做成知识
knowledge-learn-note = 问题和答复去掉企业名称、人名和号码，做成一条知识，由另一个人复核
knowledge-job-expiry = 下架到期的知识答案
