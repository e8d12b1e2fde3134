rating-title = 办得怎么样
rating-voluntary = 自愿，点一下就算评完
rating-words = 想说的话
rating-choose = 请选一个等级
rating-5 = 非常满意
rating-4 = 满意
rating-3 = 基本满意
rating-2 = 不满意
rating-1 = 非常不满意
# $word (String) - word
rating-given = 您的评价：{ $word }。
# $day (String) - 日期
# $word (String) - 等级
rating-given-earlier = { $day }给前一次答复的评价：{ $word }。
rating-done = 评价收到了
rating-too-early = 还没有答复，答复之后才能评
rating-too-late = 评价的期限过了
rating-twice = 这次答复已经评过了
rating-words-missing = 还没有写
