### 工作台搜索

search-title = 搜索
search-hint = 写编号直接打开那一件；写企业名称、代码前几位或拼音首字母，找企业；写内容，找诉求。
search-hint-phone = 企业登记的电话也能查；谁用这个号码提过诉求，在“登记来电来访”里查。
search-none = 您能看到的诉求、知识和企业里没有查到。换个说法，或者到清单里按条件找。
search-where = 到清单里找
search-in-cases = 诉求里的内容
search-in-knowledge = 知识
search-in-enterprises = 企业
search-in-providers = 机构
search-in-products = 产品
search-in-windows = 窗口
