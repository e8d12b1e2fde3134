link-name = 短信链接打开的一页
link-follow = 凭查询码查进度
# $phone (String) - phone
link-hotline = 有疑问请拨服务热线 { $phone }。
# $number (String) - number
link-report-title = { $number } 有新情况
link-report-what = 为了保护您，这里不显示内容。请凭编号、查询码和手机后四位查看。
link-overtaken = 这件事后来又有了进展，这个链接不再管用。请看后来收到的短信，或者凭查询码查。
link-reason = 说明
# $day (String) - day
link-until = 这个链接只给您用，{ $day }以前有效。请不要转给别人。
link-all = 看全部经过（要查询码）
link-reopen = 又有新情况的，可以凭查询码进去重新打开，或者拨服务热线。
link-solved = 解决了吗
link-add-words = 补上这句话
link-asked = 要请您答的
link-supplied = 您已经答复，正在接着办。
link-your-answer = 您的答复
link-pictures = 照片或文件
link-send = 发出
link-reply = 在这里答复
link-unknown-title = 这个链接打不开
link-unknown-what = 可能没有复制完整。请再点一次短信里的链接，或者凭编号、查询码和手机后四位查。
link-expired-title = 这个链接过期了
link-expired-what = 为了安全，短信里的链接只在一段时间内有效。凭编号、查询码和手机后四位照样能查、能办。
link-no-more = 这一步已经办过，或者不用办了。现在的情况见下面
link-words-done = 这句话加上了
link-confirmed = 已确认办结
link-job-remind = 提醒还没有确认答复的企业
link-kept = 您刚才写的，没有发出去
link-later = 这一步不在这个链接里办：请点后来收到的那条消息里的链接，或者凭编号和查询码进去办。
