## 規則文件的問題

rules-too-large = 規則文件有 { $bytes } 位元組，最多讀 { $limit } 位元組
rules-too-large-fix = 規則文件只有一頁左右，請核對是不是選錯了文件。
rules-broken = 不是 TOML：{ $detail }
rules-broken-fix = 請改好這一行；文字放在引號裡，列表放在方括號裡。
rules-unknown-key = 這裡不用 { $key }
rules-unknown-key-fix = 這裡可用：{ $known }。請改正拼寫或刪去這一行。
rules-missing-key = 缺 { $key }
rules-missing-key-fix = 請補上；寫法可參照預置規則。
rules-not-text = { $key } 要寫文字
rules-not-text-fix = 請放在引號裡。
rules-not-number = { $key } 要寫數字
rules-not-number-fix = 不加引號和千分號，如 30 或 2.5。
rules-not-truth = { $key } 要寫 true 或 false
rules-not-truth-fix = 請寫 true 或 false，不加引號。
rules-not-list = { $key } 要寫成列表
rules-not-list-fix = 請放在方括號裡，或每個表用雙方括號單獨起一段。
rules-not-table = { $key } 要寫成表
rules-not-table-fix = 請放在花括號裡，如 {"{"} from = 10 {"}"}。
rules-too-fine = { $key } 的 { $value } 超過 { $decimals } 位小數
rules-too-fine-fix = 請寫到 { $decimals } 位小數以內：門檻寫多少就是多少。
rules-choice = { $key } 不能是 { $value }
rules-choice-fix = 可選：{ $choices }。
rules-empty = 規則文件裡沒有 { $key }
rules-empty-fix = 請至少寫一條，或選用預置規則。
rules-too-many = 有 { $count } 條規則，最多讀 { $limit } 條
rules-too-many-fix = 請刪去用不到的。
rules-twice = { $key } 重複出現
rules-twice-fix = 請各用各的 key。
rules-no-threshold = 規則 { $rule } 沒有門檻，永遠不會亮燈
rules-no-threshold-fix = 請寫 amber、red 或兩者。
rules-one-threshold = { $key } 要有且只有一個門檻
rules-one-threshold-fix = 請寫 from、above、up_to、below 之一：用詞說明含不含本數。
rules-threshold-side = { $key } 會在好的一側亮燈：這類規則不能用 { $found }
rules-threshold-side-fix = 請用：{ $wanted }。
rules-light-order = 規則 { $rule } 先紅後黃
rules-light-order-fix = 情況變差時應先到黃燈門檻。

## 亮燈：哪條規則，哪些數

light-behind-time = 完成年度計劃 { $done }%，序時進度 { $due }%，落後 { $points } 個百分點
light-with-time = 完成年度計劃 { $done }%，序時進度 { $due }%，超前 { $points } 個百分點
light-behind-plan = 完成年度計劃 { $done }%，按月計劃應完成 { $due }%，落後 { $points } 個百分點
light-with-plan = 完成年度計劃 { $done }%，按月計劃應完成 { $due }%，超前 { $points } 個百分點
light-start-missed = 計劃{ $month }開工，連續 { $months } 個月應開未開
light-start-ahead = 計劃{ $month }開工，未到期
light-finished = 已竣工，不再按進度亮燈
light-entered = 已入庫
light-entry-missing = { $months ->
    [0] { $day }開工，未入庫，不足 1 個月
   *[other] { $day }開工，{ $months } 個月未入庫
}
light-funds = 已支付應付資金的 { $value }%
light-growth = 增速 { $growth }%，計劃 { $plan }%，平均 { $average }%
light-growth-plan = 增速 { $growth }%，計劃 { $plan }%
light-growth-average = 增速 { $growth }%，平均 { $average }%
light-growth-only = 增速 { $growth }%
light-jan-feb = 1月與2月合併報送
light-excused = 有批准的理由，到{ $day }為止；否則為{ $light }

## 亮燈規則，用文字說

