# 督办单
order-flow = 督办单
order-state-draft = 正在写
order-state-issued = 待书面答复
order-state-replied = 已答复待核
order-state-closed = 已了结
order-state-withdrawn = 已撤回督办
order-action-issue = 下达督办
order-action-reply = 书面答复
order-action-accept = 认可答复，了结督办
order-action-reject = 答复不够，退回再答
order-action-withdraw = 撤回督办单
order-to-missing = 还没有选发给谁，或者这件事现在不由它办
# $n (Number) - 字数
order-too-long = 不要超过 { $n } 个字
order-reason-missing = 要写明为什么督办、要答复什么
order-title-missing = 还没有写督办的事项
order-about-closed = 这件事已经办完，不用再督办
# $number (String) - 编号
order-open-already = 对它已经有一份没了结的督办单 { $number }
order-day-past = 答复期限不能早于今天
order-why-day-missing = 改了答复期限，要写明为什么
# $day (String) - 下达日期
order-done-early = 不能早于下达督办的{ $day }；在那之前就办完的，填下达那天，并在答复里写明
# $n (Number) - 件数
order-done-undone = 填的办完日期已到，还有 { $n } 件没办完
order-title-matters = 超期未办的事项
order-reason-matters = 所列事项都已超期，至今没有办。请尽快逐件办理，并书面答复：为什么超期、已经办了什么、什么时候办完。
order-done-missing = 还没有填办完的日期：已办完填哪天办完，没办完填打算哪天办完
# $number (String) - 编号
# $title (String) - 事项
# $day (String) - 到期日
order-notice-issued = 督办单 { $number }“{ $title }”，请在{ $day }前书面答复
# $number (String) - 编号
# $title (String) - 事项
order-notice-replied = 督办单 { $number }“{ $title }”已按期答复，等您核
# $number (String) - 编号
# $title (String) - 事项
order-notice-replied-late = 督办单 { $number }“{ $title }”迟答，等您核
# $number (String) - 编号
# $title (String) - 事项
# $day (String) - 到期日
order-notice-rejected = 督办单 { $number }“{ $title }”的答复退回了，请在{ $day }前再答复
# $number (String) - 编号
# $title (String) - 事项
order-notice-accepted = 督办单 { $number }“{ $title }”已了结
# $number (String) - 编号
# $title (String) - 事项
order-notice-withdrawn = 督办单 { $number }“{ $title }”已撤回，不用再答复
order-list-title = 督办
order-list-lede = 服务中心和市工信局下达、要书面答复的事
order-new-title = 下达督办
order-page-name = 督办单
# $issuer (String) - 下达单位
order-issued-by = { $issuer }下达，
# $ordered (String) - 被督办单位
# $number (String) - 编号
order-about = 发给{ $ordered }，为 { $number }
# $ordered (String) - 被督办单位
# $n (Number) - 件数
order-about-matters = 发给{ $ordered }，涉及 { $n } 件
order-late = 迟答
order-in-time = 按期答复
order-overdue = 过期未答
order-waiting = 等答复
# $ordered (String) - 被督办单位
# $day (String) - 到期日
order-say-issued = { $ordered }要在{ $day }前书面答复。
# $issuer (String) - 下达单位
# $day (String) - 到期日
order-say-replied = { $issuer }要在{ $day }前核这份答复。
# $issuer (String) - 下达单位
order-say-closed = { $issuer }认可了答复，督办了结。
# $issuer (String) - 下达单位
order-say-withdrawn = { $issuer }撤回了这份督办单。
order-step-issued = 下达
order-step-replied = 书面答复
order-step-closed = 了结
order-rounds = 要求和答复
# $n (Number) - 次数
order-rounds-count = 要求答复 { $n } 次
# $n (Number) - 第几次
order-round = 第 { $n } 次
# $day (String) - 日期
order-due-line = 答复期限：{ $day }
# $day (String) - 日期
order-answered-line = 答复于 { $day }
# $day (String) - 日期
order-done-line = 办完日期：{ $day }
# $words (String) - 退回理由
order-asked = 退回的理由：{ $words }
# $words (String) - 理由
order-why-day-line = 另定期限的理由：{ $words }
# $issuer (String) - 下达单位
# $words (String) - 话
order-outcome = { $issuer }的意见：{ $words }
order-matters = 涉及的事项
order-matter-done = 已办完
order-matter-late = 仍超期
order-matter-open = 在办
order-facts = 督办单
order-number = 编号
order-issuer = 下达单位
order-ordered = 发给
order-issued-on = 下达日期
order-due = 答复期限
order-about-case = 督办的事项
order-note-reply = 写明办了什么、没办完的什么时候办完。过了期限也要答复，会记为迟答
order-field-reply = 答复
order-hint-reply = 办到哪一步、为什么超期、接下来怎么办
order-field-done = 办完日期
order-hint-done = 已办完填哪天办完；没办完填打算哪天办完
order-note-accept = 督办到此为止；事项本身照常办到底
order-field-accept = 意见
order-note-reject = 给新的答复期限，对方重新答复
order-field-reject = 哪里不够
order-note-withdraw = 发错了，或者已经不需要。要写明理由
order-field-withdraw = 撤回的理由
order-field-day = 答复期限
# $day (String) - 日期
order-hint-day = 通常是{ $day }；要提前或推后，写明理由
order-field-why-day = 另定期限的理由
order-hint-why-day = 期限没改就不用填
# $number (String) - 编号
order-done-issue = 督办单 { $number } 已下达，对方马上会收到消息
order-done-reply = 已答复，下达单位马上会收到消息
order-done-accept = 督办已了结
order-done-reject = 已退回，对方要再答复
order-done-withdraw = 督办单已撤回
# $title (String) - 事项
# $day (String) - 日期
order-reason-late = “{ $title }”应于{ $day }前办理，至今没有办。请尽快办理，并书面答复：为什么超期、已经办了什么、什么时候办完。
# $title (String) - 事项
order-reason = 请抓紧办理“{ $title }”，并书面答复：已经办了什么、什么时候办完。
order-no-target = 现在没有可以督办的单位：这件事不在别人手上，或者在您本单位手上。
order-field-title = 督办事项
order-field-to = 发给
order-field-reason = 为什么督办，要答复什么
order-hint-reason = 发给的单位看得到，企业看不到
order-submit = 下达督办
order-field-matters = 涉及的超期事项
order-counts = 督办单
order-count-all = 全部
order-count-open = 没了结
order-count-overdue = 过期未答
order-count-late = 有迟答
order-new-own = 另立督办
order-issued-title = 督办单
order-list-empty = 没有督办单。
order-due-title = 该督办的
# $n (Number) - 件数
order-due-lede = 超期已报到本级、还没督办的 { $n } 件
order-due-empty = 没有报到本级的超期事项。
# $house (String) - 单位
# $n (Number) - 件数
order-due-house = { $house }有 { $n } 件，合成一份督办
order-due-turn = 轮到谁
order-due-do = 督办
order-due-edit = 先改再发
order-due-issue = 下达
# $number (String) - 编号
order-due-issue-one = 对 { $number } 下达督办
order-verb-new = 督办这件事
order-note-new = 要承办的单位限期书面答复
# $number (String) - 编号
order-verb-answer = 书面答复督办单 { $number }
# $day (String) - 日期
order-note-answer = { $day }前答复
order-escalation = 催办和升级
# $day (String) - 日期
order-check-line = 核到 { $day }
# $number (String) - 编号
# $to (String) - 被督办单位
order-line = 督办单 { $number }，发给{ $to }
order-urge = 催办
order-urge-note = 马上告诉轮到的人，记在经过里；企业看不到
order-urge-words = 附一句话
# $day (String) - 日期
order-paper-due = 这件事应于{ $day }前办理。
order-paper-open = 这件事正在办理。
order-paper-own = 这是另立的督办事项，没有单独的办件。
# $numbers (String) - 编号
order-paper-matters = 涉及的办件：{ $numbers }。
order-paper-join = 、
