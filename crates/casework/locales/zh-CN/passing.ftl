passing-title = 待转告
passing-lede = 还没有配置短信服务商，这些消息要由受理台转告企业。
passing-lede-set = 短信会自己发出。这里是还没有发出的。
passing-none = 没有要转告的消息
passing-text = 内容
passing-text-hint = 点一下，全选，复制
passing-matter = 办件
passing-phone = 手机
passing-until = 过时不再发
passing-do = 操作
passing-show = 看全文
# $number (String) - number of the matter
passing-one = 转告 { $number } 的消息
passing-done = 已经转告
passing-noted = 已记为转告，链接已从系统里抹掉
passing-logged = 谁看过全文会记入日志：链接在谁手里，谁就能替企业确认和评价，只能发给这个手机。
