thread-empty = 还没有写内容
# $place (String) - 单位
thread-inside = 只有{ $place }看得到
