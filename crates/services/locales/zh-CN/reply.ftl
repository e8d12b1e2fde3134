reply-title = 回复模板
reply-lede = 常用的答复开头和说法，用的时候再改
reply-empty = 还没有回复模板。负责人和编辑可以新建。
reply-new = 新建模板
reply-edit = 修改模板
reply-name = 名称
reply-name-hint = 什么时候用它，几个字
reply-words = 内容
reply-words-hint = 放进答复框以后还能改；要填的地方用“＿＿”
reply-all-categories = 各类通用
reply-offer = 推荐给写答复的人
reply-active = 在用
reply-inactive = 停用
reply-changed = 改于
reply-save = 保存
reply-done = 模板存好了。
reply-insert = 放进答复
# $n (Number) - n
reply-blanks = 还有 { $n } 处“＿＿”没有填
reply-head-knowledge = 知识
reply-head-templates = 回复模板
reply-head-similar = 办结过的相近诉求
reply-none-knowledge = 没有相近的知识。
reply-none-templates = 这一类还没有模板。
reply-none-similar = 没有办结过的相近诉求。
reply-not-asked = 写下对方怎么说，或者选服务类别，这里就列出知识、模板和相近诉求。
reply-chinese-only = 仅提供中文
# $basis (String) - basis
# $until (String) - until
reply-knowledge-note = 依据：{ $basis }；到{ $until }
# $day (String) - day
reply-similar-note = { $day }办结，名称和号码已去掉
reply-use = 套用知识和模板
reply-use-none = 没有合用的知识和模板。
# $number (String) - number
reply-back = 回到 { $number }
