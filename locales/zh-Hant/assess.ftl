## 考核方案：檔案哪裡不對

assess-not-stated = { $key } 沒有寫明
assess-not-stated-fix = 各來源對此都沒有規定，須由方案寫明；通行寫法：{ $name } = { $shipped }。
assess-section-missing = 缺少 [{ $key }] 一節
assess-section-missing-fix = 補上這一節；通行寫法：{ $lines }。
assess-only-index = { $key } 的這一取值只用於綜合指數
assess-only-index-fix = 改用其他取值，或把 kind 寫成 "index"。
assess-not-positive = { $key } 的值 { $value } 不合適，應大於零（權重可為零）
assess-not-positive-fix = 改成大於零的數。
assess-matrix = 判斷矩陣應為 { $size } 行 { $size } 列，每格大於零
assess-matrix-fix = 每行寫滿，可寫分數，如 "1/3"。
assess-no-root = 沒有總分：每個分支都有上級
assess-no-root-fix = 讓總分一項不寫 parent。
assess-two-roots = { $key } 沒有上級，而總分已是 { $root }
assess-two-roots-fix = 給 { $key } 寫上 parent。
assess-unknown-parent = { $key } 的上級 { $parent } 不存在
assess-unknown-parent-fix = 寫一個已有分支的 key。
assess-tree-circle = 分支 { $key } 繞回了自己
assess-tree-circle-fix = 改正 parent，使各分支都通到總分。
assess-branch-empty = 分支 { $key } 下面什麼也沒有
assess-branch-empty-fix = 放入指標，或刪去這個分支。
assess-weight-missing = { $key } 沒有權重，而上級 { $parent } 按權重合成
assess-weight-missing-fix = 寫上 weight。
assess-weight-unused = { $key } 寫了權重，而上級 { $parent } 不用權重
assess-weight-unused-fix = 刪去 weight，或讓上級用 combine = "mean"。
assess-weights-sum = { $branch } 下的權重合計 { $sum }，應為 { $wanted }
assess-weights-sum-fix = 改正權重，或改正 weights_sum。
assess-points-sum = { $branch } 下的滿分合計 { $sum }，應為 { $wanted }
assess-points-sum-fix = 改正各項滿分，或改正 full。
assess-unknown-figure = 指標 { $item } 用到的資料 { $name } 沒有聲明
assess-unknown-figure-fix = 用 [[figure]] 聲明，或改正名稱。
assess-unknown-node = 沒有叫 { $name } 的指標或分支
assess-unknown-node-fix = 寫一個已有的 key。
assess-two-sources = 只能有一個來源，現在同時寫了 { $keys }
assess-two-sources-fix = 留下一個。
assess-formula-operand = 公式在「{ $found }」處應有數、名稱或括號
assess-formula-operand-fix = 檢查運算符兩邊。
assess-formula-operator = 公式在「{ $found }」處應有運算符、逗號或右括號
assess-formula-operator-fix = 檢查括號是否成對。
assess-formula-function = 公式裡沒有函數「{ $found }」
assess-formula-function-fix = 可用的函數：{ $known }。
assess-formula-arguments = 函數「{ $found }」的參數個數不對
assess-formula-arguments-fix = 查看 docs/scheme.md 裡的函數表。
assess-formula-deep = 公式的括號套得太深
assess-formula-deep-fix = 拆成幾個指標。
assess-formula-circle = 公式互相引用，成了圈：{ $names }
assess-formula-circle-fix = 讓其中一個改用資料。
assess-bounds-order = 兩端 { $lo } 與 { $hi } 的次序不對
assess-bounds-order-fix = lo 是不允許值，hi 是滿意值；越小越好時 lo 大於 hi，並寫 polarity = "less"。
assess-polarity-method = 這一取向要用 method = "{ $method }"
assess-polarity-method-fix = 改 polarity 或改 method。
assess-level-order = 各檔的標準值與係數應從最好到最差依次排列
assess-level-order-fix = 調整次序。
assess-band-order = 各段應依次向上，只有最後一段可不寫 up_to
assess-band-order-fix = 調整各段的 up_to。
assess-tier-overlap = 這一檔為空，或與另一檔重疊
assess-tier-overlap-fix = 每檔含下限、不含上限，各檔不可重疊。
assess-divisors = divisors 至少要有一個數，且都大於零
assess-divisors-fix = 如 divisors = [20, 40, 60]。
assess-whole-not-ratio = { $item } 與整體的比率相比，須由公式相除得出
assess-whole-not-ratio-fix = 公式寫成「甲 / 乙」，或把 against 改為 "mean"。
assess-rounded-by-what = 按公佈的分數排名，卻沒有寫保留幾位小數
assess-rounded-by-what-fix = 在 [rounding] 寫 total，或用 rank.on = "unrounded"。
assess-index-word = 綜合指數的 { $key } 只能是 { $word }
assess-index-word-fix = 照此寫明。
assess-grade-share = 等次 { $grade } 的比例不合適（合計 { $sum }）
assess-grade-share-fix = 比例只用於 by = "quota"，大於零，合計不超過 1。

## 考核資料：哪裡不對

