prove-title = 验证一下手机
prove-why = 进展会发到这个手机，先确认它在您手里。前面填的都还在。
prove-send = 发验证码
# $hotline (String) - phone number
prove-no-mobile = 没有手机？请拨打服务热线 { $hotline }，坐席替您登记。
prove-again = 再发一次
prove-other = 换一个手机号
prove-too-many = 试得太多了，请过一小时再来，或者拨打服务热线。填的内容还在这一页。
prove-wrong = 验证码不对或者过时了，请核对，或者再要一次
prove-done = 已验证。要换手机，请点“换一个手机号”
prove-expired = 手机的验证过时了，再验证一次就好；附件要重新选
prove-mobile = 这不是手机号，收不到验证码；没有手机请拨打服务热线，坐席替您登记
prove-code-missing = 验证码还没有填
