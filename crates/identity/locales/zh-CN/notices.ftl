notice-list-title = 消息
notice-tabs = 看哪些消息
notice-tab-all = 全部
notice-tab-unread = 没看过的
notice-none = 还没有消息。事情有进展时会写在这里。
notice-none-unread = 没有没看过的消息
notice-text = 内容
notice-about = 关于
notice-at = 时间
notice-state = 状态
notice-new = 没看过
notice-read = 看过
notice-read-all = 全部标为看过
# $count (Number) - how many
notice-read-done = { $count } 条消息已标为看过
notice-to = 收件人
notice-tries = 试过几次
notice-outbox-title = 待发
notice-outbox-none = 没有等着发或发不出的邮件
notice-outbox-masked = 地址、链接和验证码已遮住
notice-outbox-demo = 示例数据，链接和验证码全部显示
notice-outbox-no-server = 还没有配置邮件服务器
notice-outbox-no-server-next = 邮件先停在这里，三天发不出就不再发。在配置文件里写好邮件服务器并重新启动以后，会自己接着发。
notice-outbox-tabs = 发往哪里
notice-outbox-mail = 邮件
notice-outbox-phone = 手机消息
notice-phone-none = 没有等着发或发不出的手机消息
notice-phone-no-provider = 还没有配置短信服务商
notice-phone-no-provider-next = 发往手机的消息先停在这里，过时就不再发。谁的事谁负责转告：牵头受理台的负责人在“待转告”里能看到全文，可以复制。
notice-phone-calling = 发出去了，还不知道收到没有
notice-mail-waiting = 等着发
notice-mail-failed = 没发出去
# $error (String) - what the server said
notice-mail-failed-as = 没发出去：{ $error }
# $error (String) - what the server said
notice-mail-again = 会再试，上次：{ $error }
# $site (String) - name of the site
# $text (String) - beginning of the text
notice-mail-subject = 【{ $site }】{ $text }
# $name (String) - name of the person
# $text (String) - what is told
# $link (String) - address
# $site (String) - name of the site
# $hotline (String) - phone number
notice-mail-body =
    { $name }，您好：

    { $text }

    打开：{ $link }

    { $site }，服务热线 { $hotline }
    这封邮件由系统发出，直接回复没有人看。
notice-job-mail = 发送邮件
notice-too-old = 放得太久，不再发了