assess-no-units = 沒有考核對象
assess-no-units-fix = 表中至少要有一行。
assess-unit-twice = 考核對象 { $unit } 出現了兩次
assess-unit-twice-fix = 每個對象只寫一行。
assess-unit-no-group = { $unit } 不在任何組內
assess-unit-no-group-fix = 寫明它的組，或在方案中列入。
assess-one-unit = { $unit } 獨自一組，無從比較
assess-one-unit-fix = 按方案的 alone 處理；也可併入別組。
assess-figure-missing = 表中沒有資料 { $column }（用於 { $items }）
assess-figure-missing-fix = 補上這一列，列名與方案一致。
assess-figure-empty = 資料 { $column } 全部缺失（用於 { $items }）
assess-figure-empty-fix = 請責任部門報送，或在方案中去掉。
assess-column-constant = 資料 { $column } 的 { $count } 個值都是 { $value }
assess-column-constant-fix = 按方案的 zero_range 處理；請核對是否屬實。
assess-event-unit = 沒有考核對象 { $unit }
assess-event-unit-fix = 用對象表中的代碼。
assess-event-item = 方案中沒有加減分或否決項 { $item }
assess-event-item-fix = 可用：{ $known }。
assess-event-points = { $item } 的分值缺失或小於零
assess-event-points-fix = 扣分也寫正數，正負由方案決定。
assess-event-document = 「{ $matter }」沒有依據文件
assess-event-document-fix = 寫明文件名或文號。
assess-override-grade = 沒有等次 { $grade }
assess-override-grade-fix = 用方案中的等次。
assess-override-reason = 改動 { $unit } 的等次沒有寫理由
assess-override-reason-fix = 寫明理由。
assess-cell-not-number = { $column } 一格「{ $value }」不是數
assess-cell-not-number-fix = 只寫數；沒有資料就留空。
assess-cell-not-finite = { $column } 一格「{ $value }」不是有限的數
assess-cell-not-finite-fix = 改成數，或留空表示缺失。
assess-csv-broken = 這不是可讀的 CSV：{ $detail }
assess-csv-broken-fix = 第一行是列名，每行格數相同。
assess-csv-no-column = 表中沒有列 { $column }
assess-csv-no-column-fix = 現有的列：{ $known }。
assess-csv-column-twice = 列名 { $column } 出現兩次
assess-csv-column-twice-fix = 每列一個名稱。
assess-period-unnamed = 多期資料要寫明哪一列是時期
assess-period-unnamed-fix = 用 --period 指定列名。

## 得分怎樣來

assess-how-points = { $value }
assess-how-per = { $value } × { $points }
assess-how-efficacy = { $base } + { $span } × ({ $value } − { $lo }) ÷ ({ $hi } − { $lo })
assess-how-efficacy-exponential = { $base } × ({ $top } ÷ { $base })，指數為 ({ $value } − { $lo }) ÷ ({ $hi } − { $lo })
assess-how-moderate = { $base } + { $span } × (1 − { $value } 離 { $from }—{ $to } 的距離 ÷ 最大距離)，最小 { $lo }、最大 { $hi }
assess-how-scaled = ({ $of }) × { $full } ÷ { $top }
assess-how-levels = { $full } × { $share }（{ $value } 所在檔的係數）
assess-how-target = { $full } × { $value } ÷ { $target }
assess-how-target-less = { $full } × { $target } ÷ { $value }
assess-how-capped = { $of }，達到上限
assess-how-steps = { $full }；{ $value } 與計劃 { $plan } 相差 { $gap } 個百分點
assess-how-rank = { $value }，第 { $place } 名
assess-how-proportion = { $full } × { $value } ÷ { $best }
assess-how-proportion-less = { $full } × { $best } ÷ { $value }
assess-how-tier = { $value } 所在檔得 { $points } 分
assess-how-no-tier = { $value } 不在任何一檔
assess-how-over-average = { $base }；{ $value } 與平均 { $average } 相差 { $gap } 個百分點，分段加減
assess-how-survey = 滿意度 { $value }
assess-how-raters = 評分 { $value }
assess-how-goalposts = { $full } × ({ $value } − { $lo }) ÷ ({ $hi } − { $lo })
assess-how-goalposts-log = { $full } × (ln { $value } − ln { $lo }) ÷ (ln { $hi } − ln { $lo })
assess-how-normalised = { $value }，在 { $lo } 與 { $hi } 之間，標準化為 { $points }
assess-how-between = { $value }，在 { $lo } 與 { $hi } 之間得 { $points }
assess-how-zero-range = { $value }，大家相同，按方案給分
assess-how-alone = { $value }，獨自一組，按方案給分
assess-how-no-value = 沒有資料
assess-how-no-score = 得不出分數
assess-how-no-bound = 缺少比較的兩端
assess-how-no-target = 沒有可比的目標
assess-how-zero = { $of }；按方案得 0 分
assess-how-reweigh = { $of }；權重歸其他指標
assess-how-missing = { $of }；上級也算缺失

## 並列與獎項

assess-tie-min = 與{ $names }同分，並列取前
assess-tie-dense = 與{ $names }同分，並列，後面名次相接
assess-tie-average = 與{ $names }同分，取平均名次
assess-tie-ordinal = 與{ $names }同分，按次序排
assess-tie-broken = 與{ $names }同分，由{ $by }分先後
assess-by-code = 代碼
assess-award-first = 第 { $place } 名，{ $points } 分
assess-award-riser = 從第 { $from } 名升到第 { $to } 名，進 { $places } 位
assess-award-threshold = { $points } 分，達到 { $from } 分

## 命令

cli-assess-sound = { $title }（{ $version }）沒有錯誤：{ $items } 個指標，{ $figures } 項資料
cli-assess-written = 寫出 { $count } 個檔案到 { $folder }
assess-col-rank = 名次
assess-col-unit = 對象
assess-col-total = 總分
assess-col-grade = 等次
assess-col-note = 說明
assess-col-item = 指標
assess-col-points = 得分
assess-col-how = 怎樣來
assess-col-award = 獎項
assess-col-by = 依據
assess-col-without = 去掉
assess-col-mean-change = 名次平均變動
assess-col-weight = 實際權重
assess-col-low = 名次第 5 百分位
assess-col-high = 名次第 95 百分位
assess-col-nominal = 原名次
assess-col-first = 指標甲
assess-col-second = 指標乙
assess-col-correlation = 相關係數
