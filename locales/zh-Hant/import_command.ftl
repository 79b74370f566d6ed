## Importing by command, and watching a folder

cli-import-remembered = { $sheet }：沿用上次同表的對應：
cli-import-passed = ；另有 { $n } 行不屬於這次的方式，沒有動
cli-import-no-such-table = 沒有「{ $table }」這張表
cli-import-no-such-table-fix = 用 --show-tables 看有哪些表，按序號、範圍或工作表名指定
cli-import-no-such-column = 沒有「{ $text }」這一欄
cli-import-no-such-column-fix = 寫欄號（如 E）或表頭原文；用 --show-tables 查看
cli-import-column-shape = 「{ $text }」不是「欄=值」
cli-import-column-shape-fix = 例如 E=figure.invest_ytd 或 E=億元
cli-import-no-such-field = 沒有「{ $text }」這個欄位
cli-import-no-such-field-fix = 欄位名見 docs/import.md
cli-import-no-such-unit = 不認識單位「{ $text }」
cli-import-no-such-unit-fix = 例如 萬元、億元
cli-import-doubt-several = 檔案裡還有別的表也能讀；用 --show-tables 查看，用 --table 指定
cli-import-doubt-no-name = 沒有一欄能確定是項目名稱或編號；用 --column B=name 指明
cli-import-doubt-no-unit = 沒有寫明金額單位；用 --unit 指明
cli-watch-begins = 正在看著 { $folder }，放進來的檔案會自動匯入
cli-watch-taken = { $folder } 已經有一個 tici 在看著
cli-watch-taken-fix = 先停掉那一個
cli-watch-before = 內容以前匯入過，見{ $entry }
cli-watch-problems = { $n } 處問題，沒有寫入
cli-watch-layout-new = 這種表沒有匯入過，不知道各欄是什麼
cli-watch-layout-new-fix = 先用同一帳號在頁面或命令列匯入一次，核對各欄；或者給 --map；確信推斷無誤時用 --trust-guess
