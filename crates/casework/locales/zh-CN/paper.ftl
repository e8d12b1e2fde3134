paper-page-name = 文书
paper-list = 文书
paper-back = 回到这件诉求
# $title (String) - 文书名称
paper-bar = { $title }，
# $name (String) - 办法名称
paper-rule = 《{ $name }》
paper-check-code = 核对码
paper-courtesy = 英文译文仅供参考，以中文为准。
paper-text-zh = 中文文本
paper-text-en = 英文译文
paper-broken = 这份文书和发出时不一样
paper-broken-what = 保存的文字和发出时的校验值对不上。请不要使用，并报告安全管理员。
paper-kind = 文书
paper-number = 文号
paper-issued = 发出时间
paper-hash = 校验值（SHA-256）
paper-check-title = 核对文书
paper-check-lede = 扫文书上的二维码，或者输入文号和码，可以查这份文书是不是本平台发出的。这里不显示任何单位和个人的信息。
paper-check-number-hint = 如 慧企受〔2026〕12号
paper-check-code-hint = 文书上二维码旁边的 8 位码
paper-check-verb = 核对
paper-check-result = 结果
paper-check-whole = 有这份文书，文字和发出时一致
paper-check-altered = 有这份文书，但保存的文字和发出时不一致
paper-check-none = 没有查到
paper-check-none-what = 没有这个文号和码的文书。请对照文书再看一遍；仍然不对的，请拨服务热线。
