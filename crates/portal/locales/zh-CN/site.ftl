### 关于本站的几页说明

site-privacy-title = 个人信息保护
site-privacy-where = 记在哪里、怎样查
site-privacy-audit = 谁在什么时候做了什么，系统都有记录；点开遮住的手机号也会留下一条。这份记录里只写编号，不写姓名和号码。
site-privacy-cookies = 本站只用几个小文件：记住您已登录、您选的语言和区，以及一次性的提示。没有统计和广告用的。
# $hotline (String) 热线号码
site-privacy-ask = 想查、想改、想删自己的资料，请拨 { $hotline }，由工作人员核对身份后办理。
site-accessibility-title = 无障碍说明
site-accessibility-how = 我们怎样做
site-accessibility-scripts = 所有页面不用脚本也能办完事；脚本只让操作更顺手。
site-accessibility-keyboard = 每件事都可以只用键盘办，焦点看得见，顺序和读的顺序一样。
site-accessibility-zoom = 放大到 400% 不用左右拖动；手机、电脑、打印都能用。
site-accessibility-colour = 不只靠颜色表示状态，每个状态都有文字和图标；深浅两种配色都达到 AA 级对比度。
site-accessibility-charts = 每张图旁边都有同样内容的表格。
site-accessibility-languages = 界面有中文和英文。
site-accessibility-limits = 做不到的
site-accessibility-files = 企业和机构上传的附件由上传的人制作，我们不能保证都能被读屏软件读出。
site-accessibility-chinese = 企业和机构写的内容多数只有中文。
site-accessibility-tell = 用着不方便，请告诉我们
# $hotline (String) 热线号码
site-accessibility-tell-whom = 请拨 { $hotline }，说明是哪一页、用什么设备。电话里也可以由工作人员替您办。
site-keyboard-title = 只用键盘怎样办
site-keyboard-lede = 全部页面都可以不用鼠标。每页最前面有“跳到正文”，按一次 Tab 就到。
site-keyboard-everywhere = 所有页面
site-keyboard-lists = 清单里（收件箱、诉求）
site-keyboard-key = 按键
site-keyboard-what = 做什么
site-keyboard-tab = 到下一个链接、按钮或输入框
site-keyboard-back = 回到上一个
site-keyboard-enter = 打开链接，按下按钮，提交表单
site-keyboard-space-key = 空格
site-keyboard-space = 勾选或取消，展开或收起
site-keyboard-escape = 收起打开的菜单
site-keyboard-scripts = 下面的快捷键要浏览器允许脚本；不允许时用 Tab 同样能办。
site-keyboard-next = 下一行
site-keyboard-previous = 上一行
site-keyboard-pick = 选中或取消这一行
site-keyboard-search = 到搜索框
site-keyboard-help = 打开按键说明
