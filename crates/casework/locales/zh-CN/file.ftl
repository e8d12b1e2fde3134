# $n (Number) - 最多几个
file-too-many = 附件最多 { $n } 个，请少选几个
# $name (String) - 文件名
file-too-large = “{ $name }”超过 10 MB，请换小一点的
# $name (String) - 文件名
file-kind = “{ $name }”不是能收的种类。可以附 pdf、图片、Word、Excel、PPT、zip 和纯文本
