# 人工催办
urging-nobody = 现在没有要催的人：在等企业，或者已经办完
# $who (String) - 谁催的
# $day (String) - 哪天
# $next (String) - 哪天可以再催
urging-too-soon = { $who }{ $day }催过了，{ $next }起可以再催
# $n (Number) - 字数
urging-too-long = 附言不超过 { $n } 个字
urging-verb = 催办
urging-done = 已催办，轮到的人会马上收到消息
# $whom (String) - 被催的
urging-whom = ，催的是{ $whom }
# $day (String) - 日期
urging-by-firm = 企业催办 { $day }
# $day (String) - 日期
urging-by-staff = 催办 { $day }
urging-supervised = 在督办
