call-title = 回访
# $number (String) - number
call-back-link = 回到 { $number }
call-outcome = 打通了吗，解决了吗
call-solved = 打通了，企业说解决了
call-not-solved = 打通了，企业说没解决
call-missed = 没有打通
call-choose = 请选打通了没有、解决了没有
call-grade = 企业说的等级
call-grade-hint = 企业不说就不选，不要替它选
call-grade-none = 没有说
call-tries = 打过的
# $n (Number) - n
# $days (Number) - days
call-tries-none = 还没有打过。打不通的，要打满 { $n } 次，分 { $days } 天打
# $n (Number) - n
# $days (Number) - days
# $least (Number) - least
# $least-days (Number) - least-days
call-tries-so-far = 没打通 { $n } 次，分在 { $days } 天；要打满 { $least } 次，分 { $least-days } 天
# $n (Number) - n
# $days (Number) - days
call-tries-enough = 没打通 { $n } 次，分在 { $days } 天，已经打够，可以不再打
call-reached = 打通了
call-not-now = 这一件现在不用回访，或者不归您回访
call-words = 对方怎么说
call-words-hint = 记原话；没打通就写打了几次、几点
call-save = 记下回访
call-done-solved = 已按回访办结
call-done-not = 已退回重办
call-done-missed = 记下了，没有打通。这一件还等企业确认
