# $day (String) - day
closure-day = { $day }
# $from (String) - from
# $to (String) - to
closure-span = { $from }至{ $to }
# $span (String) - span
# $name (String) - name
# $day (String) - day
closure-holiday = { $span }放假（{ $name }），热线和受理{ $day }恢复；期限按工作日算，这期间到期的顺延。
# $span (String) - span
# $name (String) - name
# $document (String) - document
# $day (String) - day
closure-stoppage = { $span }停工（{ $name }，{ $document }），{ $day }恢复；停工的日子不计入期限，到期日已经顺延。
# $days (String) - days
closure-worked = { $days }照常上班。
# $day (String) - day
# $weekday (String) - weekday
closure-worked-day = { $day }（{ $weekday }）
closure-join = 、
# $to (String) - to
closure-hotline-open = 现在有人接听，到 { $to }
# $from (String) - from
closure-hotline-later = 现在没有人接听，今天 { $from } 起接听
# $from (String) - from
closure-hotline-tomorrow = 现在没有人接听，明天 { $from } 起接听
# $day (String) - day
# $weekday (String) - weekday
# $from (String) - from
closure-hotline-on = 现在没有人接听，{ $day }（{ $weekday }）{ $from } 起接听
