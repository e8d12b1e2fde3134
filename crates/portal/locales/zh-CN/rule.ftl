### 规则页

rule-title = 规则与逐条说明
rule-name = 规则
rule-issuer = 发文机关
rule-document = 文号
rule-in-force-from = 从哪天起施行
rule-version = 参数版本
# $n (String) 第几版
rule-version-n = 第 { $n } 版
rule-own-words = 下面是本系统自己写的说明，不是条文。每条列出：本系统怎样落实，由哪些步骤和页面落实，用到哪些期限和数值。步骤和页面直接取自系统里的流程表和页面清单，没有做到的照实写明。
# $n (Number) 一共几项
# $done (Number) 已能办的
# $partly (Number) 部分能办的
# $open (Number) 还不能办的
rule-counts = { $n } 项要做到的事：{ $done } 项已能办，{ $partly } 项部分能办，{ $open } 项还不能办。
rule-contents = 目录
rule-procedures = 流程
rule-bases = 依据文件
rule-carried-by-steps = 由这些步骤落实
rule-carried-by-pages = 由这些页面落实
rule-nothing-yet = 这一条本系统还没有落实，现在仍按线下办法办理。
rule-extent-done = 已能办
rule-extent-partly = 部分能办
rule-extent-not-yet = 还不能办
# $n (Number) 几项
rule-parameters = 用到的期限和数值（{ $n } 项）
# $article (String) 第几条
rule-parameters-of = { $article }用到的期限和数值
rule-parameter = 名称
rule-value = 现行数值
rule-note = 说明
rule-source = 来源
rule-source-rule = 规则写明
rule-source-law = 其他法规写明
rule-source-proposed = 本系统建议，待确认
rule-source-recalled = 凭记忆填写，待核实
rule-access-public = 所有人可看
rule-access-signed = 登录后可看
rule-access-staff = 网络内工作人员可看
# $capacity (String) 单位
# $role (String) 角色
rule-role = { $capacity }（{ $role }）
# $states (Number) 几个状态
# $steps (Number) 几个步骤
rule-procedure-lede = { $states } 个状态，{ $steps } 个步骤。谁能办、几天办、依据哪一条，系统里办件时用的就是这张表。
rule-states = 从哪一步到哪一步
rule-end = 终点
rule-steps = 全部步骤
rule-steps-lede = 同一个动作在不同的状态下可以有不同的去向，所以可能出现多次。
# $name (String) 流程名
rule-steps-of = { $name }的全部步骤
rule-state = 状态
rule-action = 动作
rule-to = 之后的状态
rule-stays = 状态不变
rule-who = 谁能办
rule-limit = 起算的期限
rule-article = 依据
rule-who-bearer = 凭编号和查询码的人
rule-who-system = 系统按期自动办
# $who (String) 谁
# $tie (String) 还要满足什么
rule-who-tied = { $who }；{ $tie }
rule-tie-own-firm = 限本企业的
rule-tie-handler = 限接办单位
rule-tie-not-judged = 限与被评价单位无关的
rule-tie-not-same-person = 不能是前一步的经办人
rule-tie-leading-desk = 限主办的一方，不能办投诉自己的事
# $name (String) 期限名称
# $value (String) 期限
rule-limit-value = { $name }：{ $value }
rule-limit-none = 无
