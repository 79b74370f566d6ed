# 工作簿附帶的東西
file-macros-ignored = 工作簿帶有巨集，沒有執行
file-macros-ignored-fix = 取的是檔案裏儲存的值，不用處理
file-links-not-followed = 工作簿引用了另外 { $n } 個工作簿，沒有去開啟
file-links-not-followed-fix = 請核對檔案裏儲存的值是不是最新的
