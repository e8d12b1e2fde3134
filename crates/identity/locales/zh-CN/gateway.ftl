gateway-wechat-title = 在微信里收消息
gateway-wechat-unset = 这里没有配置微信服务号，消息发到手机短信和站内。
# $name (String) - name of the account
gateway-wechat-why = 绑定以后，进展先发到您的微信，发不到再发短信。请先在微信里关注“{ $name }”。
gateway-wechat-take = 取绑定码
# $name (String) - name of the account
gateway-wechat-send = 在微信里把下面八位数字发给“{ $name }”，收到回复就绑好了。
# $minutes (Number) - how long it is good
gateway-wechat-good = { $minutes } 分钟内有效，只能用一次。不要告诉别人。
# $name (String) - name of the account
gateway-wechat-bound = 已绑定，进展先发到您关注“{ $name }”的微信。
gateway-wechat-end = 不再绑定
gateway-wechat-ended = 已解除绑定，进展改发短信
gateway-wechat-wrong = 绑定码不对或者过时了，请在网站“我的资料”里再取一个。
gateway-wechat-done = 绑好了，以后进展先发到这里。
gateway-job-send = 发送短信和微信消息
gateway-job-tidy = 遮盖旧消息里的手机号