lights-rule = { $name }（{ $who }）：{ $what }；{ $thresholds }
lights-rule-plain = { $name }（{ $who }）：{ $what }
lights-who-started = 已開工項目
lights-who-not-started = 未開工項目
lights-who-all = 全部項目
lights-who-started-listed = 列入清單的已開工項目
lights-who-not-started-listed = 列入清單的未開工項目
lights-who-all-listed = 列入清單的項目
lights-what-start-expected = 預計開工晚於時限的天數
lights-what-start-months = 應開未開的連續月數，含計劃當月
lights-what-behind-time = 年度計劃完成率落後序時進度的百分點
lights-what-behind-plan = 年度計劃完成率落後月計劃的百分點
lights-what-behind-plan-else-time = 年度計劃完成率落後月計劃的百分點；沒有月計劃的，落後序時進度的百分點
lights-what-share-of-due = 完成額占應完成額的百分比
lights-what-report = 有計劃而當期未報的，亮未報
lights-what-entry = 開工後未入庫的月數
lights-what-entry-from = 總投資 { $amount }以上（含）的，開工後未入庫的月數
lights-what-funds = 已支付占應支付資金的百分比
lights-what-growth = 比上年同期的增速；不低於計劃且不低於平均為綠，低於其一為黃
lights-threshold-amber = 黃燈 { $at }
lights-threshold-red = 紅燈 { $at }
bound-from = { $value } 以上（含）
bound-above = 超過 { $value }
bound-up-to = { $value } 以下（含）
bound-below = 低於 { $value }
lights-rule-worst = 適用的各條規則取最差的燈；兩條一樣的，取前一條
lights-rule-unreported-worst = 未報比紅燈更差
lights-rule-unreported-before-green = 未報好於紅燈、黃燈，差於綠燈
lights-rule-unreported-last = 其他規則都不適用時才亮未報
lights-rule-jan-feb = 1月與2月合併評判
lights-rule-finished = 已竣工的項目不論完成計劃多少，進度均為綠燈
lights-rule-excuse = 有批准理由的燈，在截止日前亮已准緩，並計數
rules-not-utf8 = 文件不是 UTF-8 文字
rules-not-utf8-fix = 請另存為 UTF-8 文字。

## tici lights

light-by-rule = { $rule }：{ $reason }
cli-lights-code = 編號
cli-lights-project = 項目
cli-lights-place = 屬地
cli-lights-light = 燈
cli-lights-reason = 原因
cli-lights-history = 前幾個月
cli-lights-before = 原來
cli-lights-after = 現在
cli-lights-excused = { $n } 個有批准的理由

## 採用規則

rules-day = 開始日期 { $from } 不在 1900 年到 2200 年之間
rules-day-fix = 請核對年份。
rules-words-long = 有 { $count } 個字，最多 { $limit } 個
rules-words-long-fix = 請寫短一些；依據文件的全文放在附件裡。

## 規則檔案

nav-rules = 規則
nav-tab-rules = 規則
rules-sub = 哪一版從哪天起用；每個月按當時的規則評判
rules-open = 看全文
rules-now = 現在用
rules-none-adopted = 還沒有採用自己的版本，用的是預置規則。
rules-version = 版本
rules-from = 從哪天起
rules-from-ever = 從頭起
rules-until = 到哪天
rules-approver = 批准崗位
rules-reason = 理由或依據
rules-in-force = 正在用
rules-presets = 預置規則：
rules-not-adopted = 沒有採用，什麼也沒有寫入
rules-in-words = 規則怎麼說
rules-text = 規則全文
rules-adopt = 採用新版本
rules-adopt-note = 先逐行核對；有錯的不寫入。舊版本照留，以前的月份仍按舊版本
rules-name = 名稱
rules-file = 從檔案上傳
rules-or-text = 或者在這裡改
rules-no-day = 「{ $from }」不是日期
rules-no-day-fix = 請寫成 2026-07-01 的樣子。
rules-kind-lights = 亮燈
rules-kind-lights-note = 什麼情況亮黃燈、紅燈，沒有報送怎麼算。
rules-kind-league = 鄉鎮比拼
rules-kind-league-note = 每月比哪些、怎麼打分、怎麼排名。
rules-kind-evidence = 認定依據
rules-kind-evidence-note = 每個階段要哪些材料，開工後幾天複核。
rules-kind-checks = 月報審核
rules-kind-checks-note = 月報要對得上哪些數，是錯誤還是提醒。
rules-kind-board = 梯次看板
rules-kind-board-note = 每個階段最多停留幾天，看板怎麼估計。
rules-kind-agenda = 調度會議題
rules-kind-agenda-note = 什麼樣的項目上會，先後次序。
cli-rules-kind = 規則
cli-rules-version = 版本
cli-rules-name = 名稱
cli-rules-from = 從
cli-rules-until = 到
cli-rules-approver = 批准
cli-rules-star = * 現在用
cli-rules-sound = 沒有問題
cli-rules-adopted = 已採用，記在第 { $entry } 號分錄
cli-rules-given = 已保存，記在第 { $entry } 號分錄
cli-rules-nothing-new = 沒有新內容，什麼也沒有寫入
