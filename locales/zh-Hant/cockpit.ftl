## The first page

cockpit-sub = { $year }年{ $day }，第 { $week } 週。數據到{ $period }，賬本 { $seq } 條記錄

cockpit-deadline-title = 開工時限：{ $n } 個列省列市項目 { $day }前全部開工
cockpit-deadline-none = { $n } 個列省列市項目
cockpit-of = { $n } 已開工
cockpit-split = { $tiers }；{ $ago }
cockpit-week-ago = 上週同日 { $n }
cockpit-cells-label = { $n } 個項目逐個狀態：{ $started } 已開工，{ $in-time } 報在時限內，{ $late } 報在時限後，{ $undated } 沒有報日期
cockpit-cells-label-each = { $n } 個項目按狀態成格，每格至多 { $each } 個：{ $started } 已開工，{ $in-time } 報在時限內，{ $late } 報在時限後，{ $undated } 沒有報日期
cockpit-cells-each = 每格至多 { $n } 個項目
cockpit-cell-started = 已開工 { $n }
cockpit-cell-in-time = 報在時限內 { $n }
cockpit-cell-late = 報在時限後 { $n }
cockpit-cell-undated = 沒有報日期 { $n }

cockpit-expected-title = 照各單位報的日期，到期能開工多少
cockpit-expected-lead = { $day }前 { $n } 個，比目標少 { $gap } 個。
cockpit-expected-all = { $day }前 { $n } 個，全部按期。
cockpit-expected-no-deadline = 今年還沒有定開工時限。
cockpit-expected-late = 報在時限後的 { $n } 個，晚 { $min }–{ $max } 天，中位 { $median } 天。
cockpit-expected-undated = { $n } 個沒有報預計開工日期。
cockpit-expected-deadline = 時限 { $day }
cockpit-expected-in-time = 時限內 { $n } 個
cockpit-expected-after = 之後 { $n } 個
cockpit-expected-axis = 預計開工日，每格 { $n } 天，標到最後一天
cockpit-expected-label = 未開工項目報的開工日期：{ $day }時限內 { $in-time } 個，之後 { $late } 個
cockpit-expected-basis = 預計開工日期由填報單位報來，沒有推斷
cockpit-see-not-started = 看全部 { $n } 個未開工

cockpit-late-title = 報得最晚的 { $n } 個
cockpit-late-none = 沒有報在時限後的項目。
cockpit-rank = 次序
cockpit-project = 項目
cockpit-place = 屬地
cockpit-blocker = 卡點
cockpit-expected-start = 預計開工
cockpit-days-late = 晚/天

cockpit-money-title = 年度投資進度
cockpit-money-unit = { $unit }，累計，{ $n } 個列省列市項目
cockpit-money-done = { $month }末實際 { $done }
cockpit-money-short = 比計劃少 { $gap }，完成計劃進度 { $share }
cockpit-money-ahead = 比計劃多 { $gap }，完成計劃進度 { $share }
cockpit-money-none = 還沒有月報
cockpit-money-missing = { $n } 個項目本期未報，它們的數不在合計裏。
cockpit-actual = 實際
cockpit-plan = 計劃
cockpit-today = 今天
cockpit-month = 月份
cockpit-month-plan = 當月計劃
cockpit-month-done = 當月實際
cockpit-month-open = 在報
cockpit-sum-plan = 累計計劃
cockpit-sum-done = 累計實際
cockpit-as-table = 看成表格

cockpit-stages-title = 階段分佈
cockpit-stages-sub = 在庫 { $n } 個
cockpit-stages-total = 總投資/{ $unit }
cockpit-stages-signed = 新簽 { $n }
cockpit-stages-before = 另有 { $n } 個還沒有簽約。
cockpit-stages-note = 停留按到達現階段的那天起算；進出是本月的變動。
cockpit-stage = 階段
cockpit-projects = 項目數
cockpit-dwell = 停留中位/天
cockpit-moves = 本月進出
cockpit-total = 合計

cockpit-reports-title = 填報情況
cockpit-reports-note = { $period }月報，{ $done } / { $all } 家報齊
cockpit-reports-none = 本期沒有要填報的單位。
cockpit-report-counts = 已報 / 應報
cockpit-report-state = 狀態
cockpit-report-done = 報齊
cockpit-report-missing = 差 { $n } 個

cockpit-changes-title = 昨天以來的變化
cockpit-changes-note = { $n } 條，列最新的 { $shown } 條
cockpit-changes-none = 昨天以來沒有變化。
cockpit-yesterday = 昨 { $time }
cockpit-when = 時間
cockpit-kind = 類別
cockpit-object = 對象
cockpit-change = 變化
cockpit-source = 來源
cockpit-kind-money = 投資
cockpit-kind-stage = 階段
cockpit-kind-node = 節點
cockpit-kind-plan = 計劃
cockpit-kind-record = 台賬
cockpit-change-figure = { $period }累計
cockpit-change-claimed = 申報
cockpit-change-judged = { $stage }審核
cockpit-change-planned = { $period }計劃
cockpit-change-added = 登記，總投資
