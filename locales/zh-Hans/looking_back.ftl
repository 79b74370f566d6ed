# 回看：按从前某个时刻所知显示

look-back-title = 回看
look-back-sub = 任何一页，都能按从前某个时刻所知的来看
look-back-choose = 看哪一天
look-back-day = 日期
look-back-go = 回看这一天
look-back-hint = 按那天结束时台账里已有的数显示；之后补报、更正、核定的都不在内，「今天」就是那一天。回看时不能填报。地址里的 as_of 也可写时刻（2026-06-20T16:00）或记录条数。
look-back-yesterday = 昨天
look-back-week = 一周前
look-back-twentieth = 上一个 20 日
look-back-month = 上月末
look-back-year = 上年末
look-back-link = 回看

looking-back-at = 按 { $at } 时所知显示（前 { $entries } 条记录）；之后的补报、更正不在内。
looking-back-entries = 按前 { $entries } 条记录所知显示；之后的补报、更正不在内。
looking-back-end = 回到现在
looking-back-other = 换一个时刻

looking-back-unreadable = 「{ $asked }」不是能回看的时刻
looking-back-unreadable-fix = 请写日期（2026-06-20）、时刻（2026-06-20T16:00）或记录条数
looking-back-writes = 正在回看从前的台账，不能写入
looking-back-writes-fix = 请先回到现在，再填一次
