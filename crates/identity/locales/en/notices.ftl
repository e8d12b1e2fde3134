notice-list-title = Notices
notice-tabs = Which notices
notice-tab-all = All
notice-tab-unread = Unread
notice-none = No notices yet. Progress on your matters will be told here.
notice-none-unread = Nothing unread
notice-text = Text
notice-about = About
notice-at = Time
notice-state = State
notice-new = unread
notice-read = read
notice-read-all = Mark all as read
notice-read-done = { $count ->
    [one] One notice marked as read
   *[other] { $count } notices marked as read
 }
notice-to = To
notice-tries = Tries
notice-outbox-title = Outbox
notice-outbox-none = No mail is waiting and none has failed
notice-outbox-masked = Addresses, links and codes are masked
notice-outbox-demo = Sample data: links and codes are shown in full
notice-outbox-no-server = No mail server is configured
notice-outbox-no-server-next = Mail waits here and is given up after three days. Once the mail server stands in the configuration file and the program is restarted, sending goes on by itself.
notice-outbox-tabs = Where to
notice-outbox-mail = Mail
notice-outbox-phone = Phones
notice-phone-none = No message to a phone is waiting and none has failed
notice-phone-no-provider = No provider of text messages is configured
notice-phone-no-provider-next = Messages to phones wait here and are given up when they are old. Whoever leads the matter passes them on: the manager of the leading desk sees the whole text under “To pass on” and can copy it.
notice-phone-calling = handed over, outcome not known yet
notice-mail-waiting = waiting
notice-mail-failed = not sent
notice-mail-failed-as = not sent: { $error }
notice-mail-again = will be tried again; last time: { $error }
notice-mail-subject = [{ $site }] { $text }
notice-mail-body =
    Dear { $name },

    { $text }

    Open: { $link }

    { $site }, service hotline { $hotline }
    This message was sent by the system; replies are not read.
notice-job-mail = Sending mail
notice-too-old = it waited too long
