case-file-title = 案卷
case-file-bar = 案卷，
case-file-back = 回到这件诉求
case-file-link = 打开案卷
case-file-still-open = 这件还没有办结，办结后才有案卷
case-file-masked = 依规定不显示
# $name (String) - 企业
# $district (String) - 区
case-file-firm-in = { $name }（{ $district }）
case-file-matter = 诉求
case-file-kind = 种类
case-file-firm = 提出单位
case-file-opened = 提出时间
case-file-closed = 办结时间
case-file-how = 结果
# $state (String) - 状态
# $how (String) - 办结方式
case-file-closed-how = { $state }（{ $how }）
case-file-frozen = 封存
case-file-not-frozen = 还没有封存，几分钟内自动完成
case-file-whole = 现有记录和封存时一致
case-file-differs = 现有记录和封存时不一致
case-file-hash = 校验值（SHA-256）
case-file-printed = 调阅时间
case-file-contents = 卷内目录
case-file-order = 序号
case-file-paper = 材料
case-file-beside = 文号或数量
# $n (Number) - 数量
case-file-count = { $n } 项
case-file-facts = 诉求登记
case-file-channel = 来源
case-file-category = 服务类别
case-file-class = 诉求等级
case-file-said = 诉求内容
case-file-answer = 结果和答复
case-file-steps = 办理经过
case-file-when = 时间
case-file-step = 步骤
case-file-who = 办理人和内容
case-file-assignments = 交办和反馈
case-file-handler = 承办单位
case-file-times = 时间
case-file-given = 交办
case-file-taken = 接单
case-file-contact = 首次联系
case-file-ended = 结束
case-file-messages = 往来留言
case-file-from = 谁写的
case-file-words = 内容
case-file-after = 评价、回访和改进
case-file-after-note = 这一部分在办结之后还会增加，不在封存范围内。
case-file-what = 事项
# $grade (String) - 等级
case-file-rated = 企业评价：{ $grade }
case-file-call-missed = 回访，未联系上
case-file-call-solved = 回访，已解决
case-file-call-not-solved = 回访，没有解决
# $number (String) - 编号
# $state (String) - 状态
case-file-improvement = 改进 { $number }：{ $state }
case-file-files = 附件目录
case-file-no-files = 没有附件。
case-file-file = 附件
case-file-seal = 封存记录
case-file-seal-note = 办结时，每一条记录都算出校验值，连同全部清单再算出一个，写进审计日志。每次打开案卷都重新核对。企业联系人的姓名和电话不在其中，便于依法更正或删除。
case-file-part = 次
case-file-check = 核对结果
# $n (Number) - 条数
case-file-entries = { $n } 条记录
case-file-manifest-broken = 封存清单被改过
# $kinds (String) - 记录种类
case-file-changed = 内容变了：{ $kinds }
# $kinds (String) - 记录种类
case-file-missing = 少了：{ $kinds }
# $kinds (String) - 记录种类
case-file-slipped = 多出：{ $kinds }
case-file-entry-facts = 诉求登记
case-file-entry-step = 办理步骤
case-file-entry-assignment = 派办任务
case-file-entry-paper = 文书
case-file-entry-message = 留言
case-file-entry-attachment = 附件
case-file-entry-call = 回访
# $n (Number) - 第几份
case-file-supplement = 补充材料 { $n }
case-file-title-of = 材料名称
case-file-bearer = 提出单位（凭编号和查询码）
case-file-add = 补充材料
case-file-add-note = 案卷已经封存，原来的内容不能改。这里补充的材料单独编号，附在案卷后面，企业和承办单位都看得到。
case-file-title-hint = 如 检测报告正本
case-file-add-verb = 补充到案卷
# $n (Number) - 第几份
case-file-added = 已作为补充材料 { $n } 附在案卷后面
case-file-title-missing = 请写明材料名称
case-file-words-missing = 请写点内容，或者附上文件
case-file-job-freeze = 封存办结的案卷
