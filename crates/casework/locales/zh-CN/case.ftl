# 每件事都用得到的话
# $step (String) - step
case-words-missing = “{ $step }”要写明内容或理由
case-by-system = 系统
case-by-bearer = 企业（凭查询码或消息里的链接）
case-by-hidden = 举报人（不显示）
# $place (String) - 单位或窗口
# $role (String) - 角色
# $name (String) - 姓名
case-by-person = { $role } { $name }（{ $place }）
# $place (String) - 企业
# $name (String) - 姓名
case-by-member = { $place } { $name }
# $words (String) - 原话
case-said = ：“{ $words }”
# $text (String) - 单位
case-detail-to = ，派给{ $text }。
# $text (String) - 天数
case-detail-days = ，延长 { $text } 个工作日。
# $name (String) - 类别
case-detail-category = ，改为“{ $name }”。
case-recounted = 重新计算期限
# $text (String) - text
case-detail-into = ，并入 { $text }。
case-merged-in = 并入了一件
case-merged-out = 拆出了一件
case-supervised = 已督办
case-supervised-firm = 上级已经在督促办理这件事，不用您做什么。
# $number (String) - 督办单编号
# $whom (String) - 被督办的单位
case-supervised-by = ：督办单 { $number }，发给{ $whom }
case-frozen = 这件已经办结封存，只能补充材料，不能再加别的
# $document (String) - 文号
case-recount-document = 因停工（{ $document }）
# $why (String) - 原因
# $from (String) - 原来的到期日
# $to (String) - 现在的到期日
case-recount-later = ：{ $why }，到期日从{ $from }顺延到{ $to }。
# $why (String) - 原因
# $from (String) - 原来的到期日
# $to (String) - 现在的到期日
case-recount-sooner = ：{ $why }，到期日从{ $from }改回{ $to }。
# $why (String) - 原因
# $to (String) - 到期日
case-recount-same = ：{ $why }，重新算过，到期日还是{ $to }。
case-by-nameless = 企业（未登录）
case-by-you = 您
