imports-title = 文件导入
imports-new = 导入文件
imports-lede = 先读一遍，告诉您会新增、改动多少，拒绝哪些行；您确认后才写进名录。
imports-kind = 文件里是
imports-file = 文件
# $mb (Number) 兆
# $rows (String) 行数
imports-file-hint = .xlsx 或 .csv，最大 { $mb } MB，最多 { $rows } 行
imports-file-none = 还没有选文件
imports-submit = 读这个文件
imports-help = 文件怎样写
imports-templates = 模板：
# $kind (String) 种类
imports-template-name = { $kind }导入模板
imports-help-headings = 表头用中文或英文都认，列的先后不限，前 10 行里有就行。
imports-help-empty = 空格子不会抹掉名录里已有的内容。
imports-help-twice = 同一个代码在文件里出现两次，第二行会被拒绝。
imports-help-dry = 同一个文件再导一次，什么也不会变。
imports-none = 还没有导入过文件。下载模板，填好，再来导入。
imports-by-program = 命令行
imports-read = 读到
# $n (String) 行数
imports-rows-read = 读到 { $n } 行
imports-rows-unit = 行
imports-rows-new = 新增
imports-rows-changed = 有改动
imports-rows-same = 没变化
imports-refused = 被拒绝的行
imports-refused-none = 没有被拒绝的行。
# $shown (Number) 显示几行
# $all (Number) 共几行
imports-refused-shown = 显示前 { $shown } 行，共 { $all } 行
imports-refused-download = 下载被拒绝的行（.xlsx）
imports-line = 行号
imports-reason = 拒绝原因
imports-state-reading = 正在读
imports-state-ready = 等您确认
imports-state-applying = 正在写入
imports-state-done = 已完成
imports-state-failed = 没有导入
imports-progress = 进度
# $n (String) 行数
imports-reading = 已读 { $n } 行，这一页每两秒自己更新。
# $done (String) 已写入
# $all (String) 共
imports-applying = 已写入 { $done } 行，共 { $all } 行，这一页每两秒自己更新。关掉也会写完。
imports-forecast = 导入会怎样
imports-result = 导入结果
imports-confirm = 写进名录
# $new (String) 新增
# $changed (String) 改动
imports-confirm-note = 新增 { $new } 条，改动 { $changed } 条；被拒绝的行不写。
imports-confirm-nothing = 这个文件不会改变名录：没有新的，也没有改动
imports-confirm-dry = 这次只是试读，要写入请重新导入
imports-drop = 不导入了
imports-drop-note = 名录保持原样。
imports-dropped = 看过以后决定不导入，名录没有变。
# $file (String) 文件名
imports-dropped-flash = { $file } 不导入了，名录没有变。
imports-done-all = 每一行都写进去了。
imports-finished = 完成于
imports-size = 大小
# $headings (String) 表头
imports-unused = 这些列没有用到：{ $headings }
# $number (String) 编号
# $file (String) 文件名
imports-notice = { $number } 导入完了：{ $file }
imports-notes = 填写说明
imports-notes-column = 列
imports-notes-required = 必填
imports-notes-what = 填什么
imports-notes-example = 例子
imports-notes-empty = 空格子不会抹掉名录里已有的内容；只读第一张有表头的表，这一张不读。
imports-file-missing = 找不到这个文件
# $mb (Number) 兆
imports-file-too-large = 文件太大：最大 { $mb } MB，解开以后也有上限。请分成几个文件
# $rows (Number) 行数
imports-file-too-many = 行太多：最多 { $rows } 行。请分成几个文件
imports-file-old = 这是旧格式（.xls）或加了密码的表格。请去掉密码，另存为 .xlsx
imports-file-broken = 文件读不出来：损坏了，或者不是表格。请用表格软件打开，另存为 .xlsx 或 .csv
# $needed (String) 必须的列
imports-file-no-headings = 前 10 行里没有找到表头。至少要有这几列：{ $needed }
imports-file-no-rows = 只有表头，下面没有内容
imports-file-internal = 程序出了错，已经停下，记进了日志。写进去的都是整行；请再导入一次同一个文件，会接着写
# $column (String) 列
imports-missing = “{ $column }”没有填
# $column (String) 列
# $max (Number) 上限
imports-too-long = “{ $column }”超过 { $max } 字
# $column (String) 列
imports-unreadable = “{ $column }”有读不出来的字符，请用 UTF-8 或 GB18030 另存
# $column (String) 列
imports-formula = “{ $column }”是公式，文件里没有存结果；请在表格软件里打开保存一次，或贴成数值
# $column (String) 列
# $error (String) 错误值
imports-cell-error = “{ $column }”是表格的错误值 { $error }
# $column (String) 列
imports-not-a-name = “{ $column }”里没有文字
# $column (String) 列
imports-not-a-number = “{ $column }”不是数字
# $column (String) 列
imports-not-a-count = “{ $column }”应是不小于 0 的整数
# $column (String) 列
imports-not-an-amount = “{ $column }”应是不小于 0 的金额，最多两位小数
# $column (String) 列
imports-not-a-date = “{ $column }”不是日期；可以写成 2016-05-18
# $column (String) 列
imports-date-range = “{ $column }”在 1800 年以前，或者还没有到
# $column (String) 列
imports-code-as-number = “{ $column }”存成了数字，后几位已经丢了；请把单元格设为文本，重新填
# $column (String) 列
imports-phone = “{ $column }”不是电话号码；手机 11 位，座机带区号
# $column (String) 列
imports-district = “{ $column }”不是本市的区
# $column (String) 列
imports-industry = “{ $column }”不是 GB/T 4754-2017 的行业代码，如 I65
# $column (String) 列
imports-category = “{ $column }”不是八类服务之一
# $column (String) 列
# $values (String) 可以填的
imports-not-in-list = “{ $column }”应是：{ $values }
# $line (Number) 行号
imports-twice-code = 这个代码在第 { $line } 行已经出现过
# $line (Number) 行号
imports-twice-product = 这家机构的这项产品在第 { $line } 行已经出现过
imports-no-provider = 名录里没有这个代码的服务机构，请先登记机构
imports-job = 导入名录
