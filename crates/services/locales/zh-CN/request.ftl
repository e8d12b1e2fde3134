request-flow = 诉求
request-page-name = 诉求办理页
request-print-name = 诉求办理单
request-print = 打印办理单
request-crumb-inbox = 收件箱
request-crumb-all = 诉求
request-number = 编号
request-code = 查询码
request-choose = 请选
# $name (String) - name
# $place (String) - place
request-person-at = { $name }（{ $place }）
request-join = 、
request-stop = 。
request-state-draft = 草稿
request-state-submitted = 待受理
request-state-returned = 退回补正
request-state-accepted = 已受理，待派单
request-state-dispatched = 已派单
request-state-in-progress = 办理中
request-state-waiting = 等企业补件
request-state-answered = 已答复待确认
request-state-closed = 已办结
request-state-lapsed = 逾期未确认
request-state-refused = 不予受理
request-state-withdrawn = 已撤回
request-action-submit = 提交
request-action-return = 退回补正
request-action-complete = 补正
request-action-accept = 受理
request-action-refuse = 不予受理
request-action-withdraw = 撤回
request-action-dispatch = 派单
request-action-add = 加派一家
request-action-start = 开始办理
request-action-send-back = 退回派单
request-action-ask-firm = 请企业补材料
request-action-supply = 企业补交材料
request-action-resume = 恢复计时
request-action-extend = 延长期限
request-action-answer = 答复
request-action-confirm = 企业确认办结
request-action-confirm-by-call = 回访确认办结
request-action-redo = 企业申请重办
request-action-redo-by-call = 回访中企业要求重办
request-action-reopen-by-call = 回访中企业要求重新打开
request-action-lapse = 到期没有回应
request-action-reopen = 企业重新打开
request-action-close-on-spot = 当场办结
request-action-urge = 企业催办
request-kind-consultation = 咨询
request-kind-need = 服务需求
request-kind-complaint = 投诉
request-kind-suggestion = 建议
request-kind-report = 举报
request-channel-portal = 门户
request-channel-hotline = 热线
request-channel-hall = 服务大厅
request-channel-window = 窗口柜台
request-channel-12345 = 12345 转入
request-channel-department = 部门转办
request-channel-visit = 走访
request-channel-letter = 来信
# $channel (String) - channel
request-channel-line = { $channel }，
request-class-consultation = 咨询类
request-class-ordinary = 一般
request-class-complex = 复杂
# $class (String) - 诉求等级
request-paper-class = { $class }诉求
# $n (Number) - 次数
request-paper-times = { $n }
request-closed-firm = 企业确认
request-closed-call-back = 回访确认
request-closed-spot = 当场办结
request-closed-silence = 到期没有回应
request-blocked-returned = 已经退回补正过，只能退一次
request-blocked-extended = 已经延长过，只能延一次
request-blocked-no-answer = 现在还不能办结：承办单位还没有答复。答复后由企业确认，企业没回应到期自动结束；承办的一方不能自己办结。
request-blocked-say = 已经办结，或者不在您手上，不能再留言
request-blocked-spot = 只有咨询能当场办结；投诉和要办的事请登记后转办
# $day (String) - day
request-blocked-urged = 催过了，{ $day }起可以再催
request-blocked-reopen = 过了可以重新打开的期限，请重新提一件
request-blocked-choice = 现在没有要选的
request-ground-missing = 请选一条不予受理的理由
# $n (Number) - n
request-extension-days = 延长 1 到 { $n } 个工作日
request-withdrawn-words = 企业已撤回
request-firm = 企业
request-firm-name = 名称
request-firm-code = 信用代码
request-firm-size = 划型
# $district (String) - district
# $size (String) - size
request-firm-facts = ，{ $district }，{ $size }
request-masked = 举报人不公开
request-masked-why = 举报人的单位、姓名和电话只有市工信局指定的人看得到。要联系，请写在“往来”里，由市工信局转达。
request-no-firm = 没有留企业名称
request-firm-unregistered = （不在名录里）
request-contact = 联系人
request-phone = 电话
request-reveal = 显示号码（会记录）
# $phone (String) - phone
request-phone-shown = 电话：{ $phone }。这次查看已记录。
request-reach = 联系方式
request-tie = 身份
request-tie-unchecked = 与企业的关系还没有核实
request-outside = 外部编号
request-outside-due = 外部期限
request-about = 投诉对象
# $window (String) - 窗口
# $house (String) - 运营单位
request-about-window = { $window }（{ $house }运营）
request-files = 附件
request-files-none = 没有附件
# $name (String) - name
request-preview = { $name } 预览
request-heic = 手机原图（HEIC），这里不能预览。下载后用能看这种图的程序打开。
request-rating = 评价
# $n (Number) - n
# $word (String) - word
request-graded = { $n } 分，{ $word }
request-rating-none = 企业没有评。评不评由企业。
request-rating-early = 还没到评价的时候。答复后，企业愿意评才评。
# $day (String) - 日期
request-rating-earlier = { $day }评的前一次答复
request-you-can = 您现在可以
# $role (String) - role
request-as = 以{ $role }的身份
request-nothing-to-do = 现在没有轮到您的步骤。
request-provisional = ，这个日期是暂定的
request-how-counted = 怎样算的
# $name (String) - name
# $days (Number) - days
# $more (Number) - more
request-how-extended = { $name }原来 { $days } 个工作日，延长了 { $more } 个。
# $n (Number) - n
request-how-suspended = 等企业补材料，暂停计时。补齐后还剩 { $n } 个工作日，当天不算。
request-how-suspended-title = 期限暂停，已经算了哪些天
# $name (String) - name
# $value (String) - value
# $version (Number) - version
request-basis = 参数“{ $name } = { $value }”；规则第 { $version } 版，立案时已锁定。
request-start-submit = 提交
request-start-accept = 受理
request-start-dispatch = 派单
request-start-answer = 答复
request-step-submitted = 已提交
request-step-accepted = 已受理
request-step-working = 办理中
request-step-answered = 已答复
request-step-closed = 已办结
request-step-now = 现在
request-handlers-none = 承办单位
# $who (String) - 受理的坐席
# $day (String) - day
request-say-submitted = 轮到{ $who }：{ $day }前答复受不受理
request-say-returned = 轮到企业：把缺的一次补齐，计时先停着
# $who (String) - 派单员
# $day (String) - day
request-say-accepted = 轮到{ $who }：{ $day }前派给能办的单位
# $who (String) - who
# $day (String) - day
request-say-dispatched = 已派给{ $who }，等它接单；{ $day }前要答复
# $who (String) - who
# $day (String) - day
request-say-in-progress = 轮到{ $who }：{ $day }前答复
# $n (Number) - n
request-say-waiting = 轮到企业补材料；补齐后还剩 { $n } 个工作日
# $day (String) - day
request-say-answered = 轮到企业：{ $day }前确认，或者申请重办
# $day (String) - day
request-say-you-submitted = 我们在{ $day }前答复您受不受理
request-say-you-returned = 请您把缺的一次补齐，计时先停着
# $day (String) - day
request-say-you-accepted = 已受理，我们在{ $day }前交给能办的单位
# $n (Number) - n
request-say-you-waiting = 请您补材料；补齐后还剩 { $n } 个工作日
# $day (String) - day
request-say-you-answered = 请您在{ $day }前确认，或者申请重办
request-say-you-withdrawn = 您撤回了
# $how (String) - how
request-say-closed = 办结了：{ $how }
request-say-lapsed = 到期没有回应，结束了。不算确认，也不算评价
# $why (String) - why
# $whom (String) - whom
request-say-refused = 不予受理：{ $why }{ $whom }
request-say-withdrawn = 企业撤回了
request-turns = 谁，办什么，到哪天
request-turns-none = 现在没有人要办什么。
request-turn-who = 谁
request-turn-what = 办什么
request-turn-due = 到期
request-turn-how = 情况
request-turn-no-due = 不计时
request-turn-paused = 暂停计时
request-turn-none = 没有在计时
request-do-take = 接单或退单
request-do-contact = 联系企业
request-do-reach = 继续联系企业
request-do-answer = 给企业答复
request-do-opinion = 给主办意见
request-do-accept = 决定受不受理
request-do-dispatch = 派单
request-do-complete = 补正
request-do-supply = 补材料
request-do-confirm = 确认或申请重办
request-pool = 还没人认领
request-the-firm = 企业
request-desk-operator = 运营机构
request-desk-centre = 服务中心
request-desk-bureau = 市工信局
request-desk-name = 运营机构坐席
request-desk-name-centre = 服务中心受理人员
request-desk-name-bureau = 市工信局受理人员
request-answers = 派给了谁，各自怎样答复
# $n (Number) - n
# $taken (Number) - taken
request-answers-count = { $n } 家，接单 { $taken } 家
request-answers-none = 还没有派出去。
request-answers-spot = 当场办结，没有派单。
request-standing-answer = 给企业的答复
request-former-answer = 上一次的答复
# $at (String) - at
request-given = { $at } 派
# $at (String) - at
request-taken = { $at } 接
request-lead = 主办
request-assist = 协办
# $why (String) - why
request-why = 为什么派它：{ $why }
request-timeline = 经过
# $n (Number) - n
request-timeline-count = { $n } 步，最新的在上面
request-thread = 往来
# $n (Number) - n
request-thread-count = { $n } 条
request-thread-none = 没有往来。
request-thread-empty = 还没有往来。有话直接写在这里，不用另外打电话。
request-write = 写一条
request-write-to = 谁看得到
request-write-all = 企业和承办单位都看得到
request-write-inside = 只有本单位看得到
request-send = 发出
request-responsible = 首问责任人
request-working = 正在办理
request-working-phone = 承办人电话
request-ask-whom = 有事找谁
request-what-you-wrote = 您写的
request-verb-close = 办结
request-verb-answer = 由本坐席直接答复
request-verb-call = 记回访
request-field-gaps = 缺什么，一次写全
request-hint-gaps = 一行写一项，全部写上；补正通知书照着逐项列出，只能退一次
request-field-ground = 理由
request-field-why = 为什么
request-hint-why = 企业看得到，写给它看
request-field-answer = 答复
request-hint-answer = 先说结论，再说怎么办、找谁、到哪天
request-field-days = 延长几个工作日
# $n (Number) - n
request-hint-days = 1 到 { $n }
request-hint-extend = 理由会原样给企业看
request-field-ask = 要企业补什么
request-hint-ask = 企业收到这几句话，计时先停
request-field-got = 怎么拿到的
request-field-class = 期限类别
request-hint-class = 决定派单后多少个工作日内答复
request-note-accept = 企业马上知道已受理
request-submit-accept = 受理
request-note-return = 缺材料才退，计时停
request-submit-return = 退回补正
request-note-refuse = 要有列明的理由，并告诉企业找谁
request-submit-refuse = 不予受理
request-note-dispatch = 看建议和理由，派给一家或几家
request-note-add = 再请一家同时办
request-note-answer = 能直接答清的，不用派单
request-submit-answer = 答复企业
# $n (Number) - n
request-note-extend = 只能延一次，最多 { $n } 个工作日，理由会原样给企业看
request-submit-extend = 延长并告诉企业
request-note-ask = 等企业的日子不算
request-submit-ask = 发给企业
request-note-resume = 企业用别的办法给了材料
request-submit-resume = 恢复计时
request-note-call = 打电话问：通了吗、解决了吗、打几分
request-note-recall = 不再由它办
request-submit-recall = 收回
request-done = 已办
request-done-accept = 已受理，企业已收到通知
request-done-return = 已退回补正，计时停了
request-done-refuse = 已答复不予受理
request-done-answer = 已答复，等企业确认
request-done-extend = 已延长，企业看得到理由
request-done-ask = 已发给企业，计时停了
request-done-confirm-rated = 已确认办结，评价也收到了
request-done-confirm = 已确认办结。愿意的话，评一下办得怎么样
request-done-redo = 收到了，重新办
request-done-withdraw = 已撤回
request-done-urge = 已告诉正在办的人
request-done-supply = 收到了，接着办
request-done-resume = 已恢复计时，接着办
request-done-classify = 类别已改
request-done-message = 已发出
# $who (String) - 派单员
request-blocked-extend = 由{ $who }决定。要延期的，先在下面的往来里写清要几天、为什么
request-done-choice = 选好了，由它来答复您
# $number (String) - number
# $title (String) - title
request-notice-new = 新诉求：{ $number }“{ $title }”，等您受理
# $number (String) - number
# $title (String) - title
request-notice-dispatch = 待派单：{ $number }“{ $title }”
# $number (String) - number
# $title (String) - title
request-notice-accepted = 已受理：{ $number }“{ $title }”
# $number (String) - number
# $title (String) - title
request-notice-returned = 请补正：{ $number }“{ $title }”，打开看缺什么
# $number (String) - number
# $title (String) - title
request-notice-supplied = 企业补齐了：{ $number }“{ $title }”
# $number (String) - number
# $title (String) - title
request-notice-refused = 没有受理：{ $number }“{ $title }”，打开看原因和可以找谁
# $number (String) - number
# $title (String) - title
request-notice-ask = 请补材料：{ $number }“{ $title }”
# $number (String) - number
# $title (String) - title
request-notice-extended = 期限延长了：{ $number }“{ $title }”，打开看理由
# $number (String) - number
# $title (String) - title
request-notice-started = 有人接办了：{ $number }“{ $title }”
# $number (String) - number
# $title (String) - title
request-notice-answered = 有答复了：{ $number }“{ $title }”，请确认或申请重办
# $number (String) - number
# $title (String) - title
# $day (String) - day
request-notice-reminder = { $number }“{ $title }”的答复等您看一眼：{ $day }前没有回音，这件事就按“逾期未确认”结束，不算您确认过
# $number (String) - number
# $title (String) - title
request-notice-confirmed = 企业确认了：{ $number }“{ $title }”
# $number (String) - number
# $title (String) - title
request-notice-redo = 要重办：{ $number }“{ $title }”
# $number (String) - number
# $title (String) - title
request-notice-lapsed = 到期没有回应，已结束：{ $number }“{ $title }”。30 天内还可以重新打开
# $number (String) - number
# $title (String) - title
request-notice-urged = 企业在催：{ $number }“{ $title }”
# $number (String) - number
# $title (String) - title
request-notice-withdrawn = 企业撤回了：{ $number }“{ $title }”，不用再办
# $number (String) - number
# $title (String) - title
request-notice-sent-back = 承办单位都没办成，请重新派：{ $number }“{ $title }”
# $number (String) - number
# $title (String) - title
request-notice-said = 新的往来：{ $number }“{ $title }”
# $number (String) - number
# $title (String) - title
request-notice-chosen = 企业选了您来办：{ $number }“{ $title }”
request-job-silence = 企业逾期未确认的结件
