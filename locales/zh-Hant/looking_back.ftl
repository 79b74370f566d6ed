# 回看：按從前某個時刻所知顯示

look-back-title = 回看
look-back-sub = 任何一頁，都能按從前某個時刻所知的來看
look-back-choose = 看哪一天
look-back-day = 日期
look-back-go = 回看這一天
look-back-hint = 按那天結束時台賬裡已有的數顯示；之後補報、更正、核定的都不在內，「今天」就是那一天。回看時不能填報。地址裡的 as_of 也可寫時刻（2026-06-20T16:00）或記錄條數。
look-back-yesterday = 昨天
look-back-week = 一週前
look-back-twentieth = 上一個 20 日
look-back-month = 上月末
look-back-year = 上年末
look-back-link = 回看

looking-back-at = 按 { $at } 時所知顯示（前 { $entries } 條記錄）；之後的補報、更正不在內。
looking-back-entries = 按前 { $entries } 條記錄所知顯示；之後的補報、更正不在內。
looking-back-end = 回到現在
looking-back-other = 換一個時刻

looking-back-unreadable = 「{ $asked }」不是能回看的時刻
looking-back-unreadable-fix = 請寫日期（2026-06-20）、時刻（2026-06-20T16:00）或記錄條數
looking-back-writes = 正在回看從前的台賬，不能寫入
looking-back-writes-fix = 請先回到現在，再填一次
