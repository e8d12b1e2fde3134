mine-title = 我的诉求
# $n (Number) - n
mine-count = 共 { $n } 件
mine-empty = 还没有提过诉求。办企业遇到事，随时可以提，免费。
mine-what = 事项
mine-state = 到哪一步
mine-when = 时间
# $day (String) - day
mine-confirm-by = 请在{ $day }前确认
mine-supply = 请您补材料
